#pragma once

#include <expected>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "conf/model.h"
#include "exit_code.h"
#include "leases/compare.h"
#include "leases/pool_usage.h"
#include "leases/reader.h"
#include "leases_options.h"
#include "nodes.h"

namespace dhcpair {

/// The leases file of one node, or one that was given by name.
struct NodeLeases {
  std::string title;      ///< "dhcpd.leases", "primary (root@192.168.13.6)"
  std::string pair = {};  ///< Empty for a file.
  std::string node = {};  ///< "primary"; empty for a file.
  leases::LeasesFile file = {};
  std::unique_ptr<const conf::Model> model = {};  ///< The configuration whose pools are counted.
  leases::Date now = 0;                           ///< By the clock of the node.

  /// Of a pool of `model`.
  std::optional<leases::Usage> usage = {};
};

/// What belongs together: the nodes of a pair, or the files of a command line.
struct LeasesReport {
  std::string pair = {};
  std::vector<NodeLeases> nodes = {};
  std::optional<leases::Comparison> comparison = {};  ///< Of nodes[0], the primary's, and nodes[1].
  nlohmann::ordered_json problems = {};               ///< Of the nodes that were not read.
  std::string messages = {};                          ///< For standard error.
  ExitCode exit_code = ExitCode::kDone;
};

/// Reads the files of the command line. Fails with what is wrong with one of them.
std::expected<LeasesReport, std::string> ReadLeasesFiles(const LeasesOptions& options);

/// Fetches the leases and the configuration of both nodes.
LeasesReport FetchLeases(pair::Pair pair, const LeasesOptions& options);

}  // namespace dhcpair
