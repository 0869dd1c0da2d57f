#include "push_pair.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <nlohmann/json.hpp>

#include "audit.h"
#include "nodes.h"
#include "pair/values.h"
#include "push_talk.h"
#include "real_waiting.h"
#include "text/table.h"
#include "text/utf8.h"

namespace dhcpair {
namespace {

using pair::Role;
using Json = nlohmann::ordered_json;
using sync::PushOutcome;

// Less than that, and a node that is only slow would be taken back.
constexpr int kSecondsMin = 5;

std::optional<std::chrono::seconds> ReadTime(std::string_view option, const std::string& text) {
  const auto seconds = pair::ParseSeconds(text);
  if (seconds && seconds->count() >= kSecondsMin) return *seconds;
  PrintErr(fmt::format("dhcpair: {} '{}' is no time from {} s on; write 90, 90s, 10m or 1h\n",
                       option, text::Visible(text), kSecondsMin));
  return std::nullopt;
}

class PairPush {
 public:
  PairPush(pair::Pair pair, const PushCommandOptions& options, const PushTimes& times,
           const std::string& command, const std::string& label)
      : options_(options), times_(times), command_(command), label_(label) {
    report_.file = pair.source->name();
    if (!options_.only_node.empty()) only_node_ = NodeNamed(pair, options_.only_node);
    nodes_.emplace(NodePair::Connect(std::move(pair)));
  }

  PairReport Run(const FileSource& source) && {
    if (!options_.only_node.empty() && !only_node_) {
      Fail(NoSuchNode(nodes_->pair(), options_.only_node), ExitCode::kBadInput);
      return std::move(report_);
    }
    if (nodes_->findings().has_errors()) {
      PrintFindings(nodes_->findings(), options_.common);
      Fail("the pair file has errors for these nodes", ExitCode::kBadInput);
      return std::move(report_);
    }
    if (!AreReached()) return std::move(report_);
    const sync::PairNodes reached = nodes_->InReach();
    sync::BothNodes both(reached, waiting_);
    auto files = source(*nodes_, both);
    if (!files) {
      PairReport failed = std::move(files.error());
      report_.outcome = failed.outcome;
      report_.why = failed.why;
      report_.exit_code = failed.exit_code;
      FillJson();
      report_.json.update(failed.json);
      return std::move(report_);
    }
    return Push(both, *files);
  }

 private:
  void Fail(std::string why, ExitCode code) {
    report_.outcome = code == ExitCode::kUnreachable ? "unreachable" : "refused";
    report_.exit_code = code;
    if (options_.common.format != Format::kJson) {
      PrintErr(fmt::format("{}dhcpair: {}\n", label_, why));
    }
    report_.why = std::move(why);
    FillJson();
  }

  bool AreReached() {
    std::string why;
    for (const NodeProblem& problem : nodes_->problems()) {
      if (only_node_ && problem.role != *only_node_) continue;
      why += (why.empty() ? "" : "; ") + Sentence(nodes_->pair(), problem);
      report_.exit_code = Worse(report_.exit_code, problem.exit_code);
    }
    if (why.empty()) return true;
    Fail(std::move(why), report_.exit_code);
    return false;
  }

  PairReport Push(sync::BothNodes& both, const PushedFiles& pushed) {
    const auto& files = pushed.files;
    TerminalTalk talk({.common = options_.common,
                       .label = label_,
                       .yes = options_.yes,
                       .lints = command_ == "push"},
                      nodes_->pair(), waiting_);
    for (const std::string& warning : nodes_->warnings()) talk.Warn(warning);
    if (options_.common.verbose) {
      for (const std::string& assumption : nodes_->assumptions()) talk.Say(assumption);
    }
    sync::PushOptions push{.id = NewPushId(), .owner = Operator()};
    push.plan = {.allowed = {.only_node = only_node_,
                             .degraded = options_.allow_degraded,
                             .steal_lock = options_.steal_lock},
                 .allow_drop_leases = options_.allow_drop_leases,
                 .overwrite_drift = options_.overwrite_drift};
    push.dry_run = options_.dry_run;
    push.no_restart = options_.no_restart;
    push.confirm_within = times_.confirm_within;
    push.watch = times_.watchdog;
    push.normal_within = times_.normal_within;
    sync::PushResult result = sync::PushPair(both, files, push, talk);
    talk.End();
    if (!talk.why_not_asked().empty()) result.why = talk.why_not_asked();
    Tell(push, result, pushed, talk);
    return std::move(report_);
  }

  void Tell(const sync::PushOptions& push, const sync::PushResult& result,
            const PushedFiles& pushed, const TerminalTalk& talk) {
    report_.outcome =
        result.outcome == PushOutcome::kPushed ? pushed.when_pushed : sync::Name(result.outcome);
    report_.why = result.why;
    report_.exit_code = ExitCodeOf(result);
    FillJson();
    Json& json = report_.json;
    json["push"] = push.id;
    if (!talk.plan_json().is_null()) json["plan"] = talk.plan_json();
    json["steps"] = talk.steps_json();
    json["warnings"] = talk.warnings();
    json["notes"] = result.notes;
    json["findings"] = FindingsJson(result.findings);
    if (result.error) {
      json["error"] = {{"node", pair::Name(result.error->role)},
                       {"host", result.error->host},
                       {"step", sync::Name(result.error->step)},
                       {"message", result.error->error.message}};
    }
    if (options_.common.format != Format::kJson && !result.findings.empty()) {
      PrintFindings(result.findings, options_.common);
    }
    talk.Conclude(result);
    const bool has_begun =
        result.outcome != PushOutcome::kUnchanged && result.outcome != PushOutcome::kPlanned &&
        result.outcome != PushOutcome::kDeclined && result.outcome != PushOutcome::kUnfit;
    if (has_begun) {
      Audit(fmt::format("{} {} {}", command_, text::Visible(report_.file),
                        sync::AuditLine(pushed.files, push, result)));
    }
  }

  void FillJson() {
    report_.json = {{"file", report_.file},
                    {"pair", nodes_->pair().name.text()},
                    {"outcome", report_.outcome},
                    {"exit_code", static_cast<int>(report_.exit_code)},
                    {"why", report_.why}};
  }

  const PushCommandOptions& options_;
  const PushTimes& times_;
  const std::string& command_;
  const std::string& label_;
  RealWaiting waiting_;
  std::optional<NodePair> nodes_;
  std::optional<Role> only_node_;
  PairReport report_;
};

std::string SummaryTable(const std::vector<PairReport>& reports) {
  std::vector<std::vector<std::string>> rows;
  for (const PairReport& report : reports) {
    std::vector<std::string>& row = rows.emplace_back();
    row = {report.file, report.outcome};
    // Of one pair it was said a line above.
    if (reports.size() > 1) row.push_back(report.why);
  }
  return text::FormatTable(rows);
}

}  // namespace

void AddPushOptions(CLI::App& command, PushCommandOptions& options, PushFiles files) {
  if (files == PushFiles::kOnCommandLine) AddPairFiles(command, options.files);
  command.add_flag("--dry-run", options.dry_run, "show the plan, change nothing");
  command.add_flag("-y,--yes", options.yes, "do not ask");
  command.add_flag("--no-restart", options.no_restart, "leave dhcpd running on the old files");
  command
      .add_option("--confirm-within", options.confirm_within,
                  "go back unless 'dhcpair confirm' comes within this time")
      ->option_text("TIME");
  command
      .add_option("--only-node", options.only_node,
                  "of a pair whose other node is away: primary or secondary")
      ->option_text("NODE");
  command.add_flag("--allow-degraded", options.allow_degraded,
                   "push although the pair is not in normal");
  command.add_flag("--allow-drop-leases", options.allow_drop_leases,
                   "push although leases in use lose their range");
  command.add_flag("--overwrite-drift", options.overwrite_drift,
                   "replace files that somebody changed on a node");
  command.add_flag("--steal-lock", options.steal_lock,
                   "take the lock even from a push that may still be under way");
  command
      .add_option("--watchdog", options.watchdog,
                  "without a sign of life for this long the nodes take themselves back "
                  "(default: 120s)")
      ->option_text("TIME");
  command
      .add_option("--normal-within", options.normal_within,
                  "go back where normal is not reached in this time (default: 120s)")
      ->option_text("TIME");
  AddJobs(command, options.jobs);
  command
      .add_option("--max-failures", options.max_failures,
                  "of several pairs, begin no further one after so many have failed (default: 1)")
      ->check(CLI::Range(1, 1'000'000))
      ->option_text("N");
  AddCommonOptions(command, options.common, Formats::kTextAndJson);
}

std::optional<PushTimes> ReadPushTimes(const PushCommandOptions& options) {
  PushTimes times;
  if (!options.confirm_within.empty()) {
    times.confirm_within = ReadTime("--confirm-within", options.confirm_within);
    if (!times.confirm_within) return std::nullopt;
  }
  const auto watchdog = ReadTime("--watchdog", options.watchdog);
  const auto normal_within = ReadTime("--normal-within", options.normal_within);
  if (!watchdog || !normal_within) return std::nullopt;
  times.watchdog = *watchdog;
  times.normal_within = *normal_within;
  return times;
}

ExitCode ExitCodeOf(const sync::PushResult& result) {
  switch (result.outcome) {
    case PushOutcome::kUnchanged:
    case PushOutcome::kPlanned:
    case PushOutcome::kPushed:
      return ExitCode::kDone;
    case PushOutcome::kUnfit:
      return ExitCode::kFallsShort;
    case PushOutcome::kDeclined:
    case PushOutcome::kRefused:
      return ExitCode::kRefused;
    case PushOutcome::kRolledBack:
      return ExitCode::kRolledBack;
    case PushOutcome::kUnreachable:
    case PushOutcome::kInDoubt:
    case PushOutcome::kHalfDone:
      return ExitCode::kUnreachable;
  }
  return ExitCode::kRefused;
}

PairReport PushToPair(pair::Pair pair, const PushCommandOptions& options, const PushTimes& times,
                      const std::string& command, const std::string& label,
                      const FileSource& source) {
  return PairPush(std::move(pair), options, times, command, label).Run(source);
}

ExitCode PushToPairs(const std::string& command, const PushCommandOptions& options,
                     const FileSource& source) {
  const auto times = ReadPushTimes(options);
  if (!times) return ExitCode::kBadInput;
  text::Diagnostics findings;
  auto pairs = LoadPairs(options.files, options.common, findings);
  const bool is_json = options.common.format == Format::kJson;
  if (!pairs) {
    if (is_json) PrintPairsJson(command, Json::array(), findings, options.common);
    return ExitCode::kBadInput;
  }
  if (pairs->size() > 1 && !options.yes && !options.dry_run) {
    PrintErr("dhcpair: of several pairs nobody can be asked; say --yes, or --dry-run to see\n");
    return ExitCode::kBadInput;
  }
  std::atomic<int> failures = 0;
  std::vector<PairReport> reports;
  InOrder(
      pairs->size(), options.jobs,
      [&](std::size_t i) {
        const std::string file = (*pairs)[i].source->name();
        if (failures >= options.max_failures) {
          return PairReport{.file = file,
                            .outcome = "not begun",
                            .why = "too many others failed",
                            .json = {{"file", file},
                                     {"pair", (*pairs)[i].name.text()},
                                     {"outcome", "not begun"},
                                     {"exit_code", nullptr},
                                     {"why", "too many others failed"}}};
        }
        const std::string label = pairs->size() > 1 ? text::Visible(file) + ": " : "";
        PairReport report =
            PushToPair(std::move((*pairs)[i]), options, *times, command, label, source);
        if (report.exit_code != ExitCode::kDone) ++failures;
        return report;
      },
      [&](PairReport report) { reports.push_back(std::move(report)); });
  ExitCode worst = ExitCode::kDone;
  Json json = Json::array();
  for (PairReport& report : reports) {
    worst = Worse(worst, report.exit_code);
    json.push_back(std::move(report.json));
  }
  if (is_json) {
    PrintPairsJson(command, std::move(json), findings, options.common);
  } else if (!options.common.quiet) {
    PrintOut(SummaryTable(reports));
  }
  return worst;
}

}  // namespace dhcpair
