#include "host/sigpipe.h"

#include <signal.h>

namespace dhcpair::host {
namespace {

sigset_t OnlySigpipe() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  return set;
}

bool IsPending() {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, SIGPIPE) == 1;
}

}  // namespace

SigpipeBlocked::SigpipeBlocked() : was_pending_(IsPending()) {
  const sigset_t sigpipe = OnlySigpipe();
  pthread_sigmask(SIG_BLOCK, &sigpipe, &before_);
}

SigpipeBlocked::~SigpipeBlocked() {
  // One that came meanwhile is ours and ends here. sigwait() and not sigtimedwait(), which OpenBSD
  // and macOS lack; it returns at once, for the signal is there.
  if (!was_pending_ && IsPending()) {
    const sigset_t sigpipe = OnlySigpipe();
    int signal = 0;
    sigwait(&sigpipe, &signal);
  }
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace dhcpair::host
