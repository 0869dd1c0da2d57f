#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adopt/settings.h"
#include "adopt/shared_files.h"
#include "text/diagnostic.h"

namespace dhcpair::adopt {

/// The names of the two files that every adoption writes.
inline constexpr std::string_view kPairName = "pair.yaml";
inline constexpr std::string_view kMasterName = "dhcpd.master";

/// A file that is to be written.
struct OutputFile {
  std::string name;  ///< In the folder of the new pair.
  int mode = 0644;   ///< 0600 where a secret is in it.
  std::string contents;
};

/// Two texts to be shown side by side; secrets are stars in both.
struct Change {
  std::string old_name;
  std::string old_text;
  std::string new_name;
  std::string new_text;
};

/// What an adoption comes to.
struct Plan {
  std::vector<OutputFile> files;    ///< pair.yaml first, then the master.
  std::vector<Change> changes;      ///< Of the files that are not taken over as they are.
  std::vector<Change> differences;  ///< Between the halves; where there are any, no files.
};

/// Plans how one dhcpd.conf (of a single server or of one node of a pair), or those of both nodes,
/// become a pair file and a master. Reports what stands in the way, and what the operator should
/// know; nothing comes back when that has errors, unless it has the differences to show.
std::optional<Plan> PlanAdoption(std::vector<Source> sources, const Given& given,
                                 text::Diagnostics& diagnostics);

}  // namespace dhcpair::adopt
