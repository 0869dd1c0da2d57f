#pragma once

#include <optional>
#include <string>
#include <variant>

#include "base/ipv4_address.h"
#include "conf/model.h"
#include "pair/pair.h"
#include "text/diagnostic.h"

namespace dhcpair::adopt {

/// Which clients the primary serves.
using Balance = std::variant<pair::Split, pair::Hba>;

/// What the `failover peer` declaration of one node says, as dhcpd understands it.
struct PeerFacts {
  const conf::Peer* peer;
  pair::Role role;
  std::string name;
  /// Absent where a host name stands, or nothing.
  std::optional<base::Ipv4Address> address;
  std::optional<base::Ipv4Address> partner_address;
  int port = 647;
  int partner_port = 647;
  /// Not dhcpair's defaults but dhcpd's, where nothing is said.
  pair::FailoverTuning tuning;
  /// Of a primary only: a secondary has them from its partner.
  std::optional<pair::Seconds> mclt;
  std::optional<Balance> balance;
};

/// Reads a declaration that dhcpd accepts. Reports what a pair file does not take (a port of 70000,
/// a misbalance of 200 per cent), and returns nothing then.
std::optional<PeerFacts> ReadPeer(const conf::Model& model, const conf::Peer& peer,
                                  text::Diagnostics& diagnostics);

}  // namespace dhcpair::adopt
