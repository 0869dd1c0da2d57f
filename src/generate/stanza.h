#pragma once

#include <string>

#include "pair/pair.h"

namespace dhcpair::generate {

/// The `failover peer` declaration of dhcpd.conf(5) for the node of this role, without a newline at
/// its end. Printed by code and not by a template, so that no template can give a secondary mclt or
/// split; the partner's address and port are read from the partner, so they always mirror.
std::string PrintStanza(const pair::Pair& pair, pair::Role role);

}  // namespace dhcpair::generate
