#pragma once

#include <expected>
#include <string>
#include <vector>

#include "generate/node_files.h"

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

/// Does what the plans say; what was edited or is foreign is replaced. Each file is written whole
/// or not at all. Fails with a sentence for the user.
[[nodiscard]] std::expected<void, std::string> ApplyNodeFolder(const std::string& folder,
                                                               const std::vector<FilePlan>& plans);

}  // namespace dhcpair
