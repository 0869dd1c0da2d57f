#include "lint_check.h"

#include <fmt/core.h>

#include <algorithm>

#include "conf/conf.h"
#include "host/interrupt.h"
#include "lint/check.h"
#include "lint/suppressions.h"
#include "lint_pair.h"
#include "pair/load.h"

namespace dhcpair {
namespace {

using pair::Role;
using Subject = LintReport::Subject;

bool IsPairFile(std::string_view path) { return path.ends_with(".yaml") || path.ends_with(".yml"); }

std::string NameOf(const std::string& path) {
  return path == kStandardInput ? kStandardInputName : path;
}

bool HasSecondary(const conf::Model& model) {
  return std::ranges::any_of(model.peers, &conf::Peer::is_secondary);
}

}  // namespace

std::vector<LintReport> LintChecker::Run() {
  const LintOptions& options = setup_.options;
  if (!options.nodes.empty()) CheckNodes(NameOf(options.nodes[0]), NameOf(options.nodes[1]));
  for (const std::string& path : options.files) {
    if (host::InterruptedBy() != 0) return {};
    IsPairFile(path) ? CheckPair(path) : CheckFile(NameOf(path));
  }
  CheckAcrossPairs(pairs_, reports_.back().diagnostics);
  for (LintReport& report : reports_) StripFixes(report);
  return std::move(reports_);
}

void LintChecker::CheckFile(const std::string& path) {
  LintReport& report = reports_.emplace_back(LintReport{Subject::kFile, path});
  lint::Suppressions suppressions;
  const auto model = Read(path, report.diagnostics, suppressions);
  report.steps.push_back({"dhcpd.conf"});
  report.is_complete = !report.diagnostics.has_errors();
  if (model) {
    lint::CheckFile(*model, nullptr, report.diagnostics, report.diagnostics);
  }
  Finish(report, suppressions, lint::Context::kFile);
}

void LintChecker::CheckNodes(const std::string& first, const std::string& second) {
  LintReport& report =
      reports_.emplace_back(LintReport{Subject::kNodes, fmt::format("{}, {}", first, second)});
  lint::Suppressions suppressions;
  text::Diagnostics found[2];
  const std::optional<conf::Model> models[2] = {Read(first, found[0], suppressions),
                                                Read(second, found[1], suppressions)};
  report.steps.push_back({"both nodes' dhcpd.conf"});
  report.is_complete = !found[0].has_errors() && !found[1].has_errors();
  const bool are_both_read = models[0] && models[1];
  const bool is_swapped = are_both_read && HasSecondary(*models[0]) && !HasSecondary(*models[1]);
  const int of_primary = is_swapped ? 1 : 0;
  for (const Role role : {Role::kPrimary, Role::kSecondary}) {
    const int i = role == Role::kPrimary ? of_primary : 1 - of_primary;
    const conf::Model* const partner = are_both_read ? &*models[1 - i] : nullptr;
    if (models[i]) lint::CheckFile(*models[i], partner, found[i], found[i]);
    for (text::Diagnostic diagnostic : found[i].all()) {
      diagnostic.node = Name(role);
      report.diagnostics.Add(std::move(diagnostic));
    }
  }
  if (are_both_read) {
    lint::CheckBothNodes(*models[of_primary], *models[1 - of_primary], report.diagnostics);
  }
  Finish(report, suppressions, lint::Context::kNodes);
}

void LintChecker::CheckPair(const std::string& path) {
  LintReport& report = reports_.emplace_back(LintReport{Subject::kPair, path});
  lint::Suppressions suppressions;
  editable_.insert(path);
  LintPairCheck check(setup_, loader_, report, suppressions);
  std::optional<pair::Pair> pair = check.Run();
  Finish(report, suppressions, check.context());
  if (!pair) return;
  editable_.insert(pair->master);
  for (const pair::SharedFile& file : pair->files) editable_.insert(file.from);
  pairs_.push_back(*std::move(pair));
}

std::optional<conf::Model> LintChecker::Read(const std::string& path, text::Diagnostics& found,
                                             lint::Suppressions& suppressions) {
  editable_.insert(path);
  const auto source = loader_.Load(path, conf::kFileBytesMax);
  // It says why.
  if (!source) return conf::Read(loader_, path, found);
  // What is given by name is where it is said to be; the map is for what it includes.
  lint::MappedLoader loader(setup_.include_map, loader_, loader_);
  conf::Model model = conf::Read(loader, *source, found);
  for (const conf::SyntaxTree& tree : model.files) suppressions.Read(tree);
  return model;
}

void LintChecker::Finish(LintReport& report, lint::Suppressions& suppressions,
                         lint::Context context) const {
  const text::Diagnostics found =
      suppressions.Apply(report.diagnostics, {context, setup_.selection, report.is_complete});
  report.diagnostics = lint::Judged(
      found, {setup_.selection, report.subject != Subject::kFile, setup_.options.strict});
  report.diagnostics.Fold();
  report.diagnostics.Sort();
}

void LintChecker::StripFixes(LintReport& report) const {
  const auto is_editable = [this](const text::Edit& edit) {
    return editable_.contains(edit.at.source->name());
  };
  text::Diagnostics stripped;
  for (text::Diagnostic diagnostic : report.diagnostics.all()) {
    const bool can_be_made = report.is_complete && diagnostic.fix &&
                             std::ranges::all_of(diagnostic.fix->edits, is_editable);
    if (!can_be_made) diagnostic.fix.reset();
    stripped.Add(std::move(diagnostic));
  }
  report.diagnostics = std::move(stripped);
}

}  // namespace dhcpair
