// The scripts as texts: what reaches a shell is what was meant, whole or not at all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/find_program.h"
#include "host/subprocess.h"
#include "support/folder.h"
#include "support/named.h"
#include "support/pairs.h"
#include "sync/node_call.h"
#include "sync/node_scripts.h"

namespace dhcpair::sync {
namespace {

constexpr const char* kShells[][2] = {
    {"/bin/dash", ""}, {"/bin/busybox", "ash"}, {"/bin/bash", "--posix"}, {"/bin/mksh", ""}};

host::Outcome RunFile(const char* const (&shell)[2], const std::string& path) {
  std::vector<std::string> argv{shell[0]};
  if (*shell[1] != '\0') argv.emplace_back(shell[1]);
  argv.push_back(path);
  return host::Run({.argv = argv}).value();
}

// A pair whose state folder is below `folder`.
pair::Pair PairIn(const test::Folder& folder, const std::string& more = "") {
  return test::LoadPair(std::string(test::kMinimalPair) + "paths: {state: " + folder.Path("state") +
                        "}\n" + more);
}

struct ArgumentRow : test::Named {
  std::string argument;
};

class Argument : public testing::TestWithParam<ArgumentRow> {};

// step_record writes its argument into the log of the node.
TEST_P(Argument, ReachesTheStepAsItIs) {
  for (const auto& shell : kShells) {
    const test::Folder folder;
    const std::string script =
        ComposeCall(PairIn(folder), pair::Role::kPrimary,
                    {.step = "step_record", .arguments = {GetParam().argument}, .nonce = "n"});
    const host::Outcome outcome = RunFile(shell, folder.Put("script", script));
    EXPECT_THAT(outcome.out, testing::EndsWith("ok\ndhcpair-end n\n")) << shell[0] << outcome.err;
    const std::string log = folder.Read("state/audit.log");
    // "2026-11-25T01:00:00Z ", the argument, the line's end.
    ASSERT_GT(log.size(), 22u) << shell[0];
    EXPECT_EQ(log.substr(21), GetParam().argument + "\n") << shell[0];
  }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Argument,
    testing::Values(
        ArgumentRow{{"SingleQuote"}, "it's"}, ArgumentRow{{"OnlyAQuote"}, "'"},
        ArgumentRow{{"EndOfAQuote"}, "'; touch owned; '"},
        ArgumentRow{{"Substitution"}, "$(touch owned) `touch owned` ${PATH}"},
        ArgumentRow{{"Backslashes"}, "\\ \\n \\\\ \\0101 \\c rest"},
        ArgumentRow{{"PercentSigns"}, "100 %s %d %%"}, ArgumentRow{{"Globs"}, "* /etc/* [a-z] ?"},
        ArgumentRow{{"Blanks"}, "  two  blanks  "}, ArgumentRow{{"LooksLikeAnOption"}, "-n"},
        ArgumentRow{{"TwoLines"}, "first\nsecond"}, ArgumentRow{{"HighBytes"}, "\xff\x80 \xc3\xa4"},
        ArgumentRow{{"Braces"}, "} ; { exit 1; } # '\"\""}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Script, QuotesTheNodesOwnSettings) {
  const test::Folder folder;
  const pair::Pair pair = PairIn(folder, "service: {start: \"echo 'a' $(id) > /dev/null\"}\n");
  const std::string script =
      ComposeCall(pair, pair::Role::kPrimary, {.step = "step_look", .nonce = "n"});
  EXPECT_THAT(script, testing::HasSubstr("START='echo '\\''a'\\'' $(id) > /dev/null'\n"));
}

// A connection may be cut anywhere in a script.
TEST(Script, DoesNothingWhenItsEndIsMissing) {
  for (const auto& shell : kShells) {
    const test::Folder folder;
    const std::string script =
        ComposeCall(PairIn(folder), pair::Role::kPrimary,
                    {.step = "step_record", .arguments = {"line"}, .nonce = "n"});
    for (const std::size_t missing : {2ul, 3ul, 10ul, 40ul, 500ul, 9'000ul, script.size() - 1}) {
      const host::Outcome outcome =
          RunFile(shell, folder.Put("script", script.substr(0, script.size() - missing)));
      EXPECT_EQ(outcome.out, "") << shell[0] << ' ' << missing;
      EXPECT_NE(outcome.exit_status, 0) << shell[0] << ' ' << missing;
    }
    EXPECT_EQ(folder.Names(), std::set<std::string>{"script"}) << shell[0];
  }
}

TEST(Script, OfAWatchdogEndsAtOnceWhereThereIsNoPush) {
  for (const auto& shell : kShells) {
    const test::Folder folder;
    const std::string script = ComposeWatchdog(PairIn(folder), pair::Role::kPrimary, "it's $(id)");
    const host::Outcome outcome = RunFile(shell, folder.Put("script", script));
    EXPECT_EQ(outcome.out, "") << shell[0];
  }
}

// The files are parts of one script, so they are checked as one. Not held against them: what is
// only used in the other script (2034, 2317), and `a && b || c` where c ends the step (2015).
TEST(Script, SatisfiesShellcheck) {
  const auto shellcheck = host::FindProgram("shellcheck");
  if (!shellcheck) GTEST_SKIP() << "shellcheck is not installed";
  const test::Folder folder;
  const std::string call =
      ComposeCall(PairIn(folder), pair::Role::kPrimary, {.step = "step_lock", .nonce = "n"});
  const std::string watchdog = ComposeWatchdog(PairIn(folder), pair::Role::kPrimary, "push");
  for (const std::string& script : {call, watchdog}) {
    const auto outcome =
        host::Run({.argv = {*shellcheck, "--shell=sh", "--exclude=SC2015,SC2034,SC2317",
                            folder.Put("script", script)},
                   .timeout = std::chrono::seconds(120)});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->exit_status, 0) << outcome->out << outcome->err;
  }
}

TEST(Script, IsShortEnoughToSendWithEachCall) {
  std::size_t bytes = 0;
  for (const NodeScript& script : NodeScripts()) bytes += script.text.size();
  EXPECT_LT(bytes, 100'000u);
}

}  // namespace
}  // namespace dhcpair::sync
