#pragma once

#include <string>

#include "sync/push_plan.h"
#include "sync/steps.h"

namespace dhcpair::sync {

/// What a push says while it goes on, and asks before it changes anything. Called from one thread.
class PushTalk {
 public:
  virtual ~PushTalk() = default;
  /// A step begins, or something new is known in it. `text` is empty at its beginning.
  virtual void Progress(Step step, const std::string& text) = 0;
  virtual void Warn(const std::string& text) = 0;
  /// Shows the plan; false where the operator does not want it.
  virtual bool Agree(const PushPlan& plan) = 0;
};

}  // namespace dhcpair::sync
