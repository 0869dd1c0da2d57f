#include "sync/settle.h"

#include <fmt/core.h>

#include <algorithm>

#include "text/utf8.h"

namespace dhcpair::sync {
namespace {

using pair::Role;
using Traces = PerRole<std::optional<NodeTrace>>;

// A lock whose heartbeat is younger has somebody behind it.
constexpr NodeTime kHeartbeatAgeMax = 60;
// A watchdog acts at its deadline, that of the primary 60 s later, and retries a failed start.
constexpr NodeTime kWatchdogGrace = 180;

const PushFacts* PushOf(const Traces& traces, Role role) {
  return traces[role] && traces[role]->push ? &*traces[role]->push : nullptr;
}

bool HasHeartbeat(const NodeTrace& trace) {
  return trace.lock && !trace.lock->is_stale &&
         trace.now - trace.lock->heartbeat <= kHeartbeatAgeMax;
}

bool HasGoneBack(const NodeTrace& trace) {
  return trace.push && trace.push->phase == PushPhase::kRolledBack;
}

bool WillHelpItself(const NodeTrace& trace) {
  return trace.push && trace.push->is_watched && trace.now <= trace.push->deadline + kWatchdogGrace;
}

template <typename Predicate>
bool AnyOf(const Traces& traces, Predicate holds) {
  return std::ranges::any_of(
      kBothRoles, [&](Role role) { return traces[role].has_value() && holds(*traces[role]); });
}

NodeTime HeardAgo(const Traces& traces) {
  NodeTime ago = kHeartbeatAgeMax;
  for (const Role role : kBothRoles) {
    if (!traces[role] || !HasHeartbeat(*traces[role])) continue;
    ago = std::min(ago, std::max<NodeTime>(traces[role]->now - traces[role]->lock->heartbeat, 0));
  }
  return ago;
}

NodeTime SecondsLeft(const Traces& traces) {
  NodeTime left = 0;
  for (const Role role : kBothRoles) {
    const PushFacts* push = PushOf(traces, role);
    if (push != nullptr && push->is_watched) {
      left = std::max(left, push->deadline - traces[role]->now);
    }
  }
  return left;
}

// Both are behind it, or it is clear that the one that cannot be reached does not matter.
SettleStep StepForward(const PushFacts& push, bool is_partner_known) {
  switch (push.phase) {
    case PushPhase::kCommitted:
    case PushPhase::kReady:
      return SettleStep::kConfirm;
    case PushPhase::kStaged:
    case PushPhase::kRolledBack:
      return SettleStep::kForward;
    case PushPhase::kConfirmed:
      // The record is what the partner will be led by.
      return is_partner_known ? SettleStep::kFinish : SettleStep::kNothing;
  }
  return SettleStep::kNothing;
}

SettleStep StepBack(const PushFacts& push) {
  return push.phase == PushPhase::kRolledBack || push.phase == PushPhase::kConfirmed
             ? SettleStep::kFinish
             : SettleStep::kBack;
}

// One node's lock without a push, or nothing at all.
SettleStep StepWithoutPush(const NodeTrace& trace) {
  return trace.lock && trace.lock->is_stale ? SettleStep::kUnlock : SettleStep::kNothing;
}

bool HasPassed(const Traces& traces, const std::string& id) {
  return std::ranges::any_of(kBothRoles, [&](Role role) {
    const PushFacts* push = PushOf(traces, role);
    return push != nullptr && push->id == id && push->phase == PushPhase::kConfirmed;
  });
}

// The fate of a push that has not passed the commit point.
SettleFate FateBefore(const Traces& traces, SettleWish wish) {
  const PushFacts* primary = PushOf(traces, Role::kPrimary);
  const PushFacts* secondary = PushOf(traces, Role::kSecondary);
  const auto is_ready = [](const PushFacts* push) {
    return push != nullptr && push->phase == PushPhase::kReady && push->is_watched;
  };
  // Of a pair of which one is gone for good, the other one's record is alone.
  const bool are_ready = (is_ready(primary) || primary == nullptr) &&
                         (is_ready(secondary) || secondary == nullptr) &&
                         traces.primary.has_value() && traces.secondary.has_value();
  if (are_ready) {
    if (wish == SettleWish::kConfirm) return SettleFate::kForward;
    return wish == SettleWish::kBack ? SettleFate::kBack : SettleFate::kAwaits;
  }
  // Once a node went back there is no push to go on with, however young its last heartbeat.
  if (AnyOf(traces, HasHeartbeat) && !AnyOf(traces, HasGoneBack)) return SettleFate::kRunning;
  if (wish != SettleWish::kBack && AnyOf(traces, WillHelpItself)) return SettleFate::kHelpsItself;
  for (const Role role : kBothRoles) {
    const PushFacts* push = PushOf(traces, role);
    // What was only staged is not in force anywhere, so nothing hangs on the other node.
    if (!traces[Other(role)] && push != nullptr && push->phase != PushPhase::kStaged) {
      return SettleFate::kInDoubt;
    }
  }
  return SettleFate::kBack;
}

// Of a push to one node alone the other knows nothing, so it counts as one without traces.
Traces WithoutStrangers(Traces traces) {
  for (const Role role : kBothRoles) {
    const PushFacts* push = PushOf(traces, role);
    if (push != nullptr && push->is_alone && !traces[Other(role)]) traces[Other(role)].emplace();
  }
  return traces;
}

}  // namespace

SettleDecision DecideSettle(const Traces& seen, SettleWish wish) {
  const Traces traces = WithoutStrangers(seen);
  SettleDecision decision;
  decision.heard_ago = HeardAgo(traces);
  const PushFacts* primary = PushOf(traces, Role::kPrimary);
  const PushFacts* first = primary != nullptr ? primary : PushOf(traces, Role::kSecondary);
  for (const Role role : kBothRoles) {
    if (traces[role]) decision.steps[role] = StepWithoutPush(*traces[role]);
  }
  if (first == nullptr) {
    for (const Role role : kBothRoles) {
      if (!traces[role] || !HasHeartbeat(*traces[role])) continue;
      decision.fate = SettleFate::kRunning;
      decision.push = traces[role]->lock->id;
      decision.owner = traces[role]->lock->owner;
    }
    return decision;
  }
  decision.push = first->id;
  decision.owner = first->owner;
  decision.is_alone = first->is_alone;
  decision.seconds_left = SecondsLeft(traces);
  decision.is_whole = traces.primary.has_value() && traces.secondary.has_value();
  const bool has_passed = HasPassed(traces, first->id);
  decision.fate = has_passed ? SettleFate::kForward : FateBefore(traces, wish);
  if (decision.fate != SettleFate::kForward && decision.fate != SettleFate::kBack) {
    decision.steps = {SettleStep::kNothing, SettleStep::kNothing};
    return decision;
  }
  for (const Role role : kBothRoles) {
    const PushFacts* push = PushOf(traces, role);
    if (push == nullptr) continue;
    // Another one's rest, of which this decision knows nothing good, goes back.
    const bool is_same = push->id == first->id;
    decision.steps[role] = decision.fate == SettleFate::kForward && is_same
                               ? StepForward(*push, traces[Other(role)].has_value())
                               : StepBack(*push);
  }
  return decision;
}

std::string Describe(const SettleDecision& decision) {
  const std::string push = fmt::format("the push '{}' of {}", text::Visible(decision.push),
                                       text::Visible(decision.owner));
  switch (decision.fate) {
    case SettleFate::kNone:
      return "no unfinished push";
    case SettleFate::kForward:
      return push + (decision.is_alone
                         ? " went to one node alone, and is confirmed there"
                         : " is confirmed on the primary, so both nodes get its files");
    case SettleFate::kBack:
      return fmt::format("{} ended before it was confirmed, so {} the files before it", push,
                         decision.is_alone ? "its node gets" : "both nodes get");
    case SettleFate::kRunning:
      // One that died a moment ago looks the same.
      return fmt::format(
          "{} seems to be running: its last heartbeat is {} s ago, and from {} s on it can be "
          "taken "
          "over",
          push, decision.heard_ago, kHeartbeatAgeMax);
    case SettleFate::kAwaits:
      return fmt::format("{} waits for 'dhcpair confirm'; without it {} back in {} s", push,
                         decision.is_alone ? "its node takes itself" : "the nodes take themselves",
                         std::max<NodeTime>(decision.seconds_left, 0));
    case SettleFate::kHelpsItself:
      return fmt::format("{} was left alone; the nodes take themselves back in about {} s", push,
                         std::max<NodeTime>(decision.seconds_left, 0) + kHeartbeatAgeMax);
    case SettleFate::kInDoubt:
      return push + " is unfinished, and only the node that cannot be reached knows how it ended";
  }
  return "";
}

}  // namespace dhcpair::sync
