#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pair/pair.h"
#include "sync/facts.h"
#include "sync/managed_files.h"
#include "sync/per_role.h"

namespace dhcpair::sync {

/// How a managed file lies on a node, against what it is to be and what was pushed last.
struct FileDrift {
  ManagedKind kind = ManagedKind::kConf;
  std::string path;
  FileKind found = FileKind::kMissing;
  bool has_other_contents = false;  ///< A regular file with another digest than the local one.
  /// It allows more than it should. One that allows less stays so: a push keeps it.
  bool has_wider_mode = false;
  /// The node's file is not what the last push left: somebody changed it by hand.
  bool is_edited = false;
  /// It is not what the last push left, because a later one is under way or was left unfinished.
  bool is_of_unfinished_push = false;
  /// The local file is not what the last push left: it waits to be pushed.
  bool is_unpushed = false;
  int mode = 0;
  int wanted_mode = 0;
  std::string sha256 = {};
  std::string wanted_sha256 = {};

  bool differs() const {
    return found != FileKind::kRegular || has_other_contents || has_wider_mode;
  }
};

/// Each managed file of a node, in their order.
std::vector<FileDrift> CompareWithLocal(std::span<const ManagedFile> files, const NodeFacts& node);

/// A file that is to be the same on both nodes, and is not.
struct SharedDrift {
  ManagedKind kind;
  PerRole<std::string> path;
  PerRole<FileKind> found;
};

/// The shared files that differ between the nodes, by what was found of each on each; those that
/// both lack do not differ.
std::vector<SharedDrift> CompareNodes(const PerRole<std::vector<FileDrift>>& drifts);

/// In words, without the path: "differs from what is here, and was changed by hand since the last
/// push"; "same" when it is as it should be.
std::string Describe(const FileDrift& drift);

/// Whether push can put a file in the place of this: of one that is there, or of nothing.
bool IsReplaceable(FileKind kind);

/// What to do about the rest.
inline constexpr std::string_view kHowToMakeReplaceable =
    "dhcpair replaces only files; put a file there, or name its place under 'paths:' or 'files:'";

/// "missing", "a symbolic link", "neither a file nor a link"; "a file" of a regular one.
std::string_view Describe(FileKind kind);

}  // namespace dhcpair::sync
