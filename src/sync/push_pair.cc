#include "sync/push_pair.h"

#include <utility>

#include "sync/push_plan.h"
#include "sync/settle_run.h"

namespace dhcpair::sync {
namespace {

using pair::Role;
using Looks = PerRole<std::optional<NodeLook>>;

PerRole<std::optional<NodeFacts>> FactsForSettling(const Looks& looks, const Allowances& allowed) {
  PerRole<std::optional<NodeFacts>> facts;
  for (const Role role : kBothRoles) {
    if (looks[role]) facts[role] = looks[role]->facts;
    // The operator vouches that nobody is behind the lock.
    if (allowed.steal_lock && facts[role] && facts[role]->lock) facts[role]->lock->is_stale = true;
    // The operator has given this one up: nobody waits for what it knows.
    if (!looks[role] && allowed.only_node && role != *allowed.only_node) facts[role].emplace();
  }
  return facts;
}

PushResult NotClear(const Settled& settled) {
  PushResult result{.outcome = PushOutcome::kRefused, .why = Describe(settled.decision)};
  if (!settled.errors.empty()) {
    result.why = settled.errors.front().Text();
    result.error = settled.errors.front();
  }
  return result;
}

}  // namespace

PushResult FailedBefore(StepError error) {
  const bool is_lost = error.error.is_lost();
  PushResult result{.outcome = is_lost ? PushOutcome::kUnreachable : PushOutcome::kRefused,
                    .why = error.Text()};
  result.error = std::move(error);
  return result;
}

PushResult PushPair(BothNodes& nodes, const PerRole<std::vector<ManagedFile>>& files,
                    const PushOptions& options, PushTalk& talk) {
  const PerRole<std::vector<std::string>> paths{PathsOf(files.primary), PathsOf(files.secondary)};
  talk.Progress(Step::kInspect, "");
  auto looks = InspectNodes(nodes, paths);
  if (!looks) return FailedBefore(std::move(looks.error()));
  const Settled settled = SettleUnfinished(
      nodes, FactsForSettling(*looks, options.plan.allowed),
      options.plan.allowed.steal_lock ? SettleWish::kBack : SettleWish::kLook, talk);
  if (!settled.is_clear()) return NotClear(settled);
  if (settled.has_acted) {
    looks = InspectNodes(nodes, paths);
    if (!looks) return FailedBefore(std::move(looks.error()));
  }
  const auto plan = PlanPush(nodes, files, *looks, options.plan);
  if (!plan) return FailedBefore(plan.error());
  return RunPush(nodes, *plan, options, talk);
}

}  // namespace dhcpair::sync
