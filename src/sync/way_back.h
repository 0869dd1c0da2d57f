#pragma once

#include <string>
#include <vector>

#include "sync/both_nodes.h"
#include "sync/push_talk.h"

namespace dhcpair::sync {

/// Which nodes a push has touched, and how far it got on them.
struct PushReach {
  std::vector<pair::Role> touched = {};    ///< Something of the push may be there.
  std::vector<pair::Role> restarted = {};  ///< Its dhcpd may have been restarted.
  /// A joint change: no node finds its partner again before that has gone back too.
  bool is_joint = false;
  /// For the audit log of each node that is taken back; empty: nothing.
  std::string audit = {};
};

/// What has become of it.
struct WayBack {
  std::vector<StepError> errors = {};
  /// Nodes that were left to their own watchdog.
  std::vector<pair::Role> left_alone = {};

  bool is_complete() const { return errors.empty() && left_alone.empty(); }
};

/// Takes a push back on both nodes. Files first, everywhere; then dhcpd where it was restarted: a
/// node that is down before all others, then the secondary, then the primary, each only while its
/// partner serves. What cannot be done from here is left to the node's watchdog.
WayBack TakeBack(BothNodes& nodes, const std::string& push, const PushReach& reach, StepTalk& talk);

}  // namespace dhcpair::sync
