#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace dhcpair::dhcp {

/// An option that ISC dhcpd 4.4.3-P1 knows without being told.
struct OptionDefinition {
  std::string_view space;
  std::string_view name;
  std::uint32_t code;
  /// Its value, a letter for each part: I IPv4 address or host name; 6 IPv6 address; L l S s B b
  /// unsigned and signed integers of 32, 16 and 8 bits; T seconds or "infinite"; f flag; t text;
  /// X octets; d domain name; D list of domain names (Dc compressed); U name of an option space;
  /// N..., and a dot: enumeration of that name; E..., and a dot: encapsulated option space; Z
  /// nothing. A behind all: the whole repeats; a: the part before repeats; o: the part before may
  /// be absent.
  std::string_view format;
};

/// All of them; codes of one space in rising order.
std::span<const OptionDefinition> Options();

/// Option spaces that exist without a declaration.
std::span<const std::string_view> OptionSpaces();

/// The option of this name in any case, or nullptr.
const OptionDefinition* FindOption(std::string_view space, std::string_view name);

/// The option of this code in a space spelt exactly, or nullptr. Knows besides Options() what
/// standards define and dhcpd has no name for, with R for routes as RFC 3442 packs them.
const OptionDefinition* FindOption(std::string_view space, std::uint32_t code);

}  // namespace dhcpair::dhcp
