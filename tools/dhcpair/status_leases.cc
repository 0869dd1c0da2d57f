#include "status_leases.h"

#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <expected>

#include "leases/limits.h"
#include "leases/pool_usage.h"
#include "leases/reader.h"
#include "remote/get_put.h"
#include "sync/node_sources.h"

namespace dhcpair {
namespace {

using pair::Role;

struct NodeLeases {
  leases::Usage usage;
  sync::NodeTime newest = 0;
};

// Of leases alone: the state of failover is written anew at each start.
sync::NodeTime NewestLease(const leases::Database& database) {
  leases::Date newest = 0;
  for (leases::Database::Index i = 0; i < database.size(); ++i) {
    const leases::Lease lease = database.At(i);
    newest = std::max({newest, lease.starts, lease.cltt});
  }
  return newest;
}

// What the node's dhcpd reads: only what differs from what is here has to be fetched.
sync::NodeAgent::Result<conf::Model> FetchModel(NodePair& nodes, Role role,
                                                const std::vector<sync::ManagedFile>& files,
                                                const std::vector<sync::FileDrift>& drifts) {
  sync::FileSet known;
  std::vector<std::string> others;
  for (const sync::ManagedFile& file : files) {
    const auto drift = std::ranges::find(drifts, file.path, &sync::FileDrift::path);
    if (drift == drifts.end() || drift->found != sync::FileKind::kRegular) continue;
    if (drift->has_other_contents) {
      others.push_back(file.path);
    } else {
      known.emplace(file.path, file.contents());
    }
  }
  const std::string conf = nodes.pair().node(role).paths.conf.text();
  const auto sources = FetchSources(nodes.agent(role), std::move(known), std::move(others), conf);
  if (!sources) return std::unexpected(sources.error());
  return sync::ReadNodeModel(*sources, conf);
}

std::expected<NodeLeases, std::string> ReadNode(NodePair& nodes, Role role,
                                                const NodeFiles& files) {
  const pair::Node& node = nodes.pair().node(role);
  auto contents =
      remote::Get(nodes.transport(role), node.paths.leases.text(), leases::kFileBytesMax);
  if (!contents) return std::unexpected("its leases were not counted: " + contents.error().message);
  const leases::LeasesFile read = leases::ReadLeases(*contents);
  const auto model = FetchModel(nodes, role, files.wanted[role], files.drifts[role]);
  if (!model) return std::unexpected("its pools were not counted: " + model.error().message);
  return NodeLeases{CountPools(*model, read.database, files.facts[role]->link.now),
                    NewestLease(read.database)};
}

int SplitOf(const pair::Pair& pair) {
  if (const auto* const split = std::get_if<pair::Split>(&pair.primary.balance)) {
    return split->buckets;
  }
  int buckets = 0;
  for (const std::uint8_t octet : std::get<pair::Hba>(pair.primary.balance).octets()) {
    buckets += std::popcount(octet);
  }
  return buckets;
}

// Both nodes have the same pools in the same order.
sync::PoolView Merge(const leases::PoolUsage& primary, const leases::PoolUsage& secondary,
                     int split) {
  sync::PoolView pool{.name = primary.ranges,
                      .is_in_failover = !primary.peer.empty(),
                      .total = primary.count.total,
                      .free = primary.count.free(),
                      .backup = secondary.count.backup(),
                      .active = primary.count.active(),
                      .bound_hour = std::max(primary.count.bound_hour, secondary.count.bound_hour)};
  leases::PoolCount count = primary.count;
  count.by_state[static_cast<std::size_t>(failover::BindingState::kBackup)] = pool.backup;
  count.bound_hour = pool.bound_hour;
  if (pool.is_in_failover) {
    const leases::HalvesLeft left = SecondsLeft(count, split);
    pool.free_lasts = left.primary;
    pool.backup_lasts = left.secondary;
  } else {
    pool.free_lasts = leases::SecondsLeft(count.free(), static_cast<double>(pool.bound_hour));
  }
  return pool;
}

}  // namespace

LeasesLook LookAtLeases(NodePair& nodes, const NodeFiles& files) {
  using Read = std::optional<std::expected<NodeLeases, std::string>>;
  const auto read = sync::OnBoth([&](Role role) -> Read {
    if (!files.facts[role]) return std::nullopt;
    return ReadNode(nodes, role, files);
  });
  LeasesLook look;
  for (const Role role : pair::kBothRoles) {
    if (!read[role]) continue;
    if (!*read[role]) {
      look.problems[role] = read[role]->error();
    } else if ((*read[role])->newest > 0) {
      look.newest[role] = (*read[role])->newest;
    }
  }
  const auto usage_of = [&](Role role, Role instead) -> const leases::Usage* {
    for (const Role one : {role, instead}) {
      if (read[one] && *read[one]) return &(*read[one])->usage;
    }
    return nullptr;
  };
  const leases::Usage* const primary = usage_of(Role::kPrimary, Role::kSecondary);
  const leases::Usage* const secondary = usage_of(Role::kSecondary, Role::kPrimary);
  if (primary == nullptr) return look;
  for (std::size_t i = 0; i < std::min(primary->pools.size(), secondary->pools.size()); ++i) {
    look.pools.push_back(Merge(primary->pools[i], secondary->pools[i], SplitOf(nodes.pair())));
  }
  return look;
}

}  // namespace dhcpair
