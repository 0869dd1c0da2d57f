#include "host/live_child.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include <array>
#include <utility>

#include "host/sigpipe.h"

namespace dhcpair::host {
namespace {

constexpr std::size_t kComplaintBytesMax = 64 << 10;
constexpr int kFarewellMs = 200;

}  // namespace

std::unique_ptr<LiveChild> LiveChild::Start(const std::vector<std::string>& argv) {
  auto child = StartChild(argv, ChildInput::kPipe);
  if (!child) return nullptr;
  return std::unique_ptr<LiveChild>(new LiveChild(std::move(*child)));
}

LiveChild::~LiveChild() {
  child_.in.Reset();
  kill(child_.pid, SIGTERM);
  for (int waited_ms = 0; waited_ms < kFarewellMs; ++waited_ms) {
    if (waitpid(child_.pid, nullptr, WNOHANG) == child_.pid) return;
    poll(nullptr, 0, 1);
  }
  kill(child_.pid, SIGKILL);
  Reap(child_.pid);
}

void LiveChild::Exchange(int wait_ms) {
  const SigpipeBlocked no_sigpipe;
  std::array<pollfd, 3> waits{pollfd{has_said_all() ? -1 : child_.in.get(), POLLOUT, 0},
                              pollfd{child_.out.get(), POLLIN, 0},
                              pollfd{child_.err.get(), POLLIN, 0}};
  if (poll(waits.data(), waits.size(), wait_ms) <= 0) return;
  if (waits[0].revents != 0) {
    std::string_view rest = unsaid_;
    const bool goes_on = Feed(child_.in, rest);
    if (!goes_on && !rest.empty()) child_.in.Reset();  // Nobody reads it any more.
    unsaid_.erase(0, unsaid_.size() - rest.size());
  }
  if (waits[1].revents != 0 && !Drain(child_.out, out_)) child_.out.Reset();
  if (waits[2].revents != 0 && !Drain(child_.err, err_)) child_.err.Reset();
  if (err_.size() > kComplaintBytesMax) err_.resize(kComplaintBytesMax);
}

std::string LiveChild::TakeOutput() { return std::exchange(out_, {}); }

}  // namespace dhcpair::host
