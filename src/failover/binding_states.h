#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace dhcpair::failover {

/// The state of an address, by its number on the wire (failover draft 12 section 12.3) and in
/// OMAPI.
enum class BindingState : std::uint8_t {
  kFree = 1,
  kActive = 2,
  kExpired = 3,
  kReleased = 4,
  kAbandoned = 5,
  kReset = 6,
  kBackup = 7,
};

struct BindingStateRow {
  BindingState state;
  std::string_view name;  ///< As ISC dhcpd writes it to dhcpd.leases.
};

std::span<const BindingStateRow> BindingStates();
std::string_view Name(BindingState state);

/// The state of this name, or nothing.
std::optional<BindingState> BindingStateNamed(std::string_view name);
/// The state of this number, or nothing.
std::optional<BindingState> BindingStateNumbered(std::uint32_t number);

}  // namespace dhcpair::failover
