#pragma once

#include <functional>
#include <string>
#include <vector>

#include "leases_input.h"

namespace dhcpair {

/// Cells of a table or of a CSV file.
using Row = std::vector<std::string>;

/// Whether a lease, or a difference, is asked for.
class LeasesFilter {
 public:
  LeasesFilter(const LeasesOptions& options, const NodeLeases& node);

  bool TakesPool(const leases::PoolUsage& pool) const;
  /// By --pool and --address.
  bool Takes(base::Ipv4Address address) const;
  /// By --state too.
  bool Takes(const leases::Lease& lease) const;

 private:
  bool NamesPool(const leases::PoolUsage& pool) const;

  const LeasesOptions& options_;
  const NodeLeases& node_;
  std::optional<base::Ipv4Address> pool_address_;
  std::optional<leases::PoolFinder> finder_;
};

/// The load balancing of a pool's peer: how many of 256 clients are the primary's. The secondary's
/// configuration does not say, so it is half then.
int SplitOf(const NodeLeases& node, const leases::PoolUsage& pool);

/// "5h 30m", "3d 4h"; empty for none.
std::string DurationForPeople(std::optional<std::int64_t> seconds);

Row PoolHead();
Row PoolRow(const NodeLeases& node, const leases::PoolUsage& pool);

Row LeaseHead();
/// Calls `take` with a row for each lease that is asked for, by their addresses.
void ForEachLease(const NodeLeases& node, const LeasesFilter& filter,
                  const std::function<void(const leases::Lease&)>& take);
Row LeaseRow(const leases::Lease& lease);

Row DifferenceHead();
Row DifferenceRowOf(const LeasesReport& report, const leases::Difference& difference);

/// A client identifier as octets: "01:02:00:ff".
std::string HexOf(std::string_view octets);
/// "active until 2026-11-23 19:30:58 for 02:00:00:00:02:00"
std::string InWords(const leases::Database& database, std::optional<leases::Database::Index> index);

}  // namespace dhcpair
