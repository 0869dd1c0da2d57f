#include "sync/health.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "support/named.h"
#include "support/pair_views.h"

namespace dhcpair::sync {
namespace {

using failover::State;
using test::HealthyPair;
using test::kNow;
using test::NodeIn;
using testing::HasSubstr;

struct Row : test::Named {
  std::function<void(PairView&)> change;
  int code;
  std::string seen;  // "ID ID" of all findings, the worst first.
};

std::string Seen(const Health& health) {
  std::string seen;
  for (const Finding& finding : health.findings) {
    seen += (seen.empty() ? "" : " ") + std::string(finding.id);
  }
  return seen;
}

class PairHealth : public testing::TestWithParam<Row> {};

TEST_P(PairHealth, IsWeighed) {
  PairView view = HealthyPair();
  GetParam().change(view);
  const Health health = Weigh(view);
  EXPECT_EQ(health.monitoring_code(), GetParam().code);
  EXPECT_EQ(Seen(health), GetParam().seen);
}

// Both nodes; the partner of an interrupted one is gone or silent in other rows.
auto BothIn(State state, std::int64_t seconds) {
  return [=](PairView& view) {
    view.nodes.primary = NodeIn(state, seconds, state);
    view.nodes.secondary = NodeIn(state, seconds, state);
  };
}

auto SecondaryIn(State state, std::int64_t seconds) {
  return [=](PairView& view) { view.nodes.secondary = NodeIn(state, seconds); };
}

auto Gone(std::initializer_list<pair::Role> roles) {
  return [roles = std::vector(roles)](PairView& view) {
    for (const pair::Role role : roles) {
      view.nodes[role].reset();
      view.unreachable[role] = "connect: nobody listens there";
    }
  };
}

auto Pool(std::uint64_t free, std::uint64_t backup, std::uint64_t total = 100) {
  return [=](PairView& view) {
    view.pools[0].total = total;
    view.pools[0].free = free;
    view.pools[0].backup = backup;
  };
}

// The leases file is all there is to go by.
auto ByFile(ServiceState service, LinkState primary, LinkState secondary) {
  return [=](PairView& view) {
    view.nodes.primary->facts.link.link = primary;
    view.nodes.secondary->facts.link.link = secondary;
    for (const pair::Role role : {pair::Role::kPrimary, pair::Role::kSecondary}) {
      view.nodes[role]->reading.source = FailoverReading::Source::kLeasesFile;
    }
    view.nodes.secondary->facts.link.service = service;
  };
}

INSTANTIATE_TEST_SUITE_P(
    States, PairHealth,
    testing::Values(
        Row{{"Normal"}, [](PairView&) {}, 0, ""},
        Row{{"JustInterrupted"}, SecondaryIn(State::kCommunicationsInterrupted, 0), 1, "state"},
        Row{{"InterruptedUnderTenMinutes"},
            SecondaryIn(State::kCommunicationsInterrupted, 599),
            1,
            "state"},
        Row{{"InterruptedForTenMinutes"},
            SecondaryIn(State::kCommunicationsInterrupted, 600),
            2,
            "state"},
        Row{{"InterruptedSinceTomorrow"},
            SecondaryIn(State::kCommunicationsInterrupted, -86400),
            1,
            "state"},
        Row{{"InterruptedSinceNobodyKnows"},
            [](PairView& view) {
              view.nodes.secondary = NodeIn(State::kCommunicationsInterrupted, 1);
              view.nodes.secondary->reading.mine_since.reset();
            },
            2,
            "state"},
        Row{{"BothInterrupted"}, BothIn(State::kCommunicationsInterrupted, 10), 1, "state state"},
        Row{{"PartnerDown"}, SecondaryIn(State::kPartnerDown, 1), 2, "state"},
        Row{{"Recover"}, SecondaryIn(State::kRecover, 1), 2, "state"},
        Row{{"RecoverWait"}, SecondaryIn(State::kRecoverWait, 1), 2, "state"},
        Row{{"RecoverDone"}, SecondaryIn(State::kRecoverDone, 1), 2, "state"},
        Row{{"PotentialConflict"}, SecondaryIn(State::kPotentialConflict, 1), 2, "state"},
        Row{{"Shutdown"}, SecondaryIn(State::kShutdown, 1), 2, "state"},
        Row{{"Startup"}, SecondaryIn(State::kStartup, 1), 1, "state"},
        Row{{"FirstStart"}, BothIn(State::kRecover, 59), 0, "first-start first-start"},
        Row{{"FirstStartThatHangs"}, BothIn(State::kRecover, 60), 2, "state state"},
        Row{{"FirstStartWithoutAPartner"},
            [](PairView& view) {
              BothIn(State::kRecover, 5)(view);
              Gone({pair::Role::kSecondary})(view);
            },
            2,
            "state node-unreachable"},
        Row{{"UnknownState"}, SecondaryIn(State::kUnknown, 1), 3, "state-unknown"},
        Row{{"NoReading"},
            [](PairView& view) { view.nodes.secondary->reading = {.why_not = "nothing there"}; },
            3,
            "state-unknown"}),
    testing::PrintToStringParamName());

INSTANTIATE_TEST_SUITE_P(
    Nodes, PairHealth,
    testing::Values(
        Row{{"OneGone"}, Gone({pair::Role::kSecondary}), 2, "node-unreachable"},
        Row{{"BothGone"},
            Gone({pair::Role::kPrimary, pair::Role::kSecondary}),
            3,
            "nobody-answers"},
        Row{{"Stopped"},
            ByFile(ServiceState::kStopped, LinkState::kEstablished, LinkState::kEstablished),
            2,
            "service-stopped"},
        Row{{"StoppedAndNoState"},
            [](PairView& view) {
              view.nodes.secondary->facts.link.service = ServiceState::kStopped;
              view.nodes.secondary->reading = {};
            },
            2,
            "service-stopped"},
        Row{{"FilesWithAConnection"},
            ByFile(ServiceState::kRunning, LinkState::kEstablished, LinkState::kEstablished),
            0,
            ""},
        Row{{"FilesWithAConnectionThatOneSees"},
            ByFile(ServiceState::kRunning, LinkState::kEstablished, LinkState::kUnknown),
            0,
            ""},
        Row{{"FilesThatAgreeWhereNobodySees"},
            ByFile(ServiceState::kRunning, LinkState::kUnknown, LinkState::kUnknown),
            0,
            ""},
        Row{{"FilesWithoutAConnection"},
            ByFile(ServiceState::kRunning, LinkState::kNone, LinkState::kNone),
            3,
            "state-unknown state-unknown"},
        Row{{"FilesWithoutAConnectionAsOneSees"},
            ByFile(ServiceState::kRunning, LinkState::kNone, LinkState::kUnknown),
            3,
            "state-unknown state-unknown"},
        Row{{"FileOfAServiceThatIsNotSeen"},
            ByFile(ServiceState::kUnknown, LinkState::kEstablished, LinkState::kEstablished),
            3,
            "state-unknown"},
        Row{{"FilesThatDisagreeWhereNobodySees"},
            [](PairView& view) {
              ByFile(ServiceState::kRunning, LinkState::kUnknown, LinkState::kUnknown)(view);
              view.nodes.secondary->reading.mine = State::kCommunicationsInterrupted;
            },
            2,
            "state state-unknown"},
        Row{{"UnfinishedPush"}, [](PairView& view) { view.push = "waits"; }, 2, "push-unfinished"},
        Row{{"Drift"},
            [](PairView& view) {
              view.nodes.secondary->files = {
                  {.path = "/m", .found = FileKind::kRegular, .has_other_contents = true}};
            },
            1,
            "drift"},
        Row{{"NoDrift"},
            [](PairView& view) {
              view.nodes.secondary->files = {{.path = "/m", .found = FileKind::kRegular}};
            },
            0,
            ""},
        Row{{"DriftBetweenNodes"},
            [](PairView& view) {
              view.between = {
                  {ManagedKind::kMaster, {"/m", "/m"}, {FileKind::kRegular, FileKind::kRegular}}};
            },
            1,
            "drift-between-nodes"},
        Row{{"ClocksAlmostThirtySecondsApart"},
            [](PairView& view) { view.nodes.secondary->clock_offset = -29; },
            0,
            ""},
        Row{{"ClocksThirtySecondsApart"},
            [](PairView& view) { view.nodes.secondary->clock_offset = -30; },
            1,
            "clocks-apart"},
        Row{{"ClocksAMinuteApart"},
            [](PairView& view) { view.nodes.primary->clock_offset = 60; },
            1,
            "clocks-apart"},
        Row{{"ClocksSoFarApartThatTheNodesRefuseEachOther"},
            [](PairView& view) {
              view.nodes.primary->clock_offset = 31;
              view.nodes.secondary->clock_offset = -30;
            },
            2,
            "clocks-apart"},
        Row{{"BothClocksWrongAlike"},
            [](PairView& view) {
              view.nodes.primary->clock_offset = 4000;
              view.nodes.secondary->clock_offset = 4000;
              *view.nodes.primary->newest_lease += 4000;
              *view.nodes.secondary->newest_lease += 4000;
            },
            0,
            ""},
        Row{{"LeasesTwoMinutesOlder"},
            [](PairView& view) { *view.nodes.secondary->newest_lease -= 120; },
            0,
            ""},
        Row{{"LeasesOlder"},
            [](PairView& view) { *view.nodes.secondary->newest_lease -= 121; },
            0,
            "leases-older"},
        Row{{"LeasesOlderByAClockOnly"},
            [](PairView& view) {
              view.nodes.secondary->clock_offset = -200;
              *view.nodes.secondary->newest_lease -= 200;
            },
            2,
            "clocks-apart"},
        Row{{"LeasesOlderWhileApart"},
            [](PairView& view) {
              BothIn(State::kCommunicationsInterrupted, 10)(view);
              *view.nodes.secondary->newest_lease -= 1000;
            },
            1,
            "state state"},
        Row{{"OtherVersions"},
            [](PairView& view) { view.nodes.secondary->facts.dhcpd_version = "4.4.2"; },
            0,
            "versions-differ"},
        Row{{"PushToOneNodeOnly"},
            [](PairView& view) { view.nodes.secondary->facts.generation = 2; },
            1,
            "generation-pending"},
        Row{{"PushToOneNodeOnlyWhileTheOtherIsAway"},
            [](PairView& view) {
              Gone({pair::Role::kSecondary})(view);
              view.nodes.primary->facts.is_generation_alone = true;
            },
            2,
            "node-unreachable generation-pending"},
        Row{{"PushToBothBeforeTheOtherWentAway"},
            Gone({pair::Role::kSecondary}),
            2,
            "node-unreachable"},
        Row{{"VirtualAddress"},
            [](PairView& view) { view.nodes.primary->facts.address = AddressState::kVirtual; },
            0,
            "address-virtual"}),
    testing::PrintToStringParamName());

INSTANTIATE_TEST_SUITE_P(
    Pools, PairHealth,
    testing::Values(Row{{"TwentyPerCentLeft"}, Pool(10, 10), 0, ""},
                    Row{{"NineteenPerCentLeft"}, Pool(10, 9), 1, "pool-low"},
                    Row{{"FivePerCentInAHalf"}, Pool(30, 5), 0, ""},
                    Row{{"FourPerCentInAHalf"}, Pool(30, 4), 2, "half-low"},
                    Row{{"FourPerCentInTheOther"}, Pool(4, 30), 2, "half-low"},
                    Row{{"BothAndThePool"}, Pool(4, 4), 2, "half-low half-low pool-low"},
                    Row{{"Full"}, Pool(0, 0), 2, "half-low half-low pool-low"},
                    Row{{"Empty"}, Pool(0, 0, 0), 0, ""},
                    Row{{"OfOneAddress"}, Pool(1, 0, 1), 0, ""},
                    Row{{"NotShared"},
                        [](PairView& view) {
                          Pool(30, 0)(view);
                          view.pools[0].is_in_failover = false;
                        },
                        0,
                        ""},
                    // "free 16 backup 0" is the picture of a pair that has just met.
                    Row{{"NotSharedYet"},
                        [](PairView& view) {
                          BothIn(State::kNormal, 59)(view);
                          Pool(16, 0, 16)(view);
                        },
                        0,
                        "half-low"},
                    Row{{"StillNotShared"},
                        [](PairView& view) {
                          BothIn(State::kNormal, 60)(view);
                          Pool(16, 0, 16)(view);
                        },
                        2,
                        "half-low"},
                    Row{{"NotSharedAtFirstStart"},
                        [](PairView& view) {
                          BothIn(State::kRecover, 3)(view);
                          Pool(16, 0, 16)(view);
                        },
                        0,
                        "first-start first-start half-low"},
                    Row{{"TakenOverByTheSurvivor"},
                        [](PairView& view) {
                          view.nodes.primary = NodeIn(State::kPartnerDown, 7200);
                          Gone({pair::Role::kSecondary})(view);
                          Pool(30, 0)(view);
                        },
                        2,
                        "state node-unreachable"}),
    testing::PrintToStringParamName());

TEST(Finding, NamesTheStateForHowLongWhatItMeansAndWhatToDo) {
  PairView view = HealthyPair();
  view.nodes.secondary = NodeIn(State::kCommunicationsInterrupted, 200);
  const Health health = Weigh(view);
  ASSERT_EQ(health.findings.size(), 1u);
  EXPECT_THAT(health.findings[0].message,
              HasSubstr("communications-interrupted for 3 min: it does not hear its partner"));
  EXPECT_EQ(health.findings[0].advice, MeaningOf(State::kCommunicationsInterrupted).advice);
  EXPECT_EQ(health.findings[0].role, pair::Role::kSecondary);
}

TEST(Finding, TellsWhenAWaitEnds) {
  PairView view = HealthyPair();
  view.mclt = std::chrono::seconds(1800);
  view.nodes.secondary = NodeIn(State::kRecoverWait, 600);
  EXPECT_THAT(Weigh(view).findings[0].message, HasSubstr("until MCLT is over; it serves nobody, "
                                                         "for another 20 min"));
  view.nodes.secondary = NodeIn(State::kRecoverWait, 2000);
  EXPECT_THAT(Weigh(view).findings[0].message, HasSubstr("for another 0 s"));
}

// A push refuses these, so it is nothing to be told to do.
TEST(Finding, OfWhatPushCannotReplaceSaysWhatIsToBeDoneFirst) {
  for (const FileKind kind : {FileKind::kSymlink, FileKind::kOther}) {
    PairView view = HealthyPair();
    view.nodes.secondary->files = {{.path = "/m", .found = kind}};
    view.between = {{ManagedKind::kMaster, {"/m", "/m"}, {FileKind::kRegular, kind}}};
    const Health health = Weigh(view);
    ASSERT_EQ(Seen(health), "drift drift-between-nodes");
    for (const Finding& finding : health.findings) {
      EXPECT_THAT(finding.advice, HasSubstr("put a file there")) << finding.message;
    }
  }
}

TEST(KnownState, OfAStoppedNodeIsNotTheOneThatItHadSaved) {
  PairView view = HealthyPair();
  ByFile(ServiceState::kStopped, LinkState::kNone, LinkState::kNone)(view);
  const KnownState known = StateOf(view, pair::Role::kSecondary);
  EXPECT_FALSE(known.state);
  EXPECT_EQ(known.why_not, "dhcpd is not running; it had saved normal");
}

TEST(KnownState, OtherThanNormalIsTakenFromTheFileOfARunningNode) {
  PairView view = HealthyPair();
  ByFile(ServiceState::kRunning, LinkState::kNone, LinkState::kNone)(view);
  view.nodes.secondary->reading.mine = State::kCommunicationsInterrupted;
  EXPECT_EQ(StateOf(view, pair::Role::kSecondary).state, State::kCommunicationsInterrupted);
}

TEST(ForPeople, NamesTheTwoLargestUnits) {
  EXPECT_EQ(ForPeople(0), "0 s");
  EXPECT_EQ(ForPeople(119), "119 s");
  EXPECT_EQ(ForPeople(120), "2 min");
  EXPECT_EQ(ForPeople(7199), "119 min");
  EXPECT_EQ(ForPeople(7200), "2 h 0 min");
  EXPECT_EQ(ForPeople(172799), "47 h 59 min");
  EXPECT_EQ(ForPeople(172800), "2 d 0 h");
}

}  // namespace
}  // namespace dhcpair::sync
