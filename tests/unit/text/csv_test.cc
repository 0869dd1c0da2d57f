#include "text/csv.h"

#include <gtest/gtest.h>

namespace dhcpair::text {
namespace {

TEST(Csv, IsARecordOfRfc4180) {
  EXPECT_EQ(CsvRecord({}), "\r\n");
  EXPECT_EQ(CsvRecord({"", ""}), ",\r\n");
  EXPECT_EQ(CsvRecord({"a", "b c", "192.168.13.0/24"}), "a,b c,192.168.13.0/24\r\n");
}

TEST(Csv, MakesHarmlessWhatClientsSend) {
  const struct {
    std::string_view cell;
    std::string_view written;
  } rows[] = {
      {"a,b", "\"a,b\""},
      {"say \"x\"", "\"say \"\"x\"\"\""},
      {"=1+1", "'=1+1"},
      {"+1", "'+1"},
      {"-1", "'-1"},
      {"@SUM(A1)", "'@SUM(A1)"},
      {"=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""},
      {" =1", "' =1"},
      {"\t=1", "' =1"},
      {"\r\n=1", "\\x0d\\x0a=1"},
      {"\x1b[31m", "\\x1b[31m"},
      {"\xff", "\\xff"},
      {"a ", "\"a \""},
      {"a=1", "a=1"},
      {"02:00:00:00:00:01", "02:00:00:00:00:01"},
  };
  for (const auto& row : rows) {
    const std::string written = CsvRecord({std::string(row.cell)});
    EXPECT_EQ(written.substr(0, written.size() - 2), row.written) << row.cell;
    EXPECT_TRUE(written.ends_with("\r\n"));
  }
}

}  // namespace
}  // namespace dhcpair::text
