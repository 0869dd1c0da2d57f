#include <fmt/core.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>

#include "commands.h"
#include "common.h"
#include "conf/conf.h"
#include "host/file_loader.h"
#include "lint/snapshot_loader.h"
#include "lint_check.h"
#include "lint_fix.h"
#include "lint_options.h"
#include "lint_report.h"
#include "text/utf8.h"

namespace dhcpair {
namespace {

class LintCommand {
 public:
  LintCommand(const LintOptions& options, const LintSetup& setup)
      : options_(options),
        setup_(setup),
        stream_(options.fix && ReadsStandardInput() ? LintStream::kErr : LintStream::kOut) {}

  ExitCode Run() {
    if (!TakeStandardInput()) return ExitCode::kBadInput;
    const std::vector<LintReport> reports = LintChecker(setup_, loader_).Run();
    if (reports.empty()) return ExitCode::kDone;
    if (options_.fix) return Fix(reports);
    PrintLintReports(reports, options_.common, stream_);
    return LintVerdict(reports);
  }

 private:
  bool ReadsStandardInput() const {
    return std::ranges::count(options_.files, kStandardInput) +
               std::ranges::count(options_.nodes, kStandardInput) >
           0;
  }

  bool TakeStandardInput() {
    if (!ReadsStandardInput()) return true;
    auto contents = host::ReadStandardInput(conf::kFileBytesMax);
    if (!contents) {
      PrintErr(fmt::format("dhcpair: standard input: {}\n", Describe(contents.error())));
      return false;
    }
    loader_.Put(kStandardInputName, *std::move(contents));
    return true;
  }

  ExitCode Fix(const std::vector<LintReport>& before) {
    const LintFixes fixes = CollectFixes(before, options_.common);
    for (const text::ChangedFile& file : fixes.files) {
      loader_.Put(file.before->name(), file.after);
    }
    const std::vector<LintReport> after = LintChecker(setup_, loader_).Run();
    if (after.empty()) return ExitCode::kDone;
    if (const auto harmed = FirstHarmed(before, after)) {
      PrintErr(fmt::format(
          "dhcpair: {}: mended like this it would have errors that it has not "
          "now; nothing was changed\n{}",
          text::Visible(harmed->path), RenderTerminal(harmed->diagnostics, text::Color::kNever)));
      return ExitCode::kRefused;
    }
    if (options_.dry_run) {
      PrintDiff(fixes,
                options_.common.format == Format::kText ? LintStream::kOut : LintStream::kErr);
      if (options_.common.format != Format::kText) {
        PrintLintReports(before, options_.common, LintStream::kOut);
      }
      SayWhatIsLeft(before, fixes);
      return LintVerdict(after);
    }
    if (const auto written = WriteFixed(fixes.files); !written) {
      PrintErr(fmt::format("dhcpair: {}\n", written.error()));
      return ExitCode::kRefused;
    }
    PrintMended(fixes);
    SayWhatIsLeft(before, fixes);
    PrintLintReports(after, options_.common, stream_);
    return LintVerdict(after);
  }

  // A fix alters nothing that anybody could miss. Should one be wrong about that, it is not made.
  static const LintReport* FirstHarmed(const std::vector<LintReport>& before,
                                       const std::vector<LintReport>& after) {
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (before[i].is_complete && !after[i].is_complete) return &after[i];
    }
    return nullptr;
  }

  void PrintMended(const LintFixes& fixes) {
    const bool is_diff_on_out =
        stream_ == LintStream::kOut && options_.common.format == Format::kText;
    if (!options_.common.quiet) {
      PrintDiff(fixes, is_diff_on_out ? LintStream::kOut : LintStream::kErr);
    }
    if (!ReadsStandardInput()) return;
    // Loaded a moment ago.
    PrintOut(loader_.Load(kStandardInputName, conf::kFileBytesMax).value()->contents());
  }

  void PrintDiff(const LintFixes& fixes, LintStream stream) const {
    const bool is_out = stream == LintStream::kOut;
    const text::Color color = ColorFor(options_.common, is_out ? STDOUT_FILENO : STDERR_FILENO);
    const std::string diff = DiffOf(fixes, color);
    is_out ? PrintOut(diff) : PrintErr(diff);
  }

  void SayWhatIsLeft(const std::vector<LintReport>& reports, const LintFixes& fixes) const {
    for (const LintReport& report : reports) {
      if (report.is_complete) continue;
      PrintErr(fmt::format("{}: nothing is mended as long as it cannot be read without errors\n",
                           text::Visible(report.path)));
    }
    for (const text::Diagnostic& diagnostic : fixes.left) {
      const text::Location& at = diagnostic.at;
      const std::size_t line = at.span ? at.source->PositionOf(at.span->begin).line : 1;
      PrintErr(fmt::format("{}:{}: left for another run, for it touches what was mended: {} [{}]\n",
                           text::Visible(at.source->name()), line,
                           text::Visible(diagnostic.fix->summary), diagnostic.rule->id));
    }
  }

  const LintOptions& options_;
  const LintSetup& setup_;
  const LintStream stream_;
  host::FileLoader disk_;
  lint::SnapshotLoader loader_{disk_};
};

ExitCode Refuse(std::string_view option, std::string_view reason) {
  PrintErr(fmt::format("dhcpair: {}: {}\n", option, reason));
  return ExitCode::kBadInput;
}

ExitCode RunLint(LintOptions options) {
  if (options.files.empty() && options.nodes.empty()) options.files = {"pair.yaml"};
  const auto selection = lint::Selection::Parse(options.selected, {});
  if (!selection) return Refuse("--select", selection.error());
  const auto both = lint::Selection::Parse(options.selected, options.ignored);
  if (!both) return Refuse("--ignore", both.error());
  const auto include_map = lint::IncludeMap::Parse(options.include_map);
  if (!include_map) return Refuse("--include-map", include_map.error());
  const DhcpdOracle oracle =
      options.no_dhcpd ? DhcpdOracle("left out by --no-dhcpd") : DhcpdOracle::Find(options.dhcpd);
  if (!options.dhcpd.empty() && !oracle.missing().empty())
    return Refuse("--dhcpd", oracle.missing());
  const auto inputs = std::ranges::count(options.files, kStandardInput) +
                      std::ranges::count(options.nodes, kStandardInput);
  if (inputs > 1) return Refuse("-", "standard input can be read once");
  return LintCommand(options, {options, *both, *include_map, oracle}).Run();
}

}  // namespace

void AddLint(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<LintOptions>();
  CLI::App& command = *app.add_subcommand(
      "lint", "checks pair files with all that belongs to them, or any dhcpd.conf");
  command
      .add_option("FILE", options->files,
                  "pair files (.yaml), dhcpd.conf files, or - for standard input; pair.yaml where "
                  "none is given")
      ->option_text("[FILE...]");
  command
      .add_option("--pair", options->nodes, "check these two dhcpd.conf as the nodes of one pair")
      ->expected(2)
      ->allow_extra_args(false)
      ->option_text("FILE FILE");
  const auto add_list = [&command](const char* name, std::vector<std::string>& list,
                                   const char* help, const char* text) {
    command.add_option(name, list, help)
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false)
        ->option_text(text);
  };
  add_list("--select", options->selected,
           "look at these rules only: ids, codes such as FP205, families such as 'host-'",
           "RULE[,RULE...]");
  add_list("--ignore", options->ignored, "leave these rules out", "RULE[,RULE...]");
  command.add_flag("--strict", options->strict, "take warnings for errors");
  auto* const fix = command.add_flag("--fix", options->fix,
                                     "mend what can be mended safely, and show what was changed");
  command.add_flag("--dry-run", options->dry_run, "with --fix: only show what would be changed")
      ->needs(fix);
  add_list("--include-map", options->include_map,
           "where an included file lies here, or a folder of them (both end with '/')",
           "REMOTE=LOCAL");
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
  command.callback([options, &exit_code] { exit_code = RunLint(*options); });
}

}  // namespace dhcpair
