#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sync/failover_reading.h"
#include "sync/node_agent.h"
#include "sync/per_role.h"
#include "sync/proof.h"
#include "sync/steps.h"
#include "sync/waiting.h"

namespace dhcpair::sync {

/// A pair within reach. Null: a node that cannot be reached, or is left out.
struct PairNodes {
  const pair::Pair& pair;
  PerRole<NodeAgent*> agents{nullptr, nullptr};
  PerRole<remote::Transport*> transports{nullptr, nullptr};

  std::vector<pair::Role> reached() const;
};

/// What a step gave on the nodes that it was done on; absent on the others.
template <typename Value>
using StepResults = PerRole<std::optional<std::expected<Value, NodeError>>>;

/// Does steps on several nodes side by side. While one node works, the other gets its heartbeat, so
/// that no long step on one lets the watchdog of the other run out.
class BothNodes {
 public:
  BothNodes(const PairNodes& nodes, Waiting& waiting) : nodes_(nodes), waiting_(waiting) {}

  const pair::Pair& pair() const { return nodes_.pair; }
  const PairNodes& nodes() const { return nodes_; }
  Waiting& waiting() { return waiting_; }

  /// From now on these nodes get heartbeats for this push, several of them within `limit`, the time
  /// without one after which their watchdogs act.
  void BeatFor(std::string push, std::vector<pair::Role> roles, std::chrono::seconds limit);
  void StopBeating() { beating_.clear(); }
  /// The push is over on this node, which would refuse its heartbeat.
  void StopBeating(pair::Role role) { std::erase(beating_, role); }

  /// Does a step on each of these nodes.
  template <typename Value>
  StepResults<Value> Do(const std::vector<pair::Role>& roles,
                        const std::function<std::expected<Value, NodeError>(NodeAgent&)>& step) {
    StepResults<Value> results;
    Run(roles, [&](pair::Role role) { results[role] = step(*nodes_.agents[role]); });
    return results;
  }

  /// What the nodes say of their link at this moment. Where a push is on, this is its heartbeat.
  /// Errors of nodes that could not be looked at come along.
  struct Looked {
    Sight sight;
    PerRole<std::optional<NodeError>> errors;
  };
  Looked Look(const std::vector<pair::Role>& roles);

  /// The first error in the order of the roles.
  template <typename Value>
  std::optional<StepError> ErrorIn(const StepResults<Value>& results, Step step) const {
    for (const pair::Role role : kBothRoles) {
      const auto& result = results[role];
      if (result && !*result) return ErrorAt(role, step, result->error());
    }
    return std::nullopt;
  }
  StepError ErrorAt(pair::Role role, Step step, NodeError error) const;

  static constexpr std::chrono::seconds kHeartbeat{10};

 private:
  void Run(const std::vector<pair::Role>& roles, const std::function<void(pair::Role)>& work);
  void BeatIdle();

  const PairNodes& nodes_;
  Waiting& waiting_;
  std::string push_;
  std::vector<pair::Role> beating_;
  std::chrono::milliseconds beat_every_ = kHeartbeat;
  PerRole<std::atomic<bool>> busy_{};
};

}  // namespace dhcpair::sync
