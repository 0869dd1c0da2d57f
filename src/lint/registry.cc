#include "lint/registry.h"

#include <fmt/core.h>

#include <algorithm>
#include <ranges>
#include <span>
#include <unordered_map>

#include "conf/rules.h"
#include "generate/rules.h"
#include "lint/adopt_rules.h"
#include "lint/check.h"
#include "lint/rules.h"
#include "pair/rules.h"
#include "text/suggest.h"

namespace dhcpair::lint {
namespace {

using text::Rule;

struct Entry {
  const Rule* rule;
  Context speaks_from;
  // It tells what cannot be read, or what dhcpd does not take.
  bool is_of_reading;
};

void Add(std::span<const Rule* const> rules, Context speaks_from, bool is_of_reading,
         std::vector<Entry>& entries) {
  for (const Rule* const rule : rules) entries.push_back({rule, speaks_from, is_of_reading});
}

std::vector<Entry> MakeEntries() {
  std::vector<Entry> entries;
  Add(pair::rules::All(), Context::kPair, true, entries);
  Add(generate::rules::All(), Context::kPair, true, entries);
  Add(conf::rules::All(), Context::kFile, true, entries);
  Add(rules::OfIncludes(), Context::kPair, true, entries);
  Add(rules::OfDhcpd(), Context::kPairAndDhcpd, true, entries);
  Add(rules::OfIgnoring(), Context::kFile, false, entries);
  for (const FileFamily& family : FileFamilies()) {
    Add(family.rules(), Context::kFile, false, entries);
  }
  for (const NodesFamily& family : NodesFamilies()) {
    Add(family.rules(), Context::kNodes, false, entries);
  }
  for (const PairFamily& family : PairFamilies()) {
    Add(family.rules(), Context::kPair, false, entries);
  }
  Add(adopt_rules::All(), Context::kAdoption, false, entries);
  return entries;
}

const std::vector<Entry>& Entries() {
  static const std::vector<Entry> kEntries = MakeEntries();
  return kEntries;
}

const Entry* Find(const Rule& rule) {
  static const std::unordered_map<const Rule*, const Entry*> kByRule = [] {
    std::unordered_map<const Rule*, const Entry*> by_rule;
    for (const Entry& entry : Entries()) by_rule.emplace(entry.rule, &entry);
    return by_rule;
  }();
  const auto found = kByRule.find(&rule);
  return found == kByRule.end() ? nullptr : found->second;
}

std::string Lower(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

// Calls visit(alias) for each code of a rule.
template <typename Visit>
void ForEachAlias(const Rule& rule, Visit visit) {
  for (const auto part : std::views::split(rule.alias, ' ')) visit(std::string_view(part));
}

// `wanted` is in lower case.
bool HasAlias(const Rule& rule, std::string_view wanted) {
  bool has = false;
  ForEachAlias(rule, [&](std::string_view alias) { has = has || Lower(alias) == wanted; });
  return has;
}

std::string Unknown(std::string_view word) {
  std::vector<std::string_view> candidates;
  for (const Entry& entry : Entries()) {
    candidates.push_back(entry.rule->id);
    ForEachAlias(*entry.rule, [&](std::string_view alias) { candidates.push_back(alias); });
  }
  std::string message = fmt::format("there is no rule '{}'", word);
  if (const auto meant = text::DidYouMean(word, candidates)) {
    message += fmt::format("; did you mean '{}'?", *meant);
  }
  return message;
}

}  // namespace

std::vector<const Rule*> AllRules() {
  std::vector<const Rule*> all;
  for (const Entry& entry : Entries()) all.push_back(entry.rule);
  return all;
}

std::expected<std::vector<const Rule*>, std::string> FindRules(std::string_view word) {
  const std::string wanted = Lower(word);
  std::string_view prefix = wanted;
  if (prefix.ends_with('*')) prefix.remove_suffix(1);
  const bool is_prefix = prefix.size() > 1 && prefix.ends_with('-');
  std::vector<const Rule*> found;
  for (const Entry& entry : Entries()) {
    const Rule& rule = *entry.rule;
    const bool is_meant =
        is_prefix ? rule.id.starts_with(prefix) : rule.id == wanted || HasAlias(rule, wanted);
    if (is_meant) found.push_back(&rule);
  }
  // An empty word would be the alias of all that have none.
  if (found.empty() || wanted.empty()) return std::unexpected(Unknown(word));
  return found;
}

bool Speaks(const Rule& rule, Context context) {
  const Entry* const entry = Find(rule);
  return entry != nullptr && context >= entry->speaks_from;
}

bool CanBeIgnored(const Rule& rule) {
  const Entry* const entry = Find(rule);
  if (entry == nullptr) return true;
  if (entry->speaks_from == Context::kAdoption) return false;
  return !entry->is_of_reading || rule.severity != text::Severity::kError;
}

}  // namespace dhcpair::lint
