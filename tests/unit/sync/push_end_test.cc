// How pushes end: by somebody's word, by a signal in the middle, as a joint change; and what the
// nodes write down of it (support/push_world.h).
#include "support/named.h"
#include "sync/push_fixture.h"

namespace dhcpair::sync {
namespace {

using pair::Role;
using std::chrono::seconds;
using test::kNewRange;
using test::PushWorld;
using testing::Contains;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class PushEnd : public PushFixture {};

// ---- the wait for a confirmation

class PushThatWaits : public PushEnd {
 protected:
  PushOptions Waiting() {
    PushOptions options = world.Options();
    options.confirm_within = seconds(60);
    return options;
  }

  // Another command while the push waits.
  void MeanwhileSettle(SettleWish wish, SettleFate fate) {
    world.talk.on_step = [this, wish, fate](Step step) {
      if (step != Step::kAwaitConfirm) return;
      world.talk.on_step = nullptr;
      const Settled settled = world.Settle(wish);
      EXPECT_EQ(settled.decision.fate, fate);
      EXPECT_THAT(settled.errors, IsEmpty());
    };
  }

  void ExpectAudit(const char* what) {
    for (const Role role : kBothRoles) {
      EXPECT_THAT(world.node(role).Read(kAudit), HasSubstr(what)) << Name(role);
    }
  }
};

TEST_F(PushThatWaits, StaysWhereSomebodyConfirmsAndBothNodesWriteItDown) {
  MeanwhileSettle(SettleWish::kConfirm, SettleFate::kForward);
  EXPECT_EQ(Push(Waiting()).outcome, PushOutcome::kPushed);
  ExpectBoth(NewMaster());
  ExpectAudit("Z push push-1 by ada@admin: pushed (finished by a later command)\n");
}

TEST_F(PushThatWaits, ComesBackOnBothWhereNobodyConfirms) {
  const PushResult result = Push(Waiting());
  EXPECT_EQ(result.outcome, PushOutcome::kRolledBack);
  EXPECT_THAT(result.why, HasSubstr("await-confirm: nobody confirmed within 60 s"));
  ExpectBoth(OldMaster());
  for (const Role role : kBothRoles) EXPECT_EQ(world.node(role).Read("events"), kRestartedTwice);
  ExpectAudit("Z push push-1 by ada@admin: rolled back primary:");
}

TEST_F(PushThatWaits, ComesBackWhereAnotherCommandTakesItBack) {
  MeanwhileSettle(SettleWish::kBack, SettleFate::kBack);
  const PushResult result = Push(Waiting());
  EXPECT_EQ(result.outcome, PushOutcome::kRolledBack);
  EXPECT_EQ(result.why, "it was taken back");
  ExpectBoth(OldMaster());
  for (const Role role : kBothRoles) EXPECT_EQ(world.node(role).Read("events"), kRestartedTwice);
  ExpectAudit("Z push push-1 by ada@admin: rolled back by a later command\n");
}

TEST_F(PushThatWaits, IsLeftAloneByACommandThatOnlyLooks) {
  MeanwhileSettle(SettleWish::kLook, SettleFate::kAwaits);
  EXPECT_EQ(Push(Waiting()).outcome, PushOutcome::kRolledBack) << "nobody confirmed";
  ExpectBoth(OldMaster());
}

TEST_F(PushThatWaits, GoesOnWaitingOnTheNodesWhereItsDhcpairIsAskedToEnd) {
  world.talk.on_step = [&](Step step) {
    if (step == Step::kAwaitConfirm) world.time.is_interrupted = true;
  };
  const PushResult result = Push(Waiting());
  EXPECT_EQ(result.outcome, PushOutcome::kInDoubt);
  EXPECT_THAT(result.notes, ElementsAre("the push still waits: 'dhcpair confirm' ends it"));
  EXPECT_EQ(world.Settle().decision.fate, SettleFate::kAwaits);
  EXPECT_EQ(world.Settle(SettleWish::kConfirm).decision.fate, SettleFate::kForward);
  ExpectBoth(NewMaster());
}

TEST_F(PushThatWaits, SaysWhatIsPendingWhoeverConfirms) {
  secondary.Run("service stop");
  MeanwhileSettle(SettleWish::kConfirm, SettleFate::kForward);
  PushOptions options = Waiting();
  options.no_restart = true;
  options.plan.allowed.only_node = Role::kPrimary;
  const PushResult result = Push(options);
  EXPECT_EQ(result.outcome, PushOutcome::kPushed) << result.why;
  EXPECT_THAT(result.notes, ElementsAre(HasSubstr("it still runs on the old files"),
                                        HasSubstr("the secondary still has its old files")));
}

// ---- asked to end in the middle

struct InterruptRow : test::Named {
  Step at;
  PushOutcome outcome;
  const char* why;
  const char* on_primary;
  const char* on_secondary;
};

class InterruptedPush : public testing::TestWithParam<InterruptRow> {};

TEST_P(InterruptedPush, LeavesBothAsTheyWere) {
  const InterruptRow& row = GetParam();
  PushWorld world;
  world.talk.on_step = [&](Step step) {
    if (step == row.at) world.time.is_interrupted = true;
  };
  const PushResult result = world.Push(NewMaster());
  EXPECT_EQ(result.outcome, row.outcome);
  EXPECT_THAT(result.why, HasSubstr(row.why));
  EXPECT_THAT(result.why, EndsWith("this push was asked to end"));
  EXPECT_THAT(result.notes, IsEmpty());
  EXPECT_EQ(world.node(Role::kPrimary).Read("events"), row.on_primary);
  EXPECT_EQ(world.node(Role::kSecondary).Read("events"), row.on_secondary);
  for (const Role role : kBothRoles) {
    EXPECT_EQ(world.node(role).Read("etc/dhcpd.master"), OldMaster()) << Name(role);
    EXPECT_THAT(world.node(role).Strays(), IsEmpty()) << Name(role);
    EXPECT_EQ(world.node(role).Has(kAudit), row.outcome == PushOutcome::kRolledBack);
  }
  if (std::string_view(row.on_primary) != kRestartedTwice) return;
  const std::size_t first = world.talk.said.find("roll-back: the secondary\n");
  EXPECT_LT(first, world.talk.said.find("roll-back: the primary\n")) << world.talk.said;
}

INSTANTIATE_TEST_SUITE_P(
    , InterruptedPush,
    testing::Values(
        InterruptRow{{"BeforeItLocks"}, Step::kLock, PushOutcome::kRefused, "lock: ", kOnce, kOnce},
        InterruptRow{{"WhileItStages"}, Step::kStage, PushOutcome::kRefused, "arm: ", kOnce, kOnce},
        InterruptRow{
            {"WhileItArms"}, Step::kArm, PushOutcome::kRolledBack, "commit: ", kOnce, kOnce},
        InterruptRow{{"WhileItCommits"},
                     Step::kCommit,
                     PushOutcome::kRolledBack,
                     "restart-secondary: ",
                     kOnce,
                     kOnce},
        InterruptRow{{"WhileTheSecondaryRestarts"},
                     Step::kRestartSecondary,
                     PushOutcome::kRolledBack,
                     "prove-secondary: ",
                     kOnce,
                     kRestartedTwice},
        InterruptRow{{"WhileThePrimaryRestarts"},
                     Step::kRestartPrimary,
                     PushOutcome::kRolledBack,
                     "prove-primary: ",
                     kRestartedTwice,
                     kRestartedTwice}),
    [](const auto& row) { return std::string(row.param.name); });

// ---- a joint change

TEST_F(PushEnd, AJointChangeRestartsThePrimaryWithoutWaitingForNormal) {
  PushWorld::Command command(world);
  auto files = world.Files(OldMaster());
  PushWorld::ChangePorts(files);
  PerRole<std::chrono::milliseconds> restarted_at{};
  world.talk.on_step = [&](Step step) {
    if (step == Step::kRestartSecondary) {
      restarted_at.secondary = world.time.Now();
      world.Part();  // As it is: with other ports the two cannot meet until both have them.
    }
    if (step == Step::kRestartPrimary) {
      restarted_at.primary = world.time.Now();
      world.Meet();
    }
  };
  const PushResult result = PushPair(command.both, files, world.Options(), world.talk);
  EXPECT_EQ(result.outcome, PushOutcome::kPushed) << result.why << "\n" << world.talk.said;
  EXPECT_GT(restarted_at.primary, restarted_at.secondary) << "the secondary goes first";
  EXPECT_LE(restarted_at.primary - restarted_at.secondary, seconds(5)) << world.talk.said;
  for (const Role role : kBothRoles) EXPECT_EQ(world.node(role).Read("events"), kRestarted);
}

TEST_F(PushEnd, AJointChangeWhosePrimaryDoesNotStartGoesBackOnBoth) {
  PushWorld::Command command(world);
  auto files = world.Files(OldMaster());
  PushWorld::ChangePorts(files);
  world.talk.on_step = [&](Step step) {
    if (step == Step::kRestartPrimary) primary.FailService("start");
    if (step == Step::kRollBack) primary.Heal();
  };
  const PushResult result = PushPair(command.both, files, world.Options(), world.talk);
  EXPECT_EQ(result.outcome, PushOutcome::kRolledBack);
  EXPECT_THAT(result.why, HasSubstr("restart-primary: "));
  ExpectBoth(OldMaster());
  for (const Role role : kBothRoles) {
    EXPECT_EQ(world.node(role).Read("etc/dhcpd.conf"), world.ConfOf(role, "p")) << Name(role);
  }
}

TEST_F(PushEnd, ANodeThatDoesNotStartAgainIsNamedFirst) {
  world.talk.on_step = [&](Step step) {
    if (step == Step::kRestartSecondary) secondary.FailService("start");
  };
  const PushResult result = Push(world.Options());
  EXPECT_EQ(result.outcome, PushOutcome::kRolledBack);
  EXPECT_THAT(result.down, ElementsAre(Role::kSecondary));
  EXPECT_THAT(result.why, StartsWith("dhcpd of the secondary ("));
  EXPECT_THAT(result.why, HasSubstr(") is DOWN: "));
  EXPECT_THAT(result.notes, Contains("the next dhcpair command tries again to take it back"));
  EXPECT_THAT(result.notes, Not(Contains(HasSubstr("takes itself back"))));
  secondary.Heal();
  const Settled settled = world.Settle();
  EXPECT_TRUE(settled.is_clear()) << Describe(settled.decision);
  ExpectBoth(OldMaster());
}

// ---- what the nodes write down

TEST_F(PushEnd, EachNodeWritesDownWhoPushedWhatAndHowItEnded) {
  ASSERT_EQ(world.Push(NewMaster()).outcome, PushOutcome::kPushed);
  const auto sets = world.Files(NewMaster());
  std::string files;
  for (const Role role : kBothRoles) {
    for (const ManagedFile& file : sets[role]) {
      files += " " + std::string(Name(role)) + ":" + file.path + "=" + file.sha256;
    }
  }
  const std::string pushed = "Z push push-1 by ada@admin: pushed" + files + "\n";
  for (const Role role : kBothRoles) {
    EXPECT_THAT(world.node(role).Read(kAudit), EndsWith(pushed)) << Name(role);
  }
  secondary.FailService("start");
  EXPECT_EQ(world.Push(OldMaster()).outcome, PushOutcome::kRolledBack);
  EXPECT_THAT(primary.Read(kAudit), HasSubstr(pushed)) << "lines stay";
  EXPECT_THAT(primary.Read(kAudit), HasSubstr("Z push push-2 by ada@admin: rolled back primary:"));
}

TEST_F(PushEnd, APushThatChangedNothingLeavesNoLineOnTheNodes) {
  const PushResult refused =
      Push(world.Options(), PushWorld::Master(kNewRange, "# SYNTAX-ERROR\n"));
  EXPECT_EQ(refused.outcome, PushOutcome::kRefused);
  for (const Role role : kBothRoles) EXPECT_FALSE(world.node(role).Has(kAudit)) << Name(role);
}

}  // namespace
}  // namespace dhcpair::sync
