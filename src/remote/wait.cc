#include "remote/wait.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/interrupt.h"

namespace dhcpair::remote {

int Deadline::wait_ms() const {
  constexpr std::int64_t kLongestMs = 1000;
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(at_ - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, kLongestMs));
}

std::chrono::milliseconds Deadline::share(int parts) const {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(at_ - std::chrono::steady_clock::now());
  return std::max(left, std::chrono::milliseconds{0}) / parts;
}

Error Interrupted() { return {Failure::kInterrupted, "interrupted"}; }

std::optional<Error> MustStopWaiting(const Deadline& deadline, std::string_view what) {
  if (host::InterruptedBy() != 0) return Interrupted();
  if (!deadline.is_over()) return std::nullopt;
  return Error{Failure::kTimeout, fmt::format("{} within {} s", what, deadline.limit().count())};
}

}  // namespace dhcpair::remote
