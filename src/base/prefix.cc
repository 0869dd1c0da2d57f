#include "base/prefix.h"

#include <charconv>

namespace dhcpair::base {
namespace {

std::uint32_t MaskBits(int length) {
  // A shift by 32 is undefined, so /0 stands apart.
  return length == 0 ? 0 : ~std::uint32_t{0} << (32 - length);
}

}  // namespace

std::expected<Prefix, PrefixError> Prefix::Parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = Ipv4Address::Parse(text.substr(0, slash));
  if (!address) return std::unexpected(PrefixError::kBadAddress);
  if (slash == std::string_view::npos) return std::unexpected(PrefixError::kNoLength);
  const std::string_view digits = text.substr(slash + 1);
  int length = 0;
  const char* const end = digits.data() + digits.size();
  const auto [next, error] = std::from_chars(digits.data(), end, length);
  if (error != std::errc() || next != end || length < 0 || length > 32) {
    return std::unexpected(PrefixError::kBadLength);
  }
  if ((address->value() & ~MaskBits(length)) != 0) {
    return std::unexpected(PrefixError::kHostBitsSet);
  }
  return Prefix(*address, length);
}

Ipv4Address Prefix::netmask() const { return Ipv4Address(MaskBits(length_)); }

Ipv4Address Prefix::broadcast() const { return Ipv4Address(network_.value() | ~MaskBits(length_)); }

bool Prefix::Contains(Ipv4Address address) const {
  return (address.value() & MaskBits(length_)) == network_.value();
}

std::string_view Describe(PrefixError error) {
  switch (error) {
    case PrefixError::kBadAddress:
      return "does not start with an IPv4 address; write it as 192.168.13.0/24";
    case PrefixError::kNoLength:
      return "has no prefix length; write it as 192.168.13.0/24";
    case PrefixError::kBadLength:
      return "has no prefix length from 0 to 32; write it as 192.168.13.0/24";
    case PrefixError::kHostBitsSet:
      return "is an address inside a network; give the network itself, such as 192.168.13.0/24";
  }
  return "";
}

}  // namespace dhcpair::base
