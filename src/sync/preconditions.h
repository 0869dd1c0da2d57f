#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pair/pair.h"
#include "sync/facts.h"
#include "sync/failover_reading.h"
#include "sync/per_role.h"

namespace dhcpair::sync {

/// What inspect found of a node that could be reached.
struct NodeLook {
  NodeFacts facts;
  FailoverReading reading;
  // When the question left and when the answer was here, by this machine's steady clock.
  std::chrono::milliseconds asked_at{0};
  std::chrono::milliseconds answered_at{0};
};

/// How much later one node's clock is than the other's, with the time that answers took taken off:
/// never more than what is certain. Positive: the primary's is ahead.
std::chrono::seconds ClocksApart(const NodeLook& primary, const NodeLook& secondary);

/// What stands in the way of a push, or is worth a word.
struct Obstacle {
  enum class Weight : std::uint8_t { kWarning, kRefusal };
  Weight weight;
  std::optional<pair::Role> role;  ///< Absent where it concerns both.
  std::string message;             ///< Without a full stop; says what would be right.
};

/// What the operator allows.
struct Allowances {
  std::optional<pair::Role> only_node = {};
  bool degraded = false;
  bool steal_lock = false;
};

/// The condition in which the pair is before a push.
enum class PairCondition : std::uint8_t {
  kNormal,           ///< Both say normal.
  kNeverConfigured,  ///< Neither has a failover state: a first push.
  kDegraded,         ///< Anything else.
};

PairCondition ConditionOf(const PerRole<std::optional<NodeLook>>& looks);

/// All that is demanded of the nodes before a push that changes something. Both must be reached,
/// except with `only_node`.
std::vector<Obstacle> FindObstacles(const pair::Pair& pair,
                                    const PerRole<std::optional<NodeLook>>& looks,
                                    const Allowances& allowed);

}  // namespace dhcpair::sync
