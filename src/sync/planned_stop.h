#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "pair/pair.h"
#include "sync/facts.h"
#include "sync/failover_reading.h"

namespace dhcpair::sync {

/// What is known of a pair before one of its nodes is drained, or resumed. "It" is that node.
struct PlannedStopFacts {
  pair::Role node = pair::Role::kSecondary;
  bool has_omapi = false;  ///< The pair has `omapi:` for it.
  FailoverReading reading = {};
  LinkFacts link = {};
  FailoverReading partner = {};
  ServiceState partner_service = ServiceState::kUnknown;
  /// A push is under way on one of them, or was left: its watchdog may restart dhcpd.
  bool has_unfinished_push = false;
};

struct PlannedStopVerdict {
  enum class Kind : std::uint8_t {
    kAllowed,
    kAlready,     ///< It is where it is to go.
    kOnItsWay,    ///< It is coming back by itself: wait.
    kStartFirst,  ///< Only to resume: dhcpd does not run there yet.
    kRefused,
  };
  Kind kind = Kind::kRefused;
  std::string reason = {};  ///< In words, without a full stop.
};

/// Whether a node may be put into shutdown, with which its partner goes to partner-down at once and
/// serves alone. Only OMAPI can do that, and only OMAPI can end it: the node stays in shutdown over
/// restarts.
PlannedStopVerdict DecideDrain(const PlannedStopFacts& facts);

/// Whether a node in shutdown may be put into recover, from which it comes back.
PlannedStopVerdict DecideResume(const PlannedStopFacts& facts);

}  // namespace dhcpair::sync
