#include "text/table.h"

#include <gtest/gtest.h>

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

TEST(Table, KeepsEmptyCellsAsRoom) {
  EXPECT_EQ(FormatTable({{"", "b"}, {"aa", "c"}}), "    b\naa  c\n");
}

TEST(Table, CountsCodePointsAndNotBytes) {
  EXPECT_EQ(FormatTable({{"\xc3\xbc\xc3\xbc", "1"}, {"uu", "2"}}), "\xc3\xbc\xc3\xbc  1\nuu  2\n");
}

TEST(Table, IsEmptyWithoutRowsAndALineForARowWithoutCells) {
  EXPECT_EQ(FormatTable({}), "");
  EXPECT_EQ(FormatTable({{}}), "\n");
}

}  // namespace
}  // namespace dhcpair::text
