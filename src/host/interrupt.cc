#include "host/interrupt.h"

#include <csignal>

namespace dhcpair::host {
namespace {

// The one thing a signal handler may write.
volatile std::sig_atomic_t caught_signal = 0;

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

void Remember(int signal) {
  caught_signal = signal;
  // A second one ends the process at once: the person means it.
  std::signal(signal, SIG_DFL);
}

}  // namespace

void CatchInterrupts() {
  struct sigaction action = {};
  action.sa_handler = Remember;
  sigemptyset(&action.sa_mask);
  // Without SA_RESTART, so that a poll() that waits for a child returns.
  for (const int signal : kSignals) {
    struct sigaction before;
    sigaction(signal, nullptr, &before);
    // nohup and the like ignore a signal on purpose.
    if (before.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);
  }
}

int InterruptedBy() { return caught_signal; }

int TakeInterrupt() {
  const int signal = caught_signal;
  caught_signal = 0;
  return signal;
}

void DieOfInterrupt() {
  if (caught_signal == 0) return;
  std::signal(caught_signal, SIG_DFL);
  std::raise(caught_signal);
}

}  // namespace dhcpair::host
