#pragma once

#include <span>

#include "lint/node_peers.h"
#include "text/diagnostic.h"

namespace dhcpair::lint {

/// What both nodes should say alike beside peers and ranges: options and parameters, subnets,
/// hosts, classes. What a node may have for itself is left alone: what concerns only its own
/// process, and networks without failover. Of many differences the first few are reported.
void CheckRest(const Node& primary, const Node& secondary, const Relations& relations,
               text::Diagnostics& diagnostics);

/// The rules of CheckRest.
std::span<const text::Rule* const> NodeRestRules();

}  // namespace dhcpair::lint
