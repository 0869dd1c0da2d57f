// Whole pushes to two folders that play the nodes (support/push_world.h), with the shell's part
// done by a real shell.
#include "sync/push.h"

#include "sync/push_fixture.h"

namespace dhcpair::sync {
namespace {

using pair::Role;
using test::kNewRange;
using test::PushWorld;
using testing::HasSubstr;
using testing::IsEmpty;

class WholePush : public PushFixture {};

TEST_F(WholePush, BringsAChangedMasterToBothAndRestartsOneAfterTheOther) {
  const PushResult result = world.Push(NewMaster());
  EXPECT_EQ(result.outcome, PushOutcome::kPushed) << result.why << "\n" << world.talk.said;
  EXPECT_THAT(result.notes, IsEmpty());
  ExpectBoth(NewMaster(), "after the push");
  for (const Role role : kBothRoles) {
    EXPECT_EQ(world.node(role).Read("events"), "start\nstop\nstart\n") << Name(role);
  }
  EXPECT_THAT(world.talk.diffs, HasSubstr("-  pool { failover peer \"p\"; range 10.0.0.10 "
                                          "10.0.0.99; }\n+  pool {"));
}

TEST_F(WholePush, DoesNothingWhereNothingChanges) {
  PushWorld::Command command(world);
  EXPECT_EQ(world.Push(command, OldMaster()).outcome, PushOutcome::kUnchanged);
  for (const Role role : kBothRoles) {
    EXPECT_EQ(world.node(role).Read("events"), "start\n");
    EXPECT_EQ(command.transport(role).requests().size(), 1U) << "one call a node";
  }
}

TEST_F(WholePush, OfAFileThatANodesDhcpdDoesNotTakeLeavesBothUntouched) {
  const PushResult result = world.Push(PushWorld::Master(kNewRange, "# SYNTAX-ERROR\n"));
  EXPECT_EQ(result.outcome, PushOutcome::kRefused);
  EXPECT_THAT(result.why, HasSubstr("primary (10.0.0.1), check: its dhcpd does not take the new"));
  EXPECT_TRUE(result.findings.has_errors());
  ExpectBoth(OldMaster(), "refused");
  for (const Role role : kBothRoles) EXPECT_EQ(world.node(role).Read("events"), "start\n");
}

TEST_F(WholePush, GoesBackWhereTheNewFilesDoNotBecomeNormal) {
  // dhcpd of the secondary starts, but the two do not find each other.
  world.talk.on_step = [&](Step step) {
    if (step == Step::kRestartSecondary) world.node(Role::kPrimary).Put("partner", "/nowhere\n");
    if (step == Step::kRestartSecondary) world.node(Role::kSecondary).Put("partner", "/nowhere\n");
  };
  const PushResult result = world.Push(NewMaster());
  EXPECT_EQ(result.outcome, PushOutcome::kRolledBack);
  EXPECT_THAT(result.why, HasSubstr("prove-secondary: not proven good in time: "));
  EXPECT_EQ(world.node(Role::kPrimary).Read("events"), "start\n") << "it was never restarted";
  ExpectBoth(OldMaster(), "after the way back");
}

TEST_F(WholePush, AsksBeforeItChangesAnythingAndDryRunDoesNot) {
  world.talk.agrees = false;
  EXPECT_EQ(world.Push(NewMaster()).outcome, PushOutcome::kDeclined);
  PushWorld::Command command(world);
  PushOptions options = world.Options();
  options.dry_run = true;
  EXPECT_EQ(PushPair(command.both, world.Files(NewMaster()), options, world.talk).outcome,
            PushOutcome::kPlanned);
  ExpectBoth(OldMaster(), "nothing was done");
}

TEST_F(WholePush, DoesNotPushWhatLintObjectsTo) {
  world.talk.objection = "1 error";
  const PushResult result = world.Push(NewMaster());
  EXPECT_EQ(result.outcome, PushOutcome::kUnfit);
  EXPECT_EQ(result.why, "1 error");
  ExpectBoth(OldMaster(), "nothing was done");
}

TEST_F(WholePush, NeverOverwritesAnEditByHandInSilence) {
  ASSERT_EQ(world.Push(NewMaster()).outcome, PushOutcome::kPushed);
  world.node(Role::kSecondary).Put("etc/dhcpd.master", NewMaster() + "# by hand\n");
  PushResult result = world.Push(OldMaster());
  EXPECT_EQ(result.outcome, PushOutcome::kRefused);
  EXPECT_THAT(result.why, HasSubstr("was changed on the node since the last push"));
  EXPECT_EQ(world.node(Role::kSecondary).Read("etc/dhcpd.master"), NewMaster() + "# by hand\n");
  PushWorld::Command command(world);
  PushOptions options = world.Options();
  options.plan = {.allow_drop_leases = false, .overwrite_drift = true};
  result = PushPair(command.both, world.Files(OldMaster()), options, world.talk);
  EXPECT_EQ(result.outcome, PushOutcome::kPushed) << result.why;
  ExpectBoth(OldMaster(), "overwritten when told to");
}

TEST_F(WholePush, ThatDropsLeasesInUseIsRefusedAndSaysHowManyAndWhich) {
  for (const Role role : kBothRoles) {
    world.node(role).Put("var/dhcpd.leases",
                         "lease 10.0.0.98 {\n  starts 3 2026/11/25 01:00:00;\n  ends never;\n"
                         "  binding state active;\n  hardware ethernet 00:00:00:00:00:01;\n}\n" +
                             world.node(role).Read("var/dhcpd.leases"));
  }
  const PushResult result = world.Push(PushWorld::Master("10.0.0.10 10.0.0.50"));
  EXPECT_EQ(result.outcome, PushOutcome::kRefused);
  EXPECT_THAT(result.why, HasSubstr("1 lease in use would be dropped for good, for no range has it "
                                    "any more: 10.0.0.98; "));
}

TEST_F(WholePush, OfAnotherPortRestartsBothAtOnce) {
  PushWorld::Command command(world);
  auto files = world.Files(OldMaster());
  for (const Role role : kBothRoles) {
    ManagedFile& conf = files[role].front();
    std::string text = conf.contents();
    text.insert(text.find("  address"), "  port 520;\n  peer port 520;\n");
    conf.sha256 = base::Sha256Hex(text);
    conf.from = std::make_shared<const text::SourceFile>("dhcpd.conf", std::move(text));
  }
  const PushResult result = PushPair(command.both, files, world.Options(), world.talk);
  EXPECT_EQ(result.outcome, PushOutcome::kPushed) << result.why << world.talk.said;
  ExpectBoth(OldMaster(), "a joint change");
  EXPECT_THAT(world.node(Role::kPrimary).Read("etc/dhcpd.conf"), HasSubstr("port 520"));
}

TEST_F(WholePush, WithConfirmWithinGoesBackWhereNobodyConfirms) {
  PushWorld::Command command(world);
  PushOptions options = world.Options();
  options.confirm_within = std::chrono::seconds(60);
  const PushResult result = PushPair(command.both, world.Files(NewMaster()), options, world.talk);
  EXPECT_EQ(result.outcome, PushOutcome::kRolledBack);
  EXPECT_THAT(result.why, HasSubstr("nobody confirmed within 60 s"));
  ExpectBoth(OldMaster(), "after the way back");
}

TEST_F(WholePush, WithConfirmWithinStaysWhereSomebodyConfirms) {
  PushWorld::Command command(world);
  PushOptions options = world.Options();
  options.confirm_within = std::chrono::seconds(60);
  world.talk.on_step = [&](Step step) {
    if (step != Step::kAwaitConfirm) return;
    world.talk.on_step = nullptr;
    EXPECT_EQ(world.Settle(SettleWish::kConfirm).decision.fate, SettleFate::kForward);
  };
  const PushResult result = PushPair(command.both, world.Files(NewMaster()), options, world.talk);
  EXPECT_EQ(result.outcome, PushOutcome::kPushed) << result.why;
  ExpectBoth(NewMaster(), "confirmed");
}

}  // namespace
}  // namespace dhcpair::sync
