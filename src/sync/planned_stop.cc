#include "sync/planned_stop.h"

#include <fmt/core.h>

#include <utility>

namespace dhcpair::sync {
namespace {

using failover::State;
using Verdict = PlannedStopVerdict;
using Kind = PlannedStopVerdict::Kind;

Verdict Refuse(std::string reason) { return {Kind::kRefused, std::move(reason)}; }

constexpr char kNeedsOmapi[] =
    "the pair has no 'omapi:' for it, and by nothing else can a node be drained and brought back; "
    "give the pair a key and push, or stop the node plainly: its partner then serves in "
    "communications-interrupted";

constexpr char kUnfinishedPush[] =
    "a push to the pair is unfinished, and its watchdog may restart dhcpd at any moment; finish it "
    "first ('dhcpair status' tells)";

}  // namespace

PlannedStopVerdict DecideDrain(const PlannedStopFacts& facts) {
  if (!facts.has_omapi) return Refuse(kNeedsOmapi);
  if (facts.has_unfinished_push) return Refuse(kUnfinishedPush);
  if (facts.reading.mine == State::kShutdown) {
    return {Kind::kAlready, "it is in shutdown"};
  }
  if (facts.link.service == ServiceState::kStopped) {
    return Refuse("dhcpd does not run there, so there is nothing to drain");
  }
  if (facts.reading.source != FailoverReading::Source::kOmapi) {
    return Refuse("its dhcpd does not answer over OMAPI: " + facts.reading.why_not);
  }
  if (facts.reading.mine != State::kNormal) {
    return Refuse(fmt::format("it is in {}; only a node in normal can hand over to its partner",
                              failover::Name(*facts.reading.mine)));
  }
  if (facts.partner_service == ServiceState::kStopped) {
    return Refuse("dhcpd does not run on its partner, and nobody would serve");
  }
  if (!facts.partner.mine) {
    return Refuse("the failover state of its partner is not known: " + facts.partner.why_not);
  }
  if (facts.partner.mine != State::kNormal) {
    return Refuse(fmt::format("its partner is in {}; only one in normal can take over",
                              failover::Name(*facts.partner.mine)));
  }
  if (facts.link.link == LinkState::kNone) {
    return Refuse("it has no failover connection with its partner, which would not hear of it");
  }
  return {Kind::kAllowed, "both nodes are in normal"};
}

PlannedStopVerdict DecideResume(const PlannedStopFacts& facts) {
  if (!facts.has_omapi) return Refuse(kNeedsOmapi);
  if (facts.has_unfinished_push) return Refuse(kUnfinishedPush);
  if (facts.partner_service == ServiceState::kStopped) {
    return Refuse(
        "dhcpd does not run on its partner, from which it is to learn what is in use; "
        "start it there first");
  }
  if (!facts.partner.mine) {
    return Refuse("the failover state of its partner is not known: " + facts.partner.why_not);
  }
  if (facts.link.service == ServiceState::kStopped) {
    if (facts.reading.mine != State::kShutdown) {
      return Refuse(fmt::format(
          "it was not drained: it has saved {}; 'dhcpair partner-down "
          "--return' looks at that and starts it",
          facts.reading.mine ? failover::Name(*facts.reading.mine) : std::string_view("no state")));
    }
    return {Kind::kStartFirst, "it has saved shutdown, and dhcpd does not run there"};
  }
  if (facts.reading.source != FailoverReading::Source::kOmapi) {
    return Refuse("its dhcpd does not answer over OMAPI: " + facts.reading.why_not);
  }
  switch (*facts.reading.mine) {
    case State::kNormal:
      return {Kind::kAlready, "it is in normal"};
    case State::kStartup:
    case State::kRecover:
    case State::kRecoverWait:
    case State::kRecoverDone:
      return {Kind::kOnItsWay, fmt::format("it is in {}", failover::Name(*facts.reading.mine))};
    case State::kShutdown:
      break;
    case State::kUnknown:
    case State::kCommunicationsInterrupted:
    case State::kPartnerDown:
    case State::kPotentialConflict:
    case State::kPaused:
    case State::kResolutionInterrupted:
    case State::kConflictDone:
      return Refuse(
          fmt::format("it was not drained: it is in {}", failover::Name(*facts.reading.mine)));
  }
  const State partner = *facts.partner.mine;
  if (partner != State::kPartnerDown && partner != State::kCommunicationsInterrupted) {
    return Refuse(
        fmt::format("its partner is in {}; it can come back only to one that serves, in "
                    "partner-down",
                    failover::Name(partner)));
  }
  return {Kind::kAllowed,
          fmt::format("it is in shutdown, and its partner serves in {}", failover::Name(partner))};
}

}  // namespace dhcpair::sync
