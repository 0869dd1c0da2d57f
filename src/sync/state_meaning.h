#pragma once

#include <span>
#include <string_view>

#include "failover/states.h"

namespace dhcpair::sync {

/// How bad a state or a finding is. The order is that of monitoring systems: what is critical
/// counts most, then what is unknown.
enum class Severity : std::uint8_t { kNote, kWarning, kUnknown, kCritical };

/// What a failover state of a node means for its clients, and what to do next.
struct StateMeaning {
  failover::State state;
  Severity severity;
  std::string_view meaning;  ///< Behind "it": "serves its share of the clients".
  std::string_view advice;   ///< An order; empty where nothing is to be done.
};

std::span<const StateMeaning> StateMeanings();
const StateMeaning& MeaningOf(failover::State state);

}  // namespace dhcpair::sync
