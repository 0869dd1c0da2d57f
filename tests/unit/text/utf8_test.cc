#include "text/utf8.h"

#include <gtest/gtest.h>

#include "support/named.h"

namespace dhcpair::text {
namespace {

TEST(Utf8, KnowsTheFirstAndLastCodePointOfEachLength) {
  const struct {
    const char* text;
    char32_t code_point;
  } rows[] = {{"\x01", 0x1},
              {"\x7f", 0x7f},
              {"\xc2\x80", 0x80},
              {"\xdf\xbf", 0x7ff},
              {"\xe0\xa0\x80", 0x800},
              {"\xed\x9f\xbf", 0xd7ff},
              {"\xee\x80\x80", 0xe000},
              {"\xef\xbf\xbf", 0xffff},
              {"\xf0\x90\x80\x80", 0x10000},
              {"\xf4\x8f\xbf\xbf", 0x10ffff}};
  for (const auto& row : rows) {
    const Utf8Step step = NextUtf8(row.text);
    EXPECT_EQ(step.code_point, row.code_point);
    EXPECT_EQ(step.bytes, std::string_view(row.text).size());
    EXPECT_EQ(FindInvalidUtf8(row.text), std::nullopt);
    EXPECT_EQ(CountCodePoints(row.text), 1u);
  }
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
                                         VisibleRow{"Isolate", "\xe2\x81\xa6", "\\u2066"}),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace dhcpair::text
