#include "base/ipv4_address.h"

#include <fmt/core.h>

#include <charconv>

namespace dhcpair::base {

std::expected<Ipv4Address, AddressError> Ipv4Address::Parse(std::string_view text) {
  // Its first part may look like a number that is too large.
  const bool looks_like_ipv6 = text.contains(':');
  if (looks_like_ipv6) return std::unexpected(AddressError::kNotALiteral);
  std::uint32_t value = 0;
  int parts = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (;;) {
    unsigned part = 0;
    const auto [next, error] = std::from_chars(at, end, part);
    if (error == std::errc::result_out_of_range) return std::unexpected(AddressError::kOutOfRange);
    if (error != std::errc()) return std::unexpected(AddressError::kNotALiteral);
    if (part > 255) return std::unexpected(AddressError::kOutOfRange);
    if (*at == '0' && next - at > 1) return std::unexpected(AddressError::kLeadingZero);
    if (++parts > 4) return std::unexpected(AddressError::kNotFourParts);
    value = value << 8 | part;
    at = next;
    if (at == end) break;
    if (*at == '/') return std::unexpected(AddressError::kHasPrefixLength);
    if (*at != '.') return std::unexpected(AddressError::kNotALiteral);
    ++at;
  }
  if (parts != 4) return std::unexpected(AddressError::kNotFourParts);
  return Ipv4Address(value);
}

std::string Ipv4Address::ToString() const {
  return fmt::format("{}.{}.{}.{}", value_ >> 24, value_ >> 16 & 255, value_ >> 8 & 255,
                     value_ & 255);
}

std::string_view Describe(AddressError error) {
  switch (error) {
    case AddressError::kNotALiteral:
      return "is not an IPv4 address such as 192.168.13.6 (names are not looked up)";
    case AddressError::kOutOfRange:
      return "is not an IPv4 address: each part is 0 to 255";
    case AddressError::kLeadingZero:
      return "has a part with a leading zero, which some programs read as octal";
    case AddressError::kNotFourParts:
      return "is not an IPv4 address: it takes four parts such as 192.168.13.6";
    case AddressError::kHasPrefixLength:
      return "is a network with a prefix length; give the node's own address without it";
  }
  return "";
}

}  // namespace dhcpair::base
