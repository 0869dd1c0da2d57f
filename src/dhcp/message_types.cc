#include "dhcp/message_types.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace dhcpair::dhcp {
namespace {

constexpr std::array kRows{
    MessageTypeRow{MessageType::kDiscover, "DHCPDISCOVER", true},
    MessageTypeRow{MessageType::kOffer, "DHCPOFFER", false},
    MessageTypeRow{MessageType::kRequest, "DHCPREQUEST", true},
    MessageTypeRow{MessageType::kDecline, "DHCPDECLINE", true},
    MessageTypeRow{MessageType::kAck, "DHCPACK", false},
    MessageTypeRow{MessageType::kNak, "DHCPNAK", false},
    MessageTypeRow{MessageType::kRelease, "DHCPRELEASE", true},
    MessageTypeRow{MessageType::kInform, "DHCPINFORM", true},
    MessageTypeRow{MessageType::kForceRenew, "DHCPFORCERENEW", false},
    MessageTypeRow{MessageType::kLeaseQuery, "DHCPLEASEQUERY", true},
    MessageTypeRow{MessageType::kLeaseUnassigned, "DHCPLEASEUNASSIGNED", false},
    MessageTypeRow{MessageType::kLeaseUnknown, "DHCPLEASEUNKNOWN", false},
    MessageTypeRow{MessageType::kLeaseActive, "DHCPLEASEACTIVE", false},
};

}  // namespace

std::span<const MessageTypeRow> MessageTypes() { return kRows; }

std::string Word(MessageType type) {
  if (type == MessageType::kBootp) return "BOOTP";
  for (const MessageTypeRow& row : kRows) {
    if (row.type == type) return std::string(row.word);
  }
  return fmt::format("type {}", std::to_underlying(type));
}

}  // namespace dhcpair::dhcp
