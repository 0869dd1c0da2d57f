#include "lint/address_space.h"

#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <utility>

namespace dhcpair::lint {

bool IsNetmask(std::uint32_t mask) { return std::has_single_bit(~mask + 1) || ~mask + 1 == 0; }

std::string Name(const conf::Subnet& subnet) {
  const std::uint32_t mask = subnet.mask.value();
  if (!IsNetmask(mask)) {
    return fmt::format("{} netmask {}", subnet.number.ToString(), subnet.mask.ToString());
  }
  return fmt::format("{}/{}", subnet.number.ToString(), std::popcount(mask));
}

std::string Name(const conf::Range& range) {
  if (range.first == range.last) return range.first.ToString();
  return fmt::format("{} to {}", range.first.ToString(), range.last.ToString());
}

std::vector<base::Ipv4Address> RoutersOf(const conf::Model& model, const conf::Statement& option) {
  constexpr std::size_t kOctetsMax = 63 * 4;
  std::vector<base::Ipv4Address> routers;
  const std::string_view octets = model.OctetsOf(option.value).value_or("").substr(0, kOctetsMax);
  for (std::size_t at = 0; at + 4 <= octets.size(); at += 4) {
    std::uint32_t number = 0;
    for (const char octet : octets.substr(at, 4)) {
      number = number << 8 | static_cast<std::uint8_t>(octet);
    }
    routers.emplace_back(number);
  }
  return routers;
}

RangeIndex::RangeIndex(const conf::Model& model) {
  for (const conf::Pool& pool : model.pools) {
    for (const conf::Range& range : pool.ranges) ranges_.push_back({&range, &pool});
  }
  std::ranges::sort(ranges_, {}, [](const PooledRange& pooled) {
    return std::pair(pooled.range->first, pooled.range->last);
  });
}

const PooledRange* RangeIndex::Find(base::Ipv4Address address) const {
  const auto behind = std::ranges::upper_bound(
      ranges_, address, {}, [](const PooledRange& pooled) { return pooled.range->first; });
  if (behind == ranges_.begin()) return nullptr;
  const PooledRange& found = *std::prev(behind);
  return found.range->Holds(address) ? &found : nullptr;
}

const conf::Subnet* SubnetOf(const conf::Model& model, const PooledRange& range) {
  const conf::Pool& pool = *range.pool;
  const auto& around = range.range->subnet ? range.range->subnet : pool.subnet;
  const conf::Subnet* const subnet =
      around ? &model.subnets[*around] : model.FindSubnet(range.range->first);
  const bool is_right = subnet != nullptr && subnet->network == pool.network &&
                        subnet->Holds(range.range->first) && subnet->Holds(range.range->last);
  return is_right ? subnet : nullptr;
}

conf::Index ScopeOf(const conf::Model& model, const PooledRange& range) {
  const auto& subnet = range.range->subnet;
  const bool is_elsewhere = subnet && subnet != range.pool->subnet;
  return is_elsewhere ? model.subnets[*subnet].scope : range.pool->scope;
}

}  // namespace dhcpair::lint
