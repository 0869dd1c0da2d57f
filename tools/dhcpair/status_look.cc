#include "status_look.h"

#include <fmt/core.h>

#include <memory>

#include "node_files.h"
#include "real_waiting.h"
#include "status_leases.h"
#include "sync/both_nodes.h"
#include "sync/push_talk.h"
#include "sync/settle_run.h"
#include "text/utf8.h"

namespace dhcpair {
namespace {

using pair::Role;

// What finishing an earlier push says goes to standard error.
class Aloud : public sync::StepTalk {
 public:
  explicit Aloud(PairOutcome& outcome) : outcome_(outcome) {}

  void Progress(sync::Step /*step*/, const std::string& text) override { Say(text); }
  void Warn(const std::string& text) override { Say(text); }

 private:
  void Say(const std::string& text) {
    if (!text.empty()) outcome_.err += fmt::format("{}\n", text::Visible(text));
  }

  PairOutcome& outcome_;
};

// Returns what is to be said of a push that is still there.
std::string Settle(NodePair& nodes, const NodeFiles& files, PairOutcome& outcome, bool& has_acted) {
  const auto decision = DecideSettle(TracesOf(files.facts));
  switch (decision.fate) {
    case sync::SettleFate::kRunning:
    case sync::SettleFate::kAwaits:
    case sync::SettleFate::kHelpsItself:
    case sync::SettleFate::kInDoubt:
      return Describe(decision);
    case sync::SettleFate::kNone:
      if (decision.steps.primary == sync::SettleStep::kNothing &&
          decision.steps.secondary == sync::SettleStep::kNothing) {
        return "";
      }
      break;
    case sync::SettleFate::kForward:
    case sync::SettleFate::kBack:
      break;
  }
  sync::PairNodes reached = nodes.InReach();
  for (const Role role : pair::kBothRoles) {
    if (!files.facts[role]) reached.agents[role] = nullptr;
  }
  RealWaiting waiting;
  sync::BothNodes both(reached, waiting);
  Aloud talk(outcome);
  const sync::Settled settled = SettleUnfinished(both, files.facts, sync::SettleWish::kLook, talk);
  has_acted = settled.has_acted;
  if (settled.is_clear()) return "";
  std::string left = Describe(settled.decision);
  for (const sync::StepError& error : settled.errors) {
    left += "; " + error.Text();
  }
  return left;
}

// Why a node has no facts: what was said of it while it was connected to or looked at.
std::string WhyNot(const PairOutcome& outcome, const NodePair& nodes, Role role) {
  for (const NodeProblem& problem : nodes.problems()) {
    if (problem.role == role) return fmt::format("{}: {}", problem.step, problem.message);
  }
  for (const auto& problem : outcome.json["problems"]) {
    if (problem["node"] == Name(role)) {
      return fmt::format("{}: {}", problem["step"].get<std::string>(),
                         problem["message"].get<std::string>());
    }
  }
  return "not looked at";
}

}  // namespace

std::optional<sync::PairStatus> LookAtPair(NodePair& nodes, const StatusLookOptions& options,
                                           PairOutcome& outcome) {
  auto files = LookAtFiles(nodes, options.common, options.templates, outcome);
  if (!files) return std::nullopt;
  bool has_acted = false;
  std::string push = Settle(nodes, *files, outcome, has_acted);
  if (has_acted) {
    files = LookAtFiles(nodes, options.common, options.templates, outcome);
    if (!files) return std::nullopt;
  }
  const pair::Pair& pair = nodes.pair();
  auto readings = sync::OnBoth([&](Role role) {
    if (!files->facts[role]) return sync::FailoverReading{};
    return ReadFailover(nodes.transport(role), pair, role, files->facts[role]->link);
  });
  LeasesLook leases;
  if (options.with_leases) leases = LookAtLeases(nodes, *files);
  sync::PairStatus status;
  status.view = {.file = pair.source->name(),
                 .name = pair.name.text(),
                 .host = {pair.primary.node.host, pair.secondary.node.host},
                 .mclt = pair.primary.mclt,
                 .between = std::move(files->between),
                 .pools = std::move(leases.pools),
                 .push = std::move(push)};
  for (const Role role : pair::kBothRoles) {
    if (!files->facts[role]) {
      status.view.unreachable[role] = WhyNot(outcome, nodes, role);
      continue;
    }
    status.view.nodes[role] = {.facts = *std::move(files->facts[role]),
                               .reading = std::move(readings[role]),
                               .clock_offset = files->clock_offset[role],
                               .files = std::move(files->drifts[role]),
                               .newest_lease = leases.newest[role],
                               .leases_problem = std::move(leases.problems[role])};
  }
  status.health = Weigh(status.view);
  return status;
}

}  // namespace dhcpair
