#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sync/both_nodes.h"
#include "sync/change.h"
#include "sync/managed_files.h"
#include "sync/preconditions.h"
#include "sync/steps.h"

namespace dhcpair::sync {

/// How a file of a node changes.
struct FileChange {
  pair::Role role;
  std::string path;
  /// From what lies on the node to what is to lie there, as `diff -u` has it, without secrets.
  std::string diff;
  bool is_new = false;
  /// Nothing but our own head of comments differs, which is no reason to restart dhcpd.
  bool is_head_only = false;
  /// Somebody changed it on the node since the last push: from what was pushed to what is there.
  std::optional<std::string> drift = {};
};

struct PlanOptions {
  Allowances allowed = {};
  bool allow_drop_leases = false;
  bool overwrite_drift = false;
};

/// What a push will do, and what stands in its way.
struct PushPlan {
  PerRole<std::vector<ManagedFile>> files = {};
  PerRole<std::optional<NodeLook>> looks = {};
  /// What the nodes have now in the place of these files, and what that includes.
  PerRole<FileSet> present = {};
  std::vector<FileChange> changes = {};
  ChangeKind kind = {};
  bool has_failover = true;  ///< Of the new files.
  PairCondition condition = PairCondition::kNormal;
  std::vector<Obstacle> obstacles = {};
  /// In words, of a joint change: how long nobody may be served.
  std::string expected_outage = {};
  /// The nodes that take part, and those whose dhcpd must be restarted.
  std::vector<pair::Role> roles = {};
  std::vector<pair::Role> restarts = {};

  /// The number of the new generation, the same on both nodes.
  int generation = 1;

  bool is_empty() const { return changes.empty() && restarts.empty(); }
  bool is_refused() const;
};

/// An obstacle with its node: "secondary (root@192.168.13.7): …".
std::string Describe(const Obstacle& obstacle, const pair::Pair& pair);
/// The first refusal, or "".
std::string FirstRefusal(const PushPlan& plan, const pair::Pair& pair);

/// Leases in use that a change of ranges would make dhcpd forget.
struct DroppedLeases {
  std::size_t count = 0;
  std::vector<std::string> first = {};  ///< The first addresses.
};

/// Looks for active or reserved leases among the addresses that no range has any more. `now` is the
/// node's clock.
DroppedLeases FindDroppedLeases(std::string_view leases_file, std::span<const AddressSpan> lost,
                                NodeTime now);

/// Compares by hash what the nodes have with what they are to have, and reads from the nodes only
/// what differs.
std::expected<PushPlan, StepError> PlanPush(BothNodes& nodes,
                                            const PerRole<std::vector<ManagedFile>>& files,
                                            const PerRole<std::optional<NodeLook>>& looks,
                                            const PlanOptions& options);

/// One look at each node that is reached: everything that a push wants to know, one call a node.
std::expected<PerRole<std::optional<NodeLook>>, StepError> InspectNodes(
    BothNodes& nodes, const PerRole<std::vector<std::string>>& paths);

}  // namespace dhcpair::sync
