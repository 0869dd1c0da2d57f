#include "text/diagnostic.h"

#include <fmt/core.h>

#include <algorithm>

namespace dhcpair::text {
namespace {

std::string Counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

Location WholeFile(SourcePtr source) { return {std::move(source), std::nullopt}; }

void Diagnostics::Sort() {
  std::vector<const SourceFile*> order;
  const auto rank = [&order](const Diagnostic& diagnostic) {
    const auto found = std::find(order.begin(), order.end(), diagnostic.at.source.get());
    return found - order.begin();
  };
  for (const Diagnostic& diagnostic : all_) {
    if (rank(diagnostic) == std::ssize(order)) order.push_back(diagnostic.at.source.get());
  }
  std::stable_sort(all_.begin(), all_.end(), [&](const Diagnostic& a, const Diagnostic& b) {
    if (rank(a) != rank(b)) return rank(a) < rank(b);
    const auto begin = [](const Diagnostic& d) { return d.at.span ? d.at.span->begin : 0; };
    return begin(a) < begin(b);
  });
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
