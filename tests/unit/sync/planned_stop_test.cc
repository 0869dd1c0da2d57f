#include "sync/planned_stop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "support/named.h"

namespace dhcpair::sync {
namespace {

using failover::State;
using testing::HasSubstr;
using Kind = PlannedStopVerdict::Kind;

FailoverReading In(State state, FailoverReading::Source source = FailoverReading::Source::kOmapi) {
  return {.source = source,
          .mine = state,
          .partner = State::kNormal,
          .mine_since = 1'764'000'000,
          .partner_since = 1'764'000'000,
          .why_not = source == FailoverReading::Source::kOmapi ? "" : "forwarding refused"};
}

PlannedStopFacts Facts(State own, State partner) {
  PlannedStopFacts facts;
  facts.has_omapi = true;
  facts.reading = In(own);
  facts.link = {.now = 1'764'000'100,
                .service = ServiceState::kRunning,
                .link = LinkState::kEstablished,
                .state_block = {}};
  facts.partner = In(partner);
  facts.partner_service = ServiceState::kRunning;
  return facts;
}

struct Row : test::Named {
  std::function<void(PlannedStopFacts&)> change;
  Kind kind;
  const char* part_of_reason;
};

class Drain : public testing::TestWithParam<Row> {};

TEST_P(Drain, IsDecidedByBothNodes) {
  PlannedStopFacts facts = Facts(State::kNormal, State::kNormal);
  GetParam().change(facts);
  const auto verdict = DecideDrain(facts);
  EXPECT_EQ(verdict.kind, GetParam().kind) << verdict.reason;
  EXPECT_THAT(verdict.reason, HasSubstr(GetParam().part_of_reason));
}

INSTANTIATE_TEST_SUITE_P(
    All, Drain,
    testing::Values(
        Row{{"BothNormal"}, [](auto&) {}, Kind::kAllowed, "both nodes are in normal"},
        Row{{"PartnerByItsFile"},
            [](auto& f) { f.partner = In(State::kNormal, FailoverReading::Source::kLeasesFile); },
            Kind::kAllowed,
            ""},
        Row{{"Drained"}, [](auto& f) { f.reading = In(State::kShutdown); }, Kind::kAlready, ""},
        Row{{"NoOmapi"}, [](auto& f) { f.has_omapi = false; }, Kind::kRefused, "no 'omapi:'"},
        Row{{"UnfinishedPush"},
            [](auto& f) { f.has_unfinished_push = true; },
            Kind::kRefused,
            "a push to the pair is unfinished"},
        Row{{"OmapiFails"},
            [](auto& f) { f.reading = In(State::kNormal, FailoverReading::Source::kLeasesFile); },
            Kind::kRefused,
            "forwarding refused"},
        Row{{"Stopped"},
            [](auto& f) { f.link.service = ServiceState::kStopped; },
            Kind::kRefused,
            "nothing to drain"},
        Row{{"Interrupted"},
            [](auto& f) { f.reading = In(State::kCommunicationsInterrupted); },
            Kind::kRefused,
            "only a node in normal"},
        Row{{"ServesAlone"},
            [](auto& f) { f.reading = In(State::kPartnerDown); },
            Kind::kRefused,
            "only a node in normal"},
        Row{{"PartnerStopped"},
            [](auto& f) { f.partner_service = ServiceState::kStopped; },
            Kind::kRefused,
            "nobody would serve"},
        Row{{"PartnerUnknown"},
            [](auto& f) { f.partner = {.why_not = "no state there"}; },
            Kind::kRefused,
            "no state there"},
        Row{{"PartnerRecovers"},
            [](auto& f) { f.partner = In(State::kRecover); },
            Kind::kRefused,
            "only one in normal can take over"},
        Row{{"PartnerDrained"},
            [](auto& f) { f.partner = In(State::kShutdown); },
            Kind::kRefused,
            "its partner is in shutdown"},
        Row{{"NoConnection"},
            [](auto& f) { f.link.link = LinkState::kNone; },
            Kind::kRefused,
            "no failover connection"}),
    [](const auto& row) { return std::string(row.param.name); });

class Resume : public testing::TestWithParam<Row> {};

TEST_P(Resume, IsDecidedByBothNodes) {
  PlannedStopFacts facts = Facts(State::kShutdown, State::kPartnerDown);
  GetParam().change(facts);
  const auto verdict = DecideResume(facts);
  EXPECT_EQ(verdict.kind, GetParam().kind) << verdict.reason;
  EXPECT_THAT(verdict.reason, HasSubstr(GetParam().part_of_reason));
}

void Stop(PlannedStopFacts& facts, State saved) {
  facts.link.service = ServiceState::kStopped;
  facts.reading = In(saved, FailoverReading::Source::kLeasesFile);
}

INSTANTIATE_TEST_SUITE_P(
    All, Resume,
    testing::Values(
        Row{{"Drained"}, [](auto&) {}, Kind::kAllowed, "its partner serves in partner-down"},
        Row{{"PartnerInterrupted"},
            [](auto& f) { f.partner = In(State::kCommunicationsInterrupted); },
            Kind::kAllowed,
            ""},
        Row{{"DrainedAndStopped"},
            [](auto& f) { Stop(f, State::kShutdown); },
            Kind::kStartFirst,
            ""},
        Row{{"Normal"}, [](auto& f) { f.reading = In(State::kNormal); }, Kind::kAlready, ""},
        Row{{"Recovers"}, [](auto& f) { f.reading = In(State::kRecover); }, Kind::kOnItsWay, ""},
        Row{{"Waits"}, [](auto& f) { f.reading = In(State::kRecoverWait); }, Kind::kOnItsWay, ""},
        Row{{"Starts"}, [](auto& f) { f.reading = In(State::kStartup); }, Kind::kOnItsWay, ""},
        Row{{"NoOmapi"}, [](auto& f) { f.has_omapi = false; }, Kind::kRefused, "no 'omapi:'"},
        Row{{"UnfinishedPush"},
            [](auto& f) { f.has_unfinished_push = true; },
            Kind::kRefused,
            "a push to the pair is unfinished"},
        Row{{"OmapiFails"},
            [](auto& f) { f.reading = In(State::kShutdown, FailoverReading::Source::kLeasesFile); },
            Kind::kRefused,
            "forwarding refused"},
        Row{{"StoppedButNotDrained"},
            [](auto& f) { Stop(f, State::kNormal); },
            Kind::kRefused,
            "--return"},
        Row{{"StoppedWithoutAState"},
            [](auto& f) {
              f.link.service = ServiceState::kStopped;
              f.reading = {};
            },
            Kind::kRefused,
            "it has saved no state"},
        Row{{"NotDrained"},
            [](auto& f) { f.reading = In(State::kCommunicationsInterrupted); },
            Kind::kRefused,
            "was not drained"},
        Row{{"ServesAlone"},
            [](auto& f) { f.reading = In(State::kPartnerDown); },
            Kind::kRefused,
            "was not drained"},
        Row{{"InConflict"},
            [](auto& f) { f.reading = In(State::kPotentialConflict); },
            Kind::kRefused,
            "was not drained"},
        Row{{"PartnerStopped"},
            [](auto& f) { f.partner_service = ServiceState::kStopped; },
            Kind::kRefused,
            "start it there first"},
        Row{{"PartnerUnknown"},
            [](auto& f) { f.partner = {.why_not = "no state there"}; },
            Kind::kRefused,
            "no state there"},
        Row{{"PartnerDrainedToo"},
            [](auto& f) { f.partner = In(State::kShutdown); },
            Kind::kRefused,
            "its partner is in shutdown"},
        Row{{"PartnerNormal"},
            [](auto& f) { f.partner = In(State::kNormal); },
            Kind::kRefused,
            "its partner is in normal"}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace dhcpair::sync
