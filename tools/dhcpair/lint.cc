#include <fmt/core.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "commands.h"
#include "common.h"
#include "conf/conf.h"
#include "conf/rules.h"
#include "host/file_loader.h"
#include "host/find_program.h"
#include "host/interrupt.h"
#include "host/subprocess.h"
#include "host/temp_dir.h"
#include "lint/dhcpd_messages.h"
#include "lint/rules.h"
#include "lint/staged_loader.h"
#include "lint/staging.h"
#include "pair/load.h"
#include "text/utf8.h"
#include "version.h"

namespace dhcpair {
namespace {

using pair::Role;
using Json = nlohmann::ordered_json;

struct Options {
  CommonOptions common;
  std::vector<std::string> files;
  std::string templates;
  std::string dhcpd;
  bool no_dhcpd = false;
};

// One step of the check of one pair, and why it could not be done.
struct Step {
  std::string name;
  std::string skipped = {};  // Empty: it was done.
};

struct Report {
  std::string path;
  bool is_pair;
  std::vector<Step> steps = {};
  text::Diagnostics diagnostics = {};
};

// The dhcpd to ask, or why there is none.
struct Oracle {
  std::string path;
  std::string missing;
};

class LintCommand {
 public:
  explicit LintCommand(const Options& options) : options_(options) {}

  ExitCode Run() {
    oracle_ = FindOracle();
    if (!options_.dhcpd.empty() && !oracle_.missing.empty()) {
      PrintErr(fmt::format("dhcpair: --dhcpd: {}\n", oracle_.missing));
      return ExitCode::kBadInput;
    }
    std::vector<pair::Pair> pairs;
    for (const std::string& path : options_.files) {
      Report& report = reports_.emplace_back(Report{path, IsPairFile(path)});
      if (!report.is_pair) {
        CheckConf(path, report);
        continue;
      }
      if (auto pair = pair::Load(loader_, path, report.diagnostics)) {
        CheckPair(*pair, report);
        pairs.push_back(*std::move(pair));
      }
      report.steps.insert(report.steps.begin(), Step{"pair file"});
    }
    if (host::InterruptedBy() != 0) return ExitCode::kDone;
    CheckAcrossPairs(pairs, reports_.back().diagnostics);
    Print();
    return Verdict();
  }

 private:
  static bool IsPairFile(std::string_view path) {
    return path.ends_with(".yaml") || path.ends_with(".yml");
  }

  void CheckConf(const std::string& path, Report& report) {
    conf::Read(loader_, path, report.diagnostics);
    report.diagnostics.Sort();
    report.steps.push_back({"dhcpd.conf"});
  }

  Oracle FindOracle() const {
    if (options_.no_dhcpd) return {"", "left out by --no-dhcpd"};
    const std::string path =
        options_.dhcpd.empty() ? host::FindProgram("dhcpd").value_or("") : options_.dhcpd;
    if (path.empty()) {
      return {"", "no dhcpd on this machine; install ISC's, or name one with --dhcpd PATH"};
    }
    if (!host::IsExecutable(path)) {
      return {"", fmt::format("'{}' is no program that can be run", path)};
    }
    // OpenBSD's own dhcpd, for one, has the same name and knows no failover.
    const auto version = host::Run({.argv = {path, "--version"}});
    const bool is_isc = version && (version->out + version->err).contains("isc-dhcpd-");
    if (!is_isc) {
      return {"", fmt::format("'{}' is not ISC's dhcpd (another may be given with --dhcpd PATH)",
                              path)};
    }
    return {path, ""};
  }

  void CheckPair(const pair::Pair& pair, Report& report) {
    const auto generated = GenerateBoth(pair, options_.templates, loader_, report.diagnostics);
    report.steps.push_back({"both nodes' dhcpd.conf"});
    if (!generated) return;
    std::vector<lint::SharedSource> shared;
    for (const auto& [from, to] : SharedFiles(pair)) {
      // Read a moment ago to know that it is there; if it is gone now, dhcpd will say so.
      auto source = loader_.Load(from, pair::kSharedFileBytesMax);
      if (source) shared.push_back({to, *std::move(source)});
    }
    for (const Role role : {Role::kPrimary, Role::kSecondary}) {
      // The master is where the node's platform has it.
      shared.front().node_path = pair.node(role).paths.master.text();
      CheckNode(pair, role, generated->files(role), shared, report);
    }
    report.diagnostics.Fold();
    report.diagnostics.Sort();
  }

  struct SharedPath {
    std::string from;
    std::string to;
  };

  static std::vector<SharedPath> SharedFiles(const pair::Pair& pair) {
    std::vector<SharedPath> paths{{pair.master, ""}};
    for (const pair::SharedFile& file : pair.files) paths.push_back({file.from, file.to.text()});
    return paths;
  }

  void CheckNode(const pair::Pair& pair, Role role, const std::vector<generate::NodeFile>& files,
                 const std::vector<lint::SharedSource>& shared, Report& report) {
    Step step{fmt::format("dhcpd -t of the {}", Name(role))};
    const auto folder = host::TempDir::Make();
    if (!folder) {
      step.skipped = "no temporary folder: " + folder.error().reason;
      report.steps.push_back(std::move(step));
      return;
    }
    text::Diagnostics found;
    const lint::Staging staging = PlanStaging(pair, role, files, shared, folder->path(), found);
    for (const std::string& path : staging.unchecked) {
      report.steps.push_back(
          {fmt::format("'{}' on the {}", path, Name(role)), "unmanaged: it is only on the node"});
    }
    CheckStaged(staging, role, found);
    step.skipped = oracle_.missing;
    // Of a mistake that was found already dhcpd would only speak again, in its own words.
    if (found.has_errors()) step.skipped = "it would say the same as these errors";
    if (step.skipped.empty()) step.skipped = AskDhcpd(staging, role, found);
    report.steps.push_back(std::move(step));
    report.diagnostics.Append(found);
  }

  // Returns why it could not be asked, or nothing.
  std::string AskDhcpd(const lint::Staging& staging, Role role, text::Diagnostics& found) const {
    for (std::size_t i = 0; i < staging.files.size(); ++i) {
      const auto written = host::WriteFileAtomically(
          staging.files[i].staged_path, staging.contents[i], 0600, host::WriteMode::kCreate);
      if (!written) return "cannot write a copy for dhcpd: " + written.error().reason;
    }
    const auto outcome =
        host::Run({.argv = {oracle_.path, "-t", "-4", "-cf", staging.files[0].staged_path}});
    if (!outcome) return fmt::format("'{}': {}", oracle_.path, Describe(outcome.error()));
    ReadDhcpdMessages({outcome->exit_status, outcome->err}, staging, std::string(Name(role)),
                      found);
    const bool is_confined = std::ranges::any_of(found.all(), [](const text::Diagnostic& finding) {
      return finding.rule == &lint::rules::kDhcpdConfined;
    });
    return is_confined ? "this machine confines dhcpd" : "";
  }

  static bool IsUnreadable(const text::Diagnostic& finding) {
    return pair::IsUnreadable(finding) || finding.rule == &conf::rules::kUnreadable;
  }

  static void CheckStaged(const lint::Staging& staging, Role role, text::Diagnostics& found) {
    text::Diagnostics in_files;
    lint::StagedLoader loader(staging);
    conf::Read(loader, staging.files[0].source, in_files);
    for (text::Diagnostic diagnostic : in_files.all()) {
      diagnostic.node = Name(role);
      // What is missing is missing in the master, not in what was generated.
      if (diagnostic.rule == &conf::rules::kPeerWithoutPool) {
        diagnostic.at = text::WholeFile(staging.master);
      }
      found.Add(std::move(diagnostic));
    }
  }

  ExitCode Verdict() const {
    ExitCode code = ExitCode::kDone;
    for (const Report& report : reports_) {
      if (!report.diagnostics.has_errors()) continue;
      const bool unreadable = std::ranges::any_of(report.diagnostics.all(), IsUnreadable);
      code = Worse(code, unreadable ? ExitCode::kBadInput : ExitCode::kFallsShort);
    }
    return code;
  }

  text::Diagnostics AllShown() const {
    text::Diagnostics all;
    for (const Report& report : reports_) all.Append(Shown(report.diagnostics, options_.common));
    return all;
  }

  void Print() const {
    switch (options_.common.format) {
      case Format::kText:
        return PrintText();
      case Format::kJson:
        return PrintOut(text::PrintJsonEnvelope("lint", kVersion, ResultsJson()));
      case Format::kSarif:
        return PrintOut(text::RenderSarif(AllShown(), kVersion));
      case Format::kGithub:
        return PrintOut(text::RenderGithub(AllShown()));
    }
  }

  void PrintText() const {
    const text::Color color = ColorFor(options_.common, STDOUT_FILENO);
    for (const Report& report : reports_) {
      PrintOut(RenderTerminal(Shown(report.diagnostics, options_.common), color));
      if (options_.common.quiet) continue;
      PrintSteps(report);
      const std::string tally = text::Tally(report.diagnostics);
      PrintOut(
          fmt::format("{}: {}\n", text::Visible(report.path), tally.empty() ? "clean" : tally));
    }
  }

  // What was skipped is said aloud, and all steps where details are wanted. Two nodes that miss a
  // step for the same reason share a line.
  void PrintSteps(const Report& report) const {
    std::vector<Step> lines;
    for (const Step& step : report.steps) {
      const auto same = std::ranges::find_if(lines, [&](const Step& line) {
        return !step.skipped.empty() && line.skipped == step.skipped;
      });
      if (same != lines.end()) {
        same->name += ", " + step.name;
      } else if (options_.common.verbose || !step.skipped.empty()) {
        lines.push_back(step);
      }
    }
    const std::string path = text::Visible(report.path);
    for (const Step& line : lines) {
      PrintErr(line.skipped.empty()
                   ? fmt::format("{}: checked: {}\n", path, line.name)
                   : fmt::format("{}: skipped: {}: {}\n", path, line.name, line.skipped));
    }
  }

  Json ResultsJson() const {
    Json results = Json::array();
    for (const Report& report : reports_) {
      Json result;
      result[report.is_pair ? "pair" : "file"] = report.path;
      Json steps = Json::array();
      for (const Step& step : report.steps) {
        Json entry{{"name", step.name}, {"done", step.skipped.empty()}};
        if (!step.skipped.empty()) entry["skipped"] = step.skipped;
        steps.push_back(std::move(entry));
      }
      result["steps"] = std::move(steps);
      result["findings"] = FindingsJson(Shown(report.diagnostics, options_.common));
      results.push_back(std::move(result));
    }
    return results;
  }

  const Options& options_;
  host::FileLoader loader_;
  Oracle oracle_;
  std::vector<Report> reports_;
};

}  // namespace

void AddLint(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand(
      "lint", "checks the pair file, what is generated from it, and the master with dhcpd -t");
  AddPairFiles(command, options->files);
  auto* const dhcpd =
      command
          .add_option("--dhcpd", options->dhcpd,
                      "the ISC dhcpd that checks (default: the one installed here, if any)")
          ->option_text("PATH");
  command.add_flag("--no-dhcpd", options->no_dhcpd, "leave out the check with dhcpd -t")
      ->excludes(dhcpd);
  command
      .add_option("--templates", options->templates,
                  "folder whose templates replace ours one by one")
      ->option_text("DIR");
  AddCommonOptions(command, options->common, Formats::kAll);
  command.callback([options, &exit_code] { exit_code = LintCommand(*options).Run(); });
}

}  // namespace dhcpair
