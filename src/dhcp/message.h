#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

#include "base/hardware_address.h"
#include "base/ipv4_address.h"
#include "dhcp/message_types.h"
#include "dhcp/option_set.h"

namespace dhcpair::dhcp {

inline constexpr std::uint16_t kServerPort = 67;
inline constexpr std::uint16_t kClientPort = 68;

/// What a message measures (RFC 951, RFC 2131).
inline constexpr std::size_t kChaddrBytes = 16;
inline constexpr std::size_t kSnameBytes = 64;
inline constexpr std::size_t kFileBytes = 128;
inline constexpr std::size_t kHeadBytes = 236;
inline constexpr std::size_t kCookieBytes = 4;
inline constexpr std::string_view kCookie{"\x63\x82\x53\x63", kCookieBytes};
/// A shorter message is filled up: some clients and relay agents drop what is shorter.
inline constexpr std::size_t kMessageBytesMin = 300;
/// What IP and UDP put before a message; sizes that option 57 tells include it.
inline constexpr std::size_t kUdpOverheadBytes = 28;

/// Who speaks.
enum class Op : std::uint8_t { kRequest = 1, kReply = 2 };

inline constexpr std::uint16_t kBroadcastFlag = 0x8000;

/// The fixed fields before the options. Texts point into bytes that must outlive it.
struct Head {
  Op op = Op::kRequest;  ///< From the network: any number.
  std::uint8_t htype = base::HardwareAddress::kEthernet;
  std::uint8_t hlen = 0;  ///< At most kChaddrBytes in what was decoded.
  std::uint8_t hops = 0;
  std::uint32_t xid = 0;
  std::uint16_t secs = 0;
  std::uint16_t flags = 0;
  base::Ipv4Address ciaddr = {};
  base::Ipv4Address yiaddr = {};
  base::Ipv4Address siaddr = {};
  base::Ipv4Address giaddr = {};
  std::array<std::uint8_t, kChaddrBytes> chaddr = {};
  std::string_view sname = {};  ///< Decoded: all 64 octets. To encode: at most these.
  std::string_view file = {};   ///< Likewise 128.

  bool wants_broadcast() const { return (flags & kBroadcastFlag) != 0; }
  /// htype with the first hlen octets of chaddr, of which there are never more than 16.
  base::HardwareAddress hardware() const;
  /// Sets htype, hlen and chaddr; octets beyond the 16th are cut off.
  void set_hardware(const base::HardwareAddress& hardware);

  friend bool operator==(const Head&, const Head&) = default;
};

/// The text in a field of fixed size: up to its first NUL.
std::string_view FieldText(std::string_view field);

/// A message as it was received; an index over a datagram that must outlive it.
struct Message {
  // Written out, so that making one does not clear the tables of the options.
  // NOLINTNEXTLINE(modernize-use-equals-default)
  Message() {}

  Head head;
  /// Whether options follow the head: a BOOTP message may go without.
  bool has_cookie = false;
  /// Option 53 by its first octet.
  MessageType type = MessageType::kBootp;
  /// Bits of option 52: 1 when `file` held options, 2 when `sname` did.
  std::uint8_t overload = 0;
  /// What comes behind the head, cookie included: BOOTP's vendor field, sent back as it is to a
  /// client without a cookie.
  std::string_view vendor_field;
  OptionSet options;

  /// The text of `sname` and `file`; empty when options lie there.
  std::string_view ServerName() const;
  std::string_view FileName() const;
  /// A sub-option of the relay agent information (option 82).
  std::optional<std::string_view> AgentOption(std::uint8_t code) const;
};

/// Why a datagram is no message.
enum class DecodeError : std::uint8_t {
  kShort,              ///< Less than the 236 octets of the head.
  kTooLong,            ///< More than a datagram can have.
  kBadHardwareLength,  ///< `hlen` above 16.
  kCutOption,          ///< An option has no length, or runs past the end of its part.
};

/// What is wrong with it, as the end of a sentence: "is shorter than a BOOTP message".
std::string_view Describe(DecodeError error);

/// Reads a message. Total: any bytes give one or an error. Accepts what ISC dhcpd 4.4.3-P1 does:
/// options without END; a message without cookie, whose options are none; a broken option behind a
/// message type that servers send (OFFER, ACK, NAK), where what came before it counts.
[[nodiscard]] std::expected<Message, DecodeError> Decode(std::string_view datagram);

}  // namespace dhcpair::dhcp
