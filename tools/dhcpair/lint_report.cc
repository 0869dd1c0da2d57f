#include "lint_report.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "conf/rules.h"
#include "pair/load.h"
#include "text/utf8.h"
#include "version.h"

namespace dhcpair {
namespace {

using Json = nlohmann::ordered_json;
using Subject = LintReport::Subject;

// Nobody reads more of them, and a file may hold a mistake in each of its lines.
constexpr std::size_t kShownOfAFile = 1000;

bool IsUnreadable(const text::Diagnostic& finding) {
  return pair::IsUnreadable(finding) || finding.rule == &conf::rules::kUnreadable;
}

std::string_view KeyOf(Subject subject) {
  switch (subject) {
    case Subject::kFile:
      return "file";
    case Subject::kNodes:
      return "nodes";
    case Subject::kPair:
      return "pair";
  }
  return "";
}

class Printer {
 public:
  Printer(const std::vector<LintReport>& reports, const CommonOptions& options, LintStream stream)
      : reports_(reports), options_(options), stream_(stream) {}

  void Print() const {
    switch (options_.format) {
      case Format::kText:
        return PrintText();
      case Format::kJson:
        return Write(text::PrintJsonEnvelope("lint", kVersion, ResultsJson()));
      case Format::kSarif:
        return Write(text::RenderSarif(AllShown(), kVersion));
      case Format::kGithub:
        return Write(text::RenderGithub(AllShown()));
    }
  }

 private:
  void Write(std::string_view text) const {
    stream_ == LintStream::kOut ? PrintOut(text) : PrintErr(text);
  }

  text::Diagnostics AllShown() const {
    text::Diagnostics all;
    for (const LintReport& report : reports_) all.Append(Shown(report.diagnostics, options_));
    return all;
  }

  void PrintText() const {
    for (const LintReport& report : reports_) {
      PrintFindings(report);
      if (options_.quiet) continue;
      PrintSteps(report);
      const std::string tally = text::Tally(report.diagnostics);
      Write(fmt::format("{}: {}{}\n", text::Visible(report.path), tally.empty() ? "clean" : tally,
                        Mendable(report)));
    }
  }

  void PrintFindings(const LintReport& report) const {
    const text::Color color =
        ColorFor(options_, stream_ == LintStream::kOut ? STDOUT_FILENO : STDERR_FILENO);
    const text::Diagnostics shown = Shown(report.diagnostics, options_);
    std::map<std::string_view, std::size_t> counts;
    for (const text::Diagnostic& diagnostic : shown.all()) {
      if (++counts[diagnostic.at.source->name()] > kShownOfAFile) continue;
      Write(RenderTerminal(diagnostic, color));
    }
    for (const auto& [file, count] : counts) {
      if (count <= kShownOfAFile) continue;
      Write(fmt::format("{}: and {} more; --json shows all\n", text::Visible(file),
                        count - kShownOfAFile));
    }
  }

  std::string Mendable(const LintReport& report) const {
    const text::Diagnostics shown = Shown(report.diagnostics, options_);
    const auto count = std::ranges::count_if(
        shown.all(), [](const text::Diagnostic& diagnostic) { return diagnostic.fix.has_value(); });
    return count == 0 ? "" : fmt::format(" (--fix mends {})", count);
  }

  // What was skipped is said aloud, and all steps where details are wanted. Two nodes that miss a
  // step for the same reason share a line.
  void PrintSteps(const LintReport& report) const {
    std::vector<LintStep> lines;
    for (const LintStep& step : report.steps) {
      const auto same = std::ranges::find_if(lines, [&](const LintStep& line) {
        return !step.skipped.empty() && line.skipped == step.skipped;
      });
      if (same != lines.end()) {
        same->name += ", " + step.name;
      } else if (options_.verbose || !step.skipped.empty()) {
        lines.push_back(step);
      }
    }
    const std::string path = text::Visible(report.path);
    for (const LintStep& line : lines) {
      PrintErr(line.skipped.empty()
                   ? fmt::format("{}: checked: {}\n", path, line.name)
                   : fmt::format("{}: skipped: {}: {}\n", path, line.name, line.skipped));
    }
  }

  Json ResultsJson() const {
    Json results = Json::array();
    for (const LintReport& report : reports_) {
      Json result;
      result[std::string(KeyOf(report.subject))] = report.path;
      Json steps = Json::array();
      for (const LintStep& step : report.steps) {
        Json entry{{"name", step.name}, {"done", step.skipped.empty()}};
        if (!step.skipped.empty()) entry["skipped"] = step.skipped;
        steps.push_back(std::move(entry));
      }
      result["steps"] = std::move(steps);
      result["findings"] = FindingsJson(Shown(report.diagnostics, options_));
      results.push_back(std::move(result));
    }
    return results;
  }

  const std::vector<LintReport>& reports_;
  const CommonOptions& options_;
  const LintStream stream_;
};

}  // namespace

ExitCode LintVerdict(const std::vector<LintReport>& reports) {
  ExitCode code = ExitCode::kDone;
  for (const LintReport& report : reports) {
    if (!report.diagnostics.has_errors()) continue;
    const bool unreadable = std::ranges::any_of(report.diagnostics.all(), IsUnreadable);
    code = Worse(code, unreadable ? ExitCode::kBadInput : ExitCode::kFallsShort);
  }
  return code;
}

void PrintLintReports(const std::vector<LintReport>& reports, const CommonOptions& options,
                      LintStream stream) {
  Printer(reports, options, stream).Print();
}

}  // namespace dhcpair
