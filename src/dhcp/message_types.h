#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace dhcpair::dhcp {

/// What a message wants or says: option 53. Any other number may come from the network.
enum class MessageType : std::uint8_t {
  kBootp = 0,  ///< No option 53, or one that is empty or 0: the older protocol.
  kDiscover = 1,
  kOffer = 2,
  kRequest = 3,
  kDecline = 4,
  kAck = 5,
  kNak = 6,
  kRelease = 7,
  kInform = 8,
  kForceRenew = 9,
  kLeaseQuery = 10,
  kLeaseUnassigned = 11,
  kLeaseUnknown = 12,
  kLeaseActive = 13,
};

/// A type with the word that dhcpd's log has for it, and who sends it.
struct MessageTypeRow {
  MessageType type;
  std::string_view word;
  bool is_from_client;  ///< Or from a relay agent.
};

/// All that have a name, by rising number; kBootp is none of them.
std::span<const MessageTypeRow> MessageTypes();

/// "DHCPDISCOVER"; "BOOTP"; for a number without a name "type N", as dhcpd's log has it.
std::string Word(MessageType type);

}  // namespace dhcpair::dhcp
