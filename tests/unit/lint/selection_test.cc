#include "lint/selection.h"

#include <gtest/gtest.h>

#include "conf/rules.h"
#include "lint/rules.h"
#include "pair/rules.h"
#include "support/findings.h"
#include "support/named.h"

namespace dhcpair::lint {
namespace {

using Words = std::vector<std::string>;
using text::Severity;

struct Row : test::Named {
  Words selected;
  Words ignored;
  bool has_load_balance;
  bool has_unused;
};

class SelectionOf : public testing::TestWithParam<Row> {};

TEST_P(SelectionOf, HasWhatIsSelectedAndNotIgnored) {
  const auto selection = Selection::Parse(GetParam().selected, GetParam().ignored);
  ASSERT_TRUE(selection) << selection.error();
  EXPECT_EQ(selection->Has(pair::rules::kLoadBalanceOff), GetParam().has_load_balance);
  EXPECT_EQ(selection->Has(rules::kIgnoreUnused), GetParam().has_unused);
  // What dhcpd rejects is never hidden.
  EXPECT_TRUE(selection->Has(conf::rules::kSyntax));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SelectionOf,
    testing::Values(Row{"Nothing", {}, {}, true, true}, Row{"OneRule", {"FP205"}, {}, true, false},
                    Row{"AnotherRule", {"conf-syntax"}, {}, false, false},
                    Row{"TwoInOneList", {"FP205,ignore-unused"}, {}, true, true},
                    Row{"BlanksInAList", {" FP205 , ignore-unused "}, {}, true, true},
                    Row{"TwoLists", {"FP205", "ignore-unused"}, {}, true, true},
                    Row{"Family", {"ignore-"}, {}, false, true},
                    Row{"Ignored", {}, {"FP205"}, false, true},
                    Row{"IgnoredFamily", {}, {"ignore-*"}, true, false},
                    Row{"SelectedAndIgnored", {"FP205,ignore-unused"}, {"fp205"}, false, true},
                    Row{"FamilyWithErrors", {}, {"pair-"}, false, true}),
    [](const auto& row) { return row.param.name; });

struct BadRow : test::Named {
  Words selected;
  Words ignored;
  const char* says;
};

class BadSelection : public testing::TestWithParam<BadRow> {};

TEST_P(BadSelection, IsRefusedWithAReason) {
  const auto selection = Selection::Parse(GetParam().selected, GetParam().ignored);
  ASSERT_FALSE(selection);
  EXPECT_EQ(selection.error(), GetParam().says);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, BadSelection,
    testing::Values(
        BadRow{"UnknownSelected",
               {"pair-octal-numbr"},
               {},
               "there is no rule 'pair-octal-numbr'; did you mean 'pair-octal-number'?"},
        BadRow{"UnknownIgnored", {}, {"xyzzy"}, "there is no rule 'xyzzy'"},
        BadRow{"EmptyWord", {"FP205,,FP227"}, {}, "there is no rule ''"},
        BadRow{"EmptyList", {""}, {}, "there is no rule ''"},
        BadRow{"TrailingComma", {}, {"FP205,"}, "there is no rule ''"},
        BadRow{"RejectedByDhcpd",
               {},
               {"conf-syntax"},
               "'conf-syntax' cannot be ignored: dhcpd does not start with it"},
        BadRow{"CodeOfTableA",
               {},
               {"FP205,FO009"},
               "'FO009' cannot be ignored: dhcpd does not start with it"},
        BadRow{"UnreadablePair",
               {},
               {"pair-unreadable"},
               "'pair-unreadable' cannot be ignored: nothing can be made of it"},
        BadRow{"SelectedOfAdopt",
               {"pair-octal-number", "adopt-bootp"},
               {},
               "'adopt-bootp' is for what 'dhcpair adopt' finds; lint never speaks of it"},
        BadRow{"IgnoredOfAdopt",
               {},
               {"adopt-"},
               "'adopt-' is for what 'dhcpair adopt' finds; lint never speaks of it"}),
    [](const auto& row) { return row.param.name; });

constexpr text::Rule kWorseInAPair{.id = "host-a-rule",
                                   .severity = Severity::kWarning,
                                   .summary = "worse in a pair",
                                   .in_pair = Severity::kError};

struct JudgedRow : test::Named {
  const text::Rule* rule;
  bool is_pair;
  bool is_strict;
  Severity severity;
};

class JudgedFinding : public testing::TestWithParam<JudgedRow> {};

TEST_P(JudgedFinding, HasTheSeverityOfItsContext) {
  const JudgedRow& row = GetParam();
  const auto source = test::Source("f", "one");
  const Selection selection;
  const auto judged = Judged(test::Only(test::FindingAt(source, "one", *row.rule)),
                             {selection, row.is_pair, row.is_strict});
  ASSERT_EQ(judged.all().size(), 1u);
  EXPECT_EQ(judged.all()[0].severity(), row.severity);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, JudgedFinding,
    testing::Values(JudgedRow{"Alone", &kWorseInAPair, false, false, Severity::kWarning},
                    JudgedRow{"InAPair", &kWorseInAPair, true, false, Severity::kError},
                    JudgedRow{"Strict", &kWorseInAPair, false, true, Severity::kError},
                    JudgedRow{"Warning", &test::kWarningRule, true, false, Severity::kWarning},
                    JudgedRow{"StrictWarning", &test::kWarningRule, false, true, Severity::kError},
                    JudgedRow{"AdviceIsNeverRaised", &test::kAdviceRule, true, true,
                              Severity::kAdvice},
                    JudgedRow{"Error", &test::kErrorRule, false, false, Severity::kError}),
    [](const auto& row) { return row.param.name; });

TEST(Judged, LeavesOutWhatIsNotSelected) {
  const auto source = test::Source("f", "one");
  const auto selection = Selection::Parse(Words{"FP227"}, {});
  text::Diagnostics found = test::Only(test::FindingAt(source, "one", rules::kIgnoreUnused));
  found.Add(test::FindingAt(source, "one", conf::rules::kSyntax));
  const auto judged = Judged(found, {*selection});
  ASSERT_EQ(judged.all().size(), 1u);
  EXPECT_EQ(judged.all()[0].rule, &conf::rules::kSyntax);
}

}  // namespace
}  // namespace dhcpair::lint
