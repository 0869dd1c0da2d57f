#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pair/pair.h"
#include "sync/pair_view.h"
#include "sync/state_meaning.h"

namespace dhcpair::sync {

/// Something about a pair that a person should know.
struct Finding {
  Severity severity = Severity::kNote;
  std::string_view id;  ///< Stable, for programs: "service-stopped".
  std::optional<pair::Role> role = {};
  std::string message;      ///< Without the node's name: "dhcpd is not running".
  std::string advice = {};  ///< What to do next; may be empty.
};

/// The verdict on a pair.
struct Health {
  std::vector<Finding> findings;  ///< The worst first.

  /// The worst of them; a pair without findings is a note's worth: all is well.
  Severity severity() const;
  /// As monitoring wants it: 0 normal, 1 warning, 2 critical, 3 unknown.
  int monitoring_code() const;
};

/// Communications-interrupted for this long is more than a restart.
inline constexpr std::int64_t kInterruptedMax = 600;
/// Below this share of a pool's addresses, in per cent, few are left to give.
inline constexpr std::uint64_t kPoolLeftMin = 20;
/// Below this share of a pool's addresses a node will soon have none to give.
inline constexpr std::uint64_t kHalfLeftMin = 5;
/// How long a pair may take over its first start and the first sharing of its pools.
inline constexpr std::int64_t kSettlingMax = 60;
/// From here on clocks that are apart are a warning.
inline constexpr std::int64_t kClocksApartWarning = 30;
/// Beyond this the nodes refuse each other.
inline constexpr std::int64_t kClocksApartMax = 60;
/// In normal both files know of a change within seconds.
inline constexpr std::int64_t kNewestLeaseLagMax = 120;

/// Weighs what was seen. Critical are a node that is down, every state in which a node does not
/// serve or serves alone for good, an unfinished push, clocks that keep the nodes from talking and
/// a half of a pool that is nearly used up; warnings a short interruption, drift, clocks that run
/// apart and a pool that gets full; what else is of interest is a note. What a first start looks
/// like is no more than that either.
Health Weigh(const PairView& view);

/// "critical", "warning", "unknown" or "note".
std::string_view Name(Severity severity);

/// "45 s", "12 min", "3 h 5 min", "12 d 4 h"
std::string ForPeople(std::int64_t seconds);

}  // namespace dhcpair::sync
