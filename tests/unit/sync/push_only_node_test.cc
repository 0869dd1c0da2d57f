// Pushes with --only-node, to the one of a pair that lives (support/push_world.h).
#include "sync/push_fixture.h"

namespace dhcpair::sync {
namespace {

using pair::Role;
using test::PushWorld;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class PushOfOneNode : public PushFixture {
 protected:
  PushResult PushOnlyPrimary(PushOptions options) {
    PushWorld::Command command(world);
    command.LeaveOut(Role::kSecondary);
    options.plan.allowed.only_node = Role::kPrimary;
    return PushPair(command.both, world.Files(NewMaster()), options, world.talk);
  }

  NodeFacts FactsOfPrimary() {
    PushWorld::Command command(world);
    return command.primary_agent.Inspect({}).value();
  }

  // A further command, for which the secondary is out of reach.
  Settled SettlePrimary(SettleWish wish) {
    PushWorld::Command command(world);
    command.LeaveOut(Role::kSecondary);
    return SettleUnfinished(command.both, {command.primary_agent.Inspect({}).value(), {}}, wish,
                            world.talk);
  }
};

TEST_F(PushOfOneNode, OnlyNodeLeavesTheOtherPendingUntilAWholePushBringsIt) {
  secondary.Run("service stop");
  const PushResult alone = PushOnlyPrimary(world.Options());
  EXPECT_EQ(alone.outcome, PushOutcome::kPushed) << alone.why;
  EXPECT_THAT(
      alone.notes,
      ElementsAre("the secondary still has its old files: push again before it is started"));
  EXPECT_EQ(primary.Read("etc/dhcpd.master"), NewMaster());
  EXPECT_EQ(primary.Read("events"), kRestarted);
  EXPECT_THAT(primary.Read(kAudit), HasSubstr(": pushed (the secondary still to be pushed) "));
  EXPECT_THAT(primary.Read(kAudit), Not(HasSubstr("secondary:")));
  EXPECT_EQ(secondary.Read("etc/dhcpd.master"), OldMaster());
  EXPECT_FALSE(secondary.Has("var/dhcpair")) << "not touched at all";

  secondary.Run("service start");
  const PushResult whole = Push(world.Options());
  EXPECT_EQ(whole.outcome, PushOutcome::kPushed) << whole.why;
  EXPECT_THAT(whole.notes, IsEmpty());
  ExpectBoth(NewMaster());
  EXPECT_EQ(primary.Read("events"), kRestarted) << "nothing changed there";
  EXPECT_FALSE(FactsOfPrimary().is_restart_pending) << "and nothing waits for a restart";
}

TEST_F(PushOfOneNode, OnlyNodeThatWaitsIsConfirmedWhileTheOtherIsAway) {
  secondary.Run("service stop");
  PushOptions options = world.Options();
  options.confirm_within = std::chrono::seconds(60);
  world.talk.on_step = [&](Step step) {
    if (step == Step::kAwaitConfirm) world.time.is_interrupted = true;
  };
  EXPECT_EQ(PushOnlyPrimary(options).outcome, PushOutcome::kInDoubt);
  EXPECT_TRUE(SettlePrimary(SettleWish::kLook).decision.is_alone);

  const Settled settled = SettlePrimary(SettleWish::kConfirm);
  EXPECT_EQ(settled.decision.fate, SettleFate::kForward);
  EXPECT_THAT(settled.errors, IsEmpty());
  EXPECT_TRUE(settled.is_clear());
  EXPECT_EQ(primary.Read("etc/dhcpd.master"), NewMaster());
  EXPECT_THAT(primary.Strays(), IsEmpty());
  EXPECT_TRUE(FactsOfPrimary().is_generation_alone);
}

TEST_F(PushOfOneNode, IsKnownOnTheNodeUntilAWholePush) {
  secondary.Run("service stop");
  PushOnlyPrimary(world.Options());
  EXPECT_TRUE(FactsOfPrimary().is_generation_alone);
  secondary.Run("service start");
  Push(world.Options());
  EXPECT_FALSE(FactsOfPrimary().is_generation_alone);
}

TEST_F(PushOfOneNode, OnlyNodeIsRefusedOfAPairThatIsInNormal) {
  PushOptions options = world.Options();
  options.plan.allowed.only_node = Role::kPrimary;
  const PushResult result = Push(options);
  EXPECT_EQ(result.outcome, PushOutcome::kRefused);
  EXPECT_THAT(result.why, HasSubstr("both nodes are in normal; --only-node is for a pair of which "
                                    "one is away, and would make the secondary differ"));
  ExpectBoth(OldMaster());
}

TEST_F(PushOfOneNode, OnlyNodeIsRefusedWhereBothMustChangeTogether) {
  secondary.Run("service stop");
  PushWorld::Command command(world);
  command.LeaveOut(Role::kSecondary);
  auto files = world.Files(OldMaster());
  PushWorld::ChangePorts(files);
  PushOptions options = world.Options();
  options.plan.allowed.only_node = Role::kPrimary;
  const PushResult result = PushPair(command.both, files, options, world.talk);
  EXPECT_EQ(result.outcome, PushOutcome::kRefused);
  EXPECT_THAT(result.why, HasSubstr("which both nodes must do together; push to both when the "
                                    "secondary is back"));
  EXPECT_EQ(primary.Read("events"), std::string(kOnce));
}

TEST_F(PushOfOneNode, OnlyNodeThatDoesNotStartGoesBackForItIsDownAnyway) {
  secondary.Run("service stop");
  world.talk.on_step = [&](Step step) {
    if (step == Step::kRestartPrimary) primary.FailService("start");
    if (step == Step::kRollBack) primary.Heal();
  };
  const PushResult result = PushOnlyPrimary(world.Options());
  EXPECT_EQ(result.outcome, PushOutcome::kRolledBack);
  EXPECT_THAT(result.why, HasSubstr("restart-primary: "));
  EXPECT_TRUE(primary.is_running());
  EXPECT_EQ(primary.Read("etc/dhcpd.master"), OldMaster());
  EXPECT_THAT(primary.Strays(), IsEmpty());
}

TEST_F(PushOfOneNode, OnlyNodeIsNotRestartedOnTheWayBackWhileItServesAlone) {
  secondary.Run("service stop");
  PushWorld::Command command(world);  // The secondary answers, but its dhcpd does not run.
  PushOptions options = world.Options();
  options.plan.allowed.only_node = Role::kPrimary;
  world.talk.on_step = [&](Step step) {
    if (step == Step::kProvePrimary) world.time.is_interrupted = true;
  };
  const PushResult result = PushPair(command.both, world.Files(NewMaster()), options, world.talk);
  EXPECT_EQ(result.outcome, PushOutcome::kRolledBack);
  EXPECT_THAT(result.notes, ElementsAre(HasSubstr("takes itself back within ")));
  EXPECT_THAT(world.talk.said, HasSubstr("roll-back: the primary may be the only one that serves"));
  EXPECT_EQ(primary.Read("events"), kRestarted) << "once, by the push itself";
  EXPECT_TRUE(primary.is_running());
}

}  // namespace
}  // namespace dhcpair::sync
