#include "text/diagnostic.h"

#include <gtest/gtest.h>

#include "support/findings.h"

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

Diagnostic Named(Diagnostic diagnostic, const char* message, const char* node = "") {
  diagnostic.message = message;
  diagnostic.node = node;
  return diagnostic;
}

TEST(Diagnostics, AreSortedByPlaceWithinTheFilesAsTheyFirstAppeared) {
  const SourcePtr b = test::Source("b", "one two three");
  const SourcePtr a = test::Source("a", "one two three");
  Diagnostics diagnostics;
  diagnostics.Add(Named(FindingAt(b, "two"), "2"));
  diagnostics.Add(Named(FindingAt(a, "three"), "5"));
  diagnostics.Add(Named(FindingAt(b, "three"), "3"));
  diagnostics.Add(Named(FindingAt(a, "one"), "4"));
  diagnostics.Add(Named({&kErrorRule, WholeFile(b), ""}, "1"));
  diagnostics.Sort();
  EXPECT_EQ(Order(diagnostics), "12345");
}

TEST(Diagnostics, OfOnePlaceStayInTheOrderOfTheirFinding) {
  const SourcePtr source = test::Source("f", "one");
  Diagnostics diagnostics;
  for (const char* const message : {"1", "2", "3", "4", "5", "6", "7", "8", "9"}) {
    diagnostics.Add(Named(FindingAt(source, "one"), message));
  }
  diagnostics.Sort();
  EXPECT_EQ(Order(diagnostics), "123456789");
}

TEST(Diagnostics, ThatDifferInTheirNodeOnlyBecomeOne) {
  const SourcePtr source = test::Source("dhcpd.master", "one two");
  Diagnostics diagnostics;
  diagnostics.Add(Named(FindingAt(source, "one"), "same", "primary"));
  // Read a second time for the other node, as the same file.
  diagnostics.Add(
      Named(FindingAt(test::Source("dhcpd.master", "one two"), "one"), "same", "secondary"));
  diagnostics.Fold();
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(diagnostics.all()[0].node, "primary and secondary");
}

TEST(Diagnostics, ThatDifferInMoreStayApart) {
  const SourcePtr source = test::Source("dhcpd.master", "one two");
  Diagnostics diagnostics;
  diagnostics.Add(Named(FindingAt(source, "one"), "same", "primary"));
  diagnostics.Add(Named(FindingAt(source, "two"), "same", "secondary"));
  diagnostics.Add(Named(FindingAt(source, "one"), "other", "secondary"));
  diagnostics.Add(Named(FindingAt(source, "one", kWarningRule), "same", "secondary"));
  diagnostics.Add(Named(FindingAt(test::Source("hosts", "one"), "one"), "same", "secondary"));
  diagnostics.Add(Named({&kErrorRule, WholeFile(source), ""}, "same", "secondary"));
  diagnostics.Fold();
  EXPECT_EQ(diagnostics.all().size(), 6u);
}

TEST(Diagnostics, OfTheSameNodeTwiceNameItOnce) {
  const SourcePtr source = test::Source("f", "one");
  Diagnostics diagnostics;
  diagnostics.Add(Named(FindingAt(source, "one"), "same", "primary"));
  diagnostics.Add(Named(FindingAt(source, "one"), "same", "primary"));
  diagnostics.Fold();
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(diagnostics.all()[0].node, "primary");
}

TEST(Diagnostics, AreTalliedInWords) {
  const SourcePtr source = test::Source("f", "one");
  const struct {
    int errors;
    int warnings;
    int advice;
    const char* tally;
  } rows[] = {{0, 0, 0, ""},
              {0, 0, 3, ""},
              {1, 0, 0, "1 error"},
              {2, 0, 1, "2 errors"},
              {0, 1, 0, "1 warning"},
              {0, 2, 0, "2 warnings"},
              {1, 1, 1, "1 error and 1 warning"},
              {2, 3, 0, "2 errors and 3 warnings"}};
  for (const auto& row : rows) {
    Diagnostics diagnostics;
    for (int i = 0; i < row.errors; ++i) diagnostics.Add(FindingAt(source, "one", kErrorRule));
    for (int i = 0; i < row.warnings; ++i) diagnostics.Add(FindingAt(source, "one", kWarningRule));
    for (int i = 0; i < row.advice; ++i) diagnostics.Add(FindingAt(source, "one", kAdviceRule));
    EXPECT_EQ(Tally(diagnostics), row.tally);
    EXPECT_EQ(diagnostics.has_errors(), row.errors > 0);
    EXPECT_EQ(diagnostics.empty(), row.errors + row.warnings + row.advice == 0);
  }
}

}  // namespace
}  // namespace dhcpair::text
