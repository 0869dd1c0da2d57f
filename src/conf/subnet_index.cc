#include "conf/subnet_index.h"

#include <algorithm>
#include <bit>

namespace dhcpair::conf {
namespace {

std::uint64_t Key(std::uint32_t mask, std::uint32_t number) {
  return std::uint64_t{mask} << 32 | number;
}

bool HasHoles(std::uint32_t mask) { return std::countl_one(mask) + std::countr_zero(mask) < 32; }

}  // namespace

bool SubnetIndex::Add(base::Ipv4Address number, base::Ipv4Address mask, std::uint32_t subnet) {
  const std::uint32_t bits = mask.value();
  if (std::ranges::find(masks_, bits) == masks_.end()) {
    if (HasHoles(bits) && ++odd_masks_ > kOddMasksMax) return false;
    const auto fewer = std::ranges::find_if(
        masks_, [&](std::uint32_t known) { return std::popcount(known) < std::popcount(bits); });
    masks_.insert(fewer, bits);
  }
  subnets_.try_emplace(Key(bits, number.value()), subnet);
  return true;
}

std::optional<std::uint32_t> SubnetIndex::FindFirst(base::Ipv4Address address) const {
  std::optional<std::uint32_t> first;
  for (const std::uint32_t mask : masks_) {
    const auto found = Find(address, mask);
    if (found && (!first || *found < *first)) first = found;
  }
  return first;
}

std::optional<std::uint32_t> SubnetIndex::FindSmallest(base::Ipv4Address address) const {
  for (const std::uint32_t mask : masks_) {
    if (const auto found = Find(address, mask)) return found;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> SubnetIndex::Find(base::Ipv4Address address,
                                               std::uint32_t mask) const {
  const auto found = subnets_.find(Key(mask, address.value() & mask));
  if (found == subnets_.end()) return std::nullopt;
  return found->second;
}

}  // namespace dhcpair::conf
