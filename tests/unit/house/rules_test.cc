// The ids of all rules of all rooms: one scheme, no id twice.
#include <gtest/gtest.h>

#include <algorithm>
#include <ranges>
#include <set>

#include "lint/registry.h"

namespace dhcpair {
namespace {

using lint::AllRules;

const std::set<std::string> kFamilies{
    "access",  "adopt", "conf",   "dhcpd", "failover", "host", "ignore", "lease",
    "network", "node",  "option", "pair",  "plan",     "pool", "range",  "template",
};

TEST(Rules, IdsAreSlugsOfAKnownFamily) {
  for (const text::Rule* const rule : AllRules()) {
    const std::string id(rule->id);
    EXPECT_TRUE(std::ranges::all_of(id, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    })) << id;
    EXPECT_FALSE(id.starts_with('-') || id.ends_with('-') || id.contains("--")) << id;
    const std::string family = id.substr(0, id.find('-'));
    EXPECT_TRUE(kFamilies.contains(family)) << id;
  }
}

TEST(Rules, NoIdStandsTwice) {
  std::set<std::string_view> seen;
  for (const text::Rule* const rule : AllRules()) {
    EXPECT_TRUE(seen.insert(rule->id).second) << rule->id;
  }
}

TEST(Rules, AliasesAreCodesOfTheTableOfFailoverMistakes) {
  for (const text::Rule* const rule : AllRules()) {
    if (rule->alias.empty()) continue;
    for (const auto part : std::views::split(rule->alias, ' ')) {
      const std::string_view alias(part);
      EXPECT_EQ(alias.size(), 5u) << rule->id;
      EXPECT_TRUE(alias.starts_with("FO") || alias.starts_with("FP")) << rule->id;
    }
  }
}

TEST(Rules, EachHasASentenceWithoutAFullStop) {
  for (const text::Rule* const rule : AllRules()) {
    EXPECT_GT(rule->summary.size(), 10u) << rule->id;
    EXPECT_FALSE(rule->summary.ends_with('.')) << rule->id;
  }
}

}  // namespace
}  // namespace dhcpair
