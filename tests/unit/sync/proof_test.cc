#include "sync/proof.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/named.h"

namespace dhcpair::sync {
namespace {

using failover::State;
using Source = FailoverReading::Source;
using Verdict = ProofOfNormal::Verdict;
using std::chrono::seconds;

constexpr NodeTime kRestart = 1000;  // By the clock of each node that matters.

NodeSight Sees(Source source, std::optional<State> mine, std::optional<NodeTime> since,
               LinkState link = LinkState::kEstablished,
               ServiceState service = ServiceState::kRunning) {
  NodeSight sight;
  sight.link.service = service;
  sight.link.link = link;
  sight.reading.source = source;
  sight.reading.mine = mine;
  sight.reading.mine_since = since;
  return sight;
}

NodeSight File(std::optional<State> mine, std::optional<NodeTime> since,
               LinkState link = LinkState::kEstablished) {
  return Sees(Source::kLeasesFile, mine, since, link);
}

NodeSight Omapi(State mine, LinkState link = LinkState::kEstablished) {
  return Sees(Source::kOmapi, mine, kRestart - 500, link);
}

// The secondary was restarted, so the primary's file is the witness.
ProofOfNormal::Terms SecondaryRestarted() {
  ProofOfNormal::Terms terms;
  terms.unbroken = seconds(20);
  terms.not_before.primary = kRestart;
  return terms;
}

struct OneLook : test::Named {
  std::optional<NodeSight> primary;
  std::optional<NodeSight> secondary;
  Verdict verdict;
  const char* why_not;
};

class OneLookAtThePair : public testing::TestWithParam<OneLook> {};

TEST_P(OneLookAtThePair, IsWorthWhatItShows) {
  ProofOfNormal proof(SecondaryRestarted());
  EXPECT_EQ(proof.Add({seconds(0), {GetParam().primary, GetParam().secondary}}),
            GetParam().verdict);
  EXPECT_EQ(proof.why_not(), GetParam().why_not);
}

const NodeSight kGood = File(State::kNormal, kRestart + 3);
const NodeSight kOwn = File(State::kNormal, kRestart - 500);  // Startup, as it is written.

INSTANTIATE_TEST_SUITE_P(
    Looks, OneLookAtThePair,
    testing::Values(
        OneLook{{"PartnerSaysNormalSinceTheRestart"}, kGood, kOwn, Verdict::kHolding, ""},
        OneLook{{"SinceTheVerySecondOfTheRestart"},
                File(State::kNormal, kRestart),
                kOwn,
                Verdict::kHolding,
                ""},
        OneLook{{"OmapiOnBothEvenWithAnOldDate"},
                Omapi(State::kNormal),
                Omapi(State::kNormal),
                Verdict::kHolding,
                ""},
        OneLook{{"LinkSeenByTheOtherNodeOnly"},
                File(State::kNormal, kRestart + 3, LinkState::kUnknown),
                kOwn,
                Verdict::kHolding,
                ""},
        OneLook{{"ItsOwnFileProvesNothing"},
                File(State::kCommunicationsInterrupted, kRestart),
                kOwn,
                Verdict::kNotYet,
                "the primary is in communications-interrupted"},
        OneLook{{"NormalOfBeforeTheRestart"},
                File(State::kNormal, kRestart - 1),
                kOwn,
                Verdict::kUnknown,
                "the primary says normal, but since a moment before the restart"},
        OneLook{{"NormalWithoutADate"},
                File(State::kNormal, std::nullopt),
                kOwn,
                Verdict::kUnknown,
                "the primary says normal, but since a moment before the restart"},
        OneLook{{"NoConnection"},
                File(State::kNormal, kRestart + 3, LinkState::kNone),
                File(State::kNormal, kRestart, LinkState::kNone),
                Verdict::kNotYet,
                "the two are not connected"},
        OneLook{{"NobodyCanTellOfTheConnection"},
                File(State::kNormal, kRestart + 3, LinkState::kUnknown),
                File(State::kNormal, kRestart, LinkState::kUnknown),
                Verdict::kUnknown,
                "whether the two are connected cannot be told"},
        OneLook{{"NoStateInTheFile"},
                File(std::nullopt, std::nullopt),
                kOwn,
                Verdict::kUnknown,
                "the primary's state cannot be told"},
        OneLook{{"OmapiOfOneSaysOtherwise"},
                kGood,
                Omapi(State::kRecoverWait),
                Verdict::kNotYet,
                "the secondary is in recover-wait"},
        OneLook{{"OmapiSaysOtherwiseOnTheWitness"},
                Omapi(State::kPotentialConflict),
                kOwn,
                Verdict::kNotYet,
                "the primary is in potential-conflict"},
        OneLook{{"PrimaryOutOfSight"},
                std::nullopt,
                kOwn,
                Verdict::kUnknown,
                "the primary could not be looked at"},
        OneLook{{"SecondaryOutOfSight"},
                kGood,
                std::nullopt,
                Verdict::kUnknown,
                "the secondary could not be looked at"},
        OneLook{{"DhcpdHasDied"},
                kGood,
                Sees(Source::kLeasesFile, State::kNormal, kRestart, LinkState::kEstablished,
                     ServiceState::kStopped),
                Verdict::kNotYet,
                "dhcpd does not run on the secondary"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ProofOfNormal, TakesTheDateOfARestartedNodeOnlyWhereItIsNewerThanItsRestart) {
  // A joint change: both were restarted, and the partner came back with the date it had.
  ProofOfNormal::Terms terms = SecondaryRestarted();
  terms.restarted_at.secondary = kRestart;
  terms.normal_before.secondary = kRestart + 2;
  const struct {
    NodeSight own;
    Verdict verdict;
  } rows[] = {
      {File(State::kNormal, kRestart + 1), Verdict::kHolding},
      {File(State::kNormal, kRestart), Verdict::kHolding},
      {File(State::kNormal, kRestart + 2), Verdict::kUnknown},
      {File(State::kNormal, kRestart - 1), Verdict::kUnknown},
      {File(State::kNormal, kRestart - 500), Verdict::kUnknown},
      {File(State::kNormal, std::nullopt), Verdict::kUnknown},
      {File(State::kRecoverDone, kRestart + 1), Verdict::kUnknown},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(ProofOfNormal(terms).Add({seconds(0), {kOwn, row.own}}), row.verdict)
        << row.own.reading.mine_since.value_or(0);
  }
}

TEST(ProofOfNormal, TakesAsLongAsItMustHold) {
  ProofOfNormal proof(SecondaryRestarted());
  for (int second = 0; second < 20; second += 5) {
    EXPECT_EQ(proof.Add({seconds(second), {kGood, kOwn}}), Verdict::kHolding) << second;
  }
  EXPECT_EQ(proof.Add({seconds(20), {kGood, kOwn}}), Verdict::kProven);
  EXPECT_EQ(proof.held(), seconds(20));
}

struct Break : test::Named {
  Sight sight;  // Between 10 s and 15 s of good ones.
};

class BreakInTheProof : public testing::TestWithParam<Break> {};

TEST_P(BreakInTheProof, StartsItAnew) {
  ProofOfNormal proof(SecondaryRestarted());
  proof.Add({seconds(0), {kGood, kOwn}});
  proof.Add({seconds(10), {kGood, kOwn}});
  proof.Add(GetParam().sight);
  EXPECT_EQ(proof.Add({seconds(20), {kGood, kOwn}}), Verdict::kHolding);
  EXPECT_LE(proof.held(), seconds(5));
}

INSTANTIATE_TEST_SUITE_P(
    Breaks, BreakInTheProof,
    testing::Values(Break{{"AnotherState"},
                          {seconds(15),
                           {File(State::kCommunicationsInterrupted, kRestart + 9), kOwn}}},
                    Break{{"Unknown"}, {seconds(15), {std::nullopt, kOwn}}},
                    // Away and back between two looks: only the date tells.
                    Break{{"NormalAgainSinceLater"},
                          {seconds(15), {File(State::kNormal, kRestart + 9), kOwn}}}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ProofOfNormal, IsBrokenByATimeInWhichNobodyLooked) {
  ProofOfNormal proof(SecondaryRestarted());
  proof.Add({seconds(0), {kGood, kOwn}});
  EXPECT_EQ(proof.Add({seconds(25), {kGood, kOwn}}), Verdict::kHolding);
  EXPECT_EQ(proof.held(), seconds(0));
}

TEST(ProofOfNormal, WantsBothFilesWhereBothWereRestarted) {
  ProofOfNormal::Terms terms = SecondaryRestarted();
  terms.not_before.secondary = kRestart + 10;
  ProofOfNormal proof(terms);
  EXPECT_EQ(proof.Add({seconds(0), {kGood, kOwn}}), Verdict::kUnknown);
  EXPECT_EQ(proof.Add({seconds(1), {kGood, File(State::kNormal, kRestart + 11)}}),
            Verdict::kHolding);
}

TEST(ProofOfNormal, KnowsNothingOfFilesWithoutAWitness) {
  ProofOfNormal proof({.unbroken = seconds(1)});
  EXPECT_EQ(proof.Add({seconds(0), {kGood, kOwn}}), Verdict::kUnknown);
}

TEST(ProofOfRunning, AsksForDhcpdOnly) {
  ProofOfNormal proof({.demand = ProofOfNormal::Demand::kRunning,
                       .unbroken = seconds(2),
                       .must_run = {false, true}});
  const NodeSight recover = File(State::kRecover, kRestart, LinkState::kNone);
  EXPECT_EQ(proof.Add({seconds(0), {std::nullopt, recover}}), Verdict::kHolding);
  NodeSight silent = recover;
  silent.link.service = ServiceState::kUnknown;
  EXPECT_EQ(proof.Add({seconds(1), {std::nullopt, silent}}), Verdict::kUnknown);
  EXPECT_EQ(proof.Add({seconds(2), {std::nullopt, recover}}), Verdict::kHolding);
  EXPECT_EQ(proof.Add({seconds(4), {std::nullopt, recover}}), Verdict::kProven);
}

TEST(EndOfRecoverWait, IsTheLossOfThePartnerAndMclt) {
  const FailoverReading waiting = File(State::kRecoverWait, kRestart).reading;
  EXPECT_EQ(EndOfRecoverWait(waiting, seconds(1800)), kRestart + 1800);
  EXPECT_EQ(EndOfRecoverWait(File(State::kRecoverWait, std::nullopt).reading, seconds(1800)),
            std::nullopt);
  EXPECT_EQ(EndOfRecoverWait(File(State::kRecover, kRestart).reading, seconds(1800)), std::nullopt);
}

}  // namespace
}  // namespace dhcpair::sync
