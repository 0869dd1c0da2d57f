#include "lint/selection.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "lint/registry.h"

namespace dhcpair::lint {
namespace {

using text::Rule;
using text::Severity;

std::string_view Trimmed(std::string_view word) {
  const std::size_t begin = std::min(word.find_first_not_of(" \t"), word.size());
  return word.substr(begin, word.find_last_not_of(" \t") + 1 - begin);
}

std::vector<std::string_view> WordsOf(std::span<const std::string> lists) {
  std::vector<std::string_view> words;
  for (std::string_view list : lists) {
    for (;;) {
      const std::size_t comma = std::min(list.find(','), list.size());
      words.push_back(Trimmed(list.substr(0, comma)));
      if (comma == list.size()) break;
      list.remove_prefix(comma + 1);
    }
  }
  return words;
}

// Why lint takes no word for such a rule.
constexpr std::string_view kOfAdopt = "is for what 'dhcpair adopt' finds; lint never speaks of it";

bool IsOfLint(const Rule& rule) { return Speaks(rule, Context::kPairAndDhcpd); }

}  // namespace

std::string WhyNotIgnored(std::string_view word, const Rule& rule) {
  if (!IsOfLint(rule)) return fmt::format("'{}' {}", word, kOfAdopt);
  const bool is_of_dhcpd = rule.id.starts_with("conf-") || rule.id.starts_with("dhcpd-");
  return fmt::format("'{}' cannot be ignored: {}", word,
                     is_of_dhcpd ? "dhcpd does not start with it" : "nothing can be made of it");
}

std::expected<Selection, std::string> Selection::Parse(std::span<const std::string> selected,
                                                       std::span<const std::string> ignored) {
  Selection selection;
  for (const std::string_view word : WordsOf(selected)) {
    const auto rules = FindRules(word);
    if (!rules) return std::unexpected(rules.error());
    if (std::ranges::none_of(*rules, [](const Rule* rule) { return IsOfLint(*rule); })) {
      return std::unexpected(WhyNotIgnored(word, *rules->front()));
    }
    selection.selected_.insert(rules->begin(), rules->end());
  }
  for (const std::string_view word : WordsOf(ignored)) {
    const auto rules = FindRules(word);
    if (!rules) return std::unexpected(rules.error());
    // Of a family or an alias those are left out that can be.
    if (std::ranges::none_of(*rules, [](const Rule* rule) { return CanBeIgnored(*rule); })) {
      return std::unexpected(WhyNotIgnored(word, *rules->front()));
    }
    selection.ignored_.insert(rules->begin(), rules->end());
  }
  return selection;
}

bool Selection::Has(const Rule& rule) const {
  if (!CanBeIgnored(rule)) return true;
  return (selected_.empty() || selected_.contains(&rule)) && !ignored_.contains(&rule);
}

text::Diagnostics Judged(const text::Diagnostics& found, const Judgement& judgement) {
  text::Diagnostics judged;
  for (text::Diagnostic diagnostic : found.all()) {
    if (!judgement.selection.Has(*diagnostic.rule)) continue;
    if (judgement.is_pair && diagnostic.rule->in_pair != diagnostic.rule->severity) {
      diagnostic.raised = diagnostic.rule->in_pair;
    }
    const bool is_raised = judgement.is_strict && diagnostic.severity() == Severity::kWarning;
    if (is_raised) diagnostic.raised = Severity::kError;
    judged.Add(std::move(diagnostic));
  }
  return judged;
}

}  // namespace dhcpair::lint
