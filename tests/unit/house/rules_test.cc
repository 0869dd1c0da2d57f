// The ids of all rules of all rooms: one scheme, no id twice.
#include "generate/rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "conf/rules.h"
#include "lint/failover_rules.h"
#include "lint/node_rules.h"
#include "lint/plan_rules.h"
#include "lint/pool_rules.h"
#include "lint/rules.h"
#include "pair/rules.h"

namespace dhcpair {
namespace {

std::vector<const text::Rule*> AllRules() {
  std::vector<const text::Rule*> all;
  for (const auto family :
       {pair::rules::All(), generate::rules::All(), conf::rules::All(), lint::rules::All(),
        lint::FailoverRules(), lint::PoolRules(), lint::NodeRules(), lint::PlanRules()}) {
    all.insert(all.end(), family.begin(), family.end());
  }
  return all;
}

TEST(Rules, IdsAreSlugsOfAKnownFamily) {
  for (const text::Rule* const rule : AllRules()) {
    const std::string id(rule->id);
    EXPECT_TRUE(std::ranges::all_of(id, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    })) << id;
    EXPECT_FALSE(id.starts_with('-') || id.ends_with('-') || id.contains("--")) << id;
    const std::string family = id.substr(0, id.find('-'));
    EXPECT_TRUE((std::set<std::string>{"pair", "template", "conf", "dhcpd", "failover", "pool",
                                       "node", "plan"})
                    .contains(family))
        << id;
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
    EXPECT_EQ(rule->alias.size(), 5u) << rule->id;
    EXPECT_TRUE(rule->alias.starts_with("FO") || rule->alias.starts_with("FP")) << rule->id;
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
