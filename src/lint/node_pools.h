#pragma once

#include <span>

#include "lint/node_peers.h"
#include "text/diagnostic.h"

namespace dhcpair::lint {

/// Which addresses the peers of both nodes share, and which only one of them has in failover or at
/// all. Of many such places the first few are reported.
void CheckNodePools(const Node& primary, const Node& secondary, const Relations& relations,
                    text::Diagnostics& diagnostics);

/// The rules of CheckNodePools but kOneSided.
std::span<const text::Rule* const> NodePoolRules();

}  // namespace dhcpair::lint
