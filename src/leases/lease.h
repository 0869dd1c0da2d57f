#pragma once

#include <optional>
#include <string_view>

#include "base/hardware_address.h"
#include "base/ipv4_address.h"
#include "failover/binding_states.h"
#include "leases/date.h"

namespace dhcpair::leases {

/// What one declaration of a leases file says of an address. Texts are views into what it was read
/// from, or into the Database that gave it out; they hold what clients sent: any bytes.
struct Lease {
  base::Ipv4Address address = {};
  /// Absent where none is written; dhcpd then makes one up.
  std::optional<failover::BindingState> state = {};
  std::optional<failover::BindingState> next = {};    ///< Where it is not the same as `state`.
  std::optional<failover::BindingState> rewind = {};  ///< Likewise.
  bool is_reserved = false;
  bool is_dynamic_bootp = false;
  Date starts = 0;  ///< Of the current binding; a renewal begins it anew.
  Date ends = 0;    ///< What the client was told.
  Date tstp = 0;    ///< The potential expiry that was sent to the partner.
  Date tsfp = 0;    ///< The expiry that the partner acknowledged or sent.
  Date atsfp = 0;   ///< The same before any change of ours: present when both nodes agree.
  Date cltt = 0;    ///< The client's last transaction with this node.
  base::HardwareAddress hardware = {};
  std::string_view uid = {};       ///< The client identifier; empty for none.
  std::string_view hostname = {};  ///< Empty for none.
  /// Fields that mean nothing to us (set, option, billing, on), one after the other as they stand
  /// in the file.
  std::string_view rest = {};

  friend bool operator==(const Lease&, const Lease&) = default;
};

}  // namespace dhcpair::leases
