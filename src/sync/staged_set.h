#pragma once

#include <span>
#include <vector>

#include "lint/staging.h"
#include "pair/pair.h"
#include "sync/change.h"
#include "sync/managed_files.h"
#include "sync/node_agent.h"

namespace dhcpair::sync {

/// A node's new files as they are handed to it, and how its `dhcpd -t` names them.
struct StagedSet {
  std::vector<NewFile> files;
  lint::Staging staging;
};

/// Leads every include of a managed file to the copy that the node checks before it is in place.
/// `present` is what lies on the node, and must live as long as the result.
StagedSet StageFiles(const pair::Pair& pair, pair::Role role, std::span<const ManagedFile> files,
                     const FileSet& present);

}  // namespace dhcpair::sync
