#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generate/node_files.h"
#include "pair/pair.h"
#include "text/diagnostic.h"
#include "text/source_file.h"

namespace dhcpair::lint {

/// A file as it would lie on a node, and where the check puts it instead.
struct StagedFile {
  std::string node_path;    ///< What includes say.
  std::string staged_path;  ///< What they say in the staged copy.
  text::SourcePtr source;   ///< What findings point into; null for an unmanaged file.
};

/// One node's configuration, ready to be written below a folder of this machine and checked there.
struct Staging {
  std::vector<StagedFile> files;       ///< dhcpd.conf first.
  std::vector<std::string> contents;   ///< Of each, with its includes led to the staged copies.
  text::SourcePtr master;              ///< Where pools and ranges are: dhcpd.conf without a master.
  std::vector<std::string> unchecked;  ///< Unmanaged includes: stand-ins without contents.
};

/// A local file that both nodes share, already read.
struct SharedSource {
  std::string node_path;
  text::SourcePtr source;
};

/// Where the copies lie that are checked.
class StagedNames {
 public:
  virtual ~StagedNames() = default;
  /// The path of the copy of the `index`th file.
  virtual std::string NameOf(std::size_t index, const std::string& node_path) const = 0;
  /// Whether the files that dhcpair does not manage are there, so that includes of them stay as
  /// they are; elsewhere they get empty stand-ins.
  virtual bool has_unmanaged() const = 0;
};

/// Lays out a node's files (the master is the first of `shared`, where there is one) as dhcpd would
/// find them on the node: it follows includes by absolute path, so these are rewritten and nothing
/// else. An include that is neither ours, shared nor unmanaged is reported.
Staging PlanStaging(const pair::Pair& pair, pair::Role role,
                    const std::vector<generate::NodeFile>& node_files,
                    const std::vector<SharedSource>& shared, const StagedNames& names,
                    text::Diagnostics& diagnostics);

/// The same below a folder of this machine.
Staging PlanStaging(const pair::Pair& pair, pair::Role role,
                    const std::vector<generate::NodeFile>& node_files,
                    const std::vector<SharedSource>& shared, std::string_view folder,
                    text::Diagnostics& diagnostics);

}  // namespace dhcpair::lint
