#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "failover/states.h"
#include "omapi/message.h"

namespace dhcpair::omapi {

/// The states that a server may be put into from outside. dhcpd takes any number, and ends itself
/// on most; only these can be built.
enum class NewState : std::uint32_t {
  kPartnerDown = 4,
  kRecover = 6,
  kShutdown = 8,
};

/// The same among all states.
failover::State StateOf(NewState state);

/// What dhcpd publishes as `failover-state`, as far as it can be believed. partner-address and
/// local-address hold pieces of its memory and the times of packets are never filled in: none of
/// them is read.
struct FailoverObject {
  failover::State local_state = failover::State::kUnknown;
  std::optional<std::int64_t> local_stos;  ///< Unix time by the node's clock; nothing for 0.
  /// The last one heard: it stays the same while the link is down.
  failover::State partner_state = failover::State::kUnknown;
  std::optional<std::int64_t> partner_stos;
  std::uint32_t mclt = 0;  ///< Seconds; on a secondary as learnt from the primary.

  friend bool operator==(const FailoverObject&, const FailoverObject&) = default;
};

/// Reads the object values of an answer. Nothing when they are not those of the peer `name`, when
/// an attribute is missing, doubled or of another length, or when a state is in no table.
[[nodiscard]] std::optional<FailoverObject> ReadFailoverObject(const Values& values,
                                                               std::string_view name);

}  // namespace dhcpair::omapi
