#pragma once

#include <string>

#include "common.h"
#include "nodes.h"
#include "pairs_command.h"

namespace dhcpair {

struct DiffPairOptions {
  const CommonOptions& common;
  const std::string& templates;
  bool is_stat = false;
};

/// What differs between the managed files here and on each node of a pair, and between its nodes.
/// Reads only; contents travel only where digests differ.
PairOutcome DiffPair(NodePair& nodes, const DiffPairOptions& options);

}  // namespace dhcpair
