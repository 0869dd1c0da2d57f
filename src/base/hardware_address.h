#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dhcpair::base {

/// A hardware address of a client: the type of its network as ARP numbers them, and up to 20
/// octets. A default one stands for none at all.
class HardwareAddress {
 public:
  static constexpr std::size_t kOctetsMax = 20;
  static constexpr std::uint8_t kEthernet = 1;

  constexpr HardwareAddress() = default;

  /// Nothing when there are too many octets.
  static std::optional<HardwareAddress> Make(std::uint8_t type,
                                             std::span<const std::uint8_t> octets);

  constexpr bool is_present() const { return is_present_; }
  constexpr std::uint8_t type() const { return type_; }
  std::span<const std::uint8_t> octets() const { return {octets_.data(), size_}; }

  /// "02:00:00:00:01:0a"; empty when there are no octets.
  std::string ToString() const;

  friend bool operator==(const HardwareAddress& a, const HardwareAddress& b) {
    return a.is_present_ == b.is_present_ && a.type_ == b.type_ &&
           std::ranges::equal(a.octets(), b.octets());
  }

 private:
  bool is_present_ = false;
  std::uint8_t type_ = 0;
  std::uint8_t size_ = 0;
  std::array<std::uint8_t, kOctetsMax> octets_{};
};

/// The word of dhcpd.conf for a type: "ethernet", "token-ring", "fddi", "infiniband", and for
/// everything else "unknown-N".
std::string HardwareTypeName(std::uint8_t type);
/// The type of such a word, or nothing. Letters may be of any case.
std::optional<std::uint8_t> HardwareTypeNamed(std::string_view name);

}  // namespace dhcpair::base
