#pragma once

#include "sync/waiting.h"

namespace dhcpair {

/// The time of this machine.
class RealWaiting : public sync::Waiting {
 public:
  std::chrono::milliseconds Now() override;
  void Sleep(std::chrono::milliseconds time) override;
  void RunWith(const std::function<void()>& work, std::chrono::milliseconds every,
               const std::function<void()>& meanwhile) override;
  bool IsInterrupted() override;
  void TakeInterrupt() override;
};

}  // namespace dhcpair
