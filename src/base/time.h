#pragma once

#include <chrono>
#include <cstdint>

namespace dhcpair::base {

/// A clock that cannot be read: inside a core, time can only be handed in. It never goes back.
struct SteadyClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<SteadyClock>;
  static constexpr bool is_steady = true;
};

/// A moment on that clock, for timers and waiting. What its zero stands for is the world's
/// business.
using Instant = SteadyClock::time_point;

/// The clock on the wall, which cannot be read either: seconds since 1970, UTC. It may be set, and
/// so go back.
struct WallClock {
  using duration = std::chrono::duration<std::int64_t>;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<WallClock>;
  static constexpr bool is_steady = false;
};

/// A moment of the calendar, for what goes into messages and files: the end of a lease, say.
using UnixSeconds = WallClock::time_point;

/// The moment at which something happens, by both clocks: timers run on one, lease times on the
/// other.
struct Now {
  Instant steady;
  UnixSeconds wall;

  friend constexpr bool operator==(const Now&, const Now&) = default;
};

}  // namespace dhcpair::base
