#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adopt/edits.h"
#include "adopt/pools.h"
#include "conf/model.h"
#include "text/diagnostic.h"

namespace dhcpair::adopt {

/// Where an included file was found here.
struct IncludedFile {
  std::string source_name;  ///< What findings call it.
  std::string from;         ///< What the new pair file calls it.
};

/// A dhcpd.conf that was read without a mistake.
struct Source {
  const conf::Model& model;
  /// By the path that an include statement names.
  std::map<std::string, IncludedFile> includes;
};

/// A file that both nodes are to have: the master, or one that it includes.
struct SharedText {
  text::SourcePtr source;
  std::string path;  ///< On the nodes; empty for a master that was the dhcpd.conf itself.
  std::string from;  ///< Here, for the pair file, as long as it is not changed.
  std::vector<Edit> edits;
  std::vector<text::Span> secrets;  ///< Of keys: never shown.

  bool is_changed() const { return !edits.empty(); }
  bool has_secrets() const { return !StayingSecrets().empty(); }
  std::string Text() const { return Apply(source->contents(), edits); }
  /// For eyes: with stars for secrets.
  std::string ShownBefore() const;
  std::string ShownAfter() const;

 private:
  std::vector<text::Span> StayingSecrets() const;
};

struct SharedFiles {
  std::vector<SharedText> files;  ///< The master first, then what is included, in order.
  std::string extra;              ///< Lines for the node that dhcpair put there itself once.
  /// Comments that leave with what they stand in, without their '#'.
  std::vector<std::string> comments;
};

/// What is left for both nodes without the statements `removed`, and with the edits of pools.
///
/// * An included file of which nothing is left is included no more.
/// * Where nothing is left of the dhcpd.conf but the include of one file, this file is the master:
///   it was one before, as in the classic recipe.
/// * Nothing comes back, with findings, when a file that needs edits has no path of its own on both
///   nodes, or needs different ones in several places.
std::optional<SharedFiles> ShareFiles(const Source& source,
                                      const std::vector<conf::Origin>& removed, PoolEdits pools,
                                      text::Diagnostics& diagnostics);

}  // namespace dhcpair::adopt
