#include "real_waiting.h"

#include <poll.h>
#include <time.h>

#include <algorithm>
#include <future>

#include "host/interrupt.h"

namespace dhcpair {

using std::chrono::milliseconds;

milliseconds RealWaiting::Now() {
  timespec now{};
#ifdef CLOCK_BOOTTIME
  // Linux: goes on while the machine sleeps.
  clock_gettime(CLOCK_BOOTTIME, &now);
#else
  clock_gettime(CLOCK_MONOTONIC, &now);
#endif
  return std::chrono::seconds(now.tv_sec) +
         std::chrono::duration_cast<milliseconds>(std::chrono::nanoseconds(now.tv_nsec));
}

void RealWaiting::Sleep(milliseconds time) {
  // In pieces: a signal that comes just before poll() does not end it.
  constexpr milliseconds kPiece{200};
  for (const milliseconds end = Now() + time; Now() < end && !IsInterrupted();) {
    poll(nullptr, 0, static_cast<int>(std::min(kPiece, end - Now()).count()));
  }
}

void RealWaiting::RunWith(const std::function<void()>& work, std::chrono::milliseconds every,
                          const std::function<void()>& meanwhile) {
  auto done = std::async(std::launch::async, work);
  while (done.wait_for(every) != std::future_status::ready) meanwhile();
  done.get();
}

bool RealWaiting::IsInterrupted() { return host::InterruptedBy() != 0; }

void RealWaiting::TakeInterrupt() { (void)host::TakeInterrupt(); }

}  // namespace dhcpair
