#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "conf/model.h"

namespace dhcpair::lint {

/// Whether all bits of a mask that are set stand before those that are not.
bool IsNetmask(std::uint32_t mask);

/// "10.0.0.0/24".
std::string Name(const conf::Subnet& subnet);

/// "10.0.0.1 to 10.0.0.9", or one address.
std::string Name(const conf::Range& range);

/// The routers that an option names. No more than one option of a packet holds, so that it stays
/// cheap to ask for each of many subnets.
std::vector<base::Ipv4Address> RoutersOf(const conf::Model& model, const conf::Statement& option);

/// A range, and the pool that has it.
struct PooledRange {
  const conf::Range* range;
  const conf::Pool* pool;
};

/// The ranges of all pools by their addresses, to ask which one holds an address.
class RangeIndex {
 public:
  explicit RangeIndex(const conf::Model& model);

  /// The range that holds it, or nullptr. Ranges of a sound configuration do not overlap; of others
  /// some may be missed.
  const PooledRange* Find(base::Ipv4Address address) const;
  const std::vector<PooledRange>& all() const { return ranges_; }

 private:
  std::vector<PooledRange> ranges_;
};

/// The subnet of a range, or nullptr in a configuration that dhcpd rejects.
const conf::Subnet* SubnetOf(const conf::Model& model, const PooledRange& range);

/// The scope from which clients of a range get their options. For a range right in a subnet that
/// dhcpd puts into a pool elsewhere it is the subnet; what that pool says as well is left out.
conf::Index ScopeOf(const conf::Model& model, const PooledRange& range);

}  // namespace dhcpair::lint
