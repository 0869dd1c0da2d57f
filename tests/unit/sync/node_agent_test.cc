// The steps on a node, run for real by every shell that a node may have, in a folder that plays the
// node (support/fake_node.h).
#include "sync/node_agent.h"

#include <fmt/core.h>

#include <atomic>
#include <filesystem>
#include <thread>
#include <tuple>

#include "base/sha256.h"
#include "remote/scripted.h"
#include "support/named.h"
#include "sync/agent_fixture.h"

namespace dhcpair::sync {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using enum NodeError::Kind;

class EveryShell : public testing::TestWithParam<const char*>, public AgentOnANode {
 protected:
  EveryShell() : AgentOnANode(GetParam()) {}
};

TEST_P(EveryShell, SeesANodeAsItIs) {
  node().Run("service start");
  const NodeFacts facts = Inspect();
  EXPECT_EQ(facts.system, "Linux");
  EXPECT_EQ(facts.dhcpd_version, "4.4.3-P1");
  EXPECT_EQ(facts.link.service, ServiceState::kRunning);
  EXPECT_EQ(facts.link.link, LinkState::kUnknown) << "ss prints nothing at all";
  EXPECT_EQ(facts.address, AddressState::kHeld);
  EXPECT_TRUE(facts.leases.is_present);
  EXPECT_EQ(facts.generation, 0);
  EXPECT_FALSE(facts.push);
  EXPECT_FALSE(facts.lock);
  ASSERT_EQ(facts.files.size(), 2u);
  EXPECT_EQ(facts.files[1].path, master());
  EXPECT_EQ(facts.files[1].kind, FileKind::kRegular);
  EXPECT_EQ(facts.files[1].mode, 0644);
  EXPECT_EQ(facts.files[1].bytes, 6u);
  EXPECT_EQ(facts.files[1].sha256, base::Sha256Hex("# old\n"));
}

TEST_P(EveryShell, TakesAPushToItsEnd) {
  node().Run("service start");
  Arm();
  const auto checked = agent().Check(kPush);
  ASSERT_TRUE(Done(checked));
  EXPECT_EQ(checked->exit_status, 0) << checked->messages;
  EXPECT_EQ(node().Read("etc/dhcpd.master"), "# old\n") << "staging touches nothing";
  EXPECT_TRUE(Done(agent().Commit(kPush)));
  EXPECT_EQ(node().Read("etc/dhcpd.master"), "# new\n");
  EXPECT_TRUE(Done(agent().Restart(kPush)));
  EXPECT_EQ(node().Read("events"), "start\nstop\nstart\n");
  EXPECT_TRUE(Done(agent().Ready(kPush, seconds(60))));
  EXPECT_EQ(phase(), PushPhase::kReady);
  EXPECT_EQ(Inspect().generation, 0) << "not before it is confirmed";
  EXPECT_TRUE(Done(agent().Confirm(kPush)));
  EXPECT_EQ(Inspect().generation, 1);
  EXPECT_TRUE(Done(agent().Finish(kPush)));
  const NodeFacts facts = Inspect();
  EXPECT_FALSE(facts.push);
  EXPECT_FALSE(facts.lock);
  EXPECT_EQ(facts.generation, 1);
  EXPECT_EQ(facts.files[0].pushed_sha256, facts.files[0].sha256);
  EXPECT_THAT(node().Strays(), IsEmpty());
}

TEST_P(EveryShell, RemembersThatDhcpdWasNotRestartedUntilItIs) {
  node().Run("service start");
  Commit();
  EXPECT_TRUE(Done(agent().Ready(kPush, seconds(60), NodeAgent::Daemon::kToBeRestarted)));
  EXPECT_TRUE(Done(agent().Confirm(kPush)));
  EXPECT_TRUE(Done(agent().Finish(kPush)));
  EXPECT_TRUE(Inspect().is_restart_pending);
  node().Run("service stop");
  EXPECT_TRUE(Done(agent().StartService()));
  EXPECT_FALSE(Inspect().is_restart_pending);
}

TEST_P(EveryShell, NumbersAGenerationAsItsPartnerDoes) {
  EXPECT_TRUE(Done(agent().Lock(kPush, kOwner, NodeAgent::Steal::kNo)));
  EXPECT_TRUE(Done(agent().Stage(kPush, Files(), 7)));
  EXPECT_EQ(Inspect().push->to_generation, 7);
}

TEST_P(EveryShell, GoesBackByItselfWhenNobodyIsHeardOf) {
  node().Run("service start");
  Restart();
  EXPECT_TRUE(Inspect().push->is_watched);
  node().AdvanceClock(125);
  ASSERT_TRUE(node().Await([&] { return phase() == PushPhase::kRolledBack; }));
  EXPECT_EQ(node().Read("etc/dhcpd.master"), "# old\n");
  EXPECT_EQ(node().Read("events"), "start\nstop\nstart\nstop\nstart\n");
  EXPECT_THAT(node().Read("log"), testing::HasSubstr("nothing heard of it"));
  EXPECT_TRUE(Fails(agent().Ready(kPush, seconds(60)), kStale, "taken back"));
  EXPECT_TRUE(Done(agent().RollBack(kPush)));
  EXPECT_TRUE(Done(agent().Finish(kPush)));
  EXPECT_THAT(node().Strays(), IsEmpty());
}

TEST_P(EveryShell, RepeatsEveryStepWithoutHarm) {
  node().Run("service start");
  for (int round = 0; round < 2; ++round) {
    EXPECT_TRUE(Done(agent().Lock(kPush, kOwner, NodeAgent::Steal::kNo)));
  }
  for (int round = 0; round < 2; ++round) EXPECT_TRUE(Done(agent().Stage(kPush, Files())));
  EXPECT_EQ(agent().Generations().value().size(), 1u) << "the first staging left nothing";
  for (int round = 0; round < 2; ++round) EXPECT_TRUE(Done(agent().Arm(kPush, {})));
  for (int round = 0; round < 2; ++round) EXPECT_TRUE(Done(agent().Commit(kPush)));
  const auto first = agent().Restart(kPush);
  const auto second = agent().Restart(kPush);
  ASSERT_TRUE(Done(first));
  ASSERT_TRUE(Done(second));
  EXPECT_EQ(*first, *second);
  EXPECT_EQ(node().Read("events"), "start\nstop\nstart\n") << "restarted once";
  for (int round = 0; round < 2; ++round) EXPECT_TRUE(Done(agent().Ready(kPush, seconds(60))));
  for (int round = 0; round < 2; ++round) EXPECT_TRUE(Done(agent().Confirm(kPush)));
  for (int round = 0; round < 2; ++round) EXPECT_TRUE(Done(agent().Finish(kPush)));
  EXPECT_TRUE(Done(agent().Confirm(kPush))) << "it is in force";
  EXPECT_TRUE(Done(agent().RollForward(kPush))) << "likewise";
  EXPECT_TRUE(Fails(agent().RollBack(kPush), kStale, "was confirmed"));
  EXPECT_TRUE(Done(agent().Unlock(kPush)));
}

TEST_P(EveryShell, BringsTheLeasesBackThatTheNewFilesMadeDhcpdForget) {
  const std::string lease7 = "lease 10.0.0.7 {\n  binding state active;\n  uid \"\\001}\";\n}\n";
  node().Put("var/dhcpd.leases", "lease 10.0.0.5 {\n  binding state active;\n}\n" + lease7);
  node().Run("service start");
  Restart(kPush, "new", "# forgets 10.0.0.7\n");
  EXPECT_EQ(node().Read("var/dhcpd.leases").find("10.0.0.7"), std::string::npos);
  EXPECT_TRUE(Done(agent().RollBack(kPush)));
  const std::string leases = node().Read("var/dhcpd.leases");
  EXPECT_NE(leases.find(lease7), std::string::npos) << leases;
  EXPECT_EQ(leases.find("10.0.0.5"), leases.rfind("10.0.0.5")) << "the other is there once";
}

INSTANTIATE_TEST_SUITE_P(Shells, EveryShell,
                         testing::Values("dash", "busybox ash", "bash --posix", "mksh"),
                         [](const auto& row) {
                           const std::string name = row.param;
                           return name.substr(0, name.find(' '));
                         });

// From here on one shell is enough: what is tested is what the steps do.

TEST(Stage, MakesANewGenerationAndKeepsTheFilesOfAFirstPushAsOne) {
  AgentOnANode on;
  on.Finish();
  const auto generations = on.agent().Generations();
  ASSERT_TRUE(Done(generations));
  ASSERT_EQ(generations->size(), 2u);
  EXPECT_EQ((*generations)[0].number, 1);
  EXPECT_TRUE((*generations)[0].is_current);
  EXPECT_TRUE((*generations)[0].was_confirmed);
  EXPECT_EQ((*generations)[0].made_by, kOwner);
  EXPECT_EQ((*generations)[1].number, 0);
  EXPECT_FALSE((*generations)[1].is_current);
  EXPECT_FALSE((*generations)[1].was_confirmed);
  const auto old = on.agent().FetchGeneration(0);
  ASSERT_TRUE(Done(old));
  EXPECT_EQ(old->at(on.master()), "# old\n");
}

TEST(Stage, KeepsAnEditByHandAsAGenerationOfItsOwn) {
  AgentOnANode on;
  on.Finish();
  on.node().Put("etc/dhcpd.master", "# by hand\n");
  const NodeFacts facts = on.Inspect();
  EXPECT_NE(facts.files[1].sha256, facts.files[1].pushed_sha256);
  on.Finish(kOther, "second");
  EXPECT_EQ(on.Inspect().generation, 3);
  EXPECT_EQ(on.agent().FetchGeneration(2).value()[on.master()], "# by hand\n");
  EXPECT_EQ(on.agent().FetchGeneration(1).value()[on.master()], "# new\n");
}

TEST(Stage, TakesANewlyManagedFileThatIsNotThereForNoEdit) {
  AgentOnANode on;
  on.Finish();
  std::vector<NewFile> files = on.Files("second");
  files.push_back({.path = on.node().Path("etc/sub/hosts.conf"), .contents = "# hosts\n"});
  EXPECT_TRUE(Done(on.agent().Lock(kOther, kOwner, NodeAgent::Steal::kNo)));
  EXPECT_TRUE(Done(on.agent().Stage(kOther, files)));
  const PushFacts push = on.Inspect().push.value();
  EXPECT_EQ(push.from_generation, 1);
  EXPECT_EQ(push.to_generation, 2);
}

TEST(Stage, AnswersAlsoWhereItDoesNotReadALongInput) {
  AgentOnANode on;
  std::vector<NewFile> files = on.Files();
  files[1].contents = std::string(3 << 20, 'x');
  EXPECT_TRUE(Fails(on.agent().Stage(kPush, files), kStale, "is not locked for push"));
}

TEST(Stage, KeepsTenGenerations) {
  AgentOnANode on;
  for (int number = 1; number <= 12; ++number) {
    const std::string push = "push-" + std::to_string(number);
    on.Commit(push, push);
    EXPECT_TRUE(Done(on.agent().Ready(push, seconds(60))));
    EXPECT_TRUE(Done(on.agent().Confirm(push)));
    EXPECT_TRUE(Done(on.agent().Finish(push)));
  }
  const auto generations = on.agent().Generations();
  ASSERT_TRUE(Done(generations));
  ASSERT_EQ(generations->size(), 10u);
  EXPECT_EQ(generations->front().number, 12);
  EXPECT_EQ(generations->back().number, 3);
}

TEST(Stage, IsNotReachedByALaterEditInPlace) {
  AgentOnANode on;
  on.Finish();
  std::ofstream(on.master(), std::ios::app) << "# edited in place\n";
  EXPECT_EQ(on.agent().FetchGeneration(1).value()[on.master()], "# new\n");
}

TEST(Stage, KeepsModeAndOwnerButIsNeverMoreOpenThanAsked) {
  AgentOnANode on;
  fs::permissions(on.conf(), fs::perms(0640));
  std::vector<NewFile> files = on.Files();
  files[1].mode = 0600;
  EXPECT_TRUE(Done(on.agent().Lock(kPush, kOwner, NodeAgent::Steal::kNo)));
  EXPECT_TRUE(Done(on.agent().Stage(kPush, files)));
  EXPECT_EQ(test::ModeOf(on.conf() + ".dhcpair-new"), 0640);
  EXPECT_EQ(test::ModeOf(on.master() + ".dhcpair-new"), 0600);
  EXPECT_EQ(test::ModeOf(StagedPath(on.master())), 0600);
  EXPECT_EQ(test::ModeOf(on.node().Path("var/dhcpair")), 0700);
}

TEST(Stage, TakesContentsOfAnyBytesAndLengths) {
  AgentOnANode on;
  std::string bytes;
  for (int i = 0; i < 70'001; ++i) bytes += static_cast<char>(i * 7 % 256);
  for (const std::size_t size : {0ul, 1ul, 4095ul, 4096ul, 4097ul, 70'001ul}) {
    const std::vector<NewFile> files{
        {.path = on.master(), .contents = bytes.substr(0, size), .check_contents = "x"},
        {.path = on.conf(), .contents = bytes.substr(0, 5)}};
    EXPECT_TRUE(Done(on.agent().Lock(kPush, kOwner, NodeAgent::Steal::kNo)));
    EXPECT_TRUE(Done(on.agent().Stage(kPush, files))) << size;
    EXPECT_EQ(on.node().Read("etc/dhcpd.master.dhcpair-new"), bytes.substr(0, size));
    EXPECT_EQ(on.node().Read("etc/dhcpd.conf.dhcpair-new"), bytes.substr(0, 5));
  }
}

std::string Lines(std::size_t bytes, char letter = 'x') {
  std::string text;
  for (int i = 0; text.size() < bytes; ++i) text += fmt::format("# {} {:06}\n", letter, i);
  text.resize(bytes);
  return text;
}

struct OverRow : test::Named {
  std::string present;
  std::string wanted;
  std::string check = {};
};

class StageOverWhatIsThere : public testing::TestWithParam<std::tuple<OverRow, const char*>> {};

// Large enough for the node to use what it has.
TEST_P(StageOverWhatIsThere, GivesTheBytesThatAreWanted) {
  const auto& [row, shell] = GetParam();
  AgentOnANode on(shell);
  on.node().Put("etc/dhcpd.master", row.present);
  std::vector<NewFile> files = on.Files();
  files[1].contents = row.wanted;
  files[1].check_contents = row.check;
  files[1].present = row.present;
  EXPECT_TRUE(Done(on.agent().Lock(kPush, kOwner, NodeAgent::Steal::kNo)));
  EXPECT_TRUE(Done(on.agent().Stage(kPush, files)));
  EXPECT_TRUE(on.node().Read("etc/dhcpd.master.dhcpair-new") == row.wanted);
  EXPECT_TRUE(on.node().Read("etc/dhcpd.master.dhcpair-check") ==
              (row.check.empty() ? row.wanted : row.check));
}

const std::string kThere = Lines(200'000);

INSTANTIATE_TEST_SUITE_P(
    Rows, StageOverWhatIsThere,
    testing::Combine(
        testing::Values(
            OverRow{"TheSame", kThere, kThere}, OverRow{"AnotherBegin", kThere, "new\n" + kThere},
            OverRow{"AnotherEnd", kThere, kThere + "new"},
            OverRow{"LessAtTheEnd", kThere, kThere.substr(0, 131'072)},
            OverRow{"LessAtTheBegin", kThere, kThere.substr(70'001)},
            OverRow{"LessInTheMiddle", kThere, kThere.substr(0, 90'000) + kThere.substr(100'001)},
            OverRow{"MoreInTheMiddle", kThere,
                    kThere.substr(0, 90'000) + Lines(9'999, 'y') + kThere.substr(90'000)},
            OverRow{"TheSameTwice", kThere, kThere + kThere},
            OverRow{"NothingInCommon", kThere, Lines(150'000, 'y')},
            OverRow{"NothingThere", "", kThere}, OverRow{"NothingWanted", kThere, ""},
            OverRow{"OtherCheckContents", kThere, kThere + "a\n", "b\n" + kThere}),
        testing::Values("dash", "busybox ash", "bash --posix", "mksh")),
    [](const auto& row) {
      std::string name = std::get<0>(row.param).name;
      for (const char* c = std::get<1>(row.param); *c != '\0' && *c != ' '; ++c) name += *c;
      return name;
    });

TEST(Stage, SendsOnlyWhatIsNotThere) {
  AgentOnANode on;
  on.node().Put("etc/dhcpd.master", kThere);
  std::vector<NewFile> files = on.Files();
  files[1].contents = kThere.substr(0, 90'000) + "new\n" + kThere.substr(90'000);
  files[1].present = kThere;
  EXPECT_TRUE(Done(on.agent().Lock(kPush, kOwner, NodeAgent::Steal::kNo)));
  const auto inner = on.node().Connect();
  remote::ScriptedTransport recording(inner.get());
  NodeAgent agent(recording, on.both().pair(), pair::Role::kSecondary);
  EXPECT_TRUE(Done(agent.Stage(kPush, files)));
  ASSERT_EQ(recording.requests().size(), 1u);
  EXPECT_LE(recording.requests()[0].input.size(), 4 * 4096u);
  EXPECT_TRUE(on.node().Read("etc/dhcpd.master.dhcpair-new") == files[1].contents);
}

TEST(Stage, LeavesTheNodeAsItWasWhenWhatIsThereHasChanged) {
  AgentOnANode on;
  on.node().Put("etc/dhcpd.master", kThere + "# by hand\n");
  std::vector<NewFile> files = on.Files();
  files[1].contents = kThere + "new\n";
  files[1].present = kThere;
  EXPECT_TRUE(Done(on.agent().Lock(kPush, kOwner, NodeAgent::Steal::kNo)));
  EXPECT_TRUE(Fails(on.agent().Stage(kPush, files), kStale, "was changed on this node since"));
  EXPECT_EQ(on.node().Read("etc/dhcpd.master.dhcpair-new"), "");
  EXPECT_TRUE(on.node().Read("etc/dhcpd.master") == kThere + "# by hand\n");
}

struct RefusedRow : test::Named {
  void (*prepare)(AgentOnANode& on);
  NodeError::Kind kind;
  const char* words;
};

class StageRefuses : public testing::TestWithParam<RefusedRow> {};

TEST_P(StageRefuses, AndLeavesNothing) {
  AgentOnANode on;
  EXPECT_TRUE(Done(on.agent().Lock(kPush, kOwner, NodeAgent::Steal::kNo)));
  GetParam().prepare(on);
  EXPECT_TRUE(Fails(on.agent().Stage(kPush, on.Files()), GetParam().kind, GetParam().words));
  on.node().Heal();
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_TRUE(Done(on.agent().Finish(kPush)));
  EXPECT_THAT(on.node().Strays(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Rows, StageRefuses,
    testing::Values(
        RefusedRow{{"ASymbolicLink"},
                   [](AgentOnANode& on) {
                     fs::rename(on.master(), on.master() + ".real");
                     fs::create_symlink(on.master() + ".real", on.master());
                   },
                   kNotAFile,
                   "is a symbolic link"},
        RefusedRow{{"AFolder"},
                   [](AgentOnANode& on) {
                     fs::remove(on.master());
                     fs::create_directory(on.master());
                   },
                   kNotAFile,
                   "is no regular file"},
        RefusedRow{{"NoFolder"},
                   [](AgentOnANode& on) { fs::remove_all(on.node().Path("etc")); },
                   kMissing,
                   "is dhcpd installed?"},
        RefusedRow{{"AFullDisk"},
                   [](AgentOnANode& on) { on.node().FillDisk(); },
                   kNoSpace,
                   "the disk is full"},
        RefusedRow{
            {"ADiskThatFillsHalfway"},
            [](AgentOnANode& on) { on.node().FailCommand("dd", "No space left on device", 3); },
            kNoSpace,
            "the disk is full"},
        RefusedRow{{"ADiskFullAtTheCopyOfTheLeases"},
                   [](AgentOnANode& on) {
                     on.node().FailCommand("cp", "No space left on device", 0, "dhcpd.leases");
                   },
                   kNoSpace,
                   "cannot keep a copy of"},
        RefusedRow{{"AReadOnlyFolder"},
                   [](AgentOnANode& on) {
                     on.node().FailCommand("dd", "Read-only file system", 0, "skip=");
                   },
                   kNotPermitted,
                   "the file system is read-only"},
        RefusedRow{
            {"NoPermission"},
            [](AgentOnANode& on) { on.node().FailCommand("chmod", "Operation not permitted"); },
            kNotPermitted,
            "log in as root, or set 'become:'"},
        RefusedRow{{"ANodeThatIsNotLockedForIt"},
                   [](AgentOnANode& on) { EXPECT_TRUE(Done(on.agent().Unlock(kPush))); },
                   kStale,
                   "is not locked for push"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Stage, IsRefusedOnANodeThatServedBeforeAndHasLostItsLeasesFile) {
  AgentOnANode on;
  on.Finish();
  fs::remove(on.node().Path("var/dhcpd.leases"));
  EXPECT_TRUE(Done(on.agent().Lock(kOther, kOwner, NodeAgent::Steal::kNo)));
  EXPECT_TRUE(
      Fails(on.agent().Stage(kOther, on.Files("second")), kMissing, "there is no leases file"));
  EXPECT_FALSE(on.node().Has("var/dhcpd.leases"));
}

TEST(Stage, EndsTheWayOfAnotherPushOnlyWhenThatHasEnded) {
  AgentOnANode on;
  on.Stage();
  EXPECT_TRUE(Done(on.agent().Lock(kOther, "bob@lab", NodeAgent::Steal::kYes)));
  EXPECT_TRUE(Fails(on.agent().Stage(kOther, on.Files()), kStale, "has not ended"));
  EXPECT_TRUE(Fails(on.agent().Arm(kPush, {}), kStale, "bob@lab has taken over this node"));
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_TRUE(Done(on.agent().Finish(kPush)));
  EXPECT_TRUE(Done(on.agent().Stage(kOther, on.Files())));
}

TEST(Restart, MakesALeasesFileForAFreshNodeOnly) {
  AgentOnANode on;
  fs::remove(on.node().Path("var/dhcpd.leases"));
  on.Restart();
  EXPECT_TRUE(on.node().is_running());
  EXPECT_EQ(on.node().Read("var/dhcpd.leases"), "");
}

TEST(Restart, FailsWhenDhcpdDoesNotStart) {
  AgentOnANode on;
  on.node().Run("service start");
  on.Commit();
  on.node().FailService("start");
  EXPECT_TRUE(Fails(on.agent().Restart(kPush), kService, "the service does not start"));
  on.node().Heal();
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_TRUE(on.node().is_running());
  EXPECT_EQ(on.node().Read("etc/dhcpd.master"), "# old\n");
}

TEST(Restart, EndsAServiceCommandThatNeverReturns) {
  AgentOnANode on;
  on.Commit();
  on.node().Put("bin/hangs", "#!/bin/sh\necho waiting for a lock\nexec /bin/sleep 300\n", 0755);
  pair::Pair pair = on.both().pair();
  pair.secondary.node.service.start = on.node().Path("bin/hangs");
  const auto transport = on.node().Connect();
  NodeAgent agent(*transport, pair, pair::Role::kSecondary);
  std::atomic<bool> ended = false;
  // Only the fake clock passes the minute.
  std::thread clock([&] {
    while (!ended) {
      on.node().AdvanceClock(1);
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
    }
  });
  EXPECT_TRUE(Fails(agent.Restart(kPush), kService, "did not end within 60 s: waiting for a lock"));
  ended = true;
  clock.join();
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
}

TEST(Restart, FailsWhenDhcpdDoesNotStop) {
  AgentOnANode on;
  on.node().Run("service start");
  on.Commit();
  on.node().FailService("stop");
  EXPECT_TRUE(Fails(on.agent().Restart(kPush), kService, "dhcpd still runs after"));
}

TEST(Check, TellsWhatDhcpdSaysToTheStagedFiles) {
  AgentOnANode on;
  on.Stage(kPush, "new", "SYNTAX-ERROR\n");
  const auto checked = on.agent().Check(kPush);
  ASSERT_TRUE(Done(checked));
  EXPECT_EQ(checked->exit_status, 1);
  EXPECT_EQ(checked->messages, StagedPath(on.master()) + " line 1: semicolon expected.");
}

TEST(Check, AsksWhatConfinesDhcpdWhereItMayNotReadWhatIsThere) {
  AgentOnANode on;
  on.Stage();
  on.node().Put("bin/dhcpd",
                "#!/bin/sh\necho \"Can't open /etc/x: Permission denied\" >&2\nexit 1\n", 0755);
  EXPECT_TRUE(Fails(on.agent().Check(kPush), kNotPermitted,
                    "dhcpd may not read '/etc/x' though it is there: is it confined by AppArmor or "
                    "SELinux?"));
}

TEST(Check, SaysThatThereIsNoDhcpd) {
  AgentOnANode on;
  on.Stage();
  fs::remove(on.node().Path("bin/dhcpd"));
  EXPECT_TRUE(Fails(on.agent().Check(kPush), kMissing, "there is no dhcpd at"));
}

TEST(Commit, IsRefusedWithoutAWatchdog) {
  AgentOnANode on;
  on.Stage();
  EXPECT_TRUE(Fails(on.agent().Commit(kPush), kFailed, "no watchdog looks after push"));
  EXPECT_EQ(on.node().Read("etc/dhcpd.master"), "# old\n");
}

TEST(Commit, NoticesAFileThatWasChangedByHandSinceStaging) {
  AgentOnANode on;
  on.Arm();
  on.node().Put("etc/dhcpd.master", "# by hand\n");
  EXPECT_TRUE(Fails(on.agent().Commit(kPush), kFailed, "somebody changed the files"));
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_EQ(on.node().Read("etc/dhcpd.master"), "# by hand\n");
}

TEST(Commit, NoticesAnEditInPlaceSinceStaging) {
  AgentOnANode on;
  on.Arm();
  std::ofstream(on.master(), std::ios::app) << "# edited in place\n";
  EXPECT_TRUE(Fails(on.agent().Commit(kPush), kFailed, "somebody changed the files"));
}

TEST(Commit, NoticesStagedFilesThatWereTamperedWith) {
  AgentOnANode on;
  on.Arm();
  on.node().Put("etc/dhcpd.master.dhcpair-new", "# tampered\n");
  EXPECT_TRUE(Fails(on.agent().Commit(kPush), kFailed, "did not arrive whole"));
  EXPECT_EQ(on.node().Read("etc/dhcpd.master"), "# old\n");
}

TEST(Commit, PutsBackWhatItHasDoneWhenTheSecondFileFails) {
  AgentOnANode on;
  on.Arm();
  on.node().FailCommand("mv", "Input/output error", 0, "etc/dhcpd.master.dhcpair-new");
  EXPECT_TRUE(Fails(on.agent().Commit(kPush), kFailed, "the old files are in place again"));
  EXPECT_EQ(on.node().Read("etc/dhcpd.master"), "# old\n");
  EXPECT_NE(on.node().Read("etc/dhcpd.conf").find("# old"), std::string::npos);
  EXPECT_EQ(on.phase(), PushPhase::kRolledBack);
}

TEST(Confirm, NeedsThatTheNodeIsReady) {
  AgentOnANode on;
  on.Commit();
  EXPECT_TRUE(Fails(on.agent().Confirm(kPush), kStale, "is not ready"));
}

TEST(Finish, IsRefusedForAPushThatHasNotEnded) {
  AgentOnANode on;
  on.Commit();
  EXPECT_TRUE(Fails(on.agent().Finish(kPush), kFailed, "has not ended on this node"));
}

TEST(Fetch, GivesContentsAndLeavesOutWhatIsMissing) {
  AgentOnANode on;
  const std::string bytes("ok\ndhcpair-end x\n\0\xff\n", 20);
  on.node().Put("etc/dhcpd.master", bytes);
  const std::vector<std::string> paths{on.master(), on.node().Path("etc/none")};
  const auto contents = on.agent().Fetch(paths);
  ASSERT_TRUE(Done(contents));
  ASSERT_EQ(contents->size(), 1u);
  EXPECT_EQ(contents->at(on.master()), bytes);
}

TEST(Fetch, RefusesWhatIsNoFile) {
  AgentOnANode on;
  const std::vector<std::string> paths{on.node().Path("etc")};
  EXPECT_TRUE(Fails(on.agent().Fetch(paths), kNotAFile, "is no regular file"));
  fs::create_symlink(on.master(), on.node().Path("etc/link"));
  const std::vector<std::string> links{on.node().Path("etc/link")};
  EXPECT_TRUE(Fails(on.agent().Fetch(links), kNotAFile, "is a symbolic link"));
}

TEST(FetchGeneration, NoticesADamagedOne) {
  AgentOnANode on;
  on.Finish();
  on.node().Put("var/dhcpair/generations/1/1", "# damaged\n");
  EXPECT_TRUE(Fails(on.agent().FetchGeneration(1), kFailed, "generation 1 is damaged"));
  EXPECT_TRUE(Fails(on.agent().FetchGeneration(7), kMissing, "there is no generation 7"));
}

TEST(Record, AppendsOneLineWhateverIsInIt) {
  AgentOnANode on;
  EXPECT_TRUE(Done(on.agent().Record("push 1 by ada: done")));
  EXPECT_TRUE(Done(on.agent().Record("'; rm -rf / #\n\x1b[31m$(reboot)")));
  const std::string log = on.node().Read("var/dhcpair/audit.log");
  EXPECT_NE(log.find("Z push 1 by ada: done\n"), std::string::npos) << log;
  EXPECT_NE(log.find("Z '; rm -rf / #\\x0a\\x1b[31m$(reboot)\n"), std::string::npos) << log;
}

TEST(Service, IsDhcpdItselfWhereThereIsNoManager) {
  AgentOnANode on("dash", pair::Role::kSecondary);
  pair::Pair pair = on.both().pair();
  pair.secondary.node.service = {};
  const auto transport = on.node().Connect();
  NodeAgent agent(*transport, pair, pair::Role::kSecondary);
  EXPECT_EQ(agent.Look().value().service, ServiceState::kStopped);
  EXPECT_TRUE(Done(agent.StartService()));
  EXPECT_EQ(agent.Look().value().service, ServiceState::kRunning);
  EXPECT_TRUE(Done(agent.StartService())) << "it runs already";
  EXPECT_EQ(on.node().Read("events"), "start\n");
  // A restart stops it too, by its pid file.
  EXPECT_TRUE(Done(agent.Lock(kPush, kOwner, NodeAgent::Steal::kNo)));
  EXPECT_TRUE(Done(agent.Stage(kPush, on.Files())));
  EXPECT_TRUE(Done(agent.Arm(kPush, {})));
  EXPECT_TRUE(Done(agent.Commit(kPush)));
  EXPECT_TRUE(Done(agent.Restart(kPush)));
  EXPECT_EQ(agent.Look().value().service, ServiceState::kRunning);
}

}  // namespace
}  // namespace dhcpair::sync
