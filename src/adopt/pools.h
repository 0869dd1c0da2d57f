#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "adopt/edits.h"
#include "conf/model.h"
#include "text/diagnostic.h"

namespace dhcpair::adopt {

/// The edits that bring pools into failover.
struct PoolEdits {
  /// For each file of the Model.
  std::vector<std::vector<Edit>> edits;
  /// Statements that leave their place, likewise; with others that leave, a line may get empty.
  std::vector<std::vector<text::Span>> moved;
  std::size_t pools_in_failover = 0;  ///< Those that were in it before count too.
};

/// Gives every pool the lines `failover peer "NAME";` and `deny dynamic bootp clients;` that it
/// lacks, and wraps the bare ranges of a subnet in a pool. What a pool says already stays as it is.
///
/// Pools that serve BOOTP clients stay outside, with a warning each: dhcpd takes no `range
/// dynamic-bootp` behind the name of a peer, and to deny these clients is for the operator to say.
/// Where such a pool has ranges for all clients, a comment tells lint that this is meant. Bare
/// ranges of this kind get a pool as well, but one without a peer.
PoolEdits PlanPools(const conf::Model& model, const std::string& peer_name,
                    text::Diagnostics& diagnostics);

}  // namespace dhcpair::adopt
