#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/ipv4_address.h"
#include "client/settings.h"
#include "dhcp/message_types.h"

namespace dhcpair::client {

/// What changes from one message of a client to the next.
struct Outgoing {
  dhcp::MessageType type = dhcp::MessageType::kDiscover;
  std::uint32_t xid = 0;
  std::uint16_t secs = 0;
  base::Ipv4Address ciaddr = {};
  std::optional<base::Ipv4Address> requested = {};  ///< Option 50.
  std::optional<base::Ipv4Address> server = {};     ///< Option 54.
};

/// What a buffer for Compose must hold: an Ethernet frame's message.
inline constexpr std::size_t kOutgoingBytesMax = 1472;

/// The message, at the start of the buffer. Which options each type may carry follows table 5 of
/// RFC 2131.
std::string_view Compose(const Outgoing& outgoing, const Settings& settings,
                         const Identity& identity, std::span<char> buffer);

}  // namespace dhcpair::client
