#include "leases/date.h"

#include <gtest/gtest.h>

#include <string>

namespace dhcpair::leases {
namespace {

TEST(Date, IsReadInEveryFormThatDhcpdTakes) {
  const struct {
    std::string_view text;
    Date date;
  } rows[] = {
      {"1 2026/11/23 19:30:00", 1795462200},
      {"6 2026/11/23 19:30:00", 1795462200},  // The weekday is not checked.
      {"1 2026/11/23 19:30:00 -3600", 1795458600},
      {"1 2026/11/23 19:30:00 3600", 1795465800},
      {"1   2026 / 11 /\n23  19:30 : 00", 1795462200},
      {"1 2026/11/23 9:3:7", 1795424587},
      {"2 2000/02/29 00:00:00", 951782400},
      {"4 1970/01/01 00:00:00", 0},
      {"5 9999/12/31 23:59:59", kDateMax},
      {"6 2016/12/31 23:59:60", 1483228800},
      {"epoch 1795458600", 1795458600},
      {"EPOCH 0", 0},
      {"never", kNever},
      {"Never", kNever},
      {"0 2026/11/23 19:30:00 # Monday", 1795462200},
  };
  for (const auto& row : rows) EXPECT_EQ(ReadDate(row.text), row.date) << row.text;
}

TEST(Date, IsNotMadeOfAnythingElse) {
  for (const std::string_view text : {"",
                                      "1",
                                      "1 2026",
                                      "1 2026/11/23",
                                      "1 2026/11/23 19:30",
                                      "2026/11/23 19:30:00",
                                      "1 2026/13/23 19:30:00",
                                      "1 2026/00/23 19:30:00",
                                      "1 2026/11/31 19:30:00",
                                      "1 2026/11/00 19:30:00",
                                      "1 2025/02/29 00:00:00",
                                      "1 2026/11/23 24:00:00",
                                      "1 2026/11/23 19:60:00",
                                      "1 2026/11/23 19:30:61",
                                      "1 1969/12/31 23:59:59",
                                      "1 99/11/23 19:30:00",
                                      "1 10000/01/01 00:00:00",
                                      "1 2026/-1/23 19:30:00",
                                      "1 2026-11-23 19:30:00",
                                      "1 2026/11/23 19.30.00",
                                      "1 2026/11/23 19:30:00;",
                                      "1 2026/11/23 19:30:00 x",
                                      "1 2026/11/23 19:30:00 +3600",
                                      "1 2026/11/23 19:30:00 1 2",
                                      "1 1970/01/01 00:00:00 -1",
                                      "5 9999/12/31 23:59:59 1",
                                      "1 2026/11/23 19:30:00 99999999999999999999",
                                      "epoch",
                                      "epoch -1",
                                      "epoch 253402300800",
                                      "epoch 18446744073709551616",
                                      "epoch 1 2",
                                      "epoch never",
                                      "never never",
                                      "ever",
                                      "\xff",
                                      "never\xff",
                                      "\"1 2026/11/23 19:30:00\""}) {
    EXPECT_EQ(ReadDate(text), std::nullopt) << text;
  }
}

TEST(Date, IsPrintedAsDhcpdDoesAndReadBack) {
  const struct {
    Date date;
    std::string_view text;
    std::string_view for_people;
  } rows[] = {
      {1795462200, "1 2026/11/23 19:30:00", "2026-11-23 19:30:00"},
      {0, "4 1970/01/01 00:00:00", "1970-01-01 00:00:00"},
      {951782400, "2 2000/02/29 00:00:00", "2000-02-29 00:00:00"},
      {kDateMax, "5 9999/12/31 23:59:59", "9999-12-31 23:59:59"},
      {kNever, "never", "never"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(PrintDate(row.date), row.text);
    EXPECT_EQ(DateForPeople(row.date), row.for_people);
    EXPECT_EQ(ReadDate(row.text), row.date);
  }
}

TEST(Date, MeansTheSameReadAtOnceAndWordByWord) {
  for (Date date = 0; date < kDateMax; date += 86'400 * 97 + 12'345) {
    const std::string text = PrintDate(date);
    ASSERT_EQ(ReadDate(text), date) << text;
    const std::string with_semicolon = text + ";";
    Words words(with_semicolon);
    ASSERT_EQ(TakeDate(words), date) << text;
    ASSERT_TRUE(words.TakeIf(';')) << text;
  }
}

}  // namespace
}  // namespace dhcpair::leases
