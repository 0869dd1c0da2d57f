#include "text/diagnostic.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

namespace dhcpair::text {
namespace {

std::string Counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

Location WholeFile(SourcePtr source) { return {std::move(source), std::nullopt}; }

void Diagnostics::Sort() {
  // By name: a file that both nodes have was read once for each of them.
  std::vector<std::string> files;
  const auto rank = [&files](const Diagnostic& diagnostic) {
    const auto found = std::ranges::find(files, diagnostic.at.source->name());
    const std::ptrdiff_t index = found - files.begin();
    if (found == files.end()) files.push_back(diagnostic.at.source->name());
    return index;
  };
  // What has the same place stays in the order in which it was added.
  std::multimap<std::pair<std::ptrdiff_t, std::size_t>, Diagnostic> sorted;
  for (Diagnostic& diagnostic : all_) {
    const std::size_t begin = diagnostic.at.span ? diagnostic.at.span->begin : 0;
    sorted.emplace(std::pair(rank(diagnostic), begin), std::move(diagnostic));
  }
  all_.clear();
  for (auto& [place, diagnostic] : sorted) all_.push_back(std::move(diagnostic));
}

std::size_t Diagnostics::Count(Severity severity) const {
  return static_cast<std::size_t>(
      std::count_if(all_.begin(), all_.end(),
                    [severity](const Diagnostic& d) { return d.severity() == severity; }));
}

void Diagnostics::Fold() {
  std::vector<Diagnostic> folded;
  for (Diagnostic& diagnostic : all_) {
    const auto same = std::ranges::find_if(folded, [&](const Diagnostic& known) {
      return known.rule == diagnostic.rule && known.message == diagnostic.message &&
             known.at.span == diagnostic.at.span &&
             known.at.source->name() == diagnostic.at.source->name();
    });
    if (same == folded.end()) {
      folded.push_back(std::move(diagnostic));
    } else if (same->node.empty() || diagnostic.node.empty()) {
      // What is said of no node in particular holds for all.
      same->node.clear();
    } else if (!same->node.contains(diagnostic.node)) {
      same->node += " and " + diagnostic.node;
    }
  }
  all_ = std::move(folded);
}

std::string_view Name(Severity severity) {
  switch (severity) {
    case Severity::kAdvice:
      return "advice";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "";
}

std::string Tally(const Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.Count(Severity::kError);
  const std::size_t warnings = diagnostics.Count(Severity::kWarning);
  if (errors == 0 && warnings == 0) return "";
  if (warnings == 0) return Counted(errors, "error");
  if (errors == 0) return Counted(warnings, "warning");
  return Counted(errors, "error") + " and " + Counted(warnings, "warning");
}

}  // namespace dhcpair::text
