#include "leases_rows.h"

#include <fmt/core.h>

#include <algorithm>

#include "conf/keyword.h"

namespace dhcpair {
namespace {

using failover::BindingState;

std::string Number(std::uint64_t number) { return std::to_string(number); }

std::string DateCell(leases::Date date) { return date == 0 ? "" : leases::DateForPeople(date); }

std::string StateCell(std::optional<BindingState> state) {
  return state ? std::string(failover::Name(*state)) : "";
}

// Many ranges would make a line that nobody can read.
std::string ShortRanges(const std::string& ranges) {
  const std::size_t first = ranges.find(' ');
  if (first == std::string::npos) return ranges;
  return fmt::format("{} +{}", ranges.substr(0, first), std::ranges::count(ranges, ' '));
}

}  // namespace

LeasesFilter::LeasesFilter(const LeasesOptions& options, const NodeLeases& node)
    : options_(options), node_(node) {
  if (options.pool.empty()) return;
  if (const auto address = base::Ipv4Address::Parse(options.pool)) pool_address_ = *address;
  if (node.model) finder_.emplace(*node.model);
}

bool LeasesFilter::NamesPool(const leases::PoolUsage& pool) const {
  if (pool_address_) return finder_->Find(*pool_address_) == pool.pool;
  return pool.network == options_.pool;
}

bool LeasesFilter::TakesPool(const leases::PoolUsage& pool) const {
  return !finder_ || NamesPool(pool);
}

bool LeasesFilter::Takes(base::Ipv4Address address) const {
  if (options_.addresses && !options_.addresses->Holds(address)) return false;
  if (!finder_) return true;
  const auto pool = finder_->Find(address);
  return pool && NamesPool(node_.usage->pools[*pool]);
}

bool LeasesFilter::Takes(const leases::Lease& lease) const {
  if (options_.state && lease.state != options_.state) return false;
  return Takes(lease.address);
}

int SplitOf(const NodeLeases& node, const leases::PoolUsage& pool) {
  using conf::operator""_kw;
  constexpr int kHalf = 128;
  const auto peer = node.model->pools[pool.pool].peer;
  if (!peer) return kHalf;
  const conf::PeerStatement* const split = node.model->peers[*peer].Last("split"_kw);
  return split != nullptr ? static_cast<int>(std::clamp(split->number, 0L, 256L)) : kHalf;
}

std::string DurationForPeople(std::optional<std::int64_t> seconds) {
  if (!seconds) return "";
  const std::int64_t minutes = *seconds / 60;
  constexpr std::int64_t kDay = 24 * 60;
  if (minutes < 60) return fmt::format("{}m", minutes);
  if (minutes < kDay) return fmt::format("{}h {}m", minutes / 60, minutes % 60);
  return fmt::format("{}d {}h", minutes / kDay, minutes % kDay / 60);
}

Row PoolHead() {
  return {"node",  "network",  "ranges",   "peer",       "total",       "used %",
          "free",  "backup",   "active",   "expired",    "released",    "abandoned",
          "reset", "reserved", "new/hour", "free lasts", "backup lasts"};
}

Row PoolRow(const NodeLeases& node, const leases::PoolUsage& pool) {
  const leases::PoolCount& count = pool.count;
  const leases::HalvesLeft left = SecondsLeft(count, SplitOf(node, pool));
  const bool is_failover = !pool.peer.empty();
  return {node.node.empty() ? node.title : node.node,
          pool.network,
          ShortRanges(pool.ranges),
          pool.peer,
          Number(count.total),
          fmt::format("{:.1f}", count.percent_used()),
          Number(count.free()),
          Number(count.backup()),
          Number(count.active()),
          Number(count.In(BindingState::kExpired)),
          Number(count.In(BindingState::kReleased)),
          Number(count.In(BindingState::kAbandoned)),
          Number(count.In(BindingState::kReset)),
          Number(count.reserved),
          Number(count.bound_hour),
          DurationForPeople(is_failover ? left.primary : std::nullopt),
          DurationForPeople(is_failover ? left.secondary : std::nullopt)};
}

Row LeaseHead() { return {"address", "state", "starts", "ends", "hardware", "uid", "hostname"}; }

void ForEachLease(const NodeLeases& node, const LeasesFilter& filter,
                  const std::function<void(const leases::Lease&)>& take) {
  const leases::Database& database = node.file.database;
  for (const leases::Database::Index index : database.InOrder()) {
    const leases::Lease lease = database.At(index);
    if (filter.Takes(lease)) take(lease);
  }
}

std::string HexOf(std::string_view octets) {
  std::string hex;
  for (const char octet : octets) {
    if (!hex.empty()) hex += ':';
    hex += fmt::format("{:02x}", static_cast<unsigned char>(octet));
  }
  return hex;
}

Row LeaseRow(const leases::Lease& lease) {
  std::string state = StateCell(lease.state);
  if (lease.is_reserved) state += " reserved";
  return {lease.address.ToString(),   state,
          DateCell(lease.starts),     DateCell(lease.ends),
          lease.hardware.ToString(),  HexOf(lease.uid),
          std::string(lease.hostname)};
}

std::string InWords(const leases::Database& database,
                    std::optional<leases::Database::Index> index) {
  if (!index) return "not in the file: free";
  const leases::Lease lease = database.At(*index);
  std::string words = lease.state ? std::string(failover::Name(*lease.state)) : "no state";
  if (lease.state == BindingState::kActive && lease.ends != 0) {
    words += " until " + leases::DateForPeople(lease.ends);
  }
  if (lease.hardware.is_present()) words += " for " + lease.hardware.ToString();
  return words;
}

Row DifferenceHead() { return {"address", "weight", "kind", "primary", "secondary", "meaning"}; }

Row DifferenceRowOf(const LeasesReport& report, const leases::Difference& difference) {
  const leases::DifferenceRow& row = RowOf(difference.kind);
  return {difference.address.ToString(),
          std::string(Name(row.weight)),
          std::string(row.id),
          InWords(report.nodes[0].file.database, difference.on_primary),
          InWords(report.nodes[1].file.database, difference.on_secondary),
          std::string(row.words)};
}

}  // namespace dhcpair
