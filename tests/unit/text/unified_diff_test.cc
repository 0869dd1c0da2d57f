#include "text/unified_diff.h"

#include <gtest/gtest.h>

#include <random>
#include <sstream>
#include <vector>

#include "support/named.h"

namespace dhcpair::text {
namespace {

std::string Diff(const std::string& before, const std::string& after, Color color = Color::kNever) {
  return UnifiedDiff({"old", before, "new", after}, color);
}

struct Row : test::Named {
  std::string before;
  std::string after;
  std::string diff;  // Without the two lines of its head.
};

class UnifiedDiffOf : public testing::TestWithParam<Row> {};

TEST_P(UnifiedDiffOf, IsWhatDiffWrites) {
  const Row& row = GetParam();
  const std::string head = row.diff.empty() ? "" : "--- old\n+++ new\n";
  EXPECT_EQ(Diff(row.before, row.after), head + row.diff);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, UnifiedDiffOf,
    testing::Values(
        Row{"Nothing", "", "", ""}, Row{"TheSame", "a\nb\n", "a\nb\n", ""},
        Row{"OneLineOfOne", "a\n", "b\n", "@@ -1 +1 @@\n-a\n+b\n"},
        Row{"FromNothing", "", "a\nb\n", "@@ -0,0 +1,2 @@\n+a\n+b\n"},
        Row{"ToNothing", "a\nb\n", "", "@@ -1,2 +0,0 @@\n-a\n-b\n"},
        Row{"AtTheFront", "1\n2\n3\n4\n5\n", "0\n1\n2\n3\n4\n5\n",
            "@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n"},
        Row{"AtTheEnd", "1\n2\n3\n4\n5\n", "1\n2\n3\n4\n", "@@ -2,4 +2,3 @@\n 2\n 3\n 4\n-5\n"},
        Row{"InTheMiddle", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
            "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"},
        Row{"SixLinesBetweenShareAHunk", "a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n",
            "@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n"},
        Row{"SevenLinesBetweenDoNot", "a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
            "@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n"
            "@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n"},
        Row{"EndIsMissingBefore", "a", "a\n",
            "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"},
        Row{"EndIsMissingAfter", "a\n", "a", "@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n"},
        Row{"EndIsMissingInBoth", "1\na", "2\na",
            "@@ -1,2 +1,2 @@\n-1\n+2\n a\n\\ No newline at end of file\n"},
        Row{"CarriageReturns", "a\r\n", "a\n", "@@ -1 +1 @@\n-a\r\n+a\n"},
        Row{"BytesOfNoText", std::string("\xff\0\x1b\n", 4), "a\n",
            std::string("@@ -1 +1 @@\n-\xff\0\x1b\n+a\n", 20)},
        Row{"LinesThatSwappedPlaces", "a\nb\n", "b\na\n", "@@ -1,2 +1,2 @@\n-a\n b\n+a\n"}),
    [](const auto& row) { return row.param.name; });

TEST(UnifiedDiff, ShowsOnATerminalNothingThatTellsItWhatToDo) {
  EXPECT_EQ(Diff("a\n", "\x1b[2J\n", Color::kAlways),
            "\x1b[1m--- old\x1b[0m\n\x1b[1m+++ new\x1b[0m\n\x1b[36m@@ -1 +1 @@\x1b[0m\n"
            "\x1b[31m-a\x1b[0m\n\x1b[32m+\\x1b[2J\x1b[0m\n");
}

TEST(UnifiedDiff, NamesFilesWithoutTheirLineEnds) {
  EXPECT_TRUE(UnifiedDiff({"o\nld", "a\n", "new", "b\n"}, Color::kNever).starts_with("--- o\\"));
}

// What `patch` would make of it.
std::string Patched(const std::string& before, const std::string& diff) {
  std::vector<std::string> lines;
  std::istringstream in(before);
  for (std::string line; std::getline(in, line);) lines.push_back(line + "\n");
  std::string after;
  std::size_t at = 0;
  std::istringstream hunks(diff);
  for (std::string line; std::getline(hunks, line);) {
    if (line.starts_with("---") || line.starts_with("+++")) continue;
    std::size_t from = 0;
    std::size_t count = 1;
    if (std::sscanf(line.c_str(), "@@ -%zu,%zu", &from, &count) >= 1) {
      if (count > 0) --from;
      while (at < from) after += lines.at(at++);
      continue;
    }
    if (line[0] != '+') {
      EXPECT_EQ(lines.at(at), line.substr(1) + "\n");
      ++at;
    }
    if (line[0] != '-') after += line.substr(1) + "\n";
  }
  while (at < lines.size()) after += lines.at(at++);
  return after;
}

TEST(UnifiedDiff, LeadsFromTheOneTextToTheOther) {
  std::mt19937 random(7);
  const auto text = [&random](unsigned words) {
    std::string lines;
    for (unsigned n = random() % 40; n > 0; --n) {
      lines += std::string(1, static_cast<char>('a' + random() % words)) + "\n";
    }
    return lines;
  };
  for (int round = 0; round < 2000; ++round) {
    const unsigned words = 2 + static_cast<unsigned>(round) % 24;
    const std::string before = text(words);
    const std::string after = text(words);
    ASSERT_EQ(Patched(before, Diff(before, after)), after) << Diff(before, after);
  }
}

// dtl alone would take minutes for so many changes.
TEST(UnifiedDiff, OfManyChangesTakesNoTimeWorthMentioning) {
  std::string before;
  std::string after;
  for (int i = 0; i < 20'000; ++i) {
    before += "host h" + std::to_string(i) + " {\n  old;\n}\n";
    after += "host h" + std::to_string(i) + " {\n  new;\n}\n";
  }
  EXPECT_EQ(Patched(before, Diff(before, after)), after);
}

TEST(UnifiedDiff, OfManyLinesThatAreAllAlikeIsBoundedToo) {
  std::string before;
  std::string after;
  for (int i = 0; i < 20'000; ++i) {
    before += i % 3 == 0 ? "a\n" : "b\n";
    after += i % 5 == 0 ? "a\n" : "b\n";
  }
  EXPECT_EQ(Patched(before, Diff(before, after)), after);
}

TEST(TextDiff, CountsTheLinesThatGoAndCome) {
  const DiffSides sides{"a", "1\n2\n3\n", "b", "1\nx\ny\n3\n"};
  const TextDiff diff = DiffTexts(sides, {});
  EXPECT_EQ(diff.removed, 1u);
  EXPECT_EQ(diff.added, 2u);
  EXPECT_EQ(diff.text, UnifiedDiff(sides, Color::kNever));
}

TEST(TextDiff, CountsNothingBetweenEqualTexts) {
  const TextDiff diff = DiffTexts({"a", "1\n", "b", "1\n"}, {});
  EXPECT_EQ(diff.removed + diff.added, 0u);
  EXPECT_EQ(diff.text, "");
}

TEST(TextDiff, IsPrintedUpToTheLimitAndOnlyCountedAboveIt) {
  const DiffSides sides{"a", "1\n2\n3\n", "b", "1\nx\ny\n3\n"};
  EXPECT_NE(DiffTexts(sides, {.changed_lines_max = 3}).text, "");
  const TextDiff counted = DiffTexts(sides, {.changed_lines_max = 2});
  EXPECT_EQ(counted.text, "");
  EXPECT_EQ(counted.removed + counted.added, 3u);
}

TEST(TextDiff, ShowsATerminalNoControlCharactersWhereItIsToBeVisible) {
  const DiffSides sides{"a", "", "b", "\x1b[2J\n"};
  EXPECT_EQ(DiffTexts(sides, {.is_visible = true}).text,
            "--- a\n+++ b\n@@ -0,0 +1 @@\n+\\x1b[2J\n");
  EXPECT_EQ(DiffTexts(sides, {}).text, "--- a\n+++ b\n@@ -0,0 +1 @@\n+\x1b[2J\n");
}

}  // namespace
}  // namespace dhcpair::text
