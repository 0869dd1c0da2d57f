#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace dhcpair::client {

/// The states of RFC 2131, figure 5, with what lies around them. No state waits for more offers:
/// the first good one is taken.
enum class State : std::uint8_t {
  kStopped,     ///< Not begun, or ended by a release.
  kInit,        ///< Begins anew when its pause is over.
  kSelecting,   ///< DISCOVER is out.
  kRequesting,  ///< An offer was taken, REQUEST is out.
  kBound,       ///< Has a lease.
  kRenewing,    ///< Past T1: asks its own server.
  kRebinding,   ///< Past T2: asks any server.
  kRebooting,   ///< REQUEST for an earlier address is out. INIT-REBOOT is left at once for this.
  kInforming,   ///< INFORM is out (section 4.4.3); not in the figure.
  kConfigured,  ///< INFORM was answered.
};

struct StateRow {
  State state;
  std::string_view name;  ///< As RFC 2131 writes it.
};

/// All of them.
std::span<const StateRow> States();
std::string_view Name(State state);

}  // namespace dhcpair::client
