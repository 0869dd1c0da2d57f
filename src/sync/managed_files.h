#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generate/node_files.h"
#include "pair/pair.h"
#include "sync/per_role.h"
#include "text/diagnostic.h"
#include "text/source_file.h"

namespace dhcpair::sync {

/// Why dhcpair keeps a file on a node.
enum class ManagedKind : std::uint8_t {
  kConf,      ///< The node's own dhcpd.conf, generated.
  kOmapiKey,  ///< The file with the OMAPI key, generated; its contents are secret.
  kMaster,    ///< The same on both nodes.
  kShared,    ///< One of `files:`, the same on both nodes.
  kBoot,      ///< A boot file with a marked block of ours, the node's own.
};

/// Whether both nodes have the same contents of it.
constexpr bool IsShared(ManagedKind kind) {
  return kind == ManagedKind::kMaster || kind == ManagedKind::kShared;
}

/// A file as it is to be on a node.
struct ManagedFile {
  ManagedKind kind;
  std::string path;      ///< On the node.
  text::SourcePtr from;  ///< What findings and diffs call it here, and its contents.
  int mode = 0644;
  std::string sha256 = {};  ///< Of the contents.

  const std::string& contents() const { return from->contents(); }
};

/// The files of each node: dhcpd.conf, the OMAPI key file where there is one, the master, then
/// `files:` in the order of the pair file. Boot fragments are not among them. `generated` is what
/// generate::GenerateNode made. Local files that cannot be read are reported, and nothing comes
/// back then.
std::optional<PerRole<std::vector<ManagedFile>>> ManagedFiles(
    const pair::Pair& pair, const PerRole<std::span<const generate::NodeFile>>& generated,
    text::SourceLoader& loader, text::Diagnostics& diagnostics);

/// Their paths, in the same order.
std::vector<std::string> PathsOf(std::span<const ManagedFile> files);

}  // namespace dhcpair::sync
