#pragma once

#include <string>
#include <vector>

#include "sync/both_nodes.h"
#include "sync/push_talk.h"
#include "sync/settle.h"

namespace dhcpair::sync {

/// What a settling has done.
struct Settled {
  SettleDecision decision = {};
  std::vector<StepError> errors = {};
  /// Whether something was changed on a node, so that what was known of it is out of date.
  bool has_acted = false;

  /// Whether nothing stands in the way of a new push any more.
  bool is_clear() const;
};

/// What the nodes' facts say of pushes.
PerRole<std::optional<NodeTrace>> TracesOf(const PerRole<std::optional<NodeFacts>>& facts);

/// Finishes what an earlier push left on the nodes, as DecideSettle says; every command that talks
/// to nodes begins with it. A node without facts counts as out of reach.
Settled SettleUnfinished(BothNodes& nodes, const PerRole<std::optional<NodeFacts>>& facts,
                         SettleWish wish, StepTalk& talk);

}  // namespace dhcpair::sync
