#pragma once

#include <expected>
#include <string>
#include <vector>

#include "generate/node_files.h"
#include "host/atomic_write.h"

namespace dhcpair {

/// What becomes of one file of out/ROLE/.
enum class FileFate {
  kWrite,      ///< It is new, or differs from what dhcpair wrote before.
  kUnchanged,  ///< It is there, byte for byte.
  kRemove,     ///< dhcpair wrote it before and has no use for it now.
  kEdited,     ///< dhcpair wrote it, somebody changed it.
  kForeign,    ///< Something else lies there.
};

struct FilePlan {
  std::string path;
  FileFate fate;
  const generate::NodeFile* file;  ///< Null for kRemove.
};

/// Compares what is to be written with what lies in the folder. Changes nothing.
std::vector<FilePlan> PlanNodeFolder(const std::string& folder,
                                     const std::vector<generate::NodeFile>& files);

/// Makes the folder and writes all new contents beside the files that they are going to replace.
/// Fails with a sentence for the user, and then has changed nothing that was there.
[[nodiscard]] std::expected<std::vector<host::PendingFile>, std::string> StageNodeFolder(
    const std::string& folder, const std::vector<FilePlan>& plans);

/// Moves what was staged into place, and removes what the plans say. Fails with a sentence for the
/// user.
[[nodiscard]] std::expected<void, std::string> CommitNodeFolder(
    std::vector<host::PendingFile> pending, const std::vector<FilePlan>& plans);

}  // namespace dhcpair
