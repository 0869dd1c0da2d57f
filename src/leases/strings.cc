#include "leases/strings.h"

#include <charconv>

namespace dhcpair::leases {

std::optional<std::uint8_t> ReadOctet(std::string_view digits) {
  if (digits.empty() || digits.size() > 2) return std::nullopt;
  std::uint8_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::optional<std::string> ReadOctets(std::string_view text) {
  std::string octets;
  for (;;) {
    const std::size_t colon = text.find(':');
    const auto octet = ReadOctet(text.substr(0, colon));
    if (!octet) return std::nullopt;
    octets += static_cast<char>(*octet);
    if (colon == std::string_view::npos) return octets;
    text.remove_prefix(colon + 1);
  }
}

}  // namespace dhcpair::leases
