#include "text/utf8.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "support/named.h"

namespace dhcpair::text {
namespace {

struct WellFormedRow : test::Named {
  const char* text;
  char32_t code_point;
};

class Utf8WellFormed : public testing::TestWithParam<WellFormedRow> {};

TEST_P(Utf8WellFormed, IsOneStepOfAllItsBytes) {
  const std::string_view text = GetParam().text;
  const Utf8Step step = NextUtf8(std::string(text) + "\x80");
  EXPECT_EQ(step.code_point, GetParam().code_point);
  EXPECT_EQ(step.bytes, text.size());
  EXPECT_EQ(FindInvalidUtf8(text), std::nullopt);
  EXPECT_EQ(CountCodePoints(text), 1u);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Utf8WellFormed,
    testing::Values(WellFormedRow{"First", "\x01", 0x1},
                    WellFormedRow{"LastOfOneByte", "\x7f", 0x7f},
                    WellFormedRow{"FirstOfTwoBytes", "\xc2\x80", 0x80},
                    WellFormedRow{"LastOfTwoBytes", "\xdf\xbf", 0x7ff},
                    WellFormedRow{"FirstOfThreeBytes", "\xe0\xa0\x80", 0x800},
                    WellFormedRow{"BeforeTheSurrogates", "\xed\x9f\xbf", 0xd7ff},
                    WellFormedRow{"BehindTheSurrogates", "\xee\x80\x80", 0xe000},
                    WellFormedRow{"LastOfThreeBytes", "\xef\xbf\xbf", 0xffff},
                    WellFormedRow{"FirstOfFourBytes", "\xf0\x90\x80\x80", 0x10000},
                    WellFormedRow{"Last", "\xf4\x8f\xbf\xbf", 0x10ffff}),
    [](const auto& row) { return row.param.name; });

TEST(Utf8, OfNothingIsWellFormedAndEmpty) {
  EXPECT_EQ(FindInvalidUtf8(""), std::nullopt);
  EXPECT_EQ(CountCodePoints(""), 0u);
}

struct MalformedRow : test::Named {
  const char* text;
};

class Utf8Malformed : public testing::TestWithParam<MalformedRow> {};

TEST_P(Utf8Malformed, IsOneByteAtATimeAndFound) {
  const std::string_view text = GetParam().text;
  EXPECT_EQ(NextUtf8(text).code_point, std::nullopt);
  EXPECT_EQ(NextUtf8(text).bytes, 1u);
  const std::string within = "ab\xc3\xbc" + std::string(text) + "c";
  EXPECT_EQ(FindInvalidUtf8(within), 4u);
  EXPECT_EQ(FindInvalidUtf8(Visible(within)), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Rows, Utf8Malformed,
                         testing::Values(MalformedRow{"ContinuationAlone", "\x80"},
                                         MalformedRow{"LeadAloneAtTheEnd", "\xc3"},
                                         MalformedRow{"LeadBeforeAscii", "\xc3("},
                                         MalformedRow{"TwoOfThreeBytes", "\xe2\x82"},
                                         MalformedRow{"ThreeOfFourBytes", "\xf0\x9f\x98"},
                                         MalformedRow{"OverlongSlash", "\xc0\xaf"},
                                         MalformedRow{"OverlongOfThreeBytes", "\xe0\x9f\xbf"},
                                         MalformedRow{"OverlongOfFourBytes", "\xf0\x8f\xbf\xbf"},
                                         MalformedRow{"FirstSurrogate", "\xed\xa0\x80"},
                                         MalformedRow{"LastSurrogate", "\xed\xbf\xbf"},
                                         MalformedRow{"BehindTheLastCodePoint", "\xf4\x90\x80\x80"},
                                         MalformedRow{"LeadOfFiveBytes", "\xf8\x88\x80\x80\x80"},
                                         MalformedRow{"NoLeadAtAll", "\xff"}),
                         [](const auto& row) { return row.param.name; });

struct VisibleRow : test::Named {
  std::string text;
  const char* shown;
};

class VisibleText : public testing::TestWithParam<VisibleRow> {};

TEST_P(VisibleText, HasNothingThatATerminalObeys) {
  EXPECT_EQ(Visible(GetParam().text), GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(Rows, VisibleText,
                         testing::Values(VisibleRow{"Nothing", "", ""},
                                         VisibleRow{"Letters", "mclt \xc3\xbc \xf0\x9f\x98\x80",
                                                    "mclt \xc3\xbc \xf0\x9f\x98\x80"},
                                         VisibleRow{"TabIsOneColumn", "a\tb", "a b"},
                                         VisibleRow{"Escape", "\x1b[2Jx", "\\x1b[2Jx"},
                                         VisibleRow{"LineEnds", "a\r\nb", "a\\x0d\\x0ab"},
                                         VisibleRow{"Zero", std::string("a\0b", 3), "a\\x00b"},
                                         VisibleRow{"Delete", "\x7f", "\\x7f"},
                                         VisibleRow{"EscapeOfTheUpperHalf",
                                                    "\xc2\x9b"
                                                    "2J",
                                                    "\\x9b"
                                                    "2J"},
                                         VisibleRow{"MalformedByte", "\xff", "\\xff"},
                                         VisibleRow{"RightToLeftOverride",
                                                    "a\xe2\x80\xae"
                                                    "b",
                                                    "a\\u202eb"},
                                         VisibleRow{"NextLine", "\xc2\x85", "\\x85"},
                                         VisibleRow{"LastControl", "\xc2\x9f", "\\x9f"},
                                         VisibleRow{"BehindTheControls", "\xc2\xa0", "\xc2\xa0"},
                                         VisibleRow{"LeftToRightMark", "\xe2\x80\x8e", "\\u200e"},
                                         VisibleRow{"ArabicLetterMark", "\xd8\x9c", "\\u061c"},
                                         VisibleRow{"LastIsolate", "\xe2\x81\xa9", "\\u2069"},
                                         VisibleRow{"CutShort", "a\xe2\x82", "a\\xe2\\x82"},
                                         VisibleRow{"Surrogate", "\xed\xa0\x80", "\\xed\\xa0\\x80"},
                                         VisibleRow{"Isolate", "\xe2\x81\xa6", "\\u2066"}),
                         [](const auto& row) { return row.param.name; });

// Two bytes are enough for every control character and for most ways to be malformed.
TEST(VisibleText, IsWellFormedAndShowsAsItselfForAnyTwoBytes) {
  for (int pair = 0; pair < 0x10000; ++pair) {
    const std::string text{static_cast<char>(pair >> 8), static_cast<char>(pair & 0xff)};
    const std::string shown = Visible(text);
    ASSERT_EQ(FindInvalidUtf8(shown), std::nullopt) << pair;
    ASSERT_EQ(Visible(shown), shown) << pair;
    ASSERT_TRUE(std::ranges::none_of(shown, [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
        << pair;
  }
}

struct ColumnsRow : test::Named {
  const char* text;
  std::size_t columns;
};

class Columns : public testing::TestWithParam<ColumnsRow> {};

TEST_P(Columns, AreThoseThatATerminalTakes) {
  EXPECT_EQ(CountColumns(GetParam().text), GetParam().columns);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Columns,
    testing::Values(ColumnsRow{"Nothing", "", 0}, ColumnsRow{"Ascii", "mclt: 1", 7},
                    ColumnsRow{"Umlaut", "\xc3\xbc", 1}, ColumnsRow{"Euro", "\xe2\x82\xac", 1},
                    ColumnsRow{"UmlautOfTwoCodePoints", "u\xcc\x88", 1},
                    ColumnsRow{"MarkAlone", "\xcc\x88", 0},
                    ColumnsRow{"NarrowBeforeTheFirstWide", "\xe1\x83\xbf", 1},
                    ColumnsRow{"FirstWide", "\xe1\x84\x80", 2},
                    ColumnsRow{"Chinese", "\xe4\xb8\xad\xe6\x96\x87", 4},
                    ColumnsRow{"Kana", "\xe3\x81\x82", 2}, ColumnsRow{"Hangul", "\xed\x95\x9c", 2},
                    ColumnsRow{"FullwidthLetter", "\xef\xbc\xa1", 2},
                    ColumnsRow{"HalfwidthKana", "\xef\xbd\xb1", 1},
                    ColumnsRow{"IdeographicBlank", "\xe3\x80\x80", 2},
                    ColumnsRow{"Picture", "\xf0\x9f\x98\x80", 2},
                    ColumnsRow{"CheckMarkPicture", "\xe2\x9c\x85", 2},
                    ColumnsRow{"CheckMarkOfText", "\xe2\x9c\x93", 1},
                    ColumnsRow{"RareIdeograph", "\xf0\xa0\x80\x80", 2},
                    ColumnsRow{"LastCodePoint", "\xf4\x8f\xbf\xbf", 1},
                    ColumnsRow{"ByteOrderMark", "\xef\xbb\xbf", 0},
                    ColumnsRow{"BlankOfNoWidth", "a\xe2\x80\x8b", 1},
                    ColumnsRow{"MalformedBytes", "\xff\xfe", 2}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace dhcpair::text
