#include "sync/settle_run.h"

#include <fmt/core.h>

#include "sync/way_back.h"

namespace dhcpair::sync {
namespace {

using pair::Role;

class Settler {
 public:
  Settler(BothNodes& nodes, const PerRole<std::optional<NodeFacts>>& facts, StepTalk& talk,
          Settled& settled)
      : nodes_(nodes), facts_(facts), talk_(talk), settled_(settled) {}

  void Run() {
    // The primary's word comes first, for it is the commit point.
    for (const Role role : kBothRoles) Forward(role);
    if (settled_.errors.empty()) GoBack();
    for (const Role role : kBothRoles) ClearUp(role);
  }

 private:
  SettleStep StepOf(Role role) const { return settled_.decision.steps[role]; }

  template <typename Work>
  void On(Role role, Work work) {
    settled_.has_acted = true;
    auto results = nodes_.Do<void>({role}, work);
    if (auto error = nodes_.ErrorIn(results, Step::kSettle)) {
      settled_.errors.push_back(*std::move(error));
    }
  }

  std::string PushOn(Role role) const {
    return facts_[role]->push ? facts_[role]->push->id : settled_.decision.push;
  }

  void Forward(Role role) {
    const SettleStep step = StepOf(role);
    if (step != SettleStep::kConfirm && step != SettleStep::kForward) return;
    if (!settled_.errors.empty()) return;
    talk_.Progress(Step::kSettle, fmt::format("the {} goes forward", Name(role)));
    On(role, [&](NodeAgent& agent) {
      return step == SettleStep::kConfirm ? agent.Confirm(PushOn(role))
                                          : agent.RollForward(PushOn(role));
    });
  }

  // Where both go back, the way is that of a push that fails: never both down.
  void GoBack() {
    for (const std::string& push : PushesToTakeBack()) {
      PushReach reach;
      reach.audit = fmt::format("push {} by {}: rolled back by a later command", push,
                                settled_.decision.owner);
      for (const Role role : kBothRoles) {
        if (StepOf(role) != SettleStep::kBack || PushOn(role) != push) continue;
        reach.touched.push_back(role);
        if (facts_[role]->push->restarted) reach.restarted.push_back(role);
      }
      settled_.has_acted = true;
      WayBack back = TakeBack(nodes_, push, reach, talk_);
      for (StepError& error : back.errors) settled_.errors.push_back(std::move(error));
      for (const Role role : back.left_alone) {
        settled_.errors.push_back(nodes_.ErrorAt(
            role, Step::kSettle,
            {NodeError::Kind::kFailed,
             "it may be the only one that serves, so it was not restarted on the files before the "
             "push; start its partner, then try again"}));
      }
    }
  }

  std::vector<std::string> PushesToTakeBack() const {
    std::vector<std::string> pushes;
    for (const Role role : kBothRoles) {
      if (StepOf(role) != SettleStep::kBack) continue;
      if (pushes.empty() || pushes.front() != PushOn(role)) pushes.push_back(PushOn(role));
    }
    return pushes;
  }

  void ClearUp(Role role) {
    switch (StepOf(role)) {
      case SettleStep::kFinish:
      case SettleStep::kConfirm:
      case SettleStep::kForward:
        // The primary's record leads the secondary as long as that is not where it should be.
        if (!settled_.errors.empty()) return;
        return On(role, [&](NodeAgent& agent) -> NodeAgent::Result<void> {
          if (auto finished = agent.Finish(PushOn(role)); !finished) return finished;
          return agent.Record(AuditOf(role));
        });
      case SettleStep::kUnlock:
        return On(role, [&](NodeAgent& agent) { return agent.Unlock(facts_[role]->lock->id); });
      case SettleStep::kNothing:
      case SettleStep::kBack:
        return;
    }
  }

  // Of a push whose own dhcpair did not come to write it down.
  std::string AuditOf(Role role) const {
    const PushFacts& push = *facts_[role]->push;
    const bool is_back =
        StepOf(role) == SettleStep::kFinish && push.phase == PushPhase::kRolledBack;
    return fmt::format("push {} by {}: {} (finished by a later command)", push.id, push.owner,
                       is_back ? "rolled back" : "pushed");
  }

  BothNodes& nodes_;
  const PerRole<std::optional<NodeFacts>>& facts_;
  StepTalk& talk_;
  Settled& settled_;
};

}  // namespace

bool Settled::is_clear() const {
  return errors.empty() &&
         (decision.fate == SettleFate::kNone || decision.fate == SettleFate::kBack ||
          (decision.fate == SettleFate::kForward && decision.is_whole));
}

PerRole<std::optional<NodeTrace>> TracesOf(const PerRole<std::optional<NodeFacts>>& facts) {
  PerRole<std::optional<NodeTrace>> traces;
  for (const Role role : kBothRoles) {
    if (!facts[role]) continue;
    traces[role] = NodeTrace{facts[role]->push, facts[role]->lock, facts[role]->link.now};
  }
  return traces;
}

Settled SettleUnfinished(BothNodes& nodes, const PerRole<std::optional<NodeFacts>>& facts,
                         SettleWish wish, StepTalk& talk) {
  Settled settled;
  settled.decision = DecideSettle(TracesOf(facts), wish);
  const SettleFate fate = settled.decision.fate;
  if (fate != SettleFate::kNone) talk.Progress(Step::kSettle, Describe(settled.decision));
  if (fate == SettleFate::kNone || fate == SettleFate::kForward || fate == SettleFate::kBack) {
    Settler(nodes, facts, talk, settled).Run();
  }
  return settled;
}

}  // namespace dhcpair::sync
