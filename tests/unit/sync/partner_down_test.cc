#include "sync/partner_down.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "support/named.h"
#include "support/pairs.h"

namespace dhcpair::sync {
namespace {

using failover::State;
using pair::Role;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Kind = PartnerDownVerdict::Kind;

FailoverReading In(State state) {
  return {.source = FailoverReading::Source::kOmapi,
          .mine = state,
          .partner = State::kNormal,
          .mine_since = 1'764'000'000,
          .partner_since = 1'764'000'000,
          .why_not = {}};
}

// The secondary is dead: its machine is up, and its dhcpd is seen stopped.
PartnerDownFacts SeenStopped() {
  PartnerDownFacts facts;
  facts.survivor.reading = In(State::kCommunicationsInterrupted);
  facts.survivor.link = {.now = 1'764'000'100,
                         .service = ServiceState::kRunning,
                         .link = LinkState::kNone,
                         .state_block = {}};
  facts.survivor.hears_the_dead = true;
  facts.dead_node = {.is_reached = true,
                     .why_unreached = {},
                     .service = ServiceState::kStopped,
                     .address = AddressState::kHeld,
                     .leases_change = false};
  return facts;
}

// Nobody reaches it.
PartnerDownFacts OutOfReach() {
  PartnerDownFacts facts = SeenStopped();
  facts.survivor.hears_the_dead = false;
  facts.dead_node = {.is_reached = false,
                     .why_unreached = "no route to it",
                     .service = ServiceState::kUnknown,
                     .address = AddressState::kUnknown,
                     .leases_change = false};
  return facts;
}

constexpr PartnerDownConsents kNone{};
constexpr PartnerDownConsents kIsOff{.is_off = true, .double_allocation = false};
constexpr PartnerDownConsents kAll{.is_off = true, .double_allocation = true};

PartnerDownVerdict Decide(const PartnerDownFacts& facts, const PartnerDownConsents& consents) {
  return DecidePartnerDown(test::LoadPair(test::kMinimalPair), facts, consents);
}

TEST(PartnerDown, IsAllowedFromCommunicationsInterruptedWhenTheDeadOneIsSeenStopped) {
  PartnerDownFacts facts = SeenStopped();
  facts.survivor.hears_the_dead = false;
  EXPECT_EQ(Decide(facts, kNone).kind, Kind::kAllowed);
}

TEST(PartnerDown, NeedsTheOperatorsWordWhileTheMachineOfAStoppedDhcpdAnswers) {
  const auto verdict = Decide(SeenStopped(), kNone);
  EXPECT_EQ(verdict.kind, Kind::kNeedsConsent);
  EXPECT_THAT(verdict.why_is_off, HasSubstr("though its dhcpd does not run"));
  EXPECT_EQ(Decide(SeenStopped(), kIsOff).kind, Kind::kAllowed);
}

TEST(PartnerDown, NeedsTheOperatorsWordForANodeThatNobodyReaches) {
  const auto verdict = Decide(OutOfReach(), kNone);
  EXPECT_EQ(verdict.kind, Kind::kNeedsConsent);
  EXPECT_THAT(verdict.why_is_off, HasSubstr("no route to it"));
  EXPECT_EQ(Decide(OutOfReach(), kIsOff).kind, Kind::kAllowed);
}

TEST(PartnerDown, IsNothingNewWhereTheSurvivorIsInIt) {
  PartnerDownFacts facts = OutOfReach();
  facts.survivor.reading = In(State::kPartnerDown);
  EXPECT_EQ(Decide(facts, kNone).kind, Kind::kAlready);
}

// Refused whatever the operator vouches for.
struct RefusalRow : test::Named {
  std::function<void(PartnerDownFacts&)> change;
  const char* part_of_message;
};

class Refusal : public testing::TestWithParam<RefusalRow> {};

TEST_P(Refusal, HoldsAgainstEveryConsent) {
  PartnerDownFacts facts = SeenStopped();
  GetParam().change(facts);
  const auto verdict = Decide(facts, kAll);
  EXPECT_EQ(verdict.kind, Kind::kRefused);
  EXPECT_THAT(verdict.refusals, ElementsAre(HasSubstr(GetParam().part_of_message)));
}

INSTANTIATE_TEST_SUITE_P(
    All, Refusal,
    testing::Values(
        RefusalRow{{"DhcpdRuns"},
                   [](auto& f) {
                     f.survivor.hears_the_dead = false;
                     f.dead_node.service = ServiceState::kRunning;
                   },
                   "dhcpd runs on the secondary"},
        RefusalRow{{"DhcpdMayRun"},
                   [](auto& f) {
                     f.survivor.hears_the_dead = false;
                     f.dead_node.service = ServiceState::kUnknown;
                   },
                   "cannot be told whether dhcpd runs"},
        RefusalRow{{"LeasesChange"},
                   [](auto& f) { f.dead_node.leases_change = true; },
                   "leases file of the secondary (10.0.0.2) changes"},
        RefusalRow{{"IsBeingPushedTo"},
                   [](auto& f) { f.survivor.push_under_way = "the push 'p' of ada seems to run"; },
                   "the push 'p' of ada seems to run; wait until that is over"},
        RefusalRow{{"IsConnected"},
                   [](auto& f) { f.survivor.link.link = LinkState::kEstablished; },
                   "has a failover connection"},
        RefusalRow{{"AnswersTheSurvivorOnly"},
                   [](auto& f) {
                     f = OutOfReach();
                     f.survivor.hears_the_dead = true;
                   },
                   "answers the primary"},
        RefusalRow{{"AnotherMachineIsSeenStopped"},
                   [](auto& f) { f.dead_node.address = AddressState::kMissing; },
                   "answers the primary"},
        RefusalRow{{"SurvivorIsStopped"},
                   [](auto& f) { f.survivor.link.service = ServiceState::kStopped; },
                   "dhcpd does not run on the primary"},
        RefusalRow{{"SurvivorIsNotKnown"},
                   [](auto& f) { f.survivor.reading = {.why_not = "no state in its file"}; },
                   "no state in its file"},
        RefusalRow{{"SurvivorIsNormal"},
                   [](auto& f) { f.survivor.reading = In(State::kNormal); },
                   "both would go to potential-conflict"},
        RefusalRow{{"SurvivorIsInStartup"},
                   [](auto& f) { f.survivor.reading = In(State::kStartup); },
                   "wait 20 s"},
        RefusalRow{{"SurvivorResolves"},
                   [](auto& f) { f.survivor.reading = In(State::kPotentialConflict); },
                   "let it end"},
        RefusalRow{{"SurvivorIsPaused"},
                   [](auto& f) { f.survivor.reading = In(State::kPaused); },
                   "paused"},
        RefusalRow{{"SurvivorIsDrained"},
                   [](auto& f) { f.survivor.reading = In(State::kShutdown); },
                   "dhcpair resume"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(PartnerDown, SaysEveryReasonAtOnce) {
  PartnerDownFacts facts = SeenStopped();
  facts.survivor.reading = In(State::kNormal);
  facts.survivor.link.link = LinkState::kEstablished;
  facts.dead_node.service = ServiceState::kRunning;
  facts.dead_node.leases_change = true;
  EXPECT_EQ(Decide(facts, kAll).refusals.size(), 5u);
}

class DoubleAllocation : public testing::TestWithParam<State> {};

TEST_P(DoubleAllocation, IsWarnedOfAndNeedsAConsentOfItsOwn) {
  PartnerDownFacts facts = OutOfReach();
  facts.survivor.reading = In(GetParam());
  const auto verdict = Decide(facts, kIsOff);
  EXPECT_EQ(verdict.kind, Kind::kNeedsConsent);
  EXPECT_THAT(verdict.why_double_allocation, HasSubstr("addresses to two clients"));
  EXPECT_THAT(verdict.refusals, IsEmpty());
  EXPECT_EQ(Decide(facts, kAll).kind, Kind::kAllowed);
}

INSTANTIATE_TEST_SUITE_P(States, DoubleAllocation,
                         testing::Values(State::kRecover, State::kRecoverWait, State::kRecoverDone,
                                         State::kUnknown, State::kResolutionInterrupted,
                                         State::kConflictDone));

TEST(PartnerDown, KnowsWhatToDoInEveryState) {
  for (const failover::StateRow& row : failover::States()) {
    PartnerDownFacts facts = SeenStopped();
    facts.survivor.reading = In(row.state);
    const auto verdict = Decide(facts, kIsOff);
    const bool is_plain = row.state == State::kCommunicationsInterrupted;
    EXPECT_EQ(verdict.kind == Kind::kAllowed, is_plain) << row.name;
  }
}

TEST(PartnerDown, NeedsTheOperatorsWordForAMachineWithoutTheAddress) {
  PartnerDownFacts facts = SeenStopped();
  facts.survivor.hears_the_dead = false;
  facts.dead_node.address = AddressState::kMissing;
  const auto verdict = Decide(facts, kNone);
  EXPECT_EQ(verdict.kind, Kind::kNeedsConsent);
  EXPECT_THAT(verdict.why_is_off, HasSubstr("may be another machine"));
}

TEST(PartnerDown, NeedsTheOperatorsWordWhereTheSurvivorCouldNotBeAsked) {
  PartnerDownFacts facts = OutOfReach();
  facts.survivor.hears_the_dead = std::nullopt;
  EXPECT_EQ(Decide(facts, kNone).kind, Kind::kNeedsConsent);
  EXPECT_EQ(Decide(facts, kIsOff).kind, Kind::kAllowed);

  facts = SeenStopped();
  facts.survivor.hears_the_dead = std::nullopt;
  EXPECT_EQ(Decide(facts, kNone).kind, Kind::kNeedsConsent) << "nobody knows whether it pings";
}

TEST(PartnerDown, OpensThePartnersAddressesAfterMclt) {
  EXPECT_EQ(PartnersAddressesFrom(1'764'000'000, std::chrono::seconds(1800)), 1'764'001'800);
}

}  // namespace
}  // namespace dhcpair::sync
