#pragma once

#include <string>

#include "nodes.h"
#include "pairs_command.h"
#include "sync/status_report.h"

namespace dhcpair {

struct StatusLookOptions {
  const CommonOptions& common;
  const std::string& templates;
  /// Leases files are fetched and counted.
  bool with_leases = true;
};

/// Looks at both nodes of a pair, once. A push that was left behind and that nobody works on any
/// more is finished on the way, and this is said aloud. Nothing comes back where the files here
/// give nothing to compare with; the outcome says why.
std::optional<sync::PairStatus> LookAtPair(NodePair& nodes, const StatusLookOptions& options,
                                           PairOutcome& outcome);

}  // namespace dhcpair
