#include "text/diagnostic.h"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace dhcpair::text {
namespace {

std::string Counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

// What is said of no node in particular holds for all.
void MergeNodes(std::string& node, std::string_view other) {
  if (node.empty() || other.empty()) {
    node.clear();
  } else if (!node.contains(other)) {
    node += fmt::format(" and {}", other);
  }
}

}  // namespace

Location WholeFile(SourcePtr source) { return {std::move(source), std::nullopt}; }

void Diagnostics::Sort() {
  // By name: a file that both nodes have was read once for each of them.
  std::unordered_map<std::string_view, std::size_t> ranks;
  struct Place {
    std::size_t file;
    std::size_t begin;
    std::size_t index;

    auto operator<=>(const Place&) const = default;
  };
  std::vector<Place> order;
  order.reserve(all_.size());
  for (const Diagnostic& diagnostic : all_) {
    const std::size_t file =
        ranks.try_emplace(diagnostic.at.source->name(), ranks.size()).first->second;
    // What has the same place stays in the order in which it was added.
    order.push_back({file, diagnostic.at.span ? diagnostic.at.span->begin : 0, order.size()});
  }
  std::ranges::sort(order);
  std::vector<Diagnostic> sorted;
  sorted.reserve(all_.size());
  for (const Place& place : order) sorted.push_back(std::move(all_[place.index]));
  all_ = std::move(sorted);
}

std::size_t Diagnostics::Count(Severity severity) const {
  return static_cast<std::size_t>(
      std::count_if(all_.begin(), all_.end(),
                    [severity](const Diagnostic& d) { return d.severity() == severity; }));
}

void Diagnostics::Fold() {
  const auto key = [this](std::size_t index) {
    const Diagnostic& diagnostic = all_[index];
    const Span span = diagnostic.at.span.value_or(Span{});
    return std::tuple<std::string_view, std::size_t, std::size_t, bool, std::string_view,
                      std::string_view>(diagnostic.rule->id, span.begin, span.end,
                                        diagnostic.at.span.has_value(), diagnostic.message,
                                        diagnostic.at.source->name());
  };
  std::vector<std::size_t> order(all_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  // By place in the list where all else is equal: the one that came first stays.
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    const auto key_of_a = key(a);
    const auto key_of_b = key(b);
    return key_of_a != key_of_b ? key_of_a < key_of_b : a < b;
  });
  std::vector<bool> is_kept(all_.size(), true);
  for (std::size_t first = 0, next = 1; next < order.size(); ++next) {
    if (key(order[first]) != key(order[next])) {
      first = next;
      continue;
    }
    is_kept[order[next]] = false;
    MergeNodes(all_[order[first]].node, all_[order[next]].node);
  }
  std::vector<Diagnostic> folded;
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (is_kept[i]) folded.push_back(std::move(all_[i]));
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
