#include "sync/node_return.h"

#include <fmt/core.h>

#include <utility>

namespace dhcpair::sync {
namespace {

using failover::State;
using Return = ReturnVerdict;

Return Refuse(std::string reason) {
  return {.kind = Return::Kind::kRefused, .reason = std::move(reason), .silent_until = {}};
}

Return Start(std::string reason) {
  return {.kind = Return::Kind::kStart, .reason = std::move(reason), .silent_until = {}};
}

Return StartAndRecover(const ReturnFacts& facts, NodeTime since, std::string reason) {
  Return verdict = Start(std::move(reason));
  const NodeTime end = since + facts.mclt.count();
  if (end > facts.now) verdict.silent_until = end;
  return verdict;
}

Return MeetPartnerDown(const ReturnFacts& facts) {
  const State saved = *facts.saved.mine;
  switch (saved) {
    case State::kNormal:
      return StartAndRecover(facts, facts.saved.mine_since.value_or(facts.now),
                             "it has saved normal, so it goes through recover and asks its partner "
                             "for all leases");
    case State::kRecover:
    case State::kRecoverWait:
      return StartAndRecover(
          facts, facts.saved.mine_since.value_or(facts.now),
          fmt::format("it has saved {} and goes on from there", failover::Name(saved)));
    case State::kRecoverDone:
      return Start("it has saved recover-done and becomes normal as soon as it hears its partner");
    case State::kShutdown:
      return Refuse(
          "it was drained and would stay in shutdown; 'dhcpair resume' starts it and "
          "brings it back");
    case State::kUnknown:
    case State::kStartup:
    case State::kCommunicationsInterrupted:
    case State::kPartnerDown:
    case State::kPotentialConflict:
    case State::kPaused:
    case State::kResolutionInterrupted:
    case State::kConflictDone:
      break;
  }
  return {.kind = Return::Kind::kEditFirst,
          .reason = fmt::format("it has saved {}, with which it meets a partner in partner-down in "
                                "potential-conflict: both fall silent and settle whose leases "
                                "count; with recover instead it asks its partner for all leases "
                                "and waits for MCLT, while its partner serves",
                                failover::Name(saved)),
          .silent_until = facts.now + facts.mclt.count()};
}

// A partner that did not give up on it.
Return MeetWaitingPartner(const ReturnFacts& facts) {
  switch (*facts.saved.mine) {
    case State::kNormal:
    case State::kCommunicationsInterrupted:
      return Start(fmt::format("it has saved {}, and its partner waits for it in {}",
                               failover::Name(*facts.saved.mine),
                               failover::Name(*facts.partner.mine)));
    case State::kRecover:
    case State::kRecoverWait:
    case State::kRecoverDone:
      return StartAndRecover(facts, facts.saved.mine_since.value_or(facts.now),
                             "it asks its partner for all leases");
    case State::kShutdown:
      return Refuse(
          "it was drained and would stay in shutdown; 'dhcpair resume' starts it and "
          "brings it back");
    case State::kUnknown:
    case State::kStartup:
    case State::kPartnerDown:
    case State::kPotentialConflict:
    case State::kPaused:
    case State::kResolutionInterrupted:
    case State::kConflictDone:
      break;
  }
  return {.kind = Return::Kind::kEditFirst,
          .reason = fmt::format("it has saved {}, with which it meets its partner in "
                                "potential-conflict; with recover instead it asks its partner for "
                                "all leases and waits for MCLT, while its partner serves",
                                failover::Name(*facts.saved.mine)),
          .silent_until = facts.now + facts.mclt.count()};
}

}  // namespace

ReturnVerdict DecideReturn(const ReturnFacts& facts) {
  if (facts.partner_service == ServiceState::kStopped) {
    return Refuse(
        "dhcpd does not run on its partner, from which it is to learn what is in use; "
        "start it there first");
  }
  if (!facts.partner.mine) {
    return Refuse("the failover state of its partner is not known: " + facts.partner.why_not);
  }
  if (facts.service == ServiceState::kRunning) {
    return {.kind = Return::Kind::kWatch, .reason = "dhcpd runs there already", .silent_until = {}};
  }
  if (facts.service == ServiceState::kUnknown) {
    return Refuse(
        "it cannot be told whether dhcpd runs there; give the pair a 'status:' in "
        "'service:' that tells");
  }
  if (!facts.leases.is_present) {
    return Refuse(
        "it has no leases file, without which dhcpd does not start; is the disk mounted? "
        "With an empty one it asks its partner for all leases and waits for MCLT");
  }
  const State partner = *facts.partner.mine;
  const bool has_given_up = partner == State::kPartnerDown;
  if (!has_given_up && partner != State::kNormal && partner != State::kCommunicationsInterrupted) {
    return Refuse(
        fmt::format("its partner is in {}, in which nothing good comes of starting it; "
                    "bring its partner to partner-down or normal first",
                    failover::Name(partner)));
  }
  if (!facts.saved.mine) {
    // An empty file, or one that never had a state of this peer: dhcpd begins in recover.
    return StartAndRecover(
        facts, facts.now,
        "it has saved no state, so it begins in recover and asks its partner for "
        "all leases");
  }
  return has_given_up ? MeetPartnerDown(facts) : MeetWaitingPartner(facts);
}

}  // namespace dhcpair::sync
