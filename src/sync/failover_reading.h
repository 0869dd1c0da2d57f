#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "failover/states.h"
#include "pair/pair.h"
#include "remote/transport.h"
#include "sync/facts.h"

namespace dhcpair::sync {

/// What one node says of the failover relationship.
struct FailoverReading {
  enum class Source : std::uint8_t {
    kOmapi,       ///< From dhcpd itself, as it is now.
    kLeasesFile,  ///< The last saved: after a start it stays the old one until the startup is over,
                  ///< and of a node that does not run it is the one it will come up with.
    kNone,        ///< Not known: `why_not` says why.
  };
  Source source = Source::kNone;
  std::optional<failover::State> mine = {};
  /// The last one heard: it says nothing of the link.
  std::optional<failover::State> partner = {};
  std::optional<NodeTime> mine_since = {};
  std::optional<NodeTime> partner_since = {};
  /// Why it is not by OMAPI, where the pair has `omapi:` for the node; and why there is nothing.
  std::string why_not = {};
};

/// Asks the node's dhcpd through a tunnel where the pair has `omapi:` for it and dhcpd is not known
/// to be stopped; takes the saved state of `facts` where that cannot be.
FailoverReading ReadFailover(remote::Transport& transport, const pair::Pair& pair, pair::Role role,
                             const LinkFacts& facts);

/// What the leases file says alone.
FailoverReading ReadSavedFailover(const pair::Pair& pair, const LinkFacts& facts);

}  // namespace dhcpair::sync
