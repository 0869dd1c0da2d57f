#include "remote/shell.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "host/find_program.h"
#include "host/subprocess.h"
#include "support/named.h"

namespace dhcpair::remote {
namespace {

TEST(LastLine, IsTheLastThatWasSaidWithoutItsEnd) {
  EXPECT_EQ(LastLine("banner\nno such file\n"), "no such file");
  EXPECT_EQ(LastLine("banner\r\nno such file\r\n\n"), "no such file");
  EXPECT_EQ(LastLine("\ncut off"), "cut off");
  EXPECT_EQ(LastLine("one line"), "one line");
  EXPECT_EQ(LastLine("\r\n\n"), "");
  EXPECT_EQ(LastLine(""), "");
}

struct QuoteRow : test::Named {
  std::string text;
};

class Quoted : public testing::TestWithParam<QuoteRow> {};

TEST_P(Quoted, IsOneWordOfShell) {
  const auto outcome = host::Run(
      {.argv = {"/bin/sh", "-c", "printf '%s\n' " + Quote(GetParam().text) + "; echo $#"}});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->out, GetParam().text + "\n0\n");
}

INSTANTIATE_TEST_SUITE_P(Rows, Quoted,
                         testing::Values(QuoteRow{"Empty", ""}, QuoteRow{"Word", "/etc/dhcpd.conf"},
                                         QuoteRow{"Blanks", " a  b "}, QuoteRow{"Quote", "it's"},
                                         QuoteRow{"QuotesOnly", "'''"},
                                         QuoteRow{"DoubleQuotes", "\"a\""},
                                         QuoteRow{"Expansions", "$HOME `id` $(id) ~ * \\ !"},
                                         QuoteRow{"Commands", "a; echo b & echo c | cat"},
                                         QuoteRow{"Lines", "a\nb\n"},
                                         QuoteRow{"Escape", "\x1b[31m\xff"}),
                         [](const auto& row) { return row.param.name; });

TEST(PreparedCall, IsOneLineThatCshReadsLikeAnyOther) {
  for (const char* const input : {"", "input"}) {
    const ShellCall call =
        PrepareCall({.script = "echo 'it''s'!\n", .input = input}, pair::Become::kSudo);
    EXPECT_TRUE(call.command.starts_with("exec sudo -n /bin/sh -")) << call.command;
    EXPECT_EQ(call.command.find_first_of("\n!\\"), std::string::npos) << call.command;
    EXPECT_LE(std::ranges::count(call.command, '\''), 2) << call.command;
  }
}

TEST(PreparedCall, IsASyntaxErrorNoMatterWhereItIsCutOff) {
  const ShellCall call =
      PrepareCall({.script = "echo ran\ncat <<END\nran\nEND\necho ran"}, pair::Become::kNone);
  for (std::size_t bytes = 0; bytes + 2 < call.standard_input.size(); ++bytes) {
    const auto outcome =
        host::Run({.argv = {"/bin/sh", "-c", call.command},
                   .input = std::string_view(call.standard_input).substr(0, bytes)});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->out, "") << "cut off after " << bytes << " bytes";
  }
}

TEST(PreparedCallWithInput, RunsNothingNoMatterWhereTheScriptIsCutOff) {
  const ShellCall call = PrepareCall({.script = "echo ran", .input = "x"}, pair::Become::kNone);
  for (std::size_t bytes = 0; bytes + 1 < call.standard_input.size(); ++bytes) {
    const auto outcome =
        host::Run({.argv = {"/bin/sh", "-c", call.command},
                   .input = std::string_view(call.standard_input).substr(0, bytes)});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->out, "") << "cut off after " << bytes << " bytes";
    EXPECT_EQ(outcome->exit_status, 255);
  }
}

struct ShellRow : test::Named {
  std::vector<std::string> shell;  // Instead of /bin/sh.
};

class PreparedCallIn : public testing::TestWithParam<ShellRow> {
 protected:
  // Runs the call with another shell, from a locale whose characters have several bytes.
  static std::expected<host::Outcome, host::RunError> RunIn(const Request& request) {
    const ShellCall call = PrepareCall(request, pair::Become::kNone);
    std::string command = call.command;
    std::string shell;
    for (const std::string& word : GetParam().shell) shell += word + " ";
    command.replace(command.find("/bin/sh "), 8, shell);
    return host::Run({.argv = {"/bin/sh", "-c", "LC_ALL=C.UTF-8; export LC_ALL; " + command},
                      .input = call.standard_input,
                      .output_bytes_max = 64 << 20});
  }
};

TEST_P(PreparedCallIn, GivesTheScriptItsInputByteForByte) {
  if (!host::FindProgram(GetParam().shell[0])) GTEST_SKIP() << "not on this machine";
  std::string input = "\nin\n\n";
  for (int byte = 0; byte < 256; ++byte) input += static_cast<char>(byte);
  // Longer than a pipe holds, and with bytes that are no characters.
  std::string script = "# \xc3\xbc\xff\n";
  for (int line = 0; line < 8000; ++line) script += "# a line \xe2\x82\xac\n";
  const auto outcome = RunIn({.script = script + "echo \xc3\xbc; cat; exit 3\n\n", .input = input});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->out, "\xc3\xbc\n" + input) << outcome->err;
  EXPECT_EQ(outcome->exit_status, 3);
}

TEST_P(PreparedCallIn, GivesTheScriptNoInputWhereThereIsNone) {
  if (!host::FindProgram(GetParam().shell[0])) GTEST_SKIP() << "not on this machine";
  const auto outcome = RunIn({.script = "cat\necho end; echo $LC_ALL >&2; exit 3"});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->out, "end\n");
  EXPECT_EQ(outcome->err, "C\n");
  EXPECT_EQ(outcome->exit_status, 3);
}

INSTANTIATE_TEST_SUITE_P(Rows, PreparedCallIn,
                         testing::Values(ShellRow{"Dash", {"dash"}}, ShellRow{"Bash", {"bash"}},
                                         ShellRow{"BashPosix", {"bash", "--posix"}},
                                         ShellRow{"BusyboxAsh", {"busybox", "ash"}},
                                         ShellRow{"Mksh", {"mksh"}}),
                         [](const auto& row) { return row.param.name; });

TEST(PreparedCallWithAShellThatTellsOfSignals, SaysWhichOneEndedTheScript) {
  for (const char* const input : {"", "input"}) {
    const ShellCall call = PrepareCall({.script = "cat; kill -KILL $$", .input = input},
                                       pair::Become::kNone, SignalTeller::kShell);
    EXPECT_EQ(call.command.find_first_of("\n!\\"), std::string::npos) << call.command;
    const auto outcome =
        host::Run({.argv = {"/bin/sh", "-c", call.command}, .input = call.standard_input});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->exit_status, 137);
    EXPECT_EQ(outcome->out, input);
  }
}

struct RefusalRow : test::Named {
  pair::Become become;
  int status;
  const char* err;
  const char* in_message;  // Empty: that is the script's own answer.
};

class BecomingRoot : public testing::TestWithParam<RefusalRow> {};

TEST_P(BecomingRoot, IsToldFromTheScript) {
  const auto refusal = BecomeRefusal(
      {.status = GetParam().status, .out = "Welcome\n", .err = GetParam().err}, GetParam().become);
  ASSERT_EQ(refusal.has_value(), *GetParam().in_message != '\0');
  if (!refusal) return;
  EXPECT_EQ(refusal->failure, Failure::kNotPermitted);
  EXPECT_NE(refusal->message.find(GetParam().in_message), std::string::npos) << refusal->message;
}

constexpr auto kSudo = pair::Become::kSudo;
constexpr auto kDoas = pair::Become::kDoas;
INSTANTIATE_TEST_SUITE_P(
    Rows, BecomingRoot,
    testing::Values(
        RefusalRow{"Password", kSudo, 1, "sudo: a password is required\n", "NOPASSWD: /bin/sh"},
        RefusalRow{"Terminal", kSudo, 1,
                   "sudo: a terminal is required to read the password; either use the -S option to "
                   "read from standard input or configure an askpass helper\n",
                   "NOPASSWD: /bin/sh"},
        RefusalRow{"NoSuchRule", kSudo, 1,
                   "Sorry, user ada is not allowed to execute '/bin/sh -s' as root on gw1.\n",
                   "NOPASSWD: /bin/sh"},
        RefusalRow{"NotInSudoers", kSudo, 1, "ada is not in the sudoers file.\r\n",
                   "NOPASSWD: /bin/sh"},
        RefusalRow{"MayNotRunSudo", kSudo, 1, "Sorry, user ada may not run sudo on gw1.\n",
                   "NOPASSWD: /bin/sh"},
        RefusalRow{"WarningsBefore", kSudo, 1,
                   "sudo: unable to resolve host gw1\nsudo: a password is required\n",
                   "'sudo: a password is required'"},
        RefusalRow{"NoSudo", kSudo, 127, "sh: 1: exec: sudo: not found\n", "no usable 'sudo'"},
        RefusalRow{"NoSudoInCsh", kSudo, 1, "sudo: Command not found.\n", "no usable 'sudo'"},
        RefusalRow{"EscapesOfTheNode", kSudo, 1, "sudo: \x1b[31mno\n", "'sudo: \\x1b[31mno'"},
        RefusalRow{"DoasNotPermitted", kDoas, 1, "doas: Operation not permitted\n",
                   "permit nopass USER as root cmd /bin/sh"},
        RefusalRow{"DoasPassword", kDoas, 1, "doas: Authorization required\n",
                   "permit nopass USER as root cmd /bin/sh"},
        RefusalRow{"NoDoas", kDoas, 127, "ksh: doas: not found\n", "no usable 'doas'"},
        RefusalRow{"ScriptFails", kSudo, 1, "cat: /etc/x: No such file or directory\n", ""},
        RefusalRow{"ScriptLacksAProgram", kSudo, 127, "/bin/sh: 3: dhcpd: not found\n", ""},
        RefusalRow{"ScriptIsSilent", kSudo, 1, "", ""},
        RefusalRow{"WarningOfSudoAlone", kSudo, 0, "sudo: unable to resolve host gw1\n", ""},
        RefusalRow{"NobodyElseWanted", pair::Become::kNone, 1, "sudo: a password is required\n",
                   ""}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace dhcpair::remote
