#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sync/drift.h"
#include "sync/facts.h"
#include "sync/failover_reading.h"
#include "sync/per_role.h"

namespace dhcpair::sync {

/// How full a pool is: free as the primary counts it, backup as the secondary does.
struct PoolView {
  std::string name;  ///< Its ranges: "192.168.13.32-192.168.13.47".
  bool is_in_failover = true;
  std::uint64_t total = 0;
  std::uint64_t free = 0;    ///< The primary's half; without failover all that is free.
  std::uint64_t backup = 0;  ///< The secondary's half.
  std::uint64_t active = 0;
  std::uint64_t bound_hour = 0;  ///< New clients of the last hour.
  /// How many seconds each half lasts at that rate; absent where nobody came.
  std::optional<std::int64_t> free_lasts = {};
  std::optional<std::int64_t> backup_lasts = {};
};

/// All that one look at a node told.
struct NodeView {
  NodeFacts facts = {};
  FailoverReading reading = {};
  /// The node's clock less this machine's, in seconds; absent where it was not asked.
  std::optional<NodeTime> clock_offset = {};
  std::vector<FileDrift> files = {};
  /// The newest moment in its leases file at which something happened, by its own clock.
  std::optional<NodeTime> newest_lease = {};
  /// Why its leases were not counted; empty when they were.
  std::string leases_problem = {};
};

/// All that one look at a pair told.
struct PairView {
  std::string file;  ///< The pair file, as the user named it.
  std::string name;  ///< Of the failover peer.
  PerRole<std::string> host = {};
  std::chrono::seconds mclt{3600};
  PerRole<std::optional<NodeView>> nodes = {};
  PerRole<std::string> unreachable = {};  ///< Why a node was not looked at: "connect: …".
  std::vector<SharedDrift> between = {};
  std::vector<PoolView> pools = {};
  /// What is left of a push, and what becomes of it, in words; empty where nothing is.
  std::string push = {};

  bool is_reached(pair::Role role) const { return nodes[role].has_value(); }
};

/// What can be said of the failover state of a node.
struct KnownState {
  /// Absent where it cannot be shown. What cannot be shown is never taken for normal.
  std::optional<failover::State> state = {};
  std::optional<NodeTime> since = {};  ///< By the node's clock.
  std::string why_not = {};            ///< Why it is not known.
};

/// The state of a node that was looked at. OMAPI is believed. The leases file of a stopped dhcpd
/// tells of the past; and since dhcpd writes startup down as the state that it had saved, a running
/// one that says normal is believed only with an established failover connection, or where that
/// cannot be seen and both files agree.
KnownState StateOf(const PairView& view, pair::Role role);

/// For how long it has been in that state, in seconds; absent where that is not known.
std::optional<std::int64_t> AgeOf(const PairView& view, pair::Role role);

}  // namespace dhcpair::sync
