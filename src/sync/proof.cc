#include "sync/proof.h"

#include <fmt/core.h>

namespace dhcpair::sync {
namespace {

using failover::State;
using pair::Role;
using Source = FailoverReading::Source;

}  // namespace

ProofOfNormal::Verdict ProofOfNormal::Add(const Sight& sight) {
  Evidence evidence = Weigh(sight);
  const bool is_break = !since_ || sight.at - last_ > kGapMax ||
                        evidence.since.primary != before_.since.primary ||
                        evidence.since.secondary != before_.since.secondary;
  last_ = sight.at;
  why_not_ = evidence.why_not;
  if (evidence.verdict != Verdict::kHolding) {
    since_.reset();
    held_ = std::chrono::milliseconds{0};
    return evidence.verdict;
  }
  if (is_break) since_ = sight.at;
  held_ = sight.at - *since_;
  before_ = std::move(evidence);
  return held_ >= terms_.unbroken ? Verdict::kProven : Verdict::kHolding;
}

ProofOfNormal::Evidence ProofOfNormal::Weigh(const Sight& sight) const {
  for (const Role role : kBothRoles) {
    if (!terms_.must_run[role]) continue;
    const auto& node = sight.nodes[role];
    if (!node) {
      return {Verdict::kUnknown, fmt::format("the {} could not be looked at", Name(role))};
    }
    if (node->link.service == ServiceState::kStopped) {
      return {Verdict::kNotYet, fmt::format("dhcpd does not run on the {}", Name(role))};
    }
    if (node->link.service == ServiceState::kUnknown && terms_.demand == Demand::kRunning) {
      return {Verdict::kUnknown,
              fmt::format("whether dhcpd runs on the {} cannot be told", Name(role))};
    }
  }
  if (terms_.demand == Demand::kRunning) return {Verdict::kHolding};
  for (const Role role : kBothRoles) {
    const auto& node = sight.nodes[role];
    // What OMAPI says is true at this moment, whatever the files say.
    if (!node || node->reading.source != Source::kOmapi || !node->reading.mine) continue;
    if (*node->reading.mine != State::kNormal) {
      return {Verdict::kNotYet,
              fmt::format("the {} is in {}", Name(role), failover::Name(*node->reading.mine))};
    }
  }
  const auto says_normal = [&](Role role) {
    const auto& node = sight.nodes[role];
    return node && node->reading.source == Source::kOmapi && node->reading.mine == State::kNormal;
  };
  if (says_normal(Role::kPrimary) && says_normal(Role::kSecondary)) {
    return {Verdict::kHolding,
            "",
            {sight.nodes.primary->reading.mine_since, sight.nodes.secondary->reading.mine_since}};
  }
  return WeighFile(sight);
}

ProofOfNormal::Evidence ProofOfNormal::WeighFile(const Sight& sight) const {
  Evidence evidence{Verdict::kHolding};
  bool has_witness = false;
  for (const Role role : kBothRoles) {
    const std::optional<NodeTime> not_before = terms_.not_before[role];
    if (!not_before) continue;
    has_witness = true;
    const auto& node = sight.nodes[role];
    if (!node || !node->reading.mine) {
      const std::string why = node && !node->reading.why_not.empty()
                                  ? fmt::format(": {}", node->reading.why_not)
                                  : std::string();
      return {Verdict::kUnknown, fmt::format("the {}'s state cannot be told{}", Name(role), why)};
    }
    if (*node->reading.mine != State::kNormal) {
      return {Verdict::kNotYet,
              fmt::format("the {} is in {}", Name(role), failover::Name(*node->reading.mine))};
    }
    // "Since" by OMAPI or by the file, it is the same moment.
    const bool is_new = node->reading.mine_since && *node->reading.mine_since >= *not_before;
    if (!is_new && !HasBecomeNormal(sight, Other(role))) {
      return {Verdict::kUnknown,
              fmt::format("the {} says normal, but since a moment before the restart", Name(role))};
    }
    evidence.since[role] = node->reading.mine_since;
  }
  if (!has_witness) return {Verdict::kUnknown, "OMAPI does not answer on both nodes"};
  bool is_cut = false;
  for (const Role role : kBothRoles) {
    const auto& node = sight.nodes[role];
    if (!node) continue;
    if (node->link.link == LinkState::kEstablished) return evidence;
    if (node->link.link == LinkState::kNone) is_cut = true;
  }
  if (is_cut) return {Verdict::kNotYet, "the two are not connected"};
  return {Verdict::kUnknown, "whether the two are connected cannot be told"};
}

bool ProofOfNormal::HasBecomeNormal(const Sight& sight, Role role) const {
  const auto& node = sight.nodes[role];
  return terms_.restarted_at[role] && node && node->reading.mine == State::kNormal &&
         node->reading.mine_since && *node->reading.mine_since >= *terms_.restarted_at[role] &&
         node->reading.mine_since != terms_.normal_before[role];
}

std::optional<NodeTime> EndOfRecoverWait(const FailoverReading& reading,
                                         std::chrono::seconds mclt) {
  if (reading.mine != State::kRecoverWait || !reading.mine_since) return std::nullopt;
  return *reading.mine_since + mclt.count();
}

}  // namespace dhcpair::sync
