#pragma once

#include <expected>
#include <string_view>

#include "base/ipv4_address.h"

namespace dhcpair::base {

/// Why a text is no network.
enum class PrefixError {
  kBadAddress,   ///< What stands before the slash is no IPv4 address.
  kNoLength,     ///< No "/24" behind the address.
  kBadLength,    ///< Not a decimal number from 0 to 32.
  kHostBitsSet,  ///< 10.0.0.1/24; dhcpd calls it "bad subnet number/mask combination".
};

/// A network, 192.168.13.0/24: the number of a dhcpd subnet with its mask.
class Prefix {
 public:
  [[nodiscard]] static std::expected<Prefix, PrefixError> Parse(std::string_view text);

  Ipv4Address network() const { return network_; }
  int length() const { return length_; }
  Ipv4Address netmask() const;
  Ipv4Address broadcast() const;
  bool Contains(Ipv4Address address) const;

  friend bool operator==(const Prefix&, const Prefix&) = default;

 private:
  Prefix(Ipv4Address network, int length) : network_(network), length_(length) {}

  Ipv4Address network_;
  int length_;
};

/// What is wrong with the text, as the end of a sentence.
std::string_view Describe(PrefixError error);

}  // namespace dhcpair::base
