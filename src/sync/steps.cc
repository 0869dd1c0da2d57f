#include "sync/steps.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "text/utf8.h"

namespace dhcpair::sync {
namespace {

constexpr std::array kSteps{
    StepRow{Step::kConnect, "connect", "connect"},
    StepRow{Step::kInspect, "inspect", "look at both nodes"},
    StepRow{Step::kLock, "lock", "keep other pushes away from here on"},
    StepRow{Step::kStage, "stage", "put the new files beside the old ones"},
    StepRow{Step::kCheck, "check", "let each node's dhcpd check them"},
    StepRow{Step::kArm, "arm", "start the watchdogs"},
    StepRow{Step::kCommit, "commit", "put the new files into place"},
    StepRow{Step::kRestartSecondary, "restart-secondary", "restart the secondary"},
    StepRow{Step::kProveSecondary, "prove-secondary", "wait until the secondary is proven good"},
    StepRow{Step::kRestartPrimary, "restart-primary", "restart the primary"},
    StepRow{Step::kProvePrimary, "prove-primary", "wait until the primary is proven good"},
    StepRow{Step::kReady, "ready", "write down that both are good"},
    StepRow{Step::kConfirmPrimary, "confirm-primary", "confirm on the primary"},
    StepRow{Step::kConfirmSecondary, "confirm-secondary", "confirm on the secondary"},
    StepRow{Step::kFinish, "finish", "clean up and unlock"},
    StepRow{Step::kAwaitConfirm, "await-confirm", "wait for 'dhcpair confirm'"},
    StepRow{Step::kRollBack, "roll-back", "go back to the files before"},
    StepRow{Step::kSettle, "settle", "finish an earlier push"},
};

constexpr bool IsInOrder() {
  for (std::size_t i = 0; i < kSteps.size(); ++i) {
    if (static_cast<std::size_t>(kSteps[i].step) != i) return false;
  }
  return true;
}
static_assert(IsInOrder(), "RowOf counts on it");

}  // namespace

std::span<const StepRow> Steps() { return kSteps; }

const StepRow& RowOf(Step step) { return kSteps[static_cast<std::size_t>(step)]; }

std::string StepError::Text() const {
  return fmt::format("{} ({}), {}: {}", Name(role), text::Visible(host), Name(step), error.message);
}

}  // namespace dhcpair::sync
