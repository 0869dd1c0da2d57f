#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ipv4_address.h"
#include "conf/model.h"
#include "pair/pair.h"
#include "text/diagnostic.h"

namespace dhcpair::adopt {

/// A statement of the global scope that says an address of the server itself.
struct OwnAddress {
  conf::Origin origin;
  std::string text;  ///< In one line, with its ';'.
  std::optional<base::Ipv4Address> address;
};

/// The global statements of a dhcpd.conf that are about one server and not about the clients:
///
/// * `server-identifier` (also as an option) and `local-address` are addresses of the server, and
/// go
///   to `extra:` of its node;
/// * `omapi-port` and `omapi-key` go to `omapi:` with the key, whose secret gets a file of its own;
/// * `lease-file-name` and `pid-file-name` are about the server too, but both nodes may well use
/// the
///   same paths: they stay in the master, and `paths:` tells dhcpair of them.
///
/// All others are for both: what one subnet, group or class says, `authoritative`, ports, logging,
/// DDNS with its keys and zones, and every option.
struct NodeStatements {
  std::vector<OwnAddress> own_addresses;
  std::optional<pair::Omapi> omapi;
  /// `omapi-port` without a key, in one line: for `extra:`, since `omapi:` is never without one.
  std::string open_omapi;
  std::optional<pair::NodePath> leases;
  std::optional<pair::NodePath> pid;
  /// What leaves the shared files, the key and `own_addresses` included.
  std::vector<conf::Origin> removed;
};

/// Finds them. OMAPI settings that a pair file does not take stay where they are, with a warning.
NodeStatements ReadNodeStatements(const conf::Model& model, text::Diagnostics& diagnostics);

}  // namespace dhcpair::adopt
