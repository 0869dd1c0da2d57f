#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "sync/both_nodes.h"
#include "sync/proof.h"
#include "sync/push_talk.h"
#include "sync/steps.h"

namespace dhcpair::sync {

/// What is waited for behind a restart.
struct ProofWait {
  Step step;
  pair::Role role;  ///< The node that was restarted.
  std::vector<pair::Role> roles;
  ProofOfNormal::Terms terms = {};
  /// How long it may take, besides the time for which it must hold.
  std::chrono::seconds patience{120};
  /// Of a pair that was not in normal before: a dhcpd that runs will do in the end.
  bool may_settle_for_running = false;
};

/// dhcpd that has run for so long has read its files.
inline constexpr std::chrono::seconds kRunningProof{3};

/// Looks at the nodes, which is their heartbeat too, until the proof is there. A recover-wait is
/// waited for to its end, which is printed. Returns why there is none: the time is over, dhcpd has
/// ended, a node is lost or has taken the push back.
std::optional<StepError> AwaitProof(BothNodes& nodes, const ProofWait& wait, StepTalk& talk);

}  // namespace dhcpair::sync
