#pragma once

#include <span>

#include "lint/peer_view.h"
#include "text/diagnostic.h"

namespace dhcpair::lint {

/// The part of CheckFailover that looks at the numbers of one failover peer: ports, times and
/// limits.
void CheckFailoverNumbers(const PeerView& view, text::Diagnostics& diagnostics);

/// The rules of CheckFailoverNumbers.
std::span<const text::Rule* const> FailoverNumberRules();

}  // namespace dhcpair::lint
