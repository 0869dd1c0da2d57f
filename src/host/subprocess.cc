#include "host/subprocess.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <utility>

#include "host/interrupt.h"
#include "host/sigpipe.h"
#include "host/unique_fd.h"

// Not in the <unistd.h> of every POSIX system.
extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace dhcpair::host {
namespace {

using SteadyClock = std::chrono::steady_clock;

struct Pipe {
  UniqueFd read_end;
  UniqueFd write_end;
};

// pipe() and fcntl() rather than pipe2(), which not every POSIX system has.
std::optional<Pipe> MakePipe() {
  std::array<int, 2> ends;
  if (pipe(ends.data()) != 0) return std::nullopt;
  for (const int end : ends) fcntl(end, F_SETFD, FD_CLOEXEC);
  return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

// The environment with the messages' language fixed, since what children say is read by programs.
std::vector<std::string> CLocaleEnvironment() {
  std::vector<std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (!text.starts_with("LC_") && !text.starts_with("LANG")) environment.emplace_back(text);
  }
  environment.emplace_back("LC_ALL=C");
  return environment;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// The three pipes of a child, by the name of the child's standard file. There is none for an empty
// input.
struct Pipes {
  std::optional<Pipe> in;
  Pipe out;
  Pipe err;
};

std::optional<Pipes> MakePipes(const Command& command) {
  std::optional<Pipe> in;
  if (!command.input.empty()) {
    in = MakePipe();
    if (!in) return std::nullopt;
    // A child that does not read must not keep us from hearing what it says.
    fcntl(in->write_end.get(), F_SETFL, O_NONBLOCK);
  }
  std::optional<Pipe> out = MakePipe();
  std::optional<Pipe> err = MakePipe();
  if (!out || !err) return std::nullopt;
  return Pipes{std::move(in), std::move(*out), std::move(*err)};
}

std::optional<pid_t> Spawn(const Command& command, const Pipes& pipes) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (pipes.in) {
    posix_spawn_file_actions_adddup2(&actions, pipes.in->read_end.get(), STDIN_FILENO);
  } else {
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  }
  posix_spawn_file_actions_adddup2(&actions, pipes.out.write_end.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, pipes.err.write_end.get(), STDERR_FILENO);
  std::vector<std::string> arguments = command.argv;
  std::vector<std::string> environment = CLocaleEnvironment();
  pid_t pid = 0;
  const int error = posix_spawn(&pid, arguments[0].c_str(), &actions, nullptr,
                                Pointers(arguments).data(), Pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return std::nullopt;
  return pid;
}

// The ends of the pipes that are ours.
struct OurEnds {
  UniqueFd in;
  UniqueFd out;
  UniqueFd err;
};

struct Child {
  pid_t pid;
  OurEnds ends;
};

// One thread at a time: a child that another thread starts between our pipe() and fcntl() would
// hold our pipes open, and the one that we start would wait for it.
std::optional<Child> Start(const Command& command) {
  static std::mutex one_at_a_time;
  const std::scoped_lock lock(one_at_a_time);
  std::optional<Pipes> pipes = MakePipes(command);
  if (!pipes) return std::nullopt;
  const std::optional<pid_t> pid = Spawn(command, *pipes);
  if (!pid) return std::nullopt;
  // The child has its ends; ours of them close here, else no pipe would ever end.
  return Child{*pid,
               {.in = pipes->in ? std::move(pipes->in->write_end) : UniqueFd(),
                .out = std::move(pipes->out.read_end),
                .err = std::move(pipes->err.read_end)}};
}

int ExitStatus(int status) {
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

// Leaves no zombie of a child that was killed.
void Reap(pid_t pid) {
  while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

// One read from a pipe that poll() called ready; false at its end.
bool Drain(const UniqueFd& from, std::string& into) {
  std::array<char, 1 << 14> buffer;
  const ssize_t got = read(from.get(), buffer.data(), buffer.size());
  if (got < 0) return errno == EINTR || errno == EAGAIN;
  into.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0;
}

// One write to a pipe that poll() called ready; false when there is nothing more to write, or
// nobody who reads it.
bool Feed(const UniqueFd& to, std::string_view& rest) {
  const ssize_t put = write(to.get(), rest.data(), rest.size());
  if (put < 0) return errno == EINTR || errno == EAGAIN;
  rest.remove_prefix(static_cast<std::size_t>(put));
  return !rest.empty();
}

std::optional<RunError> Converse(const Command& command, SteadyClock::time_point deadline,
                                 OurEnds& ends, Outcome& outcome) {
  const SigpipeBlocked no_sigpipe;
  std::string_view input = command.input;
  while (ends.out.is_open() || ends.err.is_open()) {
    if (InterruptedBy() != 0) return RunError::kInterrupted;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - SteadyClock::now());
    if (left.count() <= 0) return RunError::kTimeout;
    std::array<pollfd, 3> waits{pollfd{ends.in.get(), POLLOUT, 0},
                                pollfd{ends.out.get(), POLLIN, 0},
                                pollfd{ends.err.get(), POLLIN, 0}};
    // At most a second at a time: a signal that comes just before poll() does not interrupt it.
    const int wait = static_cast<int>(std::min<std::int64_t>(left.count(), 1000));
    if (poll(waits.data(), waits.size(), wait) <= 0) continue;
    if (waits[0].revents != 0 && !Feed(ends.in, input)) ends.in.Reset();
    if (waits[1].revents != 0 && !Drain(ends.out, outcome.out)) ends.out.Reset();
    if (waits[2].revents != 0 && !Drain(ends.err, outcome.err)) ends.err.Reset();
    if (outcome.out.size() + outcome.err.size() > command.output_bytes_max) {
      return RunError::kTooMuchOutput;
    }
  }
  return std::nullopt;
}

// Most children are gone when their pipes are; one that closed them and goes on has as long as any.
std::expected<int, RunError> WaitUntil(SteadyClock::time_point deadline, pid_t pid) {
  for (;;) {
    int status = 0;
    if (waitpid(pid, &status, WNOHANG) == pid) return ExitStatus(status);
    if (InterruptedBy() != 0) return std::unexpected(RunError::kInterrupted);
    if (SteadyClock::now() >= deadline) return std::unexpected(RunError::kTimeout);
    poll(nullptr, 0, 5);
  }
}

}  // namespace

std::string Describe(RunError error) {
  switch (error) {
    case RunError::kCannotStart:
      return "it cannot be started";
    case RunError::kTimeout:
      return "it did not end in time and was killed";
    case RunError::kTooMuchOutput:
      return "it printed without end and was killed";
    case RunError::kInterrupted:
      return "interrupted";
  }
  return "";
}

std::expected<Outcome, RunError> Run(const Command& command) {
  std::optional<Child> child = Start(command);
  if (!child) return std::unexpected(RunError::kCannotStart);
  const auto deadline = SteadyClock::now() + command.timeout;
  Outcome outcome;
  std::optional<RunError> error = Converse(command, deadline, child->ends, outcome);
  if (!error) {
    const auto status = WaitUntil(deadline, child->pid);
    if (status) {
      outcome.exit_status = *status;
      return outcome;
    }
    error = status.error();
  }
  kill(child->pid, SIGKILL);
  Reap(child->pid);
  return std::unexpected(*error);
}

}  // namespace dhcpair::host
