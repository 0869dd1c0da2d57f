#include "sync/node_return.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/named.h"

namespace dhcpair::sync {
namespace {

using failover::State;
using testing::HasSubstr;
using Kind = ReturnVerdict::Kind;

constexpr NodeTime kNow = 1'764'000'000;

FailoverReading In(State state, NodeTime since) {
  return {.source = FailoverReading::Source::kLeasesFile,
          .mine = state,
          .partner = State::kNormal,
          .mine_since = since,
          .partner_since = since,
          .why_not = {}};
}

ReturnFacts Facts(State partner, State saved, NodeTime since = kNow - 5000) {
  ReturnFacts facts;
  facts.partner = In(partner, kNow - 100);
  facts.partner_service = ServiceState::kRunning;
  facts.saved = In(saved, since);
  facts.service = ServiceState::kStopped;
  facts.leases = {.is_present = true, .bytes = 1000};
  facts.now = kNow;
  facts.mclt = std::chrono::seconds(3600);
  return facts;
}

struct Row : test::Named {
  State partner;
  State saved;
  Kind kind;
};

class Return : public testing::TestWithParam<Row> {};

TEST_P(Return, FollowsFromBothStates) {
  const auto verdict = DecideReturn(Facts(GetParam().partner, GetParam().saved));
  EXPECT_EQ(verdict.kind, GetParam().kind) << verdict.reason;
  EXPECT_FALSE(verdict.reason.empty());
}

constexpr State kDown = State::kPartnerDown;
constexpr State kWaits = State::kCommunicationsInterrupted;

INSTANTIATE_TEST_SUITE_P(
    All, Return,
    testing::Values(
        Row{{"DownNormal"}, kDown, State::kNormal, Kind::kStart},
        Row{{"DownRecover"}, kDown, State::kRecover, Kind::kStart},
        Row{{"DownRecoverWait"}, kDown, State::kRecoverWait, Kind::kStart},
        Row{{"DownRecoverDone"}, kDown, State::kRecoverDone, Kind::kStart},
        Row{{"DownInterrupted"}, kDown, State::kCommunicationsInterrupted, Kind::kEditFirst},
        Row{{"DownDown"}, kDown, State::kPartnerDown, Kind::kEditFirst},
        Row{{"DownConflict"}, kDown, State::kPotentialConflict, Kind::kEditFirst},
        Row{{"DownUnknown"}, kDown, State::kUnknown, Kind::kEditFirst},
        Row{{"DownPaused"}, kDown, State::kPaused, Kind::kEditFirst},
        Row{{"DownConflictDone"}, kDown, State::kConflictDone, Kind::kEditFirst},
        Row{{"DownResolution"}, kDown, State::kResolutionInterrupted, Kind::kEditFirst},
        Row{{"DownDrained"}, kDown, State::kShutdown, Kind::kRefused},
        Row{{"WaitsNormal"}, kWaits, State::kNormal, Kind::kStart},
        Row{{"WaitsInterrupted"}, kWaits, State::kCommunicationsInterrupted, Kind::kStart},
        Row{{"WaitsRecover"}, kWaits, State::kRecover, Kind::kStart},
        Row{{"WaitsDown"}, kWaits, State::kPartnerDown, Kind::kEditFirst},
        Row{{"WaitsConflict"}, kWaits, State::kPotentialConflict, Kind::kEditFirst},
        Row{{"WaitsDrained"}, kWaits, State::kShutdown, Kind::kRefused},
        Row{{"PartnerRecovers"}, State::kRecover, State::kNormal, Kind::kRefused},
        Row{{"PartnerStarts"}, State::kStartup, State::kNormal, Kind::kRefused},
        Row{{"PartnerInConflict"}, State::kPotentialConflict, State::kNormal, Kind::kRefused},
        Row{{"PartnerDrained"}, State::kShutdown, State::kNormal, Kind::kRefused}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(NodeReturn, IsSilentUntilMcltAfterTheSavedStateBegan) {
  EXPECT_EQ(DecideReturn(Facts(kDown, State::kNormal, kNow - 600)).silent_until, kNow + 3000);
  EXPECT_EQ(DecideReturn(Facts(kDown, State::kNormal, kNow - 3600)).silent_until, std::nullopt)
      << "MCLT is over";
}

TEST(NodeReturn, IsSilentForAllOfMcltFromAnEditOn) {
  EXPECT_EQ(DecideReturn(Facts(kDown, kWaits, kNow - 90000)).silent_until, kNow + 3600);
}

TEST(NodeReturn, WithoutASavedStateBeginsInRecoverNow) {
  ReturnFacts facts = Facts(kDown, State::kNormal);
  facts.saved = {.why_not = "its leases file has no state"};
  const auto verdict = DecideReturn(facts);
  EXPECT_EQ(verdict.kind, Kind::kStart);
  EXPECT_EQ(verdict.silent_until, kNow + 3600);
}

TEST(NodeReturn, OfANodeThatRunsIsOnlyWatched) {
  ReturnFacts facts = Facts(kDown, kWaits);
  facts.service = ServiceState::kRunning;
  EXPECT_EQ(DecideReturn(facts).kind, Kind::kWatch);
}

TEST(NodeReturn, IsRefusedWhereThingsAreMissing) {
  ReturnFacts no_partner = Facts(kDown, State::kNormal);
  no_partner.partner_service = ServiceState::kStopped;
  EXPECT_THAT(DecideReturn(no_partner).reason, HasSubstr("does not run on its partner"));

  ReturnFacts unknown_partner = Facts(kDown, State::kNormal);
  unknown_partner.partner = {.why_not = "nothing there"};
  EXPECT_THAT(DecideReturn(unknown_partner).reason, HasSubstr("nothing there"));

  ReturnFacts unknown_service = Facts(kDown, State::kNormal);
  unknown_service.service = ServiceState::kUnknown;
  EXPECT_THAT(DecideReturn(unknown_service).reason, HasSubstr("'status:'"));

  ReturnFacts no_leases = Facts(kDown, State::kNormal);
  no_leases.leases.is_present = false;
  EXPECT_THAT(DecideReturn(no_leases).reason, HasSubstr("no leases file"));
  for (const auto& facts : {no_partner, unknown_partner, unknown_service, no_leases}) {
    EXPECT_EQ(DecideReturn(facts).kind, Kind::kRefused);
  }
}

}  // namespace
}  // namespace dhcpair::sync
