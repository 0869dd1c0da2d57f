#pragma once

#include <optional>
#include <string>

#include "sync/push_plan.h"
#include "sync/steps.h"

namespace dhcpair::sync {

/// What the steps on nodes say while they go on. Called from one thread.
class StepTalk {
 public:
  virtual ~StepTalk() = default;
  /// A step begins, or something new is known in it. `text` is empty at its beginning.
  virtual void Progress(Step step, const std::string& text) = 0;
  virtual void Warn(const std::string& text) = 0;
};

/// What a push says besides, and asks before it changes anything.
class PushTalk : public StepTalk {
 public:
  /// Why the files here are not fit to be pushed, or nothing. Asked only where something changes.
  virtual std::optional<std::string> Objection() = 0;
  virtual void Show(const PushPlan& plan) = 0;
  /// False where the operator does not want what was shown.
  virtual bool Agree(const PushPlan& plan) = 0;
};

}  // namespace dhcpair::sync
