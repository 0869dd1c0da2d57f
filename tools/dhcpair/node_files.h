#pragma once

#include <optional>
#include <string>
#include <vector>

#include "nodes.h"
#include "pairs_command.h"
#include "sync/drift.h"
#include "sync/facts.h"
#include "sync/managed_files.h"
#include "sync/per_role.h"

namespace dhcpair {

/// The managed files of a pair as they are to be, and what there is of them on its nodes.
struct NodeFiles {
  sync::PerRole<std::vector<sync::ManagedFile>> wanted = {};
  sync::PerRole<std::optional<sync::NodeFacts>> facts = {};  ///< Absent where a look failed.
  /// Each node's clock less this machine's, in whole seconds.
  sync::PerRole<std::optional<sync::NodeTime>> clock_offset = {};
  sync::PerRole<std::vector<sync::FileDrift>> drifts = {};  ///< Of the nodes that were looked at.
  /// Empty unless both were looked at.
  std::vector<sync::SharedDrift> between = {};
};

/// Generates the files of both nodes and looks at each node that is reached, once and side by side.
/// Findings and problems go into the outcome; nothing comes back when there is nothing to compare
/// with.
std::optional<NodeFiles> LookAtFiles(NodePair& nodes, const CommonOptions& options,
                                     const std::string& templates, PairOutcome& outcome);

}  // namespace dhcpair
