#include "sync/push.h"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "lint/dhcpd_messages.h"
#include "sync/proof_wait.h"
#include "sync/staged_set.h"
#include "sync/way_back.h"
#include "text/utf8.h"

namespace dhcpair::sync {
namespace {

using pair::Role;
using std::chrono::seconds;
using Failed = std::optional<StepError>;

constexpr seconds kConfirmLookEvery{5};
// The primary's watchdog acts later than the secondary's, so that never both are away.
constexpr seconds kPrimaryLater{60};
// Before the nodes' own watchdogs act, this push takes itself back in the right order.
constexpr seconds kBeforeWatchdogs{10};

// What dhcpd says of a file that is only on the node, in words for the end of a sentence; findings
// cannot point into it.
std::string UnmanagedMistake(const lint::Staging& staging, std::string_view messages) {
  while (!messages.empty()) {
    const std::size_t end = std::min(messages.find('\n'), messages.size());
    std::string_view line = messages.substr(0, end);
    messages.remove_prefix(std::min(end + 1, messages.size()));
    for (const lint::StagedFile& file : staging.files) {
      const std::string begin = file.staged_path + " line ";
      if (file.source != nullptr || !line.starts_with(begin)) continue;
      return fmt::format(": {}:{}", text::Visible(file.node_path),
                         text::Visible(line.substr(begin.size())));
    }
  }
  return "";
}

class PushRun {
 public:
  PushRun(BothNodes& nodes, const PushPlan& plan, const PushOptions& options, PushTalk& talk)
      : nodes_(nodes), plan_(plan), options_(options), talk_(talk) {
    for (const Role role : plan_.roles) {
      sets_[role] = StageFiles(nodes_.pair(), role, plan_.files[role], plan_.present[role]);
    }
  }

  PushResult Run() {
    if (auto failed = Prepare()) return Abandon(*std::move(failed));
    if (auto failed = Change()) return GoBack(*std::move(failed));
    if (options_.confirm_within) {
      if (auto ended = AwaitConfirm()) return *std::move(ended);
    }
    return Confirm();
  }

 private:
  // Up to the moment at which the first file changes.
  Failed Prepare() {
    if (auto failed = Lock()) return failed;
    nodes_.BeatFor(options_.id, plan_.roles, options_.watch);
    if (auto failed = LookAgain()) return failed;
    if (auto failed = Each(Step::kStage, [&](NodeAgent& agent) {
          return agent.Stage(options_.id, sets_[agent.role()].files, plan_.generation);
        })) {
      return failed;
    }
    if (auto failed = Check()) return failed;
    return Each(Step::kArm, [&](NodeAgent& agent) {
      return agent.Arm(options_.id, {.limit = options_.watch, .may_restart = !only_node()});
    });
  }

  Failed Change() {
    has_committed_ = true;
    if (auto failed =
            Each(Step::kCommit, [&](NodeAgent& agent) { return agent.Commit(options_.id); })) {
      return failed;
    }
    if (!options_.no_restart) {
      if (auto failed = RestartAll()) return failed;
    }
    const seconds limit = options_.confirm_within.value_or(options_.watch);
    return Each(Step::kReady, [&](NodeAgent& agent) {
      const bool is_missed = options_.no_restart && Has(plan_.restarts, agent.role());
      return agent.Ready(
          options_.id, limit,
          is_missed ? NodeAgent::Daemon::kToBeRestarted : NodeAgent::Daemon::kUpToDate);
    });
  }

  // The same step on all nodes of this push.
  Failed Each(Step step, const std::function<NodeAgent::Result<void>(NodeAgent&)>& work) {
    if (auto failed = Interrupted(step)) return failed;
    talk_.Progress(step, "");
    auto results = nodes_.Do<void>(plan_.roles, work);
    return nodes_.ErrorIn(results, step);
  }

  Failed Interrupted(Step step) {
    if (!nodes_.waiting().IsInterrupted()) return std::nullopt;
    return nodes_.ErrorAt(plan_.roles.front(), step,
                          {NodeError::Kind::kFailed, "this push was asked to end"});
  }

  // One after the other, the primary first, so that of two pushes at once one gets both.
  Failed Lock() {
    talk_.Progress(Step::kLock, "");
    const auto steal =
        options_.plan.allowed.steal_lock ? NodeAgent::Steal::kYes : NodeAgent::Steal::kNo;
    for (const Role role : plan_.roles) {
      if (auto failed = Interrupted(Step::kLock)) return failed;
      reach_.touched.push_back(role);
      auto result = nodes_.Do<void>(
          {role}, [&](NodeAgent& agent) { return agent.Lock(options_.id, options_.owner, steal); });
      if (auto failed = nodes_.ErrorIn(result, Step::kLock)) {
        // Somebody else's lock is not ours to clear up.
        if (failed->error.kind == NodeError::Kind::kLocked) reach_.touched.pop_back();
        return failed;
      }
    }
    return std::nullopt;
  }

  // Between the plan and the lock somebody else may have pushed.
  Failed LookAgain() {
    PerRole<std::vector<std::string>> paths{PathsOf(plan_.files.primary),
                                            PathsOf(plan_.files.secondary)};
    auto facts = nodes_.Do<NodeFacts>(
        plan_.roles, [&](NodeAgent& agent) { return agent.Inspect(paths[agent.role()]); });
    if (auto failed = nodes_.ErrorIn(facts, Step::kLock)) return failed;
    for (const Role role : plan_.roles) {
      const NodeFacts& now = **facts[role];
      const NodeFacts& then = plan_.looks[role]->facts;
      const bool is_same =
          now.generation == then.generation && !now.push &&
          std::ranges::equal(now.files, then.files, {}, &FileFacts::sha256, &FileFacts::sha256);
      if (!is_same) {
        return nodes_.ErrorAt(role, Step::kLock,
                              {NodeError::Kind::kFailed,
                               "its files have changed since the plan was made; push again"});
      }
    }
    return std::nullopt;
  }

  Failed Check() {
    talk_.Progress(Step::kCheck, "");
    auto answers = nodes_.Do<CheckAnswer>(
        plan_.roles, [&](NodeAgent& agent) { return agent.Check(options_.id); });
    if (auto failed = nodes_.ErrorIn(answers, Step::kCheck)) return failed;
    Failed first;
    for (const Role role : plan_.roles) {
      const CheckAnswer& answer = **answers[role];
      text::Diagnostics found;
      lint::ReadDhcpdMessages({answer.exit_status, answer.messages}, sets_[role].staging,
                              std::string(Name(role)), found);
      result_.findings.Append(found);
      if (answer.exit_status == 0) continue;
      StepError error = nodes_.ErrorAt(
          role, Step::kCheck,
          {NodeError::Kind::kRejected, "its dhcpd does not take the new files" +
                                           UnmanagedMistake(sets_[role].staging, answer.messages)});
      if (first) {
        result_.notes.push_back(error.Text());
      } else {
        first = std::move(error);
      }
    }
    return first;
  }

  // ---- restarts

  Failed RestartAll() {
    const bool is_joint = plan_.kind.change_class == ChangeClass::kJoint;
    reach_.is_joint = is_joint;
    if (Has(plan_.restarts, Role::kSecondary)) {
      if (auto failed = Restart(Step::kRestartSecondary, Role::kSecondary)) return failed;
      // In a joint change the secondary cannot become normal before the primary has changed too.
      if (auto failed = Prove(Step::kProveSecondary, is_joint)) return failed;
    }
    if (Has(plan_.restarts, Role::kPrimary)) {
      if (auto failed = Restart(Step::kRestartPrimary, Role::kPrimary)) return failed;
      if (auto failed = Prove(Step::kProvePrimary, false)) return failed;
    }
    return std::nullopt;
  }

  Failed Restart(Step step, Role role) {
    if (auto failed = Interrupted(step)) return failed;
    talk_.Progress(step, "");
    // The partner's file is going to be the only witness: that of a restarted node keeps the date
    // that it had. So the moment is taken by the partner's clock.
    const Role partner = Other(role);
    not_before_ = {};
    normal_before_ = {};
    const BothNodes::Looked looked = nodes_.Look(plan_.roles);
    if (Has(plan_.roles, partner)) {
      if (looked.errors[partner]) return nodes_.ErrorAt(partner, step, *looked.errors[partner]);
      not_before_[partner] = looked.sight.nodes[partner]->link.now;
    }
    if (const auto& own = looked.sight.nodes[role];
        own && own->reading.mine == failover::State::kNormal) {
      normal_before_[role] = own->reading.mine_since;
    }
    reach_.restarted.push_back(role);
    auto restarted =
        nodes_.Do<NodeTime>({role}, [&](NodeAgent& agent) { return agent.Restart(options_.id); });
    restarted_at_ = {};
    if (restarted[role] && *restarted[role]) restarted_at_[role] = **restarted[role];
    return nodes_.ErrorIn(restarted, step);
  }

  bool only_node() const { return options_.plan.allowed.only_node.has_value(); }

  Failed Prove(Step step, bool is_half_of_joint) {
    const pair::Role role = step == Step::kProveSecondary ? Role::kSecondary : Role::kPrimary;
    ProofWait wait{.step = step, .role = role, .roles = plan_.roles};
    const auto& tuning = nodes_.pair().node(role).tuning;
    wait.terms.unbroken = 2 * tuning.max_response_delay;
    wait.terms.not_before = not_before_;
    wait.terms.restarted_at = restarted_at_;
    wait.terms.normal_before = normal_before_;
    wait.terms.must_run = {Has(plan_.roles, Role::kPrimary) && !is_half_of_joint,
                           Has(plan_.roles, Role::kSecondary)};
    wait.patience = options_.normal_within;
    wait.may_settle_for_running = plan_.condition == PairCondition::kDegraded;
    if (is_half_of_joint || only_node() || !plan_.has_failover) {
      wait.terms.demand = ProofOfNormal::Demand::kRunning;
      wait.terms.unbroken = kRunningProof;
    }
    return AwaitProof(nodes_, wait, talk_);
  }

  // ---- the end

  PushResult Confirm() {
    nodes_.StopBeating();
    // The node whose word is the commit point: the primary, wherever it takes part.
    const Role first = plan_.roles.front();
    const Step first_step =
        first == Role::kPrimary ? Step::kConfirmPrimary : Step::kConfirmSecondary;
    talk_.Progress(first_step, "");
    auto confirmed = ConfirmOn(first);
    if (auto failed = nodes_.ErrorIn(confirmed, first_step)) {
      if (failed->error.is_lost()) return InDoubt(*std::move(failed));
      return GoBack(*std::move(failed));
    }
    if (plan_.roles.size() > 1) {
      talk_.Progress(Step::kConfirmSecondary, "");
      auto second = ConfirmOn(Role::kSecondary);
      if (auto failed = nodes_.ErrorIn(second, Step::kConfirmSecondary)) {
        return HalfDone(*std::move(failed));
      }
    }
    Finish();
    result_.outcome = PushOutcome::kPushed;
    NotePending();
    return std::move(result_);
  }

  // What is in force, but not everywhere yet.
  void NotePending() {
    if (options_.no_restart) {
      result_.notes.emplace_back("dhcpd was not restarted, so it still runs on the old files");
    }
    if (only_node()) {
      result_.notes.push_back(
          fmt::format("the {} still has its old files: push again before it is started",
                      Name(Other(*options_.plan.allowed.only_node))));
    }
  }

  StepResults<void> ConfirmOn(Role role) {
    return nodes_.Do<void>({role}, [&](NodeAgent& agent) { return agent.Confirm(options_.id); });
  }

  // What is left behind is cleared up by the next command, so this is no reason to go back.
  void Finish() {
    talk_.Progress(Step::kFinish, "");
    const std::string line = AuditLine(plan_.files, options_, {.outcome = PushOutcome::kPushed});
    auto results = nodes_.Do<void>(plan_.roles, [&](NodeAgent& agent) -> NodeAgent::Result<void> {
      auto finished = agent.Finish(options_.id);
      auto recorded = agent.Record(line);
      return finished ? recorded : finished;
    });
    for (const Role role : plan_.roles) {
      if (*results[role]) continue;
      result_.notes.push_back(nodes_.ErrorAt(role, Step::kFinish, results[role]->error()).Text() +
                              "; the next dhcpair command clears up");
    }
  }

  // Nothing comes back: somebody said yes, on the nodes or nowhere else.
  std::optional<PushResult> AwaitConfirm() {
    nodes_.StopBeating();
    talk_.Progress(Step::kAwaitConfirm, fmt::format("within {} s, or both nodes go back",
                                                    options_.confirm_within->count()));
    const auto early = std::min(kBeforeWatchdogs, *options_.confirm_within / 4);
    const auto until = nodes_.waiting().Now() + *options_.confirm_within - early;
    while (true) {
      auto facts =
          nodes_.Do<NodeFacts>(plan_.roles, [&](NodeAgent& agent) { return agent.Inspect({}); });
      if (auto failed = nodes_.ErrorIn(facts, Step::kAwaitConfirm)) {
        return InDoubt(*std::move(failed));
      }
      const NodeFacts& first = **facts[plan_.roles.front()];
      const int wanted = plan_.looks[plan_.roles.front()]->facts.generation;
      const bool is_over = !first.push || first.push->id != options_.id;
      if ((first.push && first.push->phase == PushPhase::kConfirmed) ||
          (is_over && first.generation != wanted)) {
        if (!is_over) return std::nullopt;
        NotePending();
        return EndedElsewhere(PushOutcome::kPushed);
      }
      if (is_over || first.push->phase == PushPhase::kRolledBack) {
        result_.why = "it was taken back";
        return EndedElsewhere(PushOutcome::kRolledBack);
      }
      if (nodes_.waiting().IsInterrupted()) {
        result_.notes.emplace_back("the push still waits: 'dhcpair confirm' ends it");
        return EndedElsewhere(PushOutcome::kInDoubt);
      }
      if (nodes_.waiting().Now() >= until) {
        return GoBack(nodes_.ErrorAt(
            plan_.roles.front(), Step::kAwaitConfirm,
            {NodeError::Kind::kFailed,
             fmt::format("nobody confirmed within {} s", options_.confirm_within->count())}));
      }
      nodes_.waiting().Sleep(kConfirmLookEvery);
    }
  }

  PushResult EndedElsewhere(PushOutcome outcome) {
    result_.outcome = outcome;
    return std::move(result_);
  }

  PushResult InDoubt(StepError error) {
    result_.notes.emplace_back(
        "whether the push is confirmed is not known: nothing more is touched, and the next dhcpair "
        "command that reaches both nodes finishes it");
    return End(PushOutcome::kInDoubt, std::move(error));
  }

  PushResult HalfDone(StepError error) {
    result_.notes.emplace_back(
        "the push is confirmed on the primary; the next dhcpair command brings the secondary after "
        "it");
    return End(PushOutcome::kHalfDone, std::move(error));
  }

  // Nothing is in force yet: what was staged goes away.
  PushResult Abandon(StepError error) {
    const bool is_lost = error.error.is_lost();
    NoteWayBack();
    return End(is_lost ? PushOutcome::kUnreachable : PushOutcome::kRefused, std::move(error));
  }

  PushResult GoBack(StepError error) {
    talk_.Warn(error.Text());
    NoteWayBack();
    return End(PushOutcome::kRolledBack, std::move(error));
  }

  void NoteWayBack() {
    if (reach_.touched.empty()) return;
    // Whoever asked this process to end wants both nodes as they were.
    nodes_.waiting().TakeInterrupt();
    if (has_committed_) {
      reach_.audit = AuditLine(plan_.files, options_, {.outcome = PushOutcome::kRolledBack});
    }
    const WayBack back = TakeBack(nodes_, options_.id, reach_, talk_);
    nodes_.StopBeating();
    for (const StepError& failed : back.errors) Leave(failed.role);
    for (const Role role : back.left_alone) Leave(role);
    for (const StepError& failed : back.errors) result_.notes.push_back(failed.Text());
    if (!back.errors.empty()) FindWhatIsDown();
    // One that said why it could not go back has ended its watchdog.
    const bool is_watched =
        !back.left_alone.empty() || std::ranges::any_of(back.errors, [](const StepError& failed) {
          return failed.error.is_lost();
        });
    if (!is_watched && !back.is_complete()) {
      result_.notes.emplace_back("the next dhcpair command tries again to take it back");
    } else if (is_watched && has_committed_) {
      result_.notes.push_back(fmt::format(
          "a node that could not be taken back from here takes itself back within {} s; the next "
          "dhcpair command clears up",
          (options_.watch + std::min(options_.watch, kPrimaryLater)).count()));
    }
  }

  void FindWhatIsDown() {
    const BothNodes::Looked looked = nodes_.Look(plan_.roles);
    for (const Role role : plan_.roles) {
      const auto& now = looked.sight.nodes[role];
      if (now && now->link.service == ServiceState::kStopped &&
          plan_.looks[role]->facts.link.service == ServiceState::kRunning) {
        result_.down.push_back(role);
      }
    }
  }

  // Nobody is behind this push any more, so that its lock must not say otherwise; the record and
  // the watchdog stay.
  void Leave(Role role) {
    (void)nodes_.Do<void>({role}, [&](NodeAgent& agent) { return agent.Unlock(options_.id); });
  }

  PushResult End(PushOutcome outcome, StepError error) {
    result_.outcome = outcome;
    for (const Role role : result_.down) {
      result_.why += fmt::format(
          "dhcpd of the {} ({}) is DOWN: see in its log why; 'dhcpair status' tries again to start "
          "it on the old files; ",
          Name(role), text::Visible(nodes_.pair().node(role).host));
    }
    result_.why += error.Text();
    result_.error = std::move(error);
    return std::move(result_);
  }

  BothNodes& nodes_;
  const PushPlan& plan_;
  const PushOptions& options_;
  PushTalk& talk_;
  PerRole<StagedSet> sets_;
  PushReach reach_;
  PerRole<std::optional<NodeTime>> not_before_;
  PerRole<std::optional<NodeTime>> restarted_at_;
  PerRole<std::optional<NodeTime>> normal_before_;
  bool has_committed_ = false;
  PushResult result_{.outcome = PushOutcome::kPushed};
};

}  // namespace

std::string_view Name(PushOutcome outcome) {
  switch (outcome) {
    case PushOutcome::kUnchanged:
      return "unchanged";
    case PushOutcome::kPlanned:
      return "planned";
    case PushOutcome::kUnfit:
      return "unfit";
    case PushOutcome::kDeclined:
      return "declined";
    case PushOutcome::kPushed:
      return "pushed";
    case PushOutcome::kRefused:
      return "refused";
    case PushOutcome::kUnreachable:
      return "unreachable";
    case PushOutcome::kRolledBack:
      return "rolled back";
    case PushOutcome::kInDoubt:
      return "in doubt";
    case PushOutcome::kHalfDone:
      return "half done";
  }
  return "";
}

PushResult RunPush(BothNodes& nodes, const PushPlan& plan, const PushOptions& options,
                   PushTalk& talk) {
  if (plan.is_empty() || (options.no_restart && plan.changes.empty())) {
    return {.outcome = PushOutcome::kUnchanged};
  }
  for (const Role role : plan.restarts) {
    if (!plan.looks[role]->facts.is_restart_pending || options.no_restart) continue;
    talk.Warn(
        fmt::format("dhcpd of the {} still runs on the files before the last push", Name(role)));
  }
  if (auto objection = talk.Objection()) {
    return {.outcome = PushOutcome::kUnfit, .why = *std::move(objection)};
  }
  for (const Obstacle& obstacle : plan.obstacles) {
    if (obstacle.weight == Obstacle::Weight::kWarning) talk.Warn(Describe(obstacle, nodes.pair()));
  }
  talk.Show(plan);
  if (options.dry_run) {
    return {.outcome = plan.is_refused() ? PushOutcome::kRefused : PushOutcome::kPlanned,
            .why = FirstRefusal(plan, nodes.pair())};
  }
  if (plan.is_refused()) {
    return {.outcome = PushOutcome::kRefused, .why = FirstRefusal(plan, nodes.pair())};
  }
  if (!talk.Agree(plan)) return {.outcome = PushOutcome::kDeclined};
  return PushRun(nodes, plan, options, talk).Run();
}

std::string AuditLine(const PerRole<std::vector<ManagedFile>>& files, const PushOptions& options,
                      const PushResult& result) {
  std::string line =
      fmt::format("push {} by {}: {}", options.id, options.owner, Name(result.outcome));
  const auto& only = options.plan.allowed.only_node;
  if (only) line += fmt::format(" (the {} still to be pushed)", Name(Other(*only)));
  for (const Role role : kBothRoles) {
    if (only && role != *only) continue;
    for (const ManagedFile& file : files[role]) {
      line += fmt::format(" {}:{}={}", Name(role), file.path, file.sha256);
    }
  }
  return line;
}

}  // namespace dhcpair::sync
