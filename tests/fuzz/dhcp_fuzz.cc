// What a client or a relay agent sends is any bytes: each datagram is a message or an error, and
// what was read and is written again is read alike.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "dhcp/encode.h"
#include "dhcp/message.h"

namespace dhcp = dhcpair::dhcp;

namespace {

constexpr std::uint8_t kOverloadCode = 52;

void Require(bool holds) {
  if (!holds) std::abort();
}

void ReadSubOptions(std::string_view value) {
  std::size_t octets = 0;
  for (dhcp::SubOptions rest(value); const auto option = rest.Next();) {
    octets += 2 + option->bytes.size();
  }
  Require(octets <= value.size());
}

void WriteAgain(const dhcp::Message& message) {
  std::vector<dhcp::Option> options;
  for (std::size_t i = 0; i < message.options.size(); ++i) {
    if (message.options[i].code != kOverloadCode) options.push_back(message.options[i]);
  }
  dhcp::Head head = message.head;
  head.sname = {};
  head.file = {};
  // Small enough for options that find no room, large enough for most.
  std::array<char, 1472> buffer;
  const auto written = Encode(head, options, {.bytes_max = 1400}, buffer);
  Require(written.has_value());
  Require(written->bytes.size() <= buffer.size());
  const auto again = dhcp::Decode(written->bytes);
  Require(again.has_value() && again->has_cookie);
  Require(again->head.xid == head.xid && again->head.chaddr == head.chaddr);
  for (const dhcp::Option& option : options) {
    const auto value = again->options.Find(option.code);
    if (written->left_out[option.code]) {
      Require(!value);
    } else {
      Require(value == option.bytes);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view datagram(reinterpret_cast<const char*>(data), size);
  const auto message = dhcp::Decode(datagram);
  if (!message) {
    Require(!Describe(message.error()).empty());
    return 0;
  }
  Require(message->head.hlen <= dhcp::kChaddrBytes);
  Require(message->ServerName().size() <= dhcp::kSnameBytes);
  Require(message->FileName().size() <= dhcp::kFileBytes);
  for (std::size_t i = 0; i < message->options.size(); ++i)
    ReadSubOptions(message->options[i].bytes);
  if (message->has_cookie) WriteAgain(*message);
  return 0;
}
