#include "push_talk.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>

#include "ask.h"
#include "dhcpd_oracle.h"
#include "host/file_loader.h"
#include "lint/mapped_loader.h"
#include "lint/selection.h"
#include "lint/snapshot_loader.h"
#include "lint_check.h"
#include "text/utf8.h"

namespace dhcpair {
namespace {

using Json = nlohmann::ordered_json;
using sync::ChangeClass;

std::string_view Name(ChangeClass change_class) {
  return change_class == ChangeClass::kJoint ? "joint" : "rolling";
}

// A diff as a terminal may show it: the nodes' texts are anybody's.
std::string VisibleLines(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines += text::Visible(text.substr(0, end)) + "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

void TerminalTalk::Say(const std::string& line) const {
  if (settings_.common.quiet || settings_.common.format == Format::kJson) return;
  PrintErr(settings_.label + line + "\n");
}

void TerminalTalk::Progress(sync::Step step, const std::string& text) {
  if (step_ != step) {
    End();
    step_ = step;
    step_began_ = waiting_.Now();
  }
  Say(text.empty() ? fmt::format("{}: {}", sync::Name(step), sync::RowOf(step).doing)
                   : fmt::format("{}: {}", sync::Name(step), text));
}

void TerminalTalk::End() {
  if (!step_) return;
  const double seconds = static_cast<double>((waiting_.Now() - step_began_).count()) / 1000;
  steps_.push_back(Json{{"step", sync::Name(*step_)}, {"seconds", seconds}});
  step_.reset();
}

void TerminalTalk::Conclude(const sync::PushResult& result) const {
  if (settings_.common.format == Format::kJson) return;
  const auto say = [&](const std::string& text) {
    PrintErr(fmt::format("{}dhcpair: {}\n", settings_.label, text));
  };
  const bool is_known = std::ranges::find(refusals_, result.why) != refusals_.end() ||
                        std::ranges::find(warnings_, result.why) != warnings_.end();
  for (const std::string& refusal : refusals_) say(refusal);
  if (!result.why.empty() && !is_known) say(result.why);
  for (const std::string& note : result.notes) PrintErr(settings_.label + note + "\n");
}

void TerminalTalk::Warn(const std::string& text) {
  warnings_.push_back(text);
  if (settings_.common.format != Format::kJson) {
    PrintErr(fmt::format("{}warning: {}\n", settings_.label, text));
  }
}

std::optional<std::string> TerminalTalk::Objection() {
  if (!settings_.lints) return std::nullopt;
  LintOptions options;
  options.common = settings_.common;
  options.files = {pair_.source->name()};
  const auto selection = lint::Selection::Parse({}, {});
  const lint::IncludeMap include_map;
  // Each node's own dhcpd is asked in a moment.
  const DhcpdOracle oracle("the nodes' own dhcpd are asked");
  host::FileLoader disk;
  lint::SnapshotLoader loader(disk);
  const LintSetup setup{options, *selection, include_map, oracle};
  const std::vector<LintReport> reports = LintChecker(setup, loader).Run();
  for (const LintReport& report : reports) {
    if (!report.diagnostics.has_errors()) continue;
    if (settings_.common.format != Format::kJson)
      PrintFindings(report.diagnostics, settings_.common);
    return fmt::format("{} ('dhcpair lint' shows them): nothing was pushed",
                       text::Tally(report.diagnostics));
  }
  return std::nullopt;
}

void TerminalTalk::Show(const sync::PushPlan& plan) {
  Json changes = Json::array();
  std::string out;
  for (const sync::FileChange& change : plan.changes) {
    changes.push_back({{"node", pair::Name(change.role)},
                       {"path", change.path},
                       {"is_new", change.is_new},
                       {"diff", change.diff}});
    if (change.drift) {
      changes.back()["changed_by_hand"] = *change.drift;
      out += fmt::format("changed by hand on the {}:\n", pair::Name(change.role)) +
             VisibleLines(*change.drift);
    }
    out += VisibleLines(change.diff);
  }
  plan_ = {{"class", Name(plan.kind.change_class)}, {"why", plan.kind.why}, {"changes", changes}};
  for (const sync::Obstacle& obstacle : plan.obstacles) {
    if (obstacle.weight != sync::Obstacle::Weight::kRefusal) continue;
    refusals_.push_back(sync::Describe(obstacle, pair_));
  }
  plan_["refusals"] = refusals_;
  if (plan.kind.change_class == ChangeClass::kJoint) {
    out +=
        fmt::format("joint change: {}; {}\n", text::Visible(plan.kind.why), plan.expected_outage);
    plan_["expected_outage"] = plan.expected_outage;
  } else if (!plan.restarts.empty()) {
    out += "rolling change: one node after the other, each proven good\n";
  } else if (!plan.changes.empty()) {
    out += "only the comments at the head of files change: dhcpd is not restarted\n";
  }
  if (settings_.common.format != Format::kJson && !settings_.common.quiet) {
    std::string labelled;
    for (std::string_view rest = out; !rest.empty();) {
      const std::size_t end = rest.find('\n') + 1;
      labelled += settings_.label + std::string(rest.substr(0, end));
      rest.remove_prefix(end);
    }
    PrintOut(labelled);
  }
}

bool TerminalTalk::Agree(const sync::PushPlan& plan) {
  if (settings_.yes) return true;
  switch (Ask(fmt::format("{}push this to {}?", settings_.label,
                          plan.roles.size() == 2 ? "both nodes" : "this one node"))) {
    case Reply::kYes:
      return true;
    case Reply::kNo:
      return false;
    case Reply::kNobodyThere:
      why_not_asked_ = "nobody is there to be asked; --yes says yes";
      return false;
  }
  return false;
}

}  // namespace dhcpair
