#pragma once

#include "dhcp/option_table.h"

/// The codes of options that the protocol itself reads or writes, out of the table of all options.
namespace dhcpair::dhcp::code {

inline constexpr std::uint8_t kPad = 0;
inline constexpr std::uint8_t kEnd = 255;

inline constexpr std::uint8_t kSubnetMask = CodeOf("subnet-mask");
inline constexpr std::uint8_t kRouters = CodeOf("routers");
inline constexpr std::uint8_t kHostName = CodeOf("host-name");
inline constexpr std::uint8_t kRequestedAddress = CodeOf("dhcp-requested-address");
inline constexpr std::uint8_t kLeaseTime = CodeOf("dhcp-lease-time");
inline constexpr std::uint8_t kOverload = CodeOf("dhcp-option-overload");
inline constexpr std::uint8_t kMessageType = CodeOf("dhcp-message-type");
inline constexpr std::uint8_t kServerIdentifier = CodeOf("dhcp-server-identifier");
inline constexpr std::uint8_t kParameterRequestList = CodeOf("dhcp-parameter-request-list");
inline constexpr std::uint8_t kMessage = CodeOf("dhcp-message");
inline constexpr std::uint8_t kMaxMessageSize = CodeOf("dhcp-max-message-size");
inline constexpr std::uint8_t kRenewalTime = CodeOf("dhcp-renewal-time");
inline constexpr std::uint8_t kRebindingTime = CodeOf("dhcp-rebinding-time");
inline constexpr std::uint8_t kVendorClassIdentifier = CodeOf("vendor-class-identifier");
inline constexpr std::uint8_t kClientIdentifier = CodeOf("dhcp-client-identifier");
inline constexpr std::uint8_t kUserClass = CodeOf("user-class");
inline constexpr std::uint8_t kFqdn = CodeOf("fqdn");
inline constexpr std::uint8_t kRelayAgentInformation = CodeOf("relay-agent-information");
inline constexpr std::uint8_t kSubnetSelection = CodeOf("subnet-selection");

/// Sub-options of the relay agent information option (RFC 3046, 3527, 5107).
namespace agent {
inline constexpr std::uint8_t kCircuitId = CodeOf("circuit-id", "agent");
inline constexpr std::uint8_t kRemoteId = CodeOf("remote-id", "agent");
inline constexpr std::uint8_t kLinkSelection = CodeOf("link-selection", "agent");
inline constexpr std::uint8_t kServerIdentifierOverride =
    CodeOf("server-identifier-override", "agent");
}  // namespace agent

}  // namespace dhcpair::dhcp::code
