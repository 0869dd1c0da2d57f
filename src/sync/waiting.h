#pragma once

#include <chrono>
#include <functional>

namespace dhcpair::sync {

/// Time as it passes on this machine. The rooms below read no clock and do not sleep: the real one
/// is that of the tools, tests have one that passes as fast as they like.
class Waiting {
 public:
  virtual ~Waiting() = default;
  /// Never goes back, and goes on while this machine sleeps where the system can tell.
  virtual std::chrono::milliseconds Now() = 0;
  /// Returns early when this process was asked to end.
  virtual void Sleep(std::chrono::milliseconds time) = 0;
  /// Runs `work` on another thread and calls `meanwhile` on this one each time that `every` has
  /// passed before it ended. Virtual time stands still while `work` runs.
  virtual void RunWith(const std::function<void()>& work, std::chrono::milliseconds every,
                       const std::function<void()>& meanwhile) = 0;
  /// Whether this process was asked to end.
  virtual bool IsInterrupted() = 0;
  /// It was noticed: what must be put in order before the end may wait and reach nodes again.
  virtual void TakeInterrupt() = 0;
};

}  // namespace dhcpair::sync
