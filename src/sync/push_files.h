#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generate/node_files.h"
#include "sync/both_nodes.h"
#include "sync/managed_files.h"
#include "sync/steps.h"

namespace dhcpair::sync {

/// A boot file with a piece of ours between two lines that mark it: at its end, or in the place of
/// the piece that is there. What others wrote stays byte for byte. In files of shell variables the
/// last assignment counts, so that the block wins.
std::string WithMarkedBlock(std::string_view file, std::string_view piece);

/// Whether push knows where this piece of a boot file goes.
bool IsInstallable(const generate::NodeFile& file);

/// Adds the boot files of each node to what it is to have: what lies there now, read from it, with
/// the pieces of ours.
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
