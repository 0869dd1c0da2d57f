#pragma once

#include <string>

#include "leases/database.h"

namespace dhcpair::leases {

/// A lease as dhcpd writes it: `lease ADDRESS {`, a field a line.
std::string Print(const Lease& lease);

/// A whole file as dhcpd writes it anew: the byte order, then groups, classes and hosts, failover
/// states, leases by their address, and the server's DUID. ISC dhcpd takes it, and Reader reads the
/// same database from it.
std::string Print(const Database& database);

}  // namespace dhcpair::leases
