#include "lint/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "conf/rules.h"
#include "lint/adopt_rules.h"
#include "lint/rules.h"
#include "pair/rules.h"
#include "support/named.h"

namespace dhcpair::lint {
namespace {

using testing::Contains;
using testing::HasSubstr;

struct FoundRow : test::Named {
  const char* word;
  const text::Rule* rule;
};

class FoundRules : public testing::TestWithParam<FoundRow> {};

TEST_P(FoundRules, AreThoseThatTheWordStandsFor) {
  const auto found = FindRules(GetParam().word);
  ASSERT_TRUE(found) << found.error();
  EXPECT_THAT(*found, Contains(GetParam().rule));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, FoundRules,
    testing::Values(FoundRow{"Id", "pair-octal-number", &pair::rules::kOctalNumber},
                    FoundRow{"IdInCapitals", "Pair-Octal-NUMBER", &pair::rules::kOctalNumber},
                    FoundRow{"Alias", "FP227", &pair::rules::kOctalNumber},
                    FoundRow{"AliasInSmallLetters", "fp227", &pair::rules::kOctalNumber},
                    FoundRow{"AliasOfSeveral", "FO001", &pair::rules::kSplitOnSecondary},
                    FoundRow{"AliasOfSeveralAgain", "FO001", &conf::rules::kSplitOnSecondary},
                    FoundRow{"Family", "conf-", &conf::rules::kSyntax},
                    FoundRow{"FamilyWithAStar", "conf-*", &conf::rules::kSyntax},
                    FoundRow{"FamilyOfTwoRooms", "conf-", &rules::kUnlistedInclude},
                    FoundRow{"PartOfAFamily", "conf-missing-", &conf::rules::kMissingMclt},
                    FoundRow{"CommentFamily", "ignore-*", &rules::kIgnoreUnused}),
    [](const auto& row) { return row.param.name; });

TEST(FoundRulesOf, AnIdAreThatRuleAlone) { EXPECT_EQ(FindRules("conf-syntax")->size(), 1u); }

TEST(FoundRulesOf, AFamilyHaveIdsOfThatFamilyOnly) {
  const auto found = FindRules("dhcpd-");
  ASSERT_TRUE(found);
  for (const text::Rule* const rule : *found) EXPECT_TRUE(rule->id.starts_with("dhcpd-"));
}

struct UnknownRow : test::Named {
  const char* word;
  const char* says;
};

class UnknownRules : public testing::TestWithParam<UnknownRow> {};

TEST_P(UnknownRules, AreSaidWithTheNearest) {
  const auto found = FindRules(GetParam().word);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error(), GetParam().says);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, UnknownRules,
    testing::Values(UnknownRow{"Nothing", "", "there is no rule ''"},
                    UnknownRow{"Slip", "conf-sintax",
                               "there is no rule 'conf-sintax'; did you mean 'conf-syntax'?"},
                    UnknownRow{"Underscore", "conf_syntax",
                               "there is no rule 'conf_syntax'; did you mean 'conf-syntax'?"},
                    UnknownRow{"AliasWithALetterO", "FO0O1",
                               "there is no rule 'FO0O1'; did you mean 'FO001'?"},
                    UnknownRow{"NoFamily", "xyzzy-", "there is no rule 'xyzzy-'"},
                    UnknownRow{"StarAlone", "*", "there is no rule '*'"},
                    UnknownRow{"DashAlone", "-", "there is no rule '-'"},
                    UnknownRow{"StarInAWord", "xyzzy*", "there is no rule 'xyzzy*'"},
                    UnknownRow{"Blank", " ", "there is no rule ' '"}),
    [](const auto& row) { return row.param.name; });

struct ContextRow : test::Named {
  const text::Rule* rule;
  Context from;
};

class RuleSpeaks : public testing::TestWithParam<ContextRow> {};

TEST_P(RuleSpeaks, FromItsContextOn) {
  for (const Context context : {Context::kFile, Context::kNodes, Context::kPair,
                                Context::kPairAndDhcpd, Context::kAdoption}) {
    EXPECT_EQ(Speaks(*GetParam().rule, context), context >= GetParam().from);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RuleSpeaks,
    testing::Values(ContextRow{"OfDhcpdConf", &conf::rules::kSyntax, Context::kFile},
                    ContextRow{"OfComments", &rules::kIgnoreUnused, Context::kFile},
                    ContextRow{"OfPairFiles", &pair::rules::kLoadBalanceOff, Context::kPair},
                    ContextRow{"OfIncludes", &rules::kUnlistedInclude, Context::kPair},
                    ContextRow{"OfDhcpd", &rules::kDhcpdWarns, Context::kPairAndDhcpd},
                    ContextRow{"OfAdoptions", &adopt_rules::kBootp, Context::kAdoption}),
    [](const auto& row) { return row.param.name; });

TEST(Registry, LetsNobodyIgnoreWhatDhcpdOrWeCannotRead) {
  EXPECT_FALSE(CanBeIgnored(conf::rules::kSyntax));
  EXPECT_FALSE(CanBeIgnored(conf::rules::kUnreadable));
  EXPECT_FALSE(CanBeIgnored(pair::rules::kOctalNumber));
  EXPECT_FALSE(CanBeIgnored(rules::kDhcpdRejects));
}

TEST(Registry, LetsNobodyIgnoreWhatOnlyAdoptSpeaksOf) {
  for (const text::Rule* const rule : adopt_rules::All()) {
    EXPECT_FALSE(CanBeIgnored(*rule)) << rule->id;
  }
}

TEST(Registry, LetsWarningsBeIgnored) {
  EXPECT_TRUE(CanBeIgnored(pair::rules::kLoadBalanceOff));
  EXPECT_TRUE(CanBeIgnored(rules::kDhcpdWarns));
  EXPECT_TRUE(CanBeIgnored(rules::kIgnoreUnused));
}

TEST(Registry, HasTheRulesOfAllRooms) {
  const auto all = AllRules();
  for (const auto family :
       {pair::rules::All(), conf::rules::All(), rules::All(), adopt_rules::All()}) {
    for (const text::Rule* const rule : family) EXPECT_THAT(all, Contains(rule)) << rule->id;
  }
}

}  // namespace
}  // namespace dhcpair::lint
