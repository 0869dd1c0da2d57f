#pragma once

#include <chrono>
#include <optional>

#include "remote/transport.h"

namespace dhcpair::remote {

/// When a step must be over.
class Deadline {
 public:
  explicit Deadline(std::chrono::seconds timeout)
      : limit_(timeout), at_(std::chrono::steady_clock::now() + timeout) {}

  /// How long to wait at most, in milliseconds, before InterruptedBy must be looked at again: a
  /// signal that comes just before a poll() does not end it. 0 when the time is over.
  int wait_ms() const;
  /// The time that is left, divided by `parts`.
  std::chrono::milliseconds share(int parts) const;
  bool is_over() const { return std::chrono::steady_clock::now() >= at_; }
  /// What was waited for, in seconds.
  std::chrono::seconds limit() const { return limit_; }

 private:
  std::chrono::seconds limit_;
  std::chrono::steady_clock::time_point at_;
};

/// This process was asked to end.
Error Interrupted();

/// The error that ends waiting: the deadline is over, or this process was asked to end.
/// `what` did not happen in time, such as "no answer to our connection".
std::optional<Error> MustStopWaiting(const Deadline& deadline, std::string_view what);

}  // namespace dhcpair::remote
