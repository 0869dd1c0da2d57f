#include <fmt/core.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "adopt/plan.h"
#include "adopt_options.h"
#include "commands.h"
#include "common.h"
#include "conf/conf.h"
#include "dhcpd_oracle.h"
#include "host/file_loader.h"
#include "host/interrupt.h"
#include "lint/adopt_rules.h"
#include "lint/mapped_loader.h"
#include "lint/selection.h"
#include "lint/snapshot_loader.h"
#include "lint_check.h"
#include "lint_options.h"
#include "lint_report.h"
#include "new_files.h"
#include "pair/platform.h"
#include "text/table.h"
#include "text/unified_diff.h"
#include "version.h"

namespace dhcpair {
namespace {

using Json = nlohmann::ordered_json;
using Options = AdoptOptions;

// Remembers where each included file was found.
class RecordingLoader : public text::SourceLoader {
 public:
  explicit RecordingLoader(text::SourceLoader& loader) : loader_(loader) {}

  std::expected<text::SourcePtr, text::LoadError> Load(const std::string& path,
                                                       std::size_t bytes_max) override {
    auto source = loader_.Load(path, bytes_max);
    if (source) names_[path] = (*source)->name();
    return source;
  }

  const std::map<std::string, std::string>& names() const { return names_; }

 private:
  text::SourceLoader& loader_;
  std::map<std::string, std::string> names_;
};

// The files that a pair file in this folder names. A folder that is not there yet has no "..", so
// the path is made shorter by hand; it can be no link either.
class FolderLoader : public text::SourceLoader {
 public:
  FolderLoader(const std::string& folder, text::SourceLoader& loader)
      : is_there_(std::filesystem::exists(folder)), loader_(loader) {}

  std::expected<text::SourcePtr, text::LoadError> Load(const std::string& path,
                                                       std::size_t bytes_max) override {
    return loader_.Load(is_there_ ? path : std::filesystem::path(path).lexically_normal().string(),
                        bytes_max);
  }

 private:
  const bool is_there_;
  text::SourceLoader& loader_;
};

// What a new file holds.
std::string_view RoleOf(const std::string& name) {
  if (name == adopt::kPairName) return "what differs between the nodes";
  if (name == adopt::kMasterName) return "what they share";
  if (name.ends_with(".secret")) return "the OMAPI secret";
  return "what the master includes, changed";
}

class AdoptCommand {
 public:
  AdoptCommand(const Options& options, const lint::IncludeMap& include_map,
               const DhcpdOracle& oracle)
      : options_(options), oracle_(oracle), mapped_(include_map, disk_, disk_) {}

  ExitCode Run(const adopt::Given& given) {
    if (!ReadSources()) return Finish(ExitCode::kBadInput);
    auto plan = adopt::PlanAdoption(sources_, given, diagnostics_);
    if (!plan || diagnostics_.has_errors()) {
      if (plan) plan_ = *std::move(plan);
      return Finish(Verdict());
    }
    plan_ = *std::move(plan);
    LintNewFiles();
    if (host::InterruptedBy() != 0) return ExitCode::kDone;
    return Finish(diagnostics_.has_errors() ? ExitCode::kFallsShort : Write());
  }

 private:
  // Reads all files, so that one run shows the mistakes of both.
  bool ReadSources() {
    for (const std::string& path : options_.files) {
      RecordingLoader loader(mapped_);
      auto model = conf::Read(loader, path, diagnostics_);
      if (!model) continue;
      models_.push_back(std::make_unique<conf::Model>(*std::move(model)));
      adopt::Source source{.model = *models_.back(), .includes = {}};
      for (const auto& [included, name] : loader.names()) {
        source.includes[included] = {.source_name = name, .from = FromOf(name)};
      }
      sources_.push_back(std::move(source));
    }
    diagnostics_.Sort();
    return !diagnostics_.has_errors();
  }

  // What is to be written is checked as if it lay there already: it passes lint, or is not written.
  // What lint only warns of was there before, and lint is what the user is told to run next.
  void LintNewFiles() {
    FolderLoader disk(options_.folder, disk_);
    lint::SnapshotLoader loader(disk);
    for (const adopt::OutputFile& file : plan_.files) {
      loader.Put(FolderPrefix() + file.name, file.contents);
    }
    LintOptions options;
    options.files = {FolderPrefix() + std::string(adopt::kPairName)};
    // The pair file itself says where the included files lie.
    const lint::IncludeMap no_map;
    const lint::Selection all_rules;
    for (const LintReport& report :
         LintChecker({options, all_rules, no_map, oracle_}, loader).Run()) {
      for (const text::Diagnostic& diagnostic : report.diagnostics.all()) {
        if (diagnostic.severity() == text::Severity::kError) diagnostics_.Add(diagnostic);
      }
      for (const LintStep& step : report.steps) {
        if (!step.skipped.empty()) skipped_.push_back(step);
      }
    }
  }

  // The name of a local file in a pair file that lies in the new folder.
  std::string FromOf(const std::string& name) const {
    const std::filesystem::path path(name);
    if (path.is_absolute() || options_.folder == ".") return name;
    std::error_code error;
    // The new folder need not be there yet.
    const auto folder =
        std::filesystem::proximate(std::filesystem::absolute(path).parent_path(),
                                   std::filesystem::absolute(options_.folder), error);
    return error ? std::filesystem::absolute(path).string() : (folder / path.filename()).string();
  }

  std::string FolderPrefix() const { return options_.folder == "." ? "" : options_.folder + "/"; }

  ExitCode Verdict() const {
    for (const text::Diagnostic& diagnostic : diagnostics_.all()) {
      if (lint::adopt_rules::IsAboutOptions(*diagnostic.rule)) return ExitCode::kBadInput;
    }
    return ExitCode::kFallsShort;
  }

  ExitCode Write() {
    std::vector<NewFile> files;
    for (const adopt::OutputFile& file : plan_.files) {
      files.push_back({FolderPrefix() + file.name, file.contents, file.mode});
    }
    if (const std::string taken = FirstTaken(files); !taken.empty()) {
      problem_ = fmt::format(
          "'{}' is there already, and adopt never overwrites; nothing was written", taken);
      return ExitCode::kRefused;
    }
    fate_ = options_.dry_run ? "would write" : "written";
    if (options_.dry_run) return ExitCode::kDone;
    const auto made = MakeNewFiles(options_.folder, files);
    if (made) return ExitCode::kDone;
    fate_ = "";
    problem_ = made.error().is_taken
                   ? fmt::format("'{}' was made by somebody else just now; nothing was written",
                                 made.error().path)
                   : fmt::format("cannot write '{}': {}; nothing was written", made.error().path,
                                 made.error().reason);
    return ExitCode::kRefused;
  }

  ExitCode Finish(ExitCode code) {
    diagnostics_.Fold();
    if (options_.common.format == Format::kJson) {
      PrintOut(text::PrintJsonEnvelope("adopt", kVersion, ResultsJson()));
    } else {
      PrintText();
    }
    if (!problem_.empty()) PrintErr(fmt::format("dhcpair: {}\n", problem_));
    return code;
  }

  const std::vector<adopt::Change>& Shown() const {
    return plan_.differences.empty() ? plan_.changes : plan_.differences;
  }

  std::string DiffOf(const adopt::Change& change, text::Color color) const {
    const std::string name =
        plan_.differences.empty() ? FolderPrefix() + change.new_name : change.new_name;
    const std::string diff = UnifiedDiff({.before_name = change.old_name,
                                          .before = change.old_text,
                                          .after_name = name,
                                          .after = change.new_text},
                                         color);
    if (!diff.empty()) return diff;
    return fmt::format("--- {}\n+++ {}\n(they differ in the secret of a key)\n", change.old_name,
                       name);
  }

  void PrintText() const {
    PrintFindings(diagnostics_, options_.common);
    if (options_.common.verbose) {
      for (const LintStep& step : skipped_) {
        PrintErr(fmt::format("{}: skipped: {}\n", step.name, step.skipped));
      }
    }
    if (options_.common.quiet) return;
    for (const adopt::Change& change : Shown()) {
      PrintOut(DiffOf(change, ColorFor(options_.common, STDOUT_FILENO)));
    }
    if (fate_.empty()) return;
    std::vector<std::vector<std::string>> rows;
    for (const adopt::OutputFile& file : plan_.files) {
      rows.push_back({FolderPrefix() + file.name, fate_, std::string(RoleOf(file.name))});
    }
    PrintOut(text::FormatTable(rows));
    if (options_.dry_run) return;
    const std::string argument =
        options_.folder == "." ? "" : fmt::format(" {}pair.yaml", FolderPrefix());
    PrintOut(fmt::format("Look at them, then: dhcpair lint{0} && dhcpair generate{0}\n", argument));
  }

  Json ResultsJson() const {
    Json files = Json::array();
    if (!fate_.empty()) {
      for (const adopt::OutputFile& file : plan_.files) {
        files.push_back({{"path", FolderPrefix() + file.name},
                         {"mode", fmt::format("{:04o}", file.mode)},
                         {"fate", fate_}});
      }
    }
    std::string diff;
    for (const adopt::Change& change : Shown()) diff += DiffOf(change, text::Color::kNever);
    return {{"files", std::move(files)},
            {plan_.differences.empty() ? "diff" : "differences", std::move(diff)},
            {"findings", FindingsJson(dhcpair::Shown(diagnostics_, options_.common))}};
  }

  const Options& options_;
  const DhcpdOracle& oracle_;
  host::FileLoader disk_;
  lint::MappedLoader mapped_;
  std::vector<std::unique_ptr<conf::Model>> models_;
  std::vector<adopt::Source> sources_;
  adopt::Plan plan_;
  text::Diagnostics diagnostics_;
  std::vector<LintStep> skipped_;
  std::string fate_;
  std::string problem_;
};

ExitCode RunAdopt(const Options& options) {
  const auto given = ReadGiven(options);
  const auto include_map = lint::IncludeMap::Parse(options.include_map);
  if (!given || !include_map) {
    PrintErr(fmt::format("dhcpair: {}\n",
                         given ? "--include-map " + include_map.error() : given.error()));
    return ExitCode::kBadInput;
  }
  const DhcpdOracle oracle =
      options.no_dhcpd ? DhcpdOracle("left out by --no-dhcpd") : DhcpdOracle::Find(options.dhcpd);
  if (!options.dhcpd.empty() && !oracle.missing().empty()) {
    PrintErr(fmt::format("dhcpair: --dhcpd: {}\n", oracle.missing()));
    return ExitCode::kBadInput;
  }
  return AdoptCommand(options, *include_map, oracle).Run(*given);
}

}  // namespace

void AddAdopt(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand(
      "adopt", "makes pair.yaml and dhcpd.master of a working dhcpd.conf, or of a pair's two");
  const auto text = [&](const char* name, std::string& to, const char* help, const char* value) {
    command.add_option(name, to, help)->option_text(value);
  };
  command
      .add_option("FILE", options->files,
                  "the dhcpd.conf of a single server or of one node, or those of both nodes")
      ->required()
      ->expected(1, 2)
      ->option_text("FILE [FILE]");
  text("-o,--output", options->folder,
       "folder for the new files, made if need be (default: the working directory)", "DIR");
  text("--pair", options->pair, "name of the failover peer (default: dhcp-failover)", "NAME");
  text("--primary", options->primary, "the primary's IPv4 address, where no file tells it",
       "ADDRESS");
  text("--secondary", options->secondary, "the secondary's IPv4 address, where no file tells it",
       "ADDRESS");
  text("--primary-host", options->primary_host, "ssh destination (default: root@ADDRESS)", "HOST");
  text("--secondary-host", options->secondary_host, "ssh destination (default: root@ADDRESS)",
       "HOST");
  text("--mclt", options->mclt, "maximum client lead time, where no file tells it (default: 1h)",
       "TIME");
  command
      .add_option("--split", options->split,
                  "of 256 buckets the primary's, where no file tells it (default: 128)")
      ->check(CLI::Range(0, 256))
      ->option_text("N");
  const auto names = pair::PlatformNames();
  command.add_option("--platform", options->platform, "the nodes' system")
      ->check(CLI::IsMember(std::vector<std::string>(names.begin(), names.end())))
      ->option_text("NAME");
  command.add_option("--interface", options->interfaces, "interface that dhcpd serves; repeatable")
      ->option_text("IF");
  command
      .add_option("--include-map", options->include_map,
                  "an included file lies here at another path; repeatable")
      ->option_text("REMOTE=LOCAL");
  auto* const dhcpd =
      command
          .add_option("--dhcpd", options->dhcpd,
                      "the ISC dhcpd that checks what is to be written (default: the one installed "
                      "here, if any)")
          ->option_text("PATH");
  command.add_flag("--no-dhcpd", options->no_dhcpd, "leave out the check with dhcpd -t")
      ->excludes(dhcpd);
  command.add_flag("--dry-run", options->dry_run, "show what would be written, write nothing");
  AddCommonOptions(command, options->common, Formats::kTextAndJson);
  command.callback([options, &exit_code] {
    std::string& folder = options->folder;
    while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
    exit_code = RunAdopt(*options);
  });
}

}  // namespace dhcpair
