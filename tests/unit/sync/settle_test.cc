#include "sync/settle.h"

#include <gtest/gtest.h>

#include "support/named.h"

namespace dhcpair::sync {
namespace {

constexpr NodeTime kNow = 10000;

NodeTrace Clean() { return {.now = kNow}; }

// A push that was left: nobody behind it, and no watchdog any more.
NodeTrace Left(PushPhase phase) {
  NodeTrace trace{.now = kNow};
  trace.push = PushFacts{.id = "p1", .phase = phase, .deadline = kNow - 1000, .owner = "ann@desk"};
  trace.lock =
      LockFacts{.id = "p1", .owner = "ann@desk", .heartbeat = kNow - 1000, .is_stale = true};
  return trace;
}

NodeTrace Watched(PushPhase phase, NodeTime seconds = 100) {
  NodeTrace trace = Left(phase);
  trace.push->is_watched = true;
  trace.push->deadline = kNow + seconds;
  trace.lock->is_stale = false;
  return trace;
}

NodeTrace Alive(PushPhase phase) {
  NodeTrace trace = Watched(phase);
  trace.lock->heartbeat = kNow - 10;
  return trace;
}

// The last heartbeat is not a minute old.
NodeTrace Young(NodeTrace trace) {
  trace.lock->heartbeat = kNow - 10;
  trace.lock->is_stale = false;
  return trace;
}

NodeTrace Other(NodeTrace trace) {
  trace.push->id = "p2";
  return trace;
}

// Pushed with --only-node.
NodeTrace Alone(NodeTrace trace) {
  trace.push->is_alone = true;
  return trace;
}

NodeTrace LockOnly(bool is_stale) {
  NodeTrace trace = Clean();
  trace.lock = LockFacts{.id = "p1",
                         .owner = "ann@desk",
                         .heartbeat = is_stale ? kNow - 61 : kNow - 5,
                         .is_stale = is_stale};
  return trace;
}

struct Row : test::Named {
  std::optional<NodeTrace> primary;
  std::optional<NodeTrace> secondary;
  SettleFate fate;
  SettleStep on_primary = SettleStep::kNothing;
  SettleStep on_secondary = SettleStep::kNothing;
  SettleWish wish = SettleWish::kLook;
};

class Settling : public testing::TestWithParam<Row> {};

TEST_P(Settling, IsDecidedByWhatBothNodesHaveOnDisk) {
  const Row& row = GetParam();
  const SettleDecision decision = DecideSettle({row.primary, row.secondary}, row.wish);
  EXPECT_EQ(decision.fate, row.fate) << Describe(decision);
  EXPECT_EQ(decision.steps.primary, row.on_primary);
  EXPECT_EQ(decision.steps.secondary, row.on_secondary);
}

using enum PushPhase;
using enum SettleStep;
using Fate = SettleFate;

INSTANTIATE_TEST_SUITE_P(
    NothingThere, Settling,
    testing::Values(
        Row{{"BothClean"}, Clean(), Clean(), Fate::kNone},
        Row{{"OneAway"}, Clean(), std::nullopt, Fate::kNone},
        Row{{"BothAway"}, std::nullopt, std::nullopt, Fate::kNone},
        Row{{"AForgottenLock"}, LockOnly(true), Clean(), Fate::kNone, kUnlock, kNothing},
        Row{{"TwoForgottenLocks"}, LockOnly(true), LockOnly(true), Fate::kNone, kUnlock, kUnlock},
        Row{{"ALockThatIsHeld"}, Clean(), LockOnly(false), Fate::kRunning}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    BehindTheCommitPoint, Settling,
    testing::Values(
        Row{{"SecondaryReady"}, Left(kConfirmed), Left(kReady), Fate::kForward, kFinish, kConfirm},
        Row{{"SecondaryReadyAndWatched"},
            Left(kConfirmed),
            Watched(kReady),
            Fate::kForward,
            kFinish,
            kConfirm},
        Row{{"SecondaryWentBackByItself"},
            Left(kConfirmed),
            Left(kRolledBack),
            Fate::kForward,
            kFinish,
            kForward},
        Row{{"SecondaryCommitted"},
            Left(kConfirmed),
            Left(kCommitted),
            Fate::kForward,
            kFinish,
            kConfirm},
        Row{{"BothConfirmed"},
            Left(kConfirmed),
            Left(kConfirmed),
            Fate::kForward,
            kFinish,
            kFinish},
        Row{{"OnlyPrimaryLeftToFinish"},
            Left(kConfirmed),
            Clean(),
            Fate::kForward,
            kFinish,
            kNothing},
        Row{{"OnlySecondaryLeftToFinish"},
            Clean(),
            Left(kConfirmed),
            Fate::kForward,
            kNothing,
            kFinish},
        // Its record is what the secondary will be led by.
        Row{{"SecondaryAway"}, Left(kConfirmed), std::nullopt, Fate::kForward, kNothing, kNothing},
        // Only the primary's word can have moved the secondary there.
        Row{{"PrimaryAway"}, std::nullopt, Left(kConfirmed), Fate::kForward, kNothing, kNothing},
        Row{{"EvenIfSomebodyWantsItBack"},
            Left(kConfirmed),
            Left(kReady),
            Fate::kForward,
            kFinish,
            kConfirm,
            SettleWish::kBack},
        Row{{"RestOfAnotherPushOnSecondary"},
            Left(kConfirmed),
            Other(Left(kCommitted)),
            Fate::kForward,
            kFinish,
            kBack}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    BeforeTheCommitPoint, Settling,
    testing::Values(
        Row{{"BothStaged"}, Left(kStaged), Left(kStaged), Fate::kBack, kBack, kBack},
        Row{{"OnlyOneStaged"}, Left(kStaged), LockOnly(true), Fate::kBack, kBack, kUnlock},
        Row{{"BothCommitted"}, Left(kCommitted), Left(kCommitted), Fate::kBack, kBack, kBack},
        Row{{"OneCommitted"}, Left(kStaged), Left(kCommitted), Fate::kBack, kBack, kBack},
        Row{{"OneReady"}, Left(kReady), Left(kCommitted), Fate::kBack, kBack, kBack},
        Row{{"BothReadyWithoutWatchdogs"}, Left(kReady), Left(kReady), Fate::kBack, kBack, kBack},
        Row{{"BothWentBack"}, Left(kRolledBack), Left(kRolledBack), Fate::kBack, kFinish, kFinish},
        Row{{"SecondaryWentBackPrimaryRebooted"},
            Left(kCommitted),
            Left(kRolledBack),
            Fate::kBack,
            kBack,
            kFinish},
        Row{{"BothWentBackAMomentAgo"},
            Young(Left(kRolledBack)),
            Young(Left(kRolledBack)),
            Fate::kBack,
            kFinish,
            kFinish},
        Row{{"RestsOfTwoPushes"}, Left(kCommitted), Other(Left(kReady)), Fate::kBack, kBack, kBack},
        Row{{"OnlyStagedAndTheOtherAway"},
            Left(kStaged),
            std::nullopt,
            Fate::kBack,
            kBack,
            kNothing}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    LeftAlone, Settling,
    testing::Values(
        Row{{"Running"}, Alive(kCommitted), Alive(kStaged), Fate::kRunning},
        Row{{"RunningEvenIfSomebodyWantsItBack"},
            Alive(kCommitted),
            Alive(kCommitted),
            Fate::kRunning,
            kNothing,
            kNothing,
            SettleWish::kBack},
        Row{{"WatchdogsWillAct"}, Watched(kCommitted), Watched(kCommitted), Fate::kHelpsItself},
        Row{{"WatchdogOfThePrimaryIsNext"},
            Watched(kCommitted, -50),
            Left(kRolledBack),
            Fate::kHelpsItself},
        Row{{"PrimaryAwayAndMayBeConfirmed"}, std::nullopt, Left(kReady), Fate::kInDoubt},
        Row{{"PrimaryAwayAndSecondaryWentBack"}, std::nullopt, Left(kRolledBack), Fate::kInDoubt},
        Row{{"SecondaryAway"}, Left(kCommitted), std::nullopt, Fate::kInDoubt},
        Row{{"WaitsForConfirm"}, Watched(kReady), Watched(kReady), Fate::kAwaits},
        Row{{"WaitsForConfirmWithDhcpairAlive"}, Alive(kReady), Alive(kReady), Fate::kAwaits}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(AtSomebodysWish, Settling,
                         testing::Values(Row{{"ConfirmsWhatIsReady"},
                                             Watched(kReady),
                                             Watched(kReady),
                                             Fate::kForward,
                                             kConfirm,
                                             kConfirm,
                                             SettleWish::kConfirm},
                                         Row{{"TakesBackWhatIsReady"},
                                             Watched(kReady),
                                             Watched(kReady),
                                             Fate::kBack,
                                             kBack,
                                             kBack,
                                             SettleWish::kBack},
                                         Row{{"TakesBackBeforeTheWatchdogs"},
                                             Watched(kCommitted),
                                             Watched(kCommitted),
                                             Fate::kBack,
                                             kBack,
                                             kBack,
                                             SettleWish::kBack},
                                         Row{{"DoesNotConfirmWhatIsNotReady"},
                                             Watched(kReady),
                                             Watched(kCommitted),
                                             Fate::kHelpsItself,
                                             kNothing,
                                             kNothing,
                                             SettleWish::kConfirm},
                                         Row{{"DoesNotConfirmBesideAStranger"},
                                             Watched(kReady),
                                             std::nullopt,
                                             Fate::kHelpsItself,
                                             kNothing,
                                             kNothing,
                                             SettleWish::kConfirm},
                                         Row{{"AWatchdogThatShouldHaveActedLongAgoIsDead"},
                                             Watched(kCommitted, -200),
                                             Left(kRolledBack),
                                             Fate::kBack,
                                             kBack,
                                             kFinish}),
                         [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    OfOneNodeAlone, Settling,
    testing::Values(
        Row{{"WaitsWhileTheOtherIsAway"}, Alone(Watched(kReady)), std::nullopt, Fate::kAwaits},
        Row{{"IsConfirmedWhileTheOtherIsAway"},
            Alone(Watched(kReady)),
            std::nullopt,
            Fate::kForward,
            kConfirm,
            kNothing,
            SettleWish::kConfirm},
        Row{{"IsConfirmedOnTheSecondaryToo"},
            std::nullopt,
            Alone(Watched(kReady)),
            Fate::kForward,
            kNothing,
            kConfirm,
            SettleWish::kConfirm},
        Row{{"IsTakenBackWhileTheOtherIsAway"},
            Alone(Watched(kReady)),
            std::nullopt,
            Fate::kBack,
            kBack,
            kNothing,
            SettleWish::kBack},
        Row{{"IsFinishedWhileTheOtherIsAway"},
            std::nullopt,
            Alone(Left(kConfirmed)),
            Fate::kForward,
            kNothing,
            kFinish},
        Row{{"IsNotConfirmedBeforeItIsReady"},
            Alone(Watched(kCommitted)),
            std::nullopt,
            Fate::kHelpsItself,
            kNothing,
            kNothing,
            SettleWish::kConfirm},
        Row{{"WasLeft"}, Alone(Left(kCommitted)), std::nullopt, Fate::kBack, kBack, kNothing}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Settling, NamesTheOneNodeOfAPushThatWentThereAlone) {
  EXPECT_EQ(Describe(DecideSettle({Alone(Watched(kReady, 40)), std::nullopt})),
            "the push 'p1' of ann@desk waits for 'dhcpair confirm'; without it its node takes "
            "itself back in 40 s");
  EXPECT_EQ(Describe(DecideSettle({std::nullopt, Alone(Left(kCommitted))})),
            "the push 'p1' of ann@desk ended before it was confirmed, so its node gets the files "
            "before it");
}

TEST(Settling, TellsForHowLongAPushThatSeemsToRunWasNotHeardOf) {
  NodeTrace secondary = Alive(kStaged);
  secondary.lock->heartbeat = kNow - 25;
  EXPECT_EQ(Describe(DecideSettle({Alive(kCommitted), secondary})),
            "the push 'p1' of ann@desk seems to be running: its last heartbeat is 10 s ago, and "
            "from 60 s on it can be taken over");
  EXPECT_EQ(DecideSettle({Clean(), LockOnly(false)}).heard_ago, 5);
}

TEST(Settling, SaysHowLongItTakes) {
  EXPECT_EQ(Describe(DecideSettle({Watched(kReady, 40), Watched(kReady, 70)})),
            "the push 'p1' of ann@desk waits for 'dhcpair confirm'; without it the nodes take "
            "themselves back in 70 s");
}

}  // namespace
}  // namespace dhcpair::sync
