#include "base/time.h"

#include <gtest/gtest.h>

#include <chrono>
#include <type_traits>

namespace dhcpair::base {
namespace {

using std::chrono::seconds;
using namespace std::chrono_literals;

template <class Clock>
concept CanBeRead = requires { Clock::now(); };

TEST(Time, NeitherClockCanBeReadInsideACore) {
  EXPECT_TRUE(CanBeRead<std::chrono::steady_clock>);
  EXPECT_FALSE(CanBeRead<SteadyClock>);
  EXPECT_FALSE(CanBeRead<WallClock>);
}

TEST(Time, TheTwoClocksDoNotMix) {
  EXPECT_FALSE((std::is_convertible_v<Instant, UnixSeconds>));
  EXPECT_FALSE((std::is_convertible_v<UnixSeconds, Instant>));
  EXPECT_FALSE((std::is_convertible_v<std::chrono::system_clock::time_point, UnixSeconds>));
}

TEST(Time, AnInstantTakesFractionsAndACalendarSecondDoesNot) {
  EXPECT_EQ(Instant{} + 1500ms - Instant{}, 1500000us);
  EXPECT_EQ(UnixSeconds{} + 1h - UnixSeconds{}, seconds(3600));
  EXPECT_FALSE((std::is_constructible_v<UnixSeconds, std::chrono::milliseconds>));
}

TEST(Time, CalendarSecondsGoBeyondWhat32BitsHold) {
  const UnixSeconds far(seconds(0x1'0000'0000));
  EXPECT_GT(far, UnixSeconds(seconds(0xffff'ffff)));
}

}  // namespace
}  // namespace dhcpair::base
