#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/hardware_address.h"
#include "base/ipv4_address.h"

namespace dhcpair::client {

/// An option that a client sends besides those of the protocol.
struct ExtraOption {
  std::uint8_t code = 0;
  std::string bytes = {};
};

/// Whether a client may send the option as an extra one: not what frames a message (PAD, END, 52),
/// is its type (53), or belongs to relay agents (82).
bool MayBeExtra(std::uint8_t code);

/// A relay agent in front of the client (RFC 3046): the messages look as if it had passed them on.
struct Relay {
  base::Ipv4Address address = {};      ///< Its own, towards the client: `giaddr`.
  std::string agent_information = {};  ///< The value of option 82; none when empty.
};

/// What many clients have in common.
struct Settings {
  std::string parameter_request_list = {};  ///< Codes, an octet each.
  /// Sent in each message that may carry options of choice: all but DECLINE and RELEASE (RFC 2131,
  /// table 5). One that the client sends of its own accord (50, 51, 54, 55, 57) takes the place
  /// of that. Each must be MayBeExtra, no two of one code; what an Ethernet frame has no room for
  /// is left out.
  std::vector<ExtraOption> extra_options = {};
  /// Asks for answers by broadcast, as a host does that cannot take unicast before it has an
  /// address.
  bool wants_broadcast = false;
  std::optional<std::uint32_t> lease_time = {};        ///< To ask for, in seconds.
  std::optional<std::uint16_t> max_message_size = {};  ///< To tell in option 57.
  std::optional<Relay> relay = {};
};

/// Who one of them is.
struct Identity {
  base::HardwareAddress hardware = {};
  std::string client_id = {};  ///< Value of option 61 with its type octet; not sent when empty.
};

}  // namespace dhcpair::client
