#include "lint/registry.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

#include "conf/rules.h"
#include "generate/rules.h"
#include "lint/rules.h"
#include "pair/rules.h"
#include "text/suggest.h"

namespace dhcpair::lint {
namespace {

using text::Rule;

char LowerCase(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool BeginsLike(std::string_view text, std::string_view word) {
  return std::ranges::equal(text.substr(0, word.size()), word, {}, LowerCase, LowerCase);
}

bool IsMeant(const Rule& rule, std::string_view word) {
  const bool is_prefix = word.size() > 1 && word.ends_with('-');
  if (is_prefix) return BeginsLike(rule.id, word);
  const auto is = [&](std::string_view name) {
    return name.size() == word.size() && BeginsLike(name, word);
  };
  return is(rule.id) || is(rule.alias);
}

std::string Unknown(std::string_view word, const std::vector<const Rule*>& all) {
  std::vector<std::string_view> names;
  for (const Rule* const rule : all) {
    names.push_back(rule->id);
    if (!rule->alias.empty()) names.push_back(rule->alias);
  }
  std::string message = fmt::format("there is no rule '{}'", word);
  if (const auto meant = text::DidYouMean(word, names)) {
    message += fmt::format("; did you mean '{}'?", *meant);
  }
  return message;
}

}  // namespace

std::vector<const Rule*> AllRules() {
  std::vector<const Rule*> all;
  for (const auto family :
       {pair::rules::All(), generate::rules::All(), conf::rules::All(), rules::All()}) {
    all.insert(all.end(), family.begin(), family.end());
  }
  return all;
}

std::expected<std::vector<const Rule*>, std::string> FindRules(std::string_view word) {
  const std::vector<const Rule*> all = AllRules();
  std::vector<const Rule*> found;
  std::ranges::copy_if(all, std::back_inserter(found),
                       [&](const Rule* rule) { return IsMeant(*rule, word); });
  // An empty word would be the alias of all that have none.
  if (found.empty() || word.empty()) return std::unexpected(Unknown(word, all));
  return found;
}

}  // namespace dhcpair::lint
