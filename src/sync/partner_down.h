#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pair/pair.h"
#include "sync/facts.h"
#include "sync/failover_reading.h"

namespace dhcpair::sync {

/// What is known of a pair before the survivor is told that its partner is down. dhcpd itself
/// checks nothing: told so wrongly, both nodes give the same addresses to different clients.
struct PartnerDownFacts {
  pair::Role dead = pair::Role::kSecondary;

  struct Survivor {
    FailoverReading reading = {};
    LinkFacts link = {};
    /// Whether the dead one answers it, by ping or on the failover port. Absent where it could not
    /// be asked.
    std::optional<bool> hears_the_dead = {};
    /// Of a push that somebody or the node itself is still at work on, in words; empty: none.
    std::string push_under_way = {};
  };
  Survivor survivor = {};

  struct Dead {
    bool is_reached = false;         ///< By ssh, from here.
    std::string why_unreached = {};  ///< What was said instead.
    ServiceState service = ServiceState::kUnknown;
    /// Of a node that is reached: whether it is the one with the failover address.
    AddressState address = AddressState::kUnknown;
    bool leases_change = false;  ///< Between two looks.
  };
  Dead dead_node = {};

  std::chrono::seconds mclt{3600};
};

/// What the operator vouches for.
struct PartnerDownConsents {
  bool is_off = false;             ///< The dead one is switched off.
  bool double_allocation = false;  ///< Some addresses may be given to two clients.
};

struct PartnerDownVerdict {
  enum class Kind : std::uint8_t {
    kAllowed,
    kAlready,  ///< The survivor is in partner-down.
    kNeedsConsent,
    kRefused,  ///< Whatever the operator says.
  };
  Kind kind = Kind::kAllowed;
  /// Why it is refused, each with what would be right.
  std::vector<std::string> refusals = {};
  /// Why these consents are asked for; empty where they are not.
  std::string why_is_off = {};
  std::string why_double_allocation = {};
};

/// Weighs all of it. Nothing that could be found out is left to the operator's word, and a survivor
/// in `normal` is refused even then: both nodes would go to potential-conflict.
PartnerDownVerdict DecidePartnerDown(const pair::Pair& pair, const PartnerDownFacts& facts,
                                     const PartnerDownConsents& consents);

/// When a node in partner-down that entered it at `since` begins to give its partner's addresses to
/// new clients, by its own clock. An address that the partner may have promised for longer (its
/// tsfp) becomes free MCLT after that.
NodeTime PartnersAddressesFrom(NodeTime since, std::chrono::seconds mclt);

}  // namespace dhcpair::sync
