#include "host/subprocess.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#include "host/child.h"
#include "host/interrupt.h"
#include "host/sigpipe.h"

namespace dhcpair::host {
namespace {

using SteadyClock = std::chrono::steady_clock;

int ExitStatus(int status) {
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

std::optional<RunError> Converse(const Command& command, SteadyClock::time_point deadline,
                                 Child& child, Outcome& outcome) {
  const SigpipeBlocked no_sigpipe;
  std::string_view input = command.input;
  while (child.out.is_open() || child.err.is_open()) {
    if (InterruptedBy() != 0) return RunError::kInterrupted;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - SteadyClock::now());
    if (left.count() <= 0) return RunError::kTimeout;
    std::array<pollfd, 3> waits{pollfd{child.in.get(), POLLOUT, 0},
                                pollfd{child.out.get(), POLLIN, 0},
                                pollfd{child.err.get(), POLLIN, 0}};
    // At most a second at a time: a signal that comes just before poll() does not interrupt it.
    const int wait = static_cast<int>(std::min<std::int64_t>(left.count(), 1000));
    if (poll(waits.data(), waits.size(), wait) <= 0) continue;
    if (waits[0].revents != 0 && !Feed(child.in, input)) child.in.Reset();
    if (waits[1].revents != 0 && !Drain(child.out, outcome.out)) child.out.Reset();
    if (waits[2].revents != 0 && !Drain(child.err, outcome.err)) child.err.Reset();
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
  std::optional<Child> child =
      StartChild(command.argv, command.input.empty() ? ChildInput::kEmpty : ChildInput::kPipe);
  if (!child) return std::unexpected(RunError::kCannotStart);
  const auto deadline = SteadyClock::now() + command.timeout;
  Outcome outcome;
  std::optional<RunError> error = Converse(command, deadline, *child, outcome);
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
