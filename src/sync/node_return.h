#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "pair/pair.h"
#include "sync/facts.h"
#include "sync/failover_reading.h"

namespace dhcpair::sync {

/// What is known before a node is started whose partner was told that it is down.
struct ReturnFacts {
  pair::Role returning = pair::Role::kSecondary;
  FailoverReading partner = {};  ///< Of the one that served alone.
  ServiceState partner_service = ServiceState::kUnknown;
  FailoverReading saved = {};  ///< Of the returning one: from its leases file.
  ServiceState service = ServiceState::kUnknown;
  LeasesFileFacts leases = {};
  NodeTime now = 0;  ///< The returning node's clock.
  std::chrono::seconds mclt{3600};
};

struct ReturnVerdict {
  enum class Kind : std::uint8_t {
    kStart,      ///< It comes back by itself.
    kEditFirst,  ///< Started as it is, it meets its partner in potential-conflict.
    kWatch,      ///< It runs already.
    kRefused,
  };
  Kind kind = Kind::kRefused;
  std::string reason = {};  ///< In words, without a full stop.
  /// Until when, by its own clock, it will not serve: the end of recover-wait. With kEditFirst that
  /// of the edited one.
  std::optional<NodeTime> silent_until = {};
};

/// Looks at the saved state before it is too late: from startup only a saved `normal` meets a
/// partner in partner-down with recover.
ReturnVerdict DecideReturn(const ReturnFacts& facts);

}  // namespace dhcpair::sync
