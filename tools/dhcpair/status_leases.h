#pragma once

#include <optional>
#include <string>
#include <vector>

#include "node_files.h"
#include "nodes.h"
#include "sync/pair_view.h"
#include "sync/per_role.h"

namespace dhcpair {

/// What the leases files of a pair say.
struct LeasesLook {
  std::vector<sync::PoolView> pools = {};
  sync::PerRole<std::optional<sync::NodeTime>> newest = {};  ///< By the node's own clock.
  sync::PerRole<std::string> problems = {};  ///< Why a file was not read; empty when it was.
};

/// Fetches the leases files of the nodes that were looked at, and counts them by the pools of each
/// node's own dhcpd.conf. Each half is counted by the node that gives it away; by its partner where
/// that is all there is.
LeasesLook LookAtLeases(NodePair& nodes, const NodeFiles& files);

}  // namespace dhcpair
