#include "host/subprocess.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <future>
#include <map>
#include <set>
#include <utility>

#include "host/interrupt.h"
#include "support/folder.h"
#include "support/named.h"

// Not in the <unistd.h> of every POSIX system.
extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace dhcpair::host {
namespace {

using std::chrono::seconds;

constexpr char kEndlessLoop[] = "while :; do :; done";

Command Shell(const std::string& script) { return {.argv = {"/bin/sh", "-c", script}}; }

// Standard files (0, 1, 2) of this process that are closed for as long as it lives. Nothing must
// fail meanwhile: nobody would read it.
class ClosedFiles {
 public:
  explicit ClosedFiles(const std::set<int>& files) {
    for (const int file : files) {
      before_[file] = fcntl(file, F_DUPFD_CLOEXEC, 10);
      close(file);
    }
  }
  ~ClosedFiles() {
    for (const auto& [file, copy] : before_) {
      close(file);
      if (copy < 0) continue;
      dup2(copy, file);
      close(copy);
    }
  }
  ClosedFiles(const ClosedFiles&) = delete;
  ClosedFiles& operator=(const ClosedFiles&) = delete;

 private:
  std::map<int, int> before_;
};

struct EndRow : test::Named {
  const char* script;
  int exit_status;
  std::string out;
  std::string err;
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
                    EndRow{"Silence", ":", 0, "", ""},
                    EndRow{"BytesAsTheyAre", "printf 'a\\000\\377\\r\\n'", 0,
                           std::string("a\0\xff\r\n", 5), ""},
                    EndRow{"Failure", "echo a; exit 3", 3, "a\n", ""},
                    EndRow{"GreatestExitStatus", "exit 255", 255, "", ""},
                    EndRow{"Signal", "echo a; kill -SEGV $$", 139, "a\n", ""},
                    EndRow{"SignalThatCannotBeCaught", "kill -KILL $$", 137, "", ""},
                    EndRow{"OutputClosedEarly", "exec >&- 2>&-; exit 5", 5, "", ""}),
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

TEST(Subprocess, HasOurEnvironmentButTheCLocale) {
  std::string kept = "KEPT=a  b=c";
  std::string all = "LC_ALL=de_DE.UTF-8";
  std::string messages = "LC_MESSAGES=de_DE.UTF-8";
  std::string lang = "LANG=de_DE.UTF-8";
  std::string language = "LANGUAGE=de:fr";
  std::array<char*, 6> ours{all.data(),  kept.data(),     messages.data(),
                            lang.data(), language.data(), nullptr};
  char** const before = std::exchange(environ, ours.data());
  const auto outcome = host::Run({.argv = {"/usr/bin/env"}});
  environ = before;
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->out, "KEPT=a  b=c\nLC_ALL=C\n");
}

TEST(Subprocess, HasAnEmptyStandardInputWhateverOursHolds) {
  const test::Folder folder;
  folder.Put("typed", "yes\n");
  int opened = -1;
  Outcome outcome;
  {
    const ClosedFiles closed({STDIN_FILENO});
    opened = open(folder.Path("typed").c_str(), O_RDONLY);
    outcome = host::Run(Shell("cat; echo end")).value_or(Outcome{});
  }
  ASSERT_EQ(opened, STDIN_FILENO) << "the lowest free number, else this shows nothing";
  EXPECT_EQ(outcome.out, "end\n");
}

TEST(Subprocess, IsGivenItsInputByteForByte) {
  std::string input = "a\n";
  for (int byte = 0; byte < 256; ++byte) input += static_cast<char>(byte);
  const auto outcome = host::Run({.argv = {"/bin/cat"}, .input = input});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->out, input);
}

TEST(Subprocess, ReadsAndWritesByTurnsSoThatNeitherWaitsForTheOther) {
  const std::string input(20 << 20, 'x');
  const auto outcome =
      host::Run({.argv = {"/bin/cat"}, .input = input, .output_bytes_max = input.size()});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->out, input);
}

struct UnreadInputRow : test::Named {
  const char* script;
  int exit_status;
};

class SubprocessWithUnreadInput : public testing::TestWithParam<UnreadInputRow> {};

// More than a pipe holds. That our process survives writing to nobody is the half of it.
TEST_P(SubprocessWithUnreadInput, EndsAsItWould) {
  const std::string input(1 << 20, 'x');
  Command command = Shell(GetParam().script);
  command.input = input;
  const auto outcome = host::Run(command);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->exit_status, GetParam().exit_status);
  EXPECT_EQ(outcome->out, "said\n");
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SubprocessWithUnreadInput,
    testing::Values(UnreadInputRow{"ReadsNothing", "echo said; exit 3", 3},
                    UnreadInputRow{"ReadsALittle", "dd bs=10 count=1 >&2; echo said", 0},
                    UnreadInputRow{"ClosesIt", "exec <&-; echo said; exit 4", 4},
                    UnreadInputRow{"IsKilled", "echo said; kill -KILL $$", 137}),
    [](const auto& row) { return row.param.name; });

// A child that had the pipes of another one would keep it from seeing the end of its input.
TEST(Subprocess, EndsBesidesOthersThatOtherThreadsStart) {
  const auto many = [] {
    for (int i = 0; i < 100; ++i) {
      const auto outcome = host::Run({.argv = {"/bin/cat"}, .input = "a", .timeout = seconds(60)});
      if (!outcome || outcome->out != "a") return false;
    }
    return true;
  };
  auto others = std::async(std::launch::async, many);
  EXPECT_TRUE(many());
  EXPECT_TRUE(others.get());
}

TEST(Subprocess, LeavesNoBrokenPipeSignalPendingNorBlocked) {
  const std::string input(1 << 20, 'x');
  ASSERT_TRUE(host::Run({.argv = {"/bin/true"}, .input = input}));
  sigset_t set;
  sigpending(&set);
  EXPECT_EQ(sigismember(&set, SIGPIPE), 0);
  pthread_sigmask(SIG_SETMASK, nullptr, &set);
  EXPECT_EQ(sigismember(&set, SIGPIPE), 0);
}

TEST(Subprocess, DiesOfABrokenPipeItselfThoughWeDoNot) {
  const std::string input(1 << 20, 'x');
  const auto outcome = host::Run({.argv = {"/bin/sh", "-c", "kill -PIPE $$"}, .input = input});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->exit_status, 128 + SIGPIPE);
}

// With one of them closed, the pipes get the numbers of standard files.
TEST(Subprocess, HasAllItsStandardFilesThoughWeLackSome) {
  for (const std::set<int>& files :
       std::vector<std::set<int>>{{0}, {1}, {2}, {0, 1}, {0, 2}, {1, 2}, {0, 1, 2}}) {
    Outcome outcome;
    {
      const ClosedFiles closed(files);
      outcome = host::Run(Shell("cat; echo a; echo b >&2")).value_or(Outcome{});
    }
    SCOPED_TRACE(testing::PrintToString(files));
    EXPECT_EQ(outcome.out, "a\n");
    EXPECT_EQ(outcome.err, "b\n");
  }
}

TEST(Subprocess, HasItsInputThoughWeLackStandardFiles) {
  for (const std::set<int>& files :
       std::vector<std::set<int>>{{0}, {1}, {2}, {0, 1}, {0, 2}, {1, 2}, {0, 1, 2}}) {
    Outcome outcome;
    {
      const ClosedFiles closed(files);
      Command command = Shell("cat; echo a; echo b >&2");
      command.input = "input\n";
      outcome = host::Run(command).value_or(Outcome{});
    }
    SCOPED_TRACE(testing::PrintToString(files));
    EXPECT_EQ(outcome.out, "input\na\n");
    EXPECT_EQ(outcome.err, "b\n");
  }
}

TEST(Subprocess, GetsNoOpenFilesOfOursNorItsPipesTwice) {
  // Whoever started this test may have left it some; those are not ours to close.
  std::string inherited;
  for (int file = 3; file <= 9; ++file) {
    const int flags = fcntl(file, F_GETFD);
    if (flags >= 0 && (flags & FD_CLOEXEC) == 0) inherited += std::to_string(file) + "\n";
  }
  // Not beyond 9, which is as far as every shell can redirect.
  const auto outcome = host::Run(
      Shell("for file in 3 4 5 6 7 8 9; do (: <&$file) 2>/dev/null && echo $file; done; :"));
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->out, inherited);
}

struct NoProgramRow : test::Named {
  const char* path;  // In a folder of the test's own.
};

class SubprocessOfNoProgram : public testing::TestWithParam<NoProgramRow> {};

TEST_P(SubprocessOfNoProgram, CannotStart) {
  const test::Folder folder;
  folder.Put("text", "echo a\n", 0644);
  folder.Put("empty", "", 0755);
  folder.Put("no-interpreter", "#!/nowhere/sh\necho a\n", 0755);
  folder.Put("no-format",
             "\x7f"
             "ELF\n",
             0755);
  const std::string path = *GetParam().path == '\0' ? "" : folder.Path(GetParam().path);
  const auto outcome = host::Run({.argv = {path}});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error(), RunError::kCannotStart);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SubprocessOfNoProgram,
    testing::Values(NoProgramRow{"NoName", ""}, NoProgramRow{"Missing", "missing"},
                    NoProgramRow{"Folder", "."}, NoProgramRow{"NotExecutable", "text"},
                    NoProgramRow{"BelowAFile", "text/sh"}, NoProgramRow{"Empty", "empty"},
                    NoProgramRow{"ScriptOfNoInterpreter", "no-interpreter"},
                    NoProgramRow{"BrokenProgram", "no-format"}),
    [](const auto& row) { return row.param.name; });

struct KillRow : test::Named {
  std::string script;
  seconds timeout;
  std::size_t output_bytes_max;
  RunError error;
};

class SubprocessKilled : public testing::TestWithParam<KillRow> {};

// None of these children ends by itself, so the limits may be as short as they like.
TEST_P(SubprocessKilled, LeavesNoChildBehind) {
  Command command = Shell(GetParam().script);
  command.timeout = GetParam().timeout;
  command.output_bytes_max = GetParam().output_bytes_max;
  const auto outcome = host::Run(command);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error(), GetParam().error);
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SubprocessKilled,
    testing::Values(KillRow{"NoTimeAtAll", kEndlessLoop, seconds(0), 1000, RunError::kTimeout},
                    KillRow{"SaysNoMore", std::string("exec >&- 2>&-; ") + kEndlessLoop, seconds(1),
                            1000, RunError::kTimeout},
                    KillRow{"IgnoresSignals", std::string("trap '' HUP INT TERM; ") + kEndlessLoop,
                            seconds(1), 1000, RunError::kTimeout},
                    KillRow{"PrintsWithoutEnd", "exec cat /dev/zero", seconds(60), 100'000,
                            RunError::kTooMuchOutput},
                    KillRow{"ComplainsWithoutEnd", "exec cat /dev/zero >&2", seconds(60), 100'000,
                            RunError::kTooMuchOutput},
                    KillRow{"OneByteTooMany",
                            std::string("printf 123; printf 45 >&2; ") + kEndlessLoop, seconds(60),
                            4, RunError::kTooMuchOutput},
                    KillRow{"MayNotSayAnything", std::string("echo; ") + kEndlessLoop, seconds(60),
                            0, RunError::kTooMuchOutput}),
    [](const auto& row) { return row.param.name; });

TEST(Subprocess, MaySayAsMuchAsItsLimitOnBothPipesTogether) {
  Command command = Shell("printf 123; printf 45 >&2");
  command.output_bytes_max = 5;
  EXPECT_TRUE(host::Run(command));
}

// In a process of its own, since a signal once caught is remembered to the end.
TEST(SubprocessDeathTest, IsKilledWhenWeAreAskedToEnd) {
  const auto run = [] {
    CatchInterrupts();
    std::raise(SIGTERM);
    const auto outcome = host::Run(Shell(kEndlessLoop));
    if (!outcome && outcome.error() == RunError::kInterrupted) DieOfInterrupt();
    _exit(1);
  };
  EXPECT_EXIT(run(), testing::KilledBySignal(SIGTERM), "");
}

}  // namespace
}  // namespace dhcpair::host
