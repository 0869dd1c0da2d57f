// Whole pushes to two folders that play the nodes (support/push_world.h), with the shell's part
// done by a real shell.
#include "sync/push.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/push_world.h"

namespace dhcpair::sync {
namespace {

using pair::Role;
using test::kNewRange;
using test::kOldRange;
using test::PushWorld;
using testing::HasSubstr;
using testing::IsEmpty;

class Push : public testing::Test {
 protected:
  void ExpectBoth(const std::string& master, const char* why) {
    for (const Role role : kBothRoles) {
      EXPECT_EQ(world.node(role).Read("etc/dhcpd.master"), master) << why << " " << Name(role);
      EXPECT_TRUE(world.node(role).is_running()) << why << " " << Name(role);
      EXPECT_THAT(world.node(role).Strays(), IsEmpty()) << why << " " << Name(role);
    }
  }

  PushWorld world;
  const std::string old_master = PushWorld::Master(kOldRange);
  const std::string new_master = PushWorld::Master(kNewRange);
};

TEST_F(Push, BringsAChangedMasterToBothAndRestartsOneAfterTheOther) {
  const PushResult result = world.Push(new_master);
  EXPECT_EQ(result.outcome, PushOutcome::kPushed) << result.why << "\n" << world.talk.said;
  EXPECT_THAT(result.notes, IsEmpty());
  ExpectBoth(new_master, "after the push");
  for (const Role role : kBothRoles) {
    EXPECT_EQ(world.node(role).Read("events"), "start\nstop\nstart\n") << Name(role);
  }
  EXPECT_THAT(world.talk.diffs, HasSubstr("-  pool { failover peer \"p\"; range 10.0.0.10 "
                                          "10.0.0.99; }\n+  pool {"));
}

TEST_F(Push, DoesNothingWhereNothingChanges) {
  PushWorld::Command command(world);
  EXPECT_EQ(world.Push(command, old_master).outcome, PushOutcome::kUnchanged);
  for (const Role role : kBothRoles) {
    EXPECT_EQ(world.node(role).Read("events"), "start\n");
    EXPECT_EQ(command.transport(role).requests().size(), 1U) << "one call a node";
  }
}

}  // namespace
}  // namespace dhcpair::sync
