#include "text/diagnostic.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/findings.h"
#include "support/named.h"

namespace dhcpair::text {
namespace {

using test::FindingAt;
using test::kAdviceRule;
using test::kErrorRule;
using test::kWarningRule;

std::string Order(const Diagnostics& diagnostics) {
  std::string order;
  for (const Diagnostic& diagnostic : diagnostics.all()) order += diagnostic.message;
  return order;
}

Diagnostic Saying(Diagnostic diagnostic, const char* message, const char* node = "") {
  diagnostic.message = message;
  diagnostic.node = node;
  return diagnostic;
}

TEST(Diagnostics, AreSortedByPlaceWithinTheFilesAsTheyFirstAppeared) {
  const SourcePtr b = test::Source("b", "one two three");
  const SourcePtr a = test::Source("a", "one two three");
  Diagnostics diagnostics;
  diagnostics.Add(Saying(FindingAt(b, "two"), "2"));
  diagnostics.Add(Saying(FindingAt(a, "three"), "5"));
  diagnostics.Add(Saying(FindingAt(b, "three"), "3"));
  diagnostics.Add(Saying(FindingAt(a, "one"), "4"));
  diagnostics.Add(Saying({&kErrorRule, WholeFile(b), ""}, "1"));
  diagnostics.Sort();
  EXPECT_EQ(Order(diagnostics), "12345");
}

TEST(Diagnostics, OfOnePlaceStayInTheOrderOfTheirFinding) {
  const SourcePtr source = test::Source("f", "one");
  Diagnostics diagnostics;
  for (const char* const message : {"1", "2", "3", "4", "5", "6", "7", "8", "9"}) {
    diagnostics.Add(Saying(FindingAt(source, "one"), message));
  }
  diagnostics.Sort();
  EXPECT_EQ(Order(diagnostics), "123456789");
}

TEST(Diagnostics, ThatDifferInTheirNodeOnlyBecomeOne) {
  const SourcePtr source = test::Source("dhcpd.master", "one two");
  Diagnostics diagnostics;
  diagnostics.Add(Saying(FindingAt(source, "one"), "same", "primary"));
  // Read a second time for the other node, as the same file.
  diagnostics.Add(
      Saying(FindingAt(test::Source("dhcpd.master", "one two"), "one"), "same", "secondary"));
  diagnostics.Fold();
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(diagnostics.all()[0].node, "primary and secondary");
}

TEST(Diagnostics, ThatDifferInMoreStayApart) {
  const SourcePtr source = test::Source("dhcpd.master", "one two");
  Diagnostics diagnostics;
  diagnostics.Add(Saying(FindingAt(source, "one"), "same", "primary"));
  diagnostics.Add(Saying(FindingAt(source, "two"), "same", "secondary"));
  diagnostics.Add(Saying(FindingAt(source, "one"), "other", "secondary"));
  diagnostics.Add(Saying(FindingAt(source, "one", kWarningRule), "same", "secondary"));
  diagnostics.Add(Saying(FindingAt(test::Source("hosts", "one"), "one"), "same", "secondary"));
  diagnostics.Add(Saying({&kErrorRule, WholeFile(source), ""}, "same", "secondary"));
  diagnostics.Fold();
  EXPECT_EQ(diagnostics.all().size(), 6u);
}

// Both nodes' findings come from the same file, which was read once for each node.
TEST(Diagnostics, OfAFileThatWasReadTwiceAreSortedAsThoseOfOne) {
  const char* const contents = "one two three";
  Diagnostics diagnostics;
  diagnostics.Add(Saying(FindingAt(test::Source("dhcpd.master", contents), "two"), "2"));
  diagnostics.Add(Saying(FindingAt(test::Source("hosts", contents), "one"), "4"));
  diagnostics.Add(Saying(FindingAt(test::Source("dhcpd.master", contents), "one"), "1"));
  diagnostics.Add(Saying(FindingAt(test::Source("dhcpd.master", contents), "three"), "3"));
  diagnostics.Sort();
  EXPECT_EQ(Order(diagnostics), "1234");
}

TEST(Diagnostics, AreAppendedInTheirOrder) {
  const SourcePtr source = test::Source("f", "one");
  Diagnostics diagnostics = test::Only(Saying(FindingAt(source, "one"), "1"));
  Diagnostics more = test::Only(Saying(FindingAt(source, "one"), "2"));
  more.Add(Saying(FindingAt(source, "one"), "3"));
  diagnostics.Append(more);
  diagnostics.Append({});
  EXPECT_EQ(Order(diagnostics), "123");
}

struct FoldRow : test::Named {
  std::vector<const char*> nodes;
  const char* folded;
};

class FoldedNode : public testing::TestWithParam<FoldRow> {};

TEST_P(FoldedNode, NamesEachNodeOnceAndNoneWhereOneFindingIsAboutNone) {
  const SourcePtr source = test::Source("f", "one");
  Diagnostics diagnostics;
  for (const char* const node : GetParam().nodes) {
    diagnostics.Add(Saying(FindingAt(source, "one"), "same", node));
  }
  diagnostics.Fold();
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(diagnostics.all()[0].node, GetParam().folded);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, FoldedNode,
    testing::Values(FoldRow{"OneNode", {"secondary"}, "secondary"},
                    FoldRow{"BothNodes", {"primary", "secondary"}, "primary and secondary"},
                    FoldRow{"TheSameTwice", {"primary", "primary"}, "primary"},
                    FoldRow{"BothTwice",
                            {"primary", "primary", "secondary", "secondary", "primary"},
                            "primary and secondary"},
                    FoldRow{"NoNode", {"", ""}, ""}, FoldRow{"NoNodeAndOne", {"", "primary"}, ""},
                    FoldRow{"OneAndNoNode", {"primary", ""}, ""},
                    FoldRow{"NoNodeBetweenBoth", {"primary", "", "secondary"}, ""}),
    [](const auto& row) { return row.param.name; });

TEST(Diagnostics, ThatStayAreInTheOrderOfTheirFinding) {
  const SourcePtr source = test::Source("f", "one two");
  Diagnostics diagnostics;
  for (const char* const message : {"9", "1", "5", "1", "3", "9", "2"}) {
    diagnostics.Add(Saying(FindingAt(source, "two"), message));
    diagnostics.Add(Saying(FindingAt(source, "one"), message));
  }
  diagnostics.Fold();
  EXPECT_EQ(Order(diagnostics), "9911553322");
}

// Each was compared with all others before.
TEST(Diagnostics, OfAFileFullOfMistakesAreFoldedAndSortedAtOnce) {
  const SourcePtr source = test::Source("f", std::string(100'000, 'x'));
  Diagnostics diagnostics;
  for (std::size_t at = 100'000; at-- > 0;) {
    diagnostics.Add({&kErrorRule, {source, Span{at, at + 1}}, "m", {}, "primary"});
    diagnostics.Add({&kErrorRule, {source, Span{at, at + 1}}, "m", {}, "secondary"});
  }
  diagnostics.Fold();
  diagnostics.Sort();
  ASSERT_EQ(diagnostics.all().size(), 100'000u);
  EXPECT_EQ(diagnostics.all().front().at.span, (Span{0, 1}));
  EXPECT_EQ(diagnostics.all().back().node, "primary and secondary");
}

struct TallyRow : test::Named {
  int errors;
  int warnings;
  int advice;
  const char* tally;
};

class TallyOf : public testing::TestWithParam<TallyRow> {};

TEST_P(TallyOf, CountsErrorsAndWarningsInWords) {
  const TallyRow& row = GetParam();
  const SourcePtr source = test::Source("f", "one");
  Diagnostics diagnostics;
  for (int i = 0; i < row.errors; ++i) diagnostics.Add(FindingAt(source, "one", kErrorRule));
  for (int i = 0; i < row.warnings; ++i) diagnostics.Add(FindingAt(source, "one", kWarningRule));
  for (int i = 0; i < row.advice; ++i) diagnostics.Add(FindingAt(source, "one", kAdviceRule));
  EXPECT_EQ(Tally(diagnostics), row.tally);
  EXPECT_EQ(diagnostics.has_errors(), row.errors > 0);
  EXPECT_EQ(diagnostics.empty(), row.errors + row.warnings + row.advice == 0);
}

INSTANTIATE_TEST_SUITE_P(Rows, TallyOf,
                         testing::Values(TallyRow{"Nothing", 0, 0, 0, ""},
                                         TallyRow{"AdviceOnly", 0, 0, 3, ""},
                                         TallyRow{"OneError", 1, 0, 0, "1 error"},
                                         TallyRow{"TwoErrors", 2, 0, 1, "2 errors"},
                                         TallyRow{"OneWarning", 0, 1, 0, "1 warning"},
                                         TallyRow{"TwoWarnings", 0, 2, 0, "2 warnings"},
                                         TallyRow{"OneOfEach", 1, 1, 1, "1 error and 1 warning"},
                                         TallyRow{"Several", 2, 3, 0, "2 errors and 3 warnings"}),
                         [](const auto& row) { return row.param.name; });

TEST(Severity, HasTheNamesThatJsonAndTheTerminalShow) {
  EXPECT_EQ(Name(Severity::kAdvice), "advice");
  EXPECT_EQ(Name(Severity::kWarning), "warning");
  EXPECT_EQ(Name(Severity::kError), "error");
}

}  // namespace
}  // namespace dhcpair::text
