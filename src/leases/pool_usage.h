#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "conf/model.h"
#include "leases/database.h"

namespace dhcpair::leases {

/// How many addresses of a pool are in which state, as dhcpd keeps them in its queues.
struct PoolCount {
  std::uint64_t total = 0;  ///< All addresses of its ranges.
  /// By failover::BindingState; those that were never used are free and in no file. Free and backup
  /// ones that are reserved for a client are not among them.
  std::array<std::uint64_t, 8> by_state = {};
  std::uint64_t reserved = 0;    ///< Free or backup, and reserved.
  std::uint64_t bound_hour = 0;  ///< Active ones whose binding began in the last hour.

  std::uint64_t In(failover::BindingState state) const {
    return by_state[static_cast<std::size_t>(state)];
  }
  std::uint64_t free() const { return In(failover::BindingState::kFree); }
  std::uint64_t backup() const { return In(failover::BindingState::kBackup); }
  std::uint64_t active() const { return In(failover::BindingState::kActive); }
  /// What no new client can have, in percent of all.
  double percent_used() const;
};

struct PoolUsage {
  conf::Index pool = 0;
  std::string network = {};  ///< Its shared network, or its subnet: "192.168.13.0/24".
  std::string ranges = {};   ///< "192.168.13.32-192.168.13.47", several with blanks between them.
  std::string peer = {};     ///< Of its failover; empty without.
  PoolCount count = {};
};

struct Usage {
  std::vector<PoolUsage> pools;
  /// Leases of addresses in no range: dhcpd drops them when it starts.
  std::vector<Database::Index> outside;
};

/// Finds pools by their addresses.
class PoolFinder {
 public:
  explicit PoolFinder(const conf::Model& model);
  std::optional<conf::Index> Find(base::Ipv4Address address) const;

 private:
  struct RangeOfPool {
    base::Ipv4Address first;
    base::Ipv4Address last;
    conf::Index pool;
  };
  std::vector<RangeOfPool> ranges_;  // They do not overlap in what dhcpd takes.
};

/// Counts the leases of a node by the pools of its configuration. `now` is its clock.
Usage CountPools(const conf::Model& model, const Database& database, Date now);

/// The state that dhcpd has a lease in once it has read it: it makes one up where none is written,
/// and an address without failover is never a backup.
failover::BindingState StateInPool(const Lease& lease, bool is_failover, Date now);

/// How long addresses last when so many new clients come in an hour; nothing where none come.
std::optional<std::int64_t> SecondsLeft(std::uint64_t addresses, double clients_per_hour);

/// How long each half of a failover pool lasts at the last hour's rate. The load balancing gives
/// the primary `split` of 256 clients.
struct HalvesLeft {
  std::optional<std::int64_t> primary;
  std::optional<std::int64_t> secondary;
};
HalvesLeft SecondsLeft(const PoolCount& count, int split);

/// The newest date of something that has happened, by the clock of the node: what `now` is at least
/// where a file alone is there.
Date NewestDate(const Database& database);

}  // namespace dhcpair::leases
