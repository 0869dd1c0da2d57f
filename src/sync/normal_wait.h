#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "pair/pair.h"
#include "sync/node_agent.h"
#include "sync/per_role.h"
#include "sync/proof.h"
#include "sync/waiting.h"

namespace dhcpair::sync {

/// One node as seen at a moment; nothing when it does not answer.
std::optional<NodeSight> LookAt(remote::Transport& transport, NodeAgent& agent,
                                const pair::Pair& pair);

/// A pair of which both nodes are within reach.
struct NodesInReach {
  const pair::Pair& pair;
  PerRole<remote::Transport*> transports;
  PerRole<NodeAgent*> agents;
};

struct NormalOutcome {
  enum class Kind : std::uint8_t { kNormal, kTimedOut, kInterrupted };
  Kind kind;
  std::string why_not = {};  ///< What was in the way at last.
};

/// What a wait has to tell, each state of the returning node once.
struct NormalNews {
  failover::State state;
  /// With recover-wait: its end by that node's clock, and how long that is from now.
  std::optional<NodeTime> wait_ends = {};
  std::chrono::seconds wait_left{0};
};

/// Waits until both nodes are proven normal after `returning` was started or told to come back.
/// `partner_not_before`: the partner's clock before that. The limit starts anew with each state of
/// the returning node, and is extended by what is left of recover-wait.
NormalOutcome WaitForNormal(const NodesInReach& nodes, pair::Role returning,
                            NodeTime partner_not_before, std::chrono::seconds limit,
                            const std::function<void(const NormalNews&)>& tell, Waiting& waiting);

}  // namespace dhcpair::sync
