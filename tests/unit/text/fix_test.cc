#include "text/fix.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/findings.h"
#include "support/named.h"

namespace dhcpair::text {
namespace {

struct Change {
  std::size_t begin;
  std::size_t end;
  const char* replacement;
};

Fix FixOf(const SourcePtr& source, const std::vector<Change>& changes) {
  Fix fix{"mend it", {}};
  for (const Change& change : changes) {
    fix.edits.push_back({{source, Span{change.begin, change.end}}, change.replacement});
  }
  return fix;
}

std::string After(const FixSet& fixes, const SourcePtr& source) {
  const std::vector<ChangedFile> changed = fixes.Apply();
  if (changed.empty()) return source->contents();
  EXPECT_EQ(changed.size(), 1u);
  EXPECT_EQ(changed[0].before, source);
  return changed[0].after;
}

struct TogetherRow : test::Named {
  std::vector<Change> first;
  std::vector<Change> second;
  const char* after;
};

class FixesTogether : public testing::TestWithParam<TogetherRow> {};

TEST_P(FixesTogether, AreMadeInOneGo) {
  const SourcePtr source = test::Source("f", "0123456789");
  FixSet fixes;
  EXPECT_TRUE(fixes.Add(FixOf(source, GetParam().first)));
  EXPECT_TRUE(fixes.Add(FixOf(source, GetParam().second)));
  EXPECT_EQ(After(fixes, source), GetParam().after);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, FixesTogether,
    testing::Values(
        TogetherRow{"Apart", {{1, 2, "a"}}, {{5, 6, "b"}}, "0a234b6789"},
        TogetherRow{"InTheOtherOrder", {{5, 6, "b"}}, {{1, 2, "a"}}, "0a234b6789"},
        TogetherRow{"Neighbours", {{1, 3, "a"}}, {{3, 5, "b"}}, "0ab56789"},
        TogetherRow{"InsertedBefore", {{3, 5, "b"}}, {{3, 3, "a"}}, "012ab56789"},
        TogetherRow{"InsertedBehind", {{3, 5, "b"}}, {{5, 5, "a"}}, "012ba56789"},
        TogetherRow{"AtTheBeginningAndTheEnd", {{0, 0, "<"}}, {{10, 10, ">"}}, "<0123456789>"},
        TogetherRow{
            "Interleaved", {{1, 2, "a"}, {5, 6, "a"}}, {{3, 4, "b"}, {7, 8, "b"}}, "0a2b4a6b89"},
        TogetherRow{"TheSameEdit", {{1, 2, "a"}}, {{1, 2, "a"}}, "0a23456789"},
        TogetherRow{"TheSameInsertion", {{4, 4, "a"}}, {{4, 4, "a"}}, "0123a456789"},
        TogetherRow{"Nothing", {}, {}, "0123456789"},
        TogetherRow{"WhatChangesNothing", {{1, 2, "1"}}, {}, "0123456789"}),
    [](const auto& row) { return row.param.name; });

struct ClashRow : test::Named {
  std::vector<Change> first;
  std::vector<Change> second;
  const char* after;  // Of the first alone.
};

class FixesThatClash : public testing::TestWithParam<ClashRow> {};

TEST_P(FixesThatClash, LeaveTheFirstAndNothingOfTheSecond) {
  const SourcePtr source = test::Source("f", "0123456789");
  FixSet fixes;
  EXPECT_TRUE(fixes.Add(FixOf(source, GetParam().first)));
  EXPECT_FALSE(fixes.Add(FixOf(source, GetParam().second)));
  EXPECT_EQ(After(fixes, source), GetParam().after);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, FixesThatClash,
    testing::Values(
        ClashRow{"TheSameSpan", {{1, 3, "a"}}, {{1, 3, "b"}}, "0a3456789"},
        ClashRow{"OverlapAtTheFront", {{3, 6, "a"}}, {{1, 4, "b"}}, "012a6789"},
        ClashRow{"OverlapAtTheBack", {{3, 6, "a"}}, {{5, 8, "b"}}, "012a6789"},
        ClashRow{"Around", {{3, 6, "a"}}, {{0, 10, "b"}}, "012a6789"},
        ClashRow{"Within", {{0, 10, "a"}}, {{3, 6, "b"}}, "a"},
        ClashRow{"SameBeginning", {{3, 6, "a"}}, {{3, 4, "b"}}, "012a6789"},
        ClashRow{"SameEnd", {{3, 6, "a"}}, {{5, 6, "b"}}, "012a6789"},
        ClashRow{"InsertionWithin", {{3, 6, "a"}}, {{4, 4, "b"}}, "012a6789"},
        ClashRow{"AroundAnInsertion", {{4, 4, "a"}}, {{3, 6, "b"}}, "0123a456789"},
        ClashRow{"InsertionsAtOnePlace", {{4, 4, "a"}}, {{4, 4, "b"}}, "0123a456789"},
        ClashRow{"OneEditOfSeveral",
                 {{4, 5, "a"}},
                 {{1, 2, "b"}, {4, 6, "b"}, {8, 9, "b"}},
                 "0123a56789"},
        ClashRow{
            "OneEditThatIsMadeAlready", {{4, 5, "a"}}, {{4, 5, "a"}, {4, 6, "b"}}, "0123a56789"},
        ClashRow{"WithItself", {{4, 5, "a"}}, {{1, 2, "b"}, {1, 2, "c"}}, "0123a56789"}),
    [](const auto& row) { return row.param.name; });

TEST(Fixes, OfSeveralFilesChangeEachOfThem) {
  const SourcePtr a = test::Source("a", "one");
  const SourcePtr b = test::Source("b", "two");
  Fix fix = FixOf(b, {{0, 3, "2"}});
  fix.edits.push_back({{a, Span{0, 0}}, "1 "});
  FixSet fixes;
  EXPECT_TRUE(fixes.Add(fix));
  const auto changed = fixes.Apply();
  ASSERT_EQ(changed.size(), 2u);
  EXPECT_EQ(changed[0].before->name(), "a");
  EXPECT_EQ(changed[0].after, "1 one");
  EXPECT_EQ(changed[1].after, "2");
}

TEST(Fixes, OfAFileThatWasReadTwiceAreMadeTogether) {
  FixSet fixes;
  EXPECT_TRUE(fixes.Add(FixOf(test::Source("f", "one two"), {{0, 3, "1"}})));
  EXPECT_TRUE(fixes.Add(FixOf(test::Source("f", "one two"), {{4, 7, "2"}})));
  ASSERT_EQ(fixes.Apply().size(), 1u);
  EXPECT_EQ(fixes.Apply()[0].after, "1 2");
}

TEST(Fixes, OfAFileThatChangedBetweenTwoReadingsClash) {
  FixSet fixes;
  EXPECT_TRUE(fixes.Add(FixOf(test::Source("f", "one two"), {{0, 3, "1"}})));
  EXPECT_FALSE(fixes.Add(FixOf(test::Source("f", "one  two"), {{5, 8, "2"}})));
}

TEST(Fixes, ThatWereAllRefusedLeaveNothing) {
  const SourcePtr source = test::Source("f", "one");
  FixSet fixes;
  EXPECT_FALSE(fixes.Add(FixOf(source, {{0, 1, "a"}, {0, 2, "b"}})));
  EXPECT_TRUE(fixes.empty());
  EXPECT_TRUE(fixes.Apply().empty());
}

}  // namespace
}  // namespace dhcpair::text
