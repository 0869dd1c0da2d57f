#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "audit.h"
#include "commands.h"
#include "common.h"
#include "push_pair.h"
#include "push_talk.h"
#include "real_waiting.h"
#include "sync/settle_run.h"
#include "text/utf8.h"

namespace dhcpair {
namespace {

using pair::Role;
using sync::SettleFate;
using Json = nlohmann::ordered_json;

struct Options {
  CommonOptions common;
  std::vector<std::string> files;
  int jobs = 8;
};

class PairConfirm {
 public:
  PairConfirm(pair::Pair pair, const Options& options) : options_(options) {
    report_.file = pair.source->name();
    nodes_.emplace(NodePair::Connect(std::move(pair)));
  }

  PairReport Run() && {
    std::string why;
    for (const NodeProblem& problem : nodes_->problems()) {
      why += (why.empty() ? "" : "\n") + Sentence(nodes_->pair(), problem);
    }
    if (nodes_->findings().has_errors()) {
      PrintFindings(nodes_->findings(), options_.common);
      why = "the pair file has errors for these nodes";
    }
    sync::PerRole<std::optional<sync::NodeFacts>> facts;
    bool is_alone = false;
    for (const Role role : sync::kBothRoles) {
      if (!nodes_->is_reached(role)) continue;
      auto found = nodes_->agent(role).Inspect({});
      if (!found) {
        const NodeProblem problem = ProblemOf(role, "inspect", found.error());
        return End("unreachable", Sentence(nodes_->pair(), problem), problem.exit_code);
      }
      is_alone = is_alone || (found->push && found->push->is_alone);
      facts[role] = *std::move(found);
    }
    // Without the primary there is no commit point, and without the secondary no second node;
    // except of a push that went to one of them alone.
    if (!nodes_->are_both_reached() && !is_alone) {
      return End("unreachable", why, nodes_->exit_code());
    }
    const sync::PairNodes reached = nodes_->InReach();
    sync::BothNodes both(reached, waiting_);
    TerminalTalk talk({.common = options_.common}, nodes_->pair(), waiting_);
    return Judge(SettleUnfinished(both, facts, sync::SettleWish::kConfirm, talk));
  }

 private:
  PairReport Judge(const sync::Settled& settled) {
    const auto& decision = settled.decision;
    if (!settled.errors.empty()) {
      return End("unfinished", settled.errors.front().Text(), ExitCode::kRefused);
    }
    if (decision.fate == SettleFate::kForward) {
      Audit(fmt::format("confirm {} push {} by {}", text::Visible(report_.file), decision.push,
                        Operator()));
      return End("confirmed",
                 decision.is_alone
                     ? "the other node still has its old files: push again before it is started"
                     : "",
                 ExitCode::kDone);
    }
    if (decision.fate == SettleFate::kBack) {
      return End("rolled back", Describe(decision), ExitCode::kRolledBack);
    }
    return End(
        "refused",
        decision.fate == SettleFate::kNone ? "no push waits to be confirmed" : Describe(decision),
        ExitCode::kRefused);
  }

  PairReport End(std::string outcome, std::string why, ExitCode code) {
    report_.outcome = std::move(outcome);
    report_.why = std::move(why);
    report_.exit_code = code;
    report_.json = {{"file", report_.file},
                    {"pair", nodes_->pair().name.text()},
                    {"outcome", report_.outcome},
                    {"exit_code", static_cast<int>(code)},
                    {"why", report_.why}};
    return std::move(report_);
  }

  const Options& options_;
  RealWaiting waiting_;
  std::optional<NodePair> nodes_;
  PairReport report_;
};

ExitCode Run(const Options& options) {
  text::Diagnostics findings;
  auto pairs = LoadPairs(options.files, options.common, findings);
  const bool is_json = options.common.format == Format::kJson;
  ExitCode worst = pairs ? ExitCode::kDone : ExitCode::kBadInput;
  Json json = Json::array();
  InOrder(
      pairs ? pairs->size() : 0, options.jobs,
      [&](std::size_t i) { return PairConfirm(std::move((*pairs)[i]), options).Run(); },
      [&](PairReport report) {
        worst = Worse(worst, report.exit_code);
        json.push_back(std::move(report.json));
        if (is_json) return;
        if (!report.why.empty()) PrintErr(fmt::format("dhcpair: {}\n", report.why));
        if (!options.common.quiet) {
          PrintOut(fmt::format("{}: {}\n", text::Visible(report.file), report.outcome));
        }
      });
  if (is_json) PrintPairsJson("confirm", std::move(json), findings, options.common);
  return worst;
}

}  // namespace

void AddConfirm(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command =
      *app.add_subcommand("confirm", "says yes to a push that waits for it (--confirm-within)");
  AddPairFiles(command, options->files);
  AddJobs(command, options->jobs);
  AddCommonOptions(command, options->common, Formats::kTextAndJson);
  command.callback([options, &exit_code] { exit_code = Run(*options); });
}

}  // namespace dhcpair
