#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/ipv4_address.h"

namespace dhcpair::conf {

/// Finds subnets by an address that they hold, in a time that grows with the number of different
/// netmasks only.
class SubnetIndex {
 public:
  /// How many netmasks with holes in them, such as 255.0.255.0, are told apart.
  static constexpr std::size_t kOddMasksMax = 1000;

  /// Keeps the first of those with the same number and netmask. False when its netmask has holes
  /// and is one too many; it is not found then.
  bool Add(base::Ipv4Address number, base::Ipv4Address mask, std::uint32_t subnet);

  /// The one that was added first.
  std::optional<std::uint32_t> FindFirst(base::Ipv4Address address) const;
  /// The one with the most bits in its netmask, and of those the first.
  std::optional<std::uint32_t> FindSmallest(base::Ipv4Address address) const;

 private:
  std::optional<std::uint32_t> Find(base::Ipv4Address address, std::uint32_t mask) const;

  std::vector<std::uint32_t> masks_;  // Most bits first.
  std::size_t odd_masks_ = 0;
  std::unordered_map<std::uint64_t, std::uint32_t> subnets_;  // By mask and number.
};

}  // namespace dhcpair::conf
