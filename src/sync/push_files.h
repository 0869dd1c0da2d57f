#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "generate/node_files.h"
#include "sync/both_nodes.h"
#include "sync/managed_files.h"
#include "sync/steps.h"

namespace dhcpair::sync {

/// Whether push knows where this piece of a boot file goes.
bool IsInstallable(const generate::NodeFile& file);

/// Adds the boot files of each node to what it is to have: what lies there now, read from it, with
/// the pieces of ours: settings as sysrc or rcctl writes them, where the node has it, and all else
/// as a marked block.
std::optional<StepError> AddBootFiles(BothNodes& nodes,
                                      const PerRole<std::span<const generate::NodeFile>>& generated,
                                      PerRole<std::vector<ManagedFile>>& files);

enum class FilePart : std::uint8_t {
  kMaster,  ///< What both nodes share.
  kConf,    ///< Each node's own.
};

/// Lets every file outside of this part be as it is on the node; one that is not there stays away.
std::optional<StepError> KeepOnly(BothNodes& nodes, FilePart part,
                                  PerRole<std::vector<ManagedFile>>& files);

}  // namespace dhcpair::sync
