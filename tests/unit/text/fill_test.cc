#include "text/fill.h"

#include <gtest/gtest.h>

#include "support/named.h"

namespace dhcpair::text {
namespace {

struct FillRow : test::Named {
  const char* prose;
  const char* filled;
};

class FillTo12 : public testing::TestWithParam<FillRow> {};

TEST_P(FillTo12, BreaksLinesBetweenWordsOnly) {
  EXPECT_EQ(Fill(GetParam().prose, 12), GetParam().filled);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, FillTo12,
    testing::Values(
        FillRow{"Nothing", "", ""}, FillRow{"BlanksOnly", "  \n \n", ""},
        FillRow{"AWord", "word", "word\n"},
        FillRow{"AsWideAsALine", "123456 78901", "123456 78901\n"},
        FillRow{"OneColumnWider", "123456 789012", "123456\n789012\n"},
        FillRow{"LinesAreJoined", "a\nb\nc\n", "a b c\n"},
        FillRow{"BlanksAreOne", "a   b ", "a b\n"}, FillRow{"Paragraphs", "a\n\nb", "a\n\nb\n"},
        FillRow{"ManyEmptyLines", "\n\na\n\n\n\nb\n\n", "a\n\nb\n"},
        FillRow{"AWordWiderThanALine", "a 1234567890123 b", "a\n1234567890123\nb\n"},
        FillRow{"AnIndentedLineStays", "a\n  b  c\nd", "a\n  b  c\nd\n"},
        FillRow{"AnIndentedLineIsNotBroken", " 123456 123456 123456", " 123456 123456 123456\n"},
        FillRow{"ColumnsNotBytes", "\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc abcde",
                "\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc abcde\n"}),
    [](const auto& row) { return row.param.name; });

TEST(Fill, CountsTheIndentOfEachLine) {
  EXPECT_EQ(Fill("1234 6789 1\n\nx\n y", 8, "  "), "  1234\n  6789 1\n\n  x\n   y\n");
}

}  // namespace
}  // namespace dhcpair::text
