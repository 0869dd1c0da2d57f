#include "text/table.h"

#include <gtest/gtest.h>

#include "support/named.h"

namespace dhcpair::text {
namespace {

TEST(Table, HasColumnsAsWideAsTheirWidestCells) {
  EXPECT_EQ(FormatTable({{"a", "long cell", "x"}, {"long", "b", "y"}}),
            "a     long cell  x\n"
            "long  b          y\n");
}

TEST(Table, HasNoBlanksBehindTheLastCellOfARow) {
  EXPECT_EQ(FormatTable({{"a"}, {"a", "b", "c"}}), "a\na  b  c\n");
}

TEST(Table, MakesRoomForAWideCell) {
  EXPECT_EQ(FormatTable({{"\xe4\xb8\xad\xe6\x96\x87", "1"}, {"ab", "2"}}),
            "\xe4\xb8\xad\xe6\x96\x87  1\nab    2\n");
}

TEST(Table, KeepsEmptyCellsAsRoom) {
  EXPECT_EQ(FormatTable({{"", "b"}, {"aa", "c"}}), "    b\naa  c\n");
}

TEST(Table, CountsCodePointsAndNotBytes) {
  EXPECT_EQ(FormatTable({{"\xc3\xbc\xc3\xbc", "1"}, {"uu", "2"}}), "\xc3\xbc\xc3\xbc  1\nuu  2\n");
}

struct CellRow : test::Named {
  const char* cell;
  const char* line;
};

class TableCell : public testing::TestWithParam<CellRow> {};

// A path that somebody else chose is a cell, too; the tables go to the terminal.
TEST_P(TableCell, TakesTheColumnsThatATerminalGivesItAndNoMore) {
  EXPECT_EQ(FormatTable({{GetParam().cell, "1"}, {"12345678", "2"}}),
            std::string(GetParam().line) + "12345678  2\n");
}

INSTANTIATE_TEST_SUITE_P(
    Rows, TableCell,
    testing::Values(
        CellRow{"Nothing", "", "          1\n"}, CellRow{"Ascii", "ab", "ab        1\n"},
        CellRow{"Wide", "\xe4\xb8\xad\xe6\x96\x87", "\xe4\xb8\xad\xe6\x96\x87      1\n"},
        CellRow{"LettersOfTwoCodePoints", "u\xcc\x88", "u\xcc\x88         1\n"},
        CellRow{"Escape", "\x1b[2J", "\\x1b[2J   1\n"},
        CellRow{"LineEnd", "a\nb", "a\\x0ab    1\n"}, CellRow{"Tab", "a\tb", "a b       1\n"},
        CellRow{"MalformedBytes", "\xff\xfe", "\\xff\\xfe  1\n"},
        CellRow{"TurnedDirection", "\xe2\x80\xae", "\\u202e    1\n"}),
    [](const auto& row) { return row.param.name; });

TEST(Table, IsEmptyWithoutRowsAndALineForARowWithoutCells) {
  EXPECT_EQ(FormatTable({}), "");
  EXPECT_EQ(FormatTable({{}}), "\n");
}

}  // namespace
}  // namespace dhcpair::text
