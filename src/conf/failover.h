#pragma once

#include "conf/parse.h"

namespace dhcpair::conf {

/// A "failover peer" statement of the global scope or a shared network; "failover" has been taken.
bool ParseFailoverPeer(Parse& parse, Scope scope, Network* network);

}  // namespace dhcpair::conf
