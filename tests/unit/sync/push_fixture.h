#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "support/push_world.h"

namespace dhcpair::sync {

inline constexpr char kAudit[] = "var/dhcpair/audit.log";
// What a node's dhcpd went through.
inline constexpr char kOnce[] = "start\n";
inline constexpr char kRestarted[] = "start\nstop\nstart\n";
inline constexpr char kRestartedTwice[] = "start\nstop\nstart\nstop\nstart\n";

inline const std::string& OldMaster() {
  static const std::string text = test::PushWorld::Master(test::kOldRange);
  return text;
}
inline const std::string& NewMaster() {
  static const std::string text = test::PushWorld::Master(test::kNewRange);
  return text;
}

/// Whole pushes to a pair of fake nodes that is in normal with OldMaster.
class PushFixture : public testing::Test {
 protected:
  PushResult Push(const PushOptions& options, const std::string& master = NewMaster()) {
    test::PushWorld::Command command(world);
    return PushPair(command.both, world.Files(master), options, world.talk);
  }

  void ExpectBoth(const std::string& master, const char* why = "") {
    for (const pair::Role role : kBothRoles) {
      EXPECT_EQ(world.node(role).Read("etc/dhcpd.master"), master) << why << " " << Name(role);
      EXPECT_TRUE(world.node(role).is_running()) << why << " " << Name(role);
      EXPECT_THAT(world.node(role).Strays(), testing::IsEmpty()) << why << " " << Name(role);
    }
  }

  test::PushWorld world;
  test::FakeNode& primary = world.node(pair::Role::kPrimary);
  test::FakeNode& secondary = world.node(pair::Role::kSecondary);
};

}  // namespace dhcpair::sync
