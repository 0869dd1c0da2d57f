#include <fmt/chrono.h>
#include <fmt/core.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <ctime>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "common.h"
#include "host/interrupt.h"
#include "pairs_command.h"
#include "real_waiting.h"
#include "status_look.h"

namespace dhcpair {
namespace {

struct Options {
  CommonOptions common;
  std::vector<std::string> files;
  std::string templates;
  int jobs = 8;
  bool nagios = false;
  bool prometheus = false;
  bool watch = false;
  bool no_leases = false;
  int interval = 5;
};

// The exit code of Nagios and its kin for what it cannot find out.
constexpr ExitCode kMonitoringUnknown{3};

class StatusCommand {
 public:
  explicit StatusCommand(const Options& options) : options_(options) {}

  ExitCode Run() {
    if (options_.watch) return Watch();
    if (!options_.nagios && !options_.prometheus) return Once();
    // What is said on the way is in the line, or in the metrics.
    const ExitCode code = Once();
    if (options_.prometheus) {
      PrintOut(PrometheusText(seen_));
      return code == ExitCode::kFallsShort ? ExitCode::kDone : code;
    }
    // A pair that could not be looked at must not hide behind the others.
    if (seen_.size() < options_.files.size()) {
      PrintOut(fmt::format("DHCPAIR UNKNOWN - {} of {} pair files cannot be used\n",
                           options_.files.size() - seen_.size(), options_.files.size()));
      return kMonitoringUnknown;
    }
    PrintOut(MonitoringLine(seen_));
    return static_cast<ExitCode>(MonitoringCode(seen_));
  }

 private:
  using Json = nlohmann::ordered_json;

  ExitCode Once() {
    const ExitCode code = RunOnPairs(
        {"status", options_.files, options_.common, options_.jobs}, [&](NodePair& nodes) {
          PairOutcome outcome;
          auto status = LookOnce(nodes, outcome);
          if (status && !options_.nagios && !options_.prometheus) {
            outcome.out = options_.common.quiet
                              ? StatusLine(*status) + "\n"
                              : StatusText(*status, ColorFor(options_.common, STDOUT_FILENO));
          }
          const std::scoped_lock lock(seen_mutex_);
          if (status) seen_.push_back(*std::move(status));
          return outcome;
        });
    // They came in the order in which the nodes answered.
    std::ranges::sort(seen_, {}, [&](const sync::PairStatus& status) {
      return std::ranges::find(options_.files, status.view.file);
    });
    return code;
  }

  std::optional<sync::PairStatus> LookOnce(NodePair& nodes, PairOutcome& outcome) const {
    outcome.json = PairJson(nodes.pair());
    auto status = LookAtPair(nodes,
                             {.common = options_.common,
                              .templates = options_.templates,
                              .with_leases = !options_.no_leases},
                             outcome);
    if (!status) return std::nullopt;
    Json problems = std::move(outcome.json["problems"]);
    outcome.json = StatusJson(*status);
    outcome.json["problems"] = std::move(problems);
    if (status->health.severity() != sync::Severity::kNote) {
      outcome.exit_code = Worse(outcome.exit_code, ExitCode::kFallsShort);
    }
    return status;
  }

  // Until it is interrupted. The nodes stay connected from one look to the next.
  ExitCode Watch() {
    text::Diagnostics findings;
    const auto pairs = LoadPairs(options_.files, options_.common, findings);
    if (!pairs) return ExitCode::kBadInput;
    std::vector<std::optional<NodePair>> nodes(pairs->size());
    RealWaiting waiting;
    while (host::InterruptedBy() == 0) {
      Round(*pairs, nodes);
      waiting.Sleep(std::chrono::seconds(options_.interval));
    }
    return ExitCode::kDone;
  }

  void Round(const std::vector<pair::Pair>& pairs, std::vector<std::optional<NodePair>>& nodes) {
    const bool is_terminal = isatty(STDOUT_FILENO) == 1;
    const std::string now = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
    std::string picture = now + "\n";
    InOrder(
        pairs.size(), options_.jobs,
        [&](std::size_t i) {
          if (!nodes[i]) nodes[i] = NodePair::Connect(pairs[i]);
          PairOutcome outcome;
          const auto status = LookOnce(*nodes[i], outcome);
          if (status) {
            outcome.out = is_terminal
                              ? StatusText(*status, ColorFor(options_.common, STDOUT_FILENO))
                              : fmt::format("{} {}\n", now, StatusLine(*status));
          }
          // What was lost is connected to again at the next look.
          const bool is_lost = !outcome.json["problems"].empty() || !nodes[i]->are_both_reached();
          if (is_lost) nodes[i].reset();
          return outcome;
        },
        [&](const PairOutcome& outcome) {
          picture += outcome.out + outcome.err;
          if (is_terminal) return;
          PrintOut(outcome.out);
          PrintErr(outcome.err);
        });
    if (is_terminal) Draw(picture);
    std::fflush(stdout);
  }

  // Over the last picture, without a moment in which there is none.
  static void Draw(std::string_view picture) {
    std::string drawn = "\x1b[H";
    for (const char c : picture) {
      if (c == '\n') drawn += "\x1b[K";
      drawn += c;
    }
    PrintOut(drawn + "\x1b[J");
  }

  const Options& options_;
  std::mutex seen_mutex_;
  std::vector<sync::PairStatus> seen_;
};

}  // namespace

void AddStatus(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand(
      "status", "how the pairs do: failover state, pools, drift, and what to do next");
  AddPairFiles(command, options->files);
  auto* const watch =
      command.add_flag("--watch", options->watch, "look again and again, until interrupted");
  command
      .add_option("--interval", options->interval,
                  "with --watch: seconds between two looks (default: 5)")
      ->check(CLI::Range(1, 86400))
      ->option_text("SECONDS")
      ->needs(watch);
  auto* const nagios = command.add_flag("--nagios", options->nagios,
                                        "one line and an exit code as monitoring plugins have it");
  auto* const prometheus = command.add_flag("--prometheus", options->prometheus,
                                            "metrics in the text format of Prometheus");
  nagios->excludes(watch)->excludes(prometheus);
  prometheus->excludes(watch);
  command.add_flag("--no-leases", options->no_leases,
                   "leave the leases files where they are: no pools");
  command
      .add_option("--templates", options->templates,
                  "folder whose templates replace ours one by one")
      ->option_text("DIR");
  AddJobs(command, options->jobs);
  AddCommonOptions(command, options->common, Formats::kTextAndJson);
  command.callback([options, &exit_code] {
    const bool is_json = options->common.format == Format::kJson;
    if (is_json && (options->watch || options->nagios || options->prometheus)) {
      PrintErr("dhcpair: --json goes with neither --watch nor --nagios nor --prometheus\n");
      exit_code = ExitCode::kBadInput;
      return;
    }
    exit_code = StatusCommand(*options).Run();
  });
}

}  // namespace dhcpair
