#include "dhcp/message.h"

#include <algorithm>
#include <utility>

#include "base/bytes.h"
#include "dhcp/codes.h"

namespace dhcpair::dhcp {
namespace {

constexpr std::size_t kSnameOffset = 44;
constexpr std::size_t kFileOffset = kSnameOffset + kSnameBytes;
constexpr std::uint8_t kOverloadFile = 1;
constexpr std::uint8_t kOverloadSname = 2;

struct ErrorRow {
  DecodeError error;
  std::string_view text;
};
constexpr std::array kErrors{
    ErrorRow{DecodeError::kShort, "is shorter than a BOOTP message"},
    ErrorRow{DecodeError::kTooLong, "is longer than a datagram can be"},
    ErrorRow{DecodeError::kBadHardwareLength, "has a hardware address of more than 16 octets"},
    ErrorRow{DecodeError::kCutOption, "has an option that is cut off"},
};

// The head in the order of RFC 2131, figure 1; the datagram is long enough for it.
Head ReadHead(std::string_view datagram) {
  base::Reader reader(datagram);
  Head head;
  head.op = static_cast<Op>(reader.U8());
  head.htype = reader.U8();
  head.hlen = reader.U8();
  head.hops = reader.U8();
  head.xid = reader.U32();
  head.secs = reader.U16();
  head.flags = reader.U16();
  head.ciaddr = base::Ipv4Address(reader.U32());
  head.yiaddr = base::Ipv4Address(reader.U32());
  head.siaddr = base::Ipv4Address(reader.U32());
  head.giaddr = base::Ipv4Address(reader.U32());
  std::ranges::copy(reader.Bytes(kChaddrBytes), head.chaddr.begin());
  head.sname = reader.Bytes(kSnameBytes);
  head.file = reader.Bytes(kFileBytes);
  return head;
}

// The number in the first octet of an option; 0 without one.
std::uint8_t FirstOctet(const OptionSet& options, std::uint8_t code) {
  const auto value = options.Find(code);
  return value && !value->empty() ? static_cast<std::uint8_t>(value->front()) : 0;
}

bool IsFromServer(MessageType type) {
  return type == MessageType::kOffer || type == MessageType::kAck || type == MessageType::kNak;
}

// False when an option is cut off that must not be.
bool ReadOptions(std::string_view datagram, Message& message) {
  OptionReader reader(datagram, message.options);
  const std::size_t begin = kHeadBytes + kCookieBytes;
  const ReadEnd end = reader.Read(begin, datagram.size() - begin);
  reader.Join();
  message.type = static_cast<MessageType>(FirstOctet(message.options, code::kMessageType));
  if (end == ReadEnd::kTruncated && !IsFromServer(message.type)) return false;

  message.overload = FirstOctet(message.options, code::kOverload) & 3;
  if ((message.overload & kOverloadFile) != 0 &&
      reader.Read(kFileOffset, kFileBytes) == ReadEnd::kTruncated) {
    return false;
  }
  if ((message.overload & kOverloadSname) != 0 &&
      reader.Read(kSnameOffset, kSnameBytes) == ReadEnd::kTruncated) {
    return false;
  }
  reader.Join();
  message.type = static_cast<MessageType>(FirstOctet(message.options, code::kMessageType));
  return true;
}

}  // namespace

base::HardwareAddress Head::hardware() const {
  const std::size_t size = std::min<std::size_t>(hlen, kChaddrBytes);
  return *base::HardwareAddress::Make(htype, std::span(chaddr).first(size));
}

void Head::set_hardware(const base::HardwareAddress& hardware) {
  const auto octets = hardware.octets();
  const std::size_t size = std::min(octets.size(), kChaddrBytes);
  htype = hardware.type();
  hlen = static_cast<std::uint8_t>(size);
  chaddr = {};
  std::ranges::copy(octets.first(size), chaddr.begin());
}

std::string_view FieldText(std::string_view field) { return field.substr(0, field.find('\0')); }

std::string_view Message::ServerName() const {
  return (overload & kOverloadSname) != 0 ? std::string_view() : FieldText(head.sname);
}

std::string_view Message::FileName() const {
  return (overload & kOverloadFile) != 0 ? std::string_view() : FieldText(head.file);
}

std::optional<std::string_view> Message::AgentOption(std::uint8_t code) const {
  const auto agent = options.Find(code::kRelayAgentInformation);
  return agent ? FindSubOption(*agent, code) : std::nullopt;
}

std::string_view Describe(DecodeError error) {
  return std::ranges::find(kErrors, error, &ErrorRow::error)->text;
}

std::expected<Message, DecodeError> Decode(std::string_view datagram) {
  if (datagram.size() < kHeadBytes) return std::unexpected(DecodeError::kShort);
  if (datagram.size() > OptionSet::kDatagramBytesMax) {
    return std::unexpected(DecodeError::kTooLong);
  }
  std::expected<Message, DecodeError> message;
  message->head = ReadHead(datagram);
  if (message->head.hlen > kChaddrBytes) return std::unexpected(DecodeError::kBadHardwareLength);
  message->vendor_field = datagram.substr(kHeadBytes);
  message->has_cookie = message->vendor_field.starts_with(kCookie);
  if (message->has_cookie && !ReadOptions(datagram, *message)) {
    return std::unexpected(DecodeError::kCutOption);
  }
  return message;
}

}  // namespace dhcpair::dhcp
