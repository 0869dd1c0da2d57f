#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace dhcpair::failover {

/// The state of one server of a failover pair, by its number on the wire and in OMAPI (failover
/// draft 12 section 12.24; 254 is ISC dhcpd's own).
enum class State : std::uint8_t {
  kUnknown = 0,
  kStartup = 1,
  kNormal = 2,
  kCommunicationsInterrupted = 3,
  kPartnerDown = 4,
  kPotentialConflict = 5,
  kRecover = 6,
  kPaused = 7,
  kShutdown = 8,
  kRecoverDone = 9,
  kResolutionInterrupted = 10,
  kConflictDone = 11,
  kRecoverWait = 254,
};

/// One state with what the rest of the house wants to know of it.
struct StateRow {
  State state;
  std::string_view name;  ///< As ISC dhcpd logs it and writes it to dhcpd.leases.
  bool serves;            ///< Whether a server in it answers clients from its failover pools.
};

std::span<const StateRow> States();

/// The row of a state.
const StateRow& RowOf(State state);
inline std::string_view Name(State state) { return RowOf(state).name; }

/// The state of this name, or nothing.
std::optional<State> StateNamed(std::string_view name);
/// The state of this number, or nothing.
std::optional<State> StateNumbered(std::uint32_t number);

}  // namespace dhcpair::failover
