#include "host/subprocess.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "support/folder.h"
#include "support/named.h"

namespace dhcpair::host {
namespace {

using std::chrono::seconds;

Command Shell(const std::string& script) { return {.argv = {"/bin/sh", "-c", script}}; }

struct EndRow : test::Named {
  const char* script;
  int exit_status;
  const char* out;
  const char* err;
};

class SubprocessEnd : public testing::TestWithParam<EndRow> {};

TEST_P(SubprocessEnd, IsReportedWithAllThatWasSaid) {
  const auto outcome = host::Run(Shell(GetParam().script));
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->exit_status, GetParam().exit_status);
  EXPECT_EQ(outcome->out, GetParam().out);
  EXPECT_EQ(outcome->err, GetParam().err);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SubprocessEnd,
    testing::Values(EndRow{"Success", "echo a; echo b >&2", 0, "a\n", "b\n"},
                    EndRow{"Silence", ":", 0, "", ""}, EndRow{"Failure", "exit 3", 3, "", ""},
                    EndRow{"Signal", "kill -SEGV $$", 139, "", ""},
                    EndRow{"StandardInputIsEmpty", "cat; echo end", 0, "end\n", ""},
                    EndRow{"OutputClosedEarly", "exec >&- 2>&-; exit 5", 5, "", ""},
                    EndRow{"MessagesAreInTheCLocale", "echo $LC_ALL; echo \"$LANG\"", 0, "C\n\n",
                           ""}),
    [](const auto& row) { return row.param.name; });

TEST(Subprocess, LetsNoShellReadTheArguments) {
  const auto outcome = host::Run({.argv = {"/bin/echo", "$HOME", "`id`", "a  b", "*", ""}});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->out, "$HOME `id` a  b * \n");
}

TEST(Subprocess, ReadsBothPipesSoThatNeitherFillsUp) {
  // More than a pipe holds, first on one, then on the other.
  const auto outcome = host::Run(Shell("head -c 300000 /dev/zero >&2; head -c 300000 /dev/zero"));
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->out.size(), 300'000u);
  EXPECT_EQ(outcome->err.size(), 300'000u);
}

TEST(Subprocess, CannotStartWhatIsNoProgram) {
  const test::Folder folder;
  for (const std::string& path :
       {folder.Path("missing"), folder.path(), folder.Put("a-text", "echo a\n", 0644)}) {
    const auto outcome = host::Run({.argv = {path}});
    ASSERT_FALSE(outcome) << path;
    EXPECT_EQ(outcome.error(), RunError::kCannotStart) << path;
  }
}

TEST(Subprocess, KillsAChildThatDoesNotEndInTime) {
  Command command = Shell("while :; do :; done");
  command.timeout = seconds(0);
  EXPECT_EQ(host::Run(command).error(), RunError::kTimeout);
}

TEST(Subprocess, KillsAChildThatSaysNoMoreAndDoesNotEndInTime) {
  Command command = Shell("exec >&- 2>&-; while :; do :; done");
  command.timeout = seconds(1);
  EXPECT_EQ(host::Run(command).error(), RunError::kTimeout);
}

TEST(Subprocess, KillsAChildThatPrintsWithoutEnd) {
  for (const char* const script : {"cat /dev/zero", "cat /dev/zero >&2"}) {
    Command command = Shell(script);
    command.output_bytes_max = 100'000;
    EXPECT_EQ(host::Run(command).error(), RunError::kTooMuchOutput);
  }
}

TEST(Subprocess, GivesItsChildNoOpenFilesOfOurs) {
  const test::Folder folder;
  const int ours = open(folder.Put("secret", "key\n").c_str(), O_RDONLY | O_CLOEXEC);
  ASSERT_GE(ours, 3);
  const auto outcome = host::Run(Shell("(: <&" + std::to_string(ours) + ") && echo open"));
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->out, "");
}

}  // namespace
}  // namespace dhcpair::host
