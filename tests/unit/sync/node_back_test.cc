// The ways back: the watchdog's, those of later commands, and what they do to the leases.
#include <signal.h>

#include <filesystem>
#include <fstream>

#include "support/named.h"
#include "sync/agent_fixture.h"

namespace dhcpair::sync {
namespace {

namespace fs = std::filesystem;
using pair::Role;
using std::chrono::seconds;
using test::FakeNode;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using enum NodeError::Kind;

bool HasOldFiles(AgentOnANode& on) {
  return on.node().Read("etc/dhcpd.master") == "# old\n" &&
         on.node().Read("etc/dhcpd.conf").starts_with("# old\n");
}

// ---- the watchdog

TEST(Watchdog, OnlyCleansUpWhereNothingWasCommitted) {
  AgentOnANode on;
  on.node().Run("service start");
  on.Arm();
  on.node().AdvanceClock(125);
  ASSERT_TRUE(FakeNode::Await([&] { return on.phase() == PushPhase::kRolledBack; }));
  EXPECT_EQ(on.node().Read("events"), "start\n") << "dhcpd was not touched";
  EXPECT_FALSE(fs::exists(on.master() + ".dhcpair-new"));
  EXPECT_FALSE(fs::exists(StagedPath(on.master())));
  EXPECT_TRUE(Fails(on.agent().Commit(kPush), kStale, "was taken back"));
}

TEST(Watchdog, LeavesDhcpdAloneWhereThisPushDidNotRestartIt) {
  AgentOnANode on;
  on.node().Run("service start");
  on.Commit();
  on.node().AdvanceClock(125);
  ASSERT_TRUE(FakeNode::Await([&] { return on.phase() == PushPhase::kRolledBack; }));
  EXPECT_TRUE(HasOldFiles(on));
  EXPECT_EQ(on.node().Read("events"), "start\n");
}

TEST(Watchdog, RestoresFilesButNeverRestartsASoleSurvivor) {
  AgentOnANode on;
  on.node().Run("service start");
  on.Restart(kPush, "new", "", {.may_restart = false});
  on.node().AdvanceClock(125);
  ASSERT_TRUE(FakeNode::Await([&] { return on.node().Read("log").contains("serves alone"); }));
  EXPECT_TRUE(HasOldFiles(on));
  EXPECT_EQ(on.node().Read("events"), "start\nstop\nstart\n");
  EXPECT_TRUE(Done(on.agent().RollBack(kPush))) << "a person's command may";
  EXPECT_EQ(on.node().Read("events"), "start\nstop\nstart\nstop\nstart\n");
}

TEST(Watchdog, CountsFromTheLastHeartbeat) {
  AgentOnANode on;
  on.Commit();
  for (int beat = 0; beat < 3; ++beat) {
    on.node().AdvanceClock(100);
    EXPECT_TRUE(Done(on.agent().Beat(kPush)));
  }
  const NodeFacts facts = on.Inspect();
  EXPECT_EQ(facts.push->phase, PushPhase::kCommitted);
  EXPECT_TRUE(facts.push->is_watched);
  EXPECT_NEAR(facts.push->deadline, facts.link.now + 120, 5);
}

TEST(Watchdog, GivesThePrimaryAMinuteMore) {
  AgentOnANode on("dash", Role::kPrimary);
  on.Commit();
  const NodeFacts facts = on.Inspect();
  EXPECT_NEAR(facts.push->deadline, facts.link.now + 180, 5);
  on.node().AdvanceClock(125);
  EXPECT_TRUE(Done(on.agent().Look()));
  EXPECT_EQ(on.phase(), PushPhase::kCommitted);
  on.node().AdvanceClock(60);
  EXPECT_TRUE(FakeNode::Await([&] { return on.phase() == PushPhase::kRolledBack; }));
}

TEST(Watchdog, CountsFromReadyOnceTheNodeIsReady) {
  AgentOnANode on;
  on.Commit();
  EXPECT_TRUE(Done(on.agent().Ready(kPush, seconds(600))));
  on.node().AdvanceClock(500);
  EXPECT_TRUE(on.Inspect().push->is_watched);
  EXPECT_EQ(on.phase(), PushPhase::kReady);
  EXPECT_TRUE(Done(on.agent().Beat(kPush)));
  on.node().AdvanceClock(110);
  EXPECT_TRUE(FakeNode::Await([&] { return on.phase() == PushPhase::kRolledBack; }))
      << "a heartbeat does not move it any more";
}

TEST(Watchdog, EndsWithItsPush) {
  AgentOnANode on;
  on.Commit();
  const std::string mark = on.node().Read("var/dhcpair/push/watchdog");
  const pid_t pid = std::stoi(mark);
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_TRUE(Done(on.agent().Finish(kPush)));
  on.node().AdvanceClock(1);
  EXPECT_TRUE(FakeNode::Await([&] { return kill(pid, 0) != 0; }));
}

TEST(Watchdog, TriesThreeTimesToStart) {
  AgentOnANode on;
  on.node().Run("service start");
  on.Restart();
  on.node().FailService("start");
  on.node().AdvanceClock(125);
  ASSERT_TRUE(FakeNode::Await([&] { return on.node().Read("log").contains("going back failed"); }));
  EXPECT_TRUE(HasOldFiles(on)) << "the files come back whatever dhcpd does";
  on.node().Heal();
  EXPECT_TRUE(Done(on.agent().RollBack(kPush))) << "and the next command finishes it";
  EXPECT_TRUE(on.node().is_running());
  EXPECT_EQ(on.phase(), PushPhase::kRolledBack);
}

TEST(Watchdog, DoesNotStopADhcpdThatTakesNeitherTheOldFiles) {
  AgentOnANode on;
  on.node().Run("service start");
  on.Restart();
  on.node().FailService("check");
  on.node().AdvanceClock(125);
  ASSERT_TRUE(FakeNode::Await([&] { return on.node().Read("log").contains("going back failed"); }));
  EXPECT_TRUE(on.node().is_running());
  EXPECT_TRUE(HasOldFiles(on));
}

TEST(Watchdog, IsNotStartedTwice) {
  AgentOnANode on;
  on.Arm();
  const std::string mark = on.node().Read("var/dhcpair/push/watchdog");
  EXPECT_TRUE(Done(on.agent().Arm(kPush, {.limit = seconds(60)})));
  EXPECT_EQ(on.node().Read("var/dhcpair/push/watchdog"), mark);
  const NodeFacts facts = on.Inspect();
  EXPECT_NEAR(facts.push->deadline, facts.link.now + 60, 5) << "but the new limit counts";
}

TEST(Watchdog, IsNotTakenForAliveByTheNumberOfAnotherProcess) {
  AgentOnANode on;
  on.Commit();
  on.node().Reboot(FakeNode::Start::kNo);
  EXPECT_FALSE(on.Inspect().push->is_watched);
  on.node().Put("var/dhcpair/push/watchdog",
                std::to_string(getpid()) + ":1:00000000-0000-0000-0000-000000000000\n");
  EXPECT_FALSE(on.Inspect().push->is_watched);
}

// Either the push is confirmed or it is taken back, never both, however close they come.
TEST(Watchdog, AgainstAConfirmationOneOfBothWins) {
  AgentOnANode on;
  on.Commit();
  EXPECT_TRUE(Done(on.agent().Ready(kPush, seconds(60))));
  on.node().AdvanceClock(61);
  const auto confirmed = on.agent().Confirm(kPush);
  ASSERT_TRUE(FakeNode::Await([&] {
    const auto phase = on.phase();
    return phase == PushPhase::kConfirmed || phase == PushPhase::kRolledBack;
  }));
  if (confirmed) {
    EXPECT_EQ(on.phase(), PushPhase::kConfirmed);
    EXPECT_EQ(on.node().Read("etc/dhcpd.master"), "# new\n");
    EXPECT_EQ(on.Inspect().generation, 1);
  } else {
    EXPECT_TRUE(Fails(confirmed, kStale, "was taken back"));
    EXPECT_TRUE(HasOldFiles(on));
    EXPECT_EQ(on.Inspect().generation, 0);
  }
}

// ---- power cuts: whatever was cut off, the next command takes it back

struct CrashRow : test::Named {
  const char* command;
  int after;
  const char* pattern;
};

class CommitCutOff : public testing::TestWithParam<CrashRow> {};

TEST_P(CommitCutOff, IsTakenBackByTheNextCommand) {
  AgentOnANode on;
  on.node().Run("service start");
  on.Arm();
  on.node().FailCommand(GetParam().command, "CRASH", GetParam().after, GetParam().pattern);
  EXPECT_FALSE(on.agent().Commit(kPush));
  on.node().Reboot(FakeNode::Start::kYes);
  const NodeFacts facts = on.Inspect();
  ASSERT_TRUE(facts.push);
  EXPECT_FALSE(facts.push->is_watched);
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_TRUE(Done(on.agent().Finish(kPush)));
  EXPECT_TRUE(HasOldFiles(on));
  EXPECT_TRUE(on.node().Read("running").starts_with("# old\n"))
      << "the reboot had started dhcpd on what was there";
  EXPECT_THAT(on.node().Strays(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Rows, CommitCutOff,
    testing::Values(CrashRow{{"BeforeItsRecord"}, "mv", 0, "record"},
                    CrashRow{{"BeforeTheFirstFile"}, "mv", 0, "dhcpd.conf.dhcpair-new"},
                    CrashRow{{"BetweenTheFiles"}, "mv", 0, "dhcpd.master.dhcpair-new"},
                    CrashRow{{"BeforeItIsSaidToBeDone"}, "mv", 1, "record"}),
    [](const auto& row) { return std::string(row.param.name); });

class StageCutOff : public testing::TestWithParam<CrashRow> {};

TEST_P(StageCutOff, LeavesNothingBehindTheNextCommand) {
  AgentOnANode on;
  EXPECT_TRUE(Done(on.agent().Lock(kPush, kOwner, NodeAgent::Steal::kNo)));
  on.node().FailCommand(GetParam().command, "CRASH", GetParam().after, GetParam().pattern);
  EXPECT_FALSE(on.agent().Stage(kPush, on.Files()));
  on.node().Reboot(FakeNode::Start::kNo);
  on.node().AdvanceClock(61);
  EXPECT_TRUE(Done(on.agent().Lock(kOther, kOwner, NodeAgent::Steal::kNo)));
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_TRUE(Done(on.agent().Finish(kPush)));
  EXPECT_TRUE(Done(on.agent().Unlock(kOther)));
  EXPECT_TRUE(HasOldFiles(on));
  EXPECT_THAT(on.node().Strays(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Rows, StageCutOff,
                         testing::Values(CrashRow{{"BeforeItsFolder"}, "mkdir", 0, "dhcpair/push"},
                                         CrashRow{{"BeforeItsPaths"}, "mv", 0, "push/paths"},
                                         CrashRow{{"BeforeItsRecord"}, "mv", 0, "record"},
                                         CrashRow{{"AtTheFirstFile"}, "dd", 0, "skip=0"},
                                         CrashRow{{"AtTheSecondFile"}, "dd", 2, "skip="},
                                         CrashRow{{"AtTheGeneration"}, "mv", 0, "generations/1"},
                                         CrashRow{
                                             {"AtTheCopyOfTheLeases"}, "cp", 0, "dhcpd.leases"},
                                         CrashRow{{"BeforeItIsSaidToBeDone"}, "mv", 1, "record"}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(RollBack, GoesOnWhereItWasCutOffItself) {
  for (const char* const pattern : {"dhcpd.conf.dhcpair-new", "dhcpd.master.dhcpair-new"}) {
    AgentOnANode on;
    on.node().Run("service start");
    on.Restart();
    on.node().FailCommand("mv", "CRASH", 0, pattern);
    EXPECT_FALSE(on.agent().RollBack(kPush));
    on.node().Reboot(FakeNode::Start::kYes);
    EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
    EXPECT_TRUE(Done(on.agent().Finish(kPush)));
    EXPECT_TRUE(HasOldFiles(on)) << pattern;
    EXPECT_TRUE(on.node().is_running());
    EXPECT_THAT(on.node().Strays(), IsEmpty());
  }
}

TEST(RollBack, WorksOnAFullDisk) {
  AgentOnANode on;
  on.node().Run("service start");
  on.Restart();
  on.node().FillDisk();
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_TRUE(HasOldFiles(on));
  EXPECT_TRUE(on.node().is_running());
}

TEST(RollBack, RemovesAFileThatWasNotThere) {
  AgentOnANode on;
  fs::remove(on.master());
  on.Commit();
  EXPECT_TRUE(fs::exists(on.master()));
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_FALSE(fs::exists(on.master()));
}

TEST(RollBack, LeavesAServiceStoppedThatWasStopped) {
  AgentOnANode on;
  on.Restart();
  EXPECT_TRUE(on.node().is_running());
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_FALSE(on.node().is_running());
}

TEST(RollBack, IsDoneWhereThereIsNothingToTakeBack) {
  AgentOnANode on;
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  on.Stage();
  EXPECT_TRUE(Fails(on.agent().RollBack(kOther), kStale, "of ada@admin is on this node"));
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
}

TEST(RollBack, GivesTheNumberOfItsGenerationToTheNextPush) {
  AgentOnANode on;
  on.Commit();
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_TRUE(Done(on.agent().Finish(kPush)));
  EXPECT_TRUE(on.agent().Generations().value().empty());
  on.Finish(kOther, "second");
  EXPECT_EQ(on.Inspect().generation, 1);
}

TEST(RollForward, PutsTheNewFilesIntoPlaceAgain) {
  AgentOnANode on;
  on.node().Run("service start");
  on.Restart();
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_TRUE(HasOldFiles(on));
  EXPECT_TRUE(Done(on.agent().RollForward(kPush)));
  EXPECT_EQ(on.node().Read("etc/dhcpd.master"), "# new\n");
  EXPECT_EQ(on.phase(), PushPhase::kConfirmed);
  EXPECT_EQ(on.Inspect().generation, 1);
  EXPECT_TRUE(on.node().is_running());
  EXPECT_TRUE(Done(on.agent().Finish(kPush)));
  EXPECT_THAT(on.node().Strays(), IsEmpty());
}

TEST(RollForward, OnlyConfirmsANodeThatIsReady) {
  AgentOnANode on;
  on.node().Run("service start");
  on.Ready();
  EXPECT_TRUE(Done(on.agent().RollForward(kPush)));
  EXPECT_EQ(on.node().Read("events"), "start\nstop\nstart\n");
  EXPECT_EQ(on.phase(), PushPhase::kConfirmed);
}

TEST(RollForward, StartsADhcpdThatARebootLeftStopped) {
  AgentOnANode on;
  on.node().Run("service start");
  on.Ready();
  on.node().Reboot(FakeNode::Start::kNo);
  EXPECT_TRUE(Done(on.agent().RollForward(kPush)));
  EXPECT_TRUE(on.node().Read("running").starts_with("# new\n"));
}

TEST(RollForward, GoesOnWhereItWasCutOff) {
  AgentOnANode on;
  on.Commit();
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  on.node().FailCommand("mv", "CRASH", 0, "dhcpd.master.dhcpair-new");
  EXPECT_FALSE(on.agent().RollForward(kPush));
  on.node().Reboot(FakeNode::Start::kNo);
  EXPECT_TRUE(Fails(on.agent().RollBack(kPush), kStale, "was confirmed"));
  EXPECT_TRUE(Done(on.agent().RollForward(kPush)));
  EXPECT_EQ(on.node().Read("etc/dhcpd.master"), "# new\n");
}

TEST(Confirm, HoldsFromItsRecordOnWhateverIsCutOffBehindIt) {
  AgentOnANode on;
  on.Ready();
  on.node().FailCommand("mv", "CRASH", 0, "dhcpair/current");
  EXPECT_FALSE(on.agent().Confirm(kPush));
  on.node().Reboot(FakeNode::Start::kNo);
  EXPECT_EQ(on.phase(), PushPhase::kConfirmed);
  EXPECT_EQ(on.Inspect().generation, 1);
  EXPECT_TRUE(Fails(on.agent().RollBack(kPush), kStale, "was confirmed"));
  EXPECT_TRUE(Done(on.agent().Finish(kPush)));
  EXPECT_EQ(on.Inspect().generation, 1);
}

// ---- the leases of the way back

std::string Lease(int last, const std::string& state = "active") {
  return "lease 10.0.0." + std::to_string(last) + " {\n  starts 3 2026/11/25 01:00:00;\n" +
         "  binding state " + state + ";\n  on expiry {\n    set a = \"}\";\n  }\n}\n";
}

struct MergeRow : test::Named {
  std::string at_stage;
  std::string at_the_way_back;
  std::string merged;
};

class Merge : public testing::TestWithParam<MergeRow> {};

TEST_P(Merge, AddsWhatIsMissing) {
  AgentOnANode on;
  on.node().Put("var/dhcpd.leases", GetParam().at_stage);
  on.node().Run("service start");
  on.Restart();
  on.node().Put("var/dhcpd.leases", GetParam().at_the_way_back);
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_EQ(on.node().Read("var/dhcpd.leases"), GetParam().merged);
  EXPECT_TRUE(on.node().is_running());
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Merge,
    testing::Values(
        MergeRow{{"NothingMissing"}, Lease(5), Lease(5, "free"), Lease(5, "free")},
        MergeRow{{"OneMissing"}, Lease(5) + Lease(6), Lease(5), Lease(5) + "\n" + Lease(6)},
        MergeRow{{"TheLastDeclarationCounts"},
                 Lease(6, "free") + Lease(5) + Lease(6),
                 Lease(5),
                 Lease(5) + "\n" + Lease(6)},
        MergeRow{{"EmptyPresentFile"}, Lease(5) + Lease(6), "", "\n" + Lease(5) + Lease(6)},
        MergeRow{{"TornTailOfTheCopy"},
                 Lease(5) + "lease 10.0.0.6 {\n  binding state active;\n",
                 Lease(7),
                 Lease(7) + "\n" + Lease(5)},
        MergeRow{{"TornTailOfThePresentFile"},
                 Lease(5),
                 Lease(7) + "lease 10.0.0.8 {\n  binding state act",
                 Lease(7) + "\n" + Lease(5)},
        MergeRow{{"TornTailAndNothingMissing"},
                 Lease(7),
                 Lease(7) + "lease 10.0.0.8 {\n  binding state active;\n",
                 Lease(7) + "\n"},
        MergeRow{{"TornDeclarationOfAKnownAddress"},
                 Lease(5),
                 Lease(5, "free") + "lease 10.0.0.5 {\n  binding state active;\n",
                 Lease(5, "free") + "\n"},
        MergeRow{{"TornDeclarationOfAnUnknownAddress"},
                 Lease(5),
                 Lease(7) + "lease 10.0.0.5 {\n  binding state active;\n",
                 Lease(7) + "\n" + Lease(5)},
        MergeRow{{"TornWordAtTheEnd"}, Lease(5), Lease(5) + "server-du", Lease(5) + "\n"},
        MergeRow{{"TornInTheMiddleOfTheFile"},
                 Lease(5) + Lease(6),
                 "lease 10.0.0.5 {\n  starts 3\n" + Lease(7),
                 "lease 10.0.0.5 {\n  starts 3\n" + Lease(7) + "\n" + Lease(5) + Lease(6)},
        MergeRow{{"OtherDeclarationsAreNotTaken"},
                 "host a {\n  dynamic;\n}\nfailover peer \"p\" state {\n  my state normal at 3 "
                 "2026/11/25 01:00:00;\n}\n" +
                     Lease(5),
                 "# as dhcpd begins it\nauthoring-byte-order little-endian;\n",
                 "# as dhcpd begins it\nauthoring-byte-order little-endian;\n\n" + Lease(5)},
        MergeRow{{"LineEndMissing"},
                 Lease(5),
                 "lease 10.0.0.7 {\n  binding state active;\n}",
                 "lease 10.0.0.7 {\n  binding state active;\n}\n" + Lease(5)}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Merge, MakesAMissingFileFromTheLeasesAlone) {
  AgentOnANode on;
  on.node().Put(
      "var/dhcpd.leases",
      "failover peer \"p\" state {\n  my state normal at 3 2026/11/25 01:00:00;\n}\n" + Lease(5));
  on.node().Run("service start");
  on.Restart();
  fs::remove(on.node().Path("var/dhcpd.leases"));
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_EQ(on.node().Read("var/dhcpd.leases"), "\n" + Lease(5))
      << "without a saved state the node comes up in recover";
}

TEST(Merge, KnowsLeasesOfTheTimeBetweenStagingAndTheRestart) {
  AgentOnANode on;
  on.node().Put("var/dhcpd.leases", Lease(5));
  on.node().Run("service start");
  on.Commit(kPush, "new", "# forgets 10.0.0.6\n");
  on.node().Put("var/dhcpd.leases", Lease(5) + Lease(6));
  EXPECT_TRUE(Done(on.agent().Restart(kPush)));
  EXPECT_THAT(on.node().Read("var/dhcpd.leases"), Not(HasSubstr("10.0.0.6")));
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_THAT(on.node().Read("var/dhcpd.leases"), HasSubstr(Lease(6)));
}

TEST(Merge, KeepsOwnerAndModeOfTheFile) {
  AgentOnANode on;
  on.node().Put("var/dhcpd.leases", Lease(5), 0640);
  on.node().Run("service start");
  on.Restart();
  std::ofstream(on.node().Path("var/dhcpd.leases"), std::ios::app) << "lease 10.0.0.9 {\n";
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_EQ(test::ModeOf(on.node().Path("var/dhcpd.leases")), 0640);
}

TEST(Merge, KeepsDhcpdStoppedWhereTheLeasesCannotBeBroughtBack) {
  AgentOnANode on;
  on.node().Put("var/dhcpd.leases", Lease(5));
  on.node().Run("service start");
  on.Restart();
  on.node().Put("var/dhcpd.leases", Lease(7));
  on.node().FailCommand("cat", "No space left on device", 0, "additions");
  EXPECT_TRUE(Fails(on.agent().RollBack(kPush), kNoSpace, "cannot add leases to"));
  EXPECT_FALSE(on.node().is_running()) << "it would give 10.0.0.5 to somebody else";
  on.node().Heal();
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_THAT(on.node().Read("var/dhcpd.leases"), HasSubstr(Lease(5)));
  EXPECT_TRUE(on.node().is_running());
}

}  // namespace
}  // namespace dhcpair::sync
