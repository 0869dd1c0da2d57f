#include "leases/pool_usage.h"

#include <fmt/core.h>

#include <algorithm>
#include <bit>

namespace dhcpair::leases {
namespace {

using failover::BindingState;

constexpr Date kHour = 3600;

std::string NetworkName(const conf::Model& model, const conf::Pool& pool) {
  const conf::Network& network = model.networks[pool.network];
  if (!network.name.empty()) return std::string(network.name);
  const conf::Subnet& subnet = model.subnets[network.subnets.front()];
  return fmt::format("{}/{}", subnet.number.ToString(), std::popcount(subnet.mask.value()));
}

PoolUsage EmptyUsage(const conf::Model& model, conf::Index index) {
  const conf::Pool& pool = model.pools[index];
  PoolUsage usage{.pool = index, .network = NetworkName(model, pool)};
  if (pool.peer) usage.peer = model.peers[*pool.peer].name;
  for (const conf::Range& range : pool.ranges) {
    if (!usage.ranges.empty()) usage.ranges += ' ';
    usage.ranges += range.first.ToString();
    if (range.last != range.first) usage.ranges += "-" + range.last.ToString();
    usage.count.total += range.size();
  }
  return usage;
}

void Count(const Lease& lease, BindingState state, PoolCount& count) {
  const bool is_spare = state == BindingState::kFree || state == BindingState::kBackup;
  if (is_spare && lease.is_reserved) {
    ++count.reserved;
  } else {
    ++count.by_state[static_cast<std::size_t>(state)];
  }
}

}  // namespace

PoolFinder::PoolFinder(const conf::Model& model) {
  for (conf::Index pool = 0; pool < model.pools.size(); ++pool) {
    for (const conf::Range& range : model.pools[pool].ranges) {
      ranges_.push_back({range.first, range.last, pool});
    }
  }
  std::ranges::sort(ranges_, {}, &RangeOfPool::first);
}

std::optional<conf::Index> PoolFinder::Find(base::Ipv4Address address) const {
  auto after = std::ranges::upper_bound(ranges_, address, {}, &RangeOfPool::first);
  if (after == ranges_.begin()) return std::nullopt;
  --after;
  if (address > after->last) return std::nullopt;
  return after->pool;
}

double PoolCount::percent_used() const {
  if (total == 0) return 0;
  const std::uint64_t spare = std::min(free() + backup(), total);
  return 100.0 * static_cast<double>(total - spare) / static_cast<double>(total);
}

BindingState StateInPool(const Lease& lease, bool is_failover, Date now) {
  if (!lease.state) {
    if (lease.ends > now) return BindingState::kActive;
    return is_failover ? BindingState::kExpired : BindingState::kFree;
  }
  if (*lease.state == BindingState::kBackup && !is_failover) return BindingState::kFree;
  return *lease.state;
}

Usage CountPools(const conf::Model& model, const Database& database, Date now) {
  Usage usage;
  for (conf::Index pool = 0; pool < model.pools.size(); ++pool) {
    usage.pools.push_back(EmptyUsage(model, pool));
  }
  const PoolFinder finder(model);
  std::vector<std::uint64_t> known(usage.pools.size());
  for (Database::Index index = 0; index < database.size(); ++index) {
    const auto pool = finder.Find(database.AddressAt(index));
    if (!pool) {
      usage.outside.push_back(index);
      continue;
    }
    PoolCount& count = usage.pools[*pool].count;
    ++known[*pool];
    const Lease lease = database.At(index);
    Count(lease, StateInPool(lease, model.pools[*pool].peer.has_value(), now), count);
    const Date bound = database.BoundSince(index);
    if (bound != 0 && bound > now - kHour && bound <= now) ++count.bound_hour;
  }
  // What was never used is in no file: free, on both nodes.
  for (std::size_t pool = 0; pool < known.size(); ++pool) {
    PoolCount& count = usage.pools[pool].count;
    count.by_state[static_cast<std::size_t>(BindingState::kFree)] +=
        count.total - std::min(count.total, known[pool]);
  }
  std::ranges::sort(usage.outside, {}, [&](Database::Index i) { return database.AddressAt(i); });
  return usage;
}

std::optional<std::int64_t> SecondsLeft(std::uint64_t addresses, double clients_per_hour) {
  if (clients_per_hour <= 0) return std::nullopt;
  const double seconds = static_cast<double>(addresses) * kHour / clients_per_hour;
  constexpr double kMax = 1e15;
  return static_cast<std::int64_t>(std::min(seconds, kMax));
}

HalvesLeft SecondsLeft(const PoolCount& count, int split) {
  const double of_primary = std::clamp(split, 0, 256) / 256.0;
  const auto rate = static_cast<double>(count.bound_hour);
  return {.primary = SecondsLeft(count.free(), rate * of_primary),
          .secondary = SecondsLeft(count.backup(), rate * (1 - of_primary))};
}

Date NewestDate(const Database& database) {
  Date newest = 0;
  const auto look_at = [&newest](Date date) {
    if (date != kNever) newest = std::max(newest, date);
  };
  for (Database::Index index = 0; index < database.size(); ++index) {
    const Lease lease = database.At(index);
    look_at(lease.starts);
    look_at(lease.cltt);
  }
  for (const FailoverBlock& block : database.failover()) {
    look_at(block.mine_since.value_or(0));
    look_at(block.partner_since.value_or(0));
  }
  return newest;
}

}  // namespace dhcpair::leases
