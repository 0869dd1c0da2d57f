#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "sync/both_nodes.h"
#include "sync/managed_files.h"
#include "sync/steps.h"

namespace dhcpair::sync {

/// The generations that each node keeps, and the paths of what both nodes share.
struct KeptGenerations {
  PerRole<std::vector<GenerationFacts>> kept = {};
  PerRole<std::vector<std::string>> shared_paths = {};
};

/// Which generation of each node belongs to the wanted one, by the primary's number; without one,
/// to the one before that in force. A pair of which one node was pushed alone counts differently on
/// both, so the secondary's is the one with the same shared files. Fails with a sentence.
std::expected<PerRole<int>, std::string> ChooseGenerations(const KeptGenerations& generations,
                                                           std::optional<int> wanted);

std::expected<KeptGenerations, StepError> ReadGenerations(BothNodes& nodes);

/// The files of these generations, to be pushed once more.
std::expected<PerRole<std::vector<ManagedFile>>, StepError> GenerationFiles(
    BothNodes& nodes, const KeptGenerations& generations, const PerRole<int>& numbers);

}  // namespace dhcpair::sync
