#include "sync/node_sources.h"

#include <set>

namespace dhcpair::sync {
namespace {

// Includes of includes.
constexpr int kIncludeRounds = 4;

}  // namespace

NodeAgent::Result<FileSet> FetchSources(NodeAgent& agent, FileSet known,
                                        std::vector<std::string> paths,
                                        const std::string& conf_path) {
  std::set<std::string> asked;
  for (int round = 0; round <= kIncludeRounds; ++round) {
    if (!paths.empty()) {
      auto fetched = agent.Fetch(paths);
      if (!fetched) return std::unexpected(std::move(fetched.error()));
      known.merge(*fetched);
      asked.insert(paths.begin(), paths.end());
    }
    paths.clear();
    for (std::string& path : MissingIncludes(known, conf_path)) {
      // One that is not there stays missing, and is not asked for again.
      if (path.starts_with('/') && !asked.contains(path)) paths.push_back(std::move(path));
    }
    if (paths.empty()) break;
  }
  return known;
}

}  // namespace dhcpair::sync
