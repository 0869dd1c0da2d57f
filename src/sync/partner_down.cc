#include "sync/partner_down.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cassert>

#include "sync/per_role.h"

namespace dhcpair::sync {
namespace {

using failover::State;
using Verdict = PartnerDownVerdict;

// What may be done about a survivor in each state. The table of failover-draft section 9 as ISC
// dhcpd has it: which states serve, and which of them are left by an operator's word.
struct SurvivorRow {
  State state;
  enum class Rule : std::uint8_t { kAllowed, kAlready, kDoubleAllocation, kRefused } rule;
  std::string_view why;
};
using Rule = SurvivorRow::Rule;

constexpr std::array kSurvivorRows{
    SurvivorRow{State::kUnknown, Rule::kDoubleAllocation,
                "it does not know what it gave before, and stays silent by itself for good"},
    SurvivorRow{State::kStartup, Rule::kRefused,
                "it has just been started; wait 20 s until it has looked for its partner"},
    SurvivorRow{State::kNormal, Rule::kRefused,
                "it hears its partner, and told that this is down both would go to "
                "potential-conflict; if its partner has just died, it will notice within "
                "max-response-delay: try again then"},
    SurvivorRow{State::kCommunicationsInterrupted, Rule::kAllowed, ""},
    SurvivorRow{State::kPartnerDown, Rule::kAlready, ""},
    SurvivorRow{State::kPotentialConflict, Rule::kRefused,
                "it is talking with its partner about addresses that both gave away; let it end"},
    SurvivorRow{State::kRecover, Rule::kDoubleAllocation,
                "it has not learnt from its partner which addresses are in use"},
    SurvivorRow{State::kPaused, Rule::kRefused,
                "it was paused, of which dhcpair does not know the way out; restart its dhcpd"},
    SurvivorRow{State::kShutdown, Rule::kRefused,
                "it was drained and stays silent; 'dhcpair resume' is the way back"},
    SurvivorRow{State::kRecoverDone, Rule::kDoubleAllocation,
                "it knows its partner's leases, but did not yet hear it say that all is well"},
    SurvivorRow{State::kResolutionInterrupted, Rule::kDoubleAllocation,
                "it lost its partner while they resolved addresses that both gave away"},
    SurvivorRow{State::kConflictDone, Rule::kDoubleAllocation,
                "it lost its partner while they resolved addresses that both gave away"},
    SurvivorRow{State::kRecoverWait, Rule::kDoubleAllocation,
                "what it gave before it lost its memory may still be in use until MCLT is over"},
};

const SurvivorRow& RuleOf(State state) {
  const auto* const found = std::ranges::find(kSurvivorRows, state, &SurvivorRow::state);
  assert(found != kSurvivorRows.end());
  return *found;
}

std::string TitleOf(const pair::Pair& pair, pair::Role role) {
  return fmt::format("{} ({})", Name(role), pair.node(role).host);
}

// Whether the machine that ssh leads to has no failover address of the pair: what it says of dhcpd
// then says nothing of the dead one.
bool IsAnotherMachine(const PartnerDownFacts::Dead& dead) {
  return dead.is_reached && dead.address == AddressState::kMissing;
}

// The dead one as far as we can look into it.
void WeighDead(const pair::Pair& pair, const PartnerDownFacts& facts, Verdict& verdict) {
  const std::string title = TitleOf(pair, facts.dead);
  const PartnerDownFacts::Dead& dead = facts.dead_node;
  if (!dead.is_reached) {
    verdict.why_is_off = fmt::format(
        "{} cannot be looked into ({}), and a node that only we cannot reach may well "
        "serve clients",
        title, dead.why_unreached);
    return;
  }
  if (IsAnotherMachine(dead)) {
    verdict.why_is_off =
        fmt::format("{} does not have the failover address {}, so it may be another machine", title,
                    pair.node(facts.dead).address.ToString());
    return;
  }
  if (dead.service == ServiceState::kRunning) {
    verdict.refusals.push_back(fmt::format("dhcpd runs on the {}; stop it there first", title));
  } else if (dead.service == ServiceState::kUnknown) {
    verdict.refusals.push_back(
        fmt::format("it cannot be told whether dhcpd runs on the {}; give the pair a 'status:' in "
                    "'service:' that tells, or switch the node off",
                    title));
  }
  if (dead.leases_change) {
    verdict.refusals.push_back(
        fmt::format("the leases file of the {} changes, so a dhcpd serves there", title));
  }
}

// The dead one as the survivor sees it.
void WeighSignsOfLife(const pair::Pair& pair, const PartnerDownFacts& facts, Verdict& verdict) {
  const std::string dead = TitleOf(pair, facts.dead);
  const std::string survivor = TitleOf(pair, Other(facts.dead));
  if (facts.survivor.link.link == LinkState::kEstablished) {
    verdict.refusals.push_back(
        fmt::format("the {} has a failover connection with the {}", survivor, dead));
  }
  const bool is_seen_stopped = facts.dead_node.is_reached && !IsAnotherMachine(facts.dead_node) &&
                               facts.dead_node.service == ServiceState::kStopped;
  if (facts.survivor.hears_the_dead == true && !is_seen_stopped) {
    verdict.refusals.push_back(
        fmt::format("the {} answers the {}, by ping or on its failover port; switch it off first, "
                    "or let dhcpair log in there to see that dhcpd is stopped",
                    dead, survivor));
  } else if (facts.survivor.hears_the_dead == true) {
    // The machine is up, and whatever looks after its services may start dhcpd again.
    verdict.why_is_off = fmt::format(
        "the {} answers the {} though its dhcpd does not run; starting it there is the better way, "
        "and if it cannot be, nothing else may start it",
        dead, survivor);
  }
  if (!facts.survivor.hears_the_dead && verdict.why_is_off.empty()) {
    verdict.why_is_off =
        fmt::format("the {} could not be asked whether the {} answers it", survivor, dead);
  }
}

void WeighSurvivor(const pair::Pair& pair, const PartnerDownFacts& facts, Verdict& verdict) {
  const std::string title = TitleOf(pair, Other(facts.dead));
  // Its way back restarts dhcpd, and takes a lone survivor for half of a pair.
  if (!facts.survivor.push_under_way.empty()) {
    verdict.refusals.push_back(facts.survivor.push_under_way + "; wait until that is over");
  }
  if (facts.survivor.link.service == ServiceState::kStopped) {
    verdict.refusals.push_back(fmt::format(
        "dhcpd does not run on the {}, which is to serve alone; start it there first", title));
    return;
  }
  if (!facts.survivor.reading.mine) {
    verdict.refusals.push_back(fmt::format("the failover state of the {} is not known: {}", title,
                                           facts.survivor.reading.why_not));
    return;
  }
  const SurvivorRow& row = RuleOf(*facts.survivor.reading.mine);
  const std::string said =
      fmt::format("the {} is in {}: {}", title, failover::Name(row.state), row.why);
  switch (row.rule) {
    case Rule::kAllowed:
      break;
    case Rule::kAlready:
      verdict.kind = Verdict::Kind::kAlready;
      break;
    case Rule::kDoubleAllocation:
      verdict.why_double_allocation =
          said + "; told that its partner is down it may give addresses to two clients";
      break;
    case Rule::kRefused:
      verdict.refusals.push_back(said);
      break;
  }
}

}  // namespace

PartnerDownVerdict DecidePartnerDown(const pair::Pair& pair, const PartnerDownFacts& facts,
                                     const PartnerDownConsents& consents) {
  Verdict verdict;
  WeighSurvivor(pair, facts, verdict);
  if (verdict.kind == Verdict::Kind::kAlready) return verdict;
  WeighDead(pair, facts, verdict);
  WeighSignsOfLife(pair, facts, verdict);
  const bool wants_is_off = !verdict.why_is_off.empty() && !consents.is_off;
  const bool wants_double = !verdict.why_double_allocation.empty() && !consents.double_allocation;
  if (!verdict.refusals.empty()) {
    verdict.kind = Verdict::Kind::kRefused;
  } else if (wants_is_off || wants_double) {
    verdict.kind = Verdict::Kind::kNeedsConsent;
  }
  return verdict;
}

NodeTime PartnersAddressesFrom(NodeTime since, std::chrono::seconds mclt) {
  return since + mclt.count();
}

}  // namespace dhcpair::sync
