#pragma once

#include <compare>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace dhcpair::base {

/// Why a text is no IPv4 literal.
enum class AddressError {
  kNotALiteral,     ///< A host name, an IPv6 address, or anything but four numbers.
  kOutOfRange,      ///< A part above 255.
  kLeadingZero,     ///< A part such as "010", which some programs read as octal 8.
  kNotFourParts,    ///< "10.0.0" or "10.0.0.0.1".
  kHasPrefixLength  ///< "10.0.0.1/24": a network where an address belongs.
};

/// An IPv4 address.
class Ipv4Address {
 public:
  constexpr Ipv4Address() = default;
  /// From the value in host order: 0x0a000001 is 10.0.0.1.
  explicit constexpr Ipv4Address(std::uint32_t value) : value_(value) {}

  /// Reads exactly four decimal parts, "192.168.13.6". Never resolves a name.
  [[nodiscard]] static std::expected<Ipv4Address, AddressError> Parse(std::string_view text);

  /// The value in host order.
  constexpr std::uint32_t value() const { return value_; }
  std::string ToString() const;

  /// True for what one host can have as its own: not 0.0.0.0/8, not 224.0.0.0 and above.
  constexpr bool is_host_address() const { return (value_ >> 24) != 0 && (value_ >> 24) < 224; }

  friend constexpr auto operator<=>(Ipv4Address, Ipv4Address) = default;

 private:
  std::uint32_t value_ = 0;
};

/// What is wrong with the text, as the end of a sentence: "is no IPv4 address".
std::string_view Describe(AddressError error);

}  // namespace dhcpair::base
