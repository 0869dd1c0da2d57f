#include "adopt/edits.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/named.h"

namespace dhcpair::adopt {
namespace {

TEST(Edits, AreMadeInTheOrderOfTheTextWhateverTheirOwn) {
  EXPECT_EQ(Apply("abcdef", {{{4, 5}, "E"}, {{0, 0}, ">"}, {{1, 3}, ""}}), ">adEf");
}

TEST(Edits, OfOnePlaceKeepTheirOrderAndComeBeforeWhatIsReplacedThere) {
  EXPECT_EQ(Apply("abc", {{{1, 2}, ""}, {{1, 1}, "1"}, {{1, 1}, "2"}}), "a12c");
}

TEST(Edits, NoneLeaveTheTextAsItIs) { EXPECT_EQ(Apply("a\0b", {}), std::string("a\0b", 1)); }

// In `before` the statements to be removed stand between '<' and '>'.
struct RemovalRow : test::Named {
  std::string before;
  std::string after;
};

std::vector<text::Span> TakeMarks(std::string& text) {
  std::vector<text::Span> spans;
  for (std::size_t at; (at = text.find('<')) != std::string::npos;) {
    text.erase(at, 1);
    const std::size_t end = text.find('>');
    text.erase(end, 1);
    spans.push_back({at, end});
  }
  return spans;
}

class Removal : public testing::TestWithParam<RemovalRow> {};

TEST_P(Removal, TakesTheLineOnlyWhereNothingElseStandsOnIt) {
  std::string text = GetParam().before;
  auto statements = TakeMarks(text);
  EXPECT_EQ(Apply(text, Remove(text, statements)), GetParam().after);
  std::ranges::reverse(statements);
  EXPECT_EQ(Apply(text, Remove(text, statements)), GetParam().after);
}

INSTANTIATE_TEST_SUITE_P(
    , Removal,
    testing::Values(
        RemovalRow{{"WholeLine"}, "a;\n  <b;>\nc;\n", "a;\nc;\n"},
        RemovalRow{{"FirstLine"}, "<a;>\nb;\n", "b;\n"},
        RemovalRow{{"LastLineWithoutALineEnd"}, "a;\n<b;>", "a;\n"},
        RemovalRow{{"OnlyStatement"}, "<a;>", ""},
        RemovalRow{{"SeveralLines"}, "a;\n<b {\n  c;\n}>\nd;\n", "a;\nd;\n"},
        RemovalRow{{"CarriageReturns"}, "a;\r\n  <b;>\r\nc;\r\n", "a;\r\nc;\r\n"},
        RemovalRow{{"TrailingBlanks"}, "a;\n<b;> \t\nc;\n", "a;\nc;\n"},
        RemovalRow{{"ACommentBehindItStays"}, "  <a;>  # why\nb;\n", "  # why\nb;\n"},
        RemovalRow{{"ACommentAboveItStays"}, "# why\n<a;>\nb;\n", "# why\nb;\n"},
        RemovalRow{{"SomethingBehindIt"}, "\t<a;> b;\n", "\tb;\n"},
        RemovalRow{{"SomethingBeforeIt"}, "a; <b;>\nc;\n", "a;\nc;\n"},
        RemovalRow{{"SomethingBeforeItAtTheEnd"}, "a;  <b;>", "a;"},
        RemovalRow{{"SomethingBeforeItAndACarriageReturn"}, "a; <b;>\r\nc;\r\n", "a;\r\nc;\r\n"},
        RemovalRow{{"SomethingAround"}, "a; <b;> c;\n", "a; c;\n"},
        RemovalRow{{"NothingAroundIt"}, "a;<b;>c;", "a;c;"},
        RemovalRow{{"TwoOnOneLine"}, "a;\n <b;> <c;>\nd;\n", "a;\nd;\n"},
        RemovalRow{{"TwoOnOneLineWithoutABlank"}, "<b;><c;>\nd;\n", "d;\n"},
        RemovalRow{{"TwoWithSomethingBetween"}, "<a;> b; <c;>\nd;\n", "b;\nd;\n"},
        RemovalRow{{"TwoLines"}, "<a;>\n<b;>\nc;\n", "c;\n"},
        RemovalRow{{"ABlockThatEndsWhereAnotherBegins"}, "<a {\n}> <b {\n}>\nc;\n", "c;\n"},
        RemovalRow{{"BlankLinesStay"}, "a;\n\n<b;>\n\nc;\n", "a;\n\n\nc;\n"}),
    [](const auto& tested) { return tested.param.name; });

TEST(Lines, BeginAndEndWithBlanksAndAComment) {
  const std::string_view text = "a; b; # c\n  d;\n";
  EXPECT_TRUE(BeginsLine(text, 0));
  EXPECT_FALSE(BeginsLine(text, 3));
  EXPECT_TRUE(BeginsLine(text, 12));
  EXPECT_FALSE(EndsLine(text, 2));
  EXPECT_TRUE(EndsLine(text, 5));
  EXPECT_TRUE(EndsLine(text, text.size()));
  EXPECT_EQ(LineStart(text, 13), 10u);
  EXPECT_EQ(LineStart(text, 0), 0u);
  EXPECT_EQ(NextLine(text, 3), 10u);
  EXPECT_EQ(NextLine(text, 14), text.size());
  EXPECT_EQ(Indentation(text, 13), "  ");
}

TEST(Lines, EndAsTheFileHasIt) {
  EXPECT_EQ(LineBreak("a\nb", 0), "\n");
  EXPECT_EQ(LineBreak("a\r\nb", 0), "\r\n");
  EXPECT_EQ(LineBreak("a\r\nb", 3), "\n");
  EXPECT_EQ(LineBreak("\nb", 0), "\n");
}

}  // namespace
}  // namespace dhcpair::adopt
