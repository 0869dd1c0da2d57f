#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ipv4_address.h"
#include "common.h"
#include "failover/binding_states.h"

namespace dhcpair {

enum class LeasesView { kPools, kList, kCompare };

/// Addresses from the first to the last.
struct AddressSpan {
  base::Ipv4Address first;
  base::Ipv4Address last;

  bool Holds(base::Ipv4Address address) const { return first <= address && address <= last; }
};

/// The command line of `dhcpair leases`.
struct LeasesOptions {
  CommonOptions common;
  std::vector<std::string> files;
  std::string config;
  LeasesView view = LeasesView::kPools;
  bool csv = false;
  int jobs = 8;
  std::string pool;  ///< A network as the pools are listed, or an address in a pool.
  std::optional<AddressSpan> addresses;
  std::optional<failover::BindingState> state;

  bool writes_json() const { return common.format == Format::kJson; }
};

}  // namespace dhcpair
