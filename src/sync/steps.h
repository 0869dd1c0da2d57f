#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "pair/pair.h"
#include "sync/node_agent.h"

namespace dhcpair::sync {

/// The steps of a push in their order, and behind them those that only some pushes have.
enum class Step : std::uint8_t {
  kConnect,
  kInspect,
  kLock,
  kStage,
  kCheck,
  kArm,
  kCommit,
  kRestartSecondary,
  kProveSecondary,
  kRestartPrimary,
  kProvePrimary,
  kReady,
  kConfirmPrimary,
  kConfirmSecondary,
  kFinish,
  kAwaitConfirm,
  kRollBack,
  kSettle,
};

/// A step with its words.
struct StepRow {
  Step step;
  std::string_view name;   ///< In messages about a node: "restart-secondary".
  std::string_view doing;  ///< As the head of a line of progress: "restart the secondary".
};

std::span<const StepRow> Steps();
const StepRow& RowOf(Step step);
inline std::string_view Name(Step step) { return RowOf(step).name; }

/// A step that failed on a node.
struct StepError {
  pair::Role role;
  std::string host;  ///< Of the node, as the pair file has it.
  Step step;
  NodeError error;

  /// "secondary (root@192.168.13.7), check: what is wrong and what would be right"
  std::string Text() const;
};

}  // namespace dhcpair::sync
