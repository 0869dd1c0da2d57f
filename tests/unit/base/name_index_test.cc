#include "base/name_index.h"

#include <gtest/gtest.h>

#include <array>

namespace dhcpair::base {
namespace {

struct Row {
  std::string_view space;
  std::string_view name;
};

constexpr std::array kRows{Row{"a", "routers"}, Row{"b", "routers"}, Row{"a", "time-offset"}};
constexpr NameIndex<8> kIndex(kRows, [](const Row& row) { return row.name; });

std::optional<std::size_t> Find(std::string_view space, std::string_view name) {
  return kIndex.Find(name, [&](std::size_t i) {
    return EqualsInAnyCase(kRows[i].name, name) && kRows[i].space == space;
  });
}

TEST(NameIndex, FindsARowByItsNameInAnyCase) {
  EXPECT_EQ(Find("a", "time-offset"), 2u);
  EXPECT_EQ(Find("a", "Time-OFFSET"), 2u);
}

TEST(NameIndex, TellsRowsOfTheSameNameApart) {
  EXPECT_EQ(Find("a", "routers"), 0u);
  EXPECT_EQ(Find("b", "routers"), 1u);
}

TEST(NameIndex, DoesNotFindWhatIsNotThere) {
  EXPECT_EQ(Find("c", "routers"), std::nullopt);
  EXPECT_EQ(Find("a", "router"), std::nullopt);
  EXPECT_EQ(Find("a", ""), std::nullopt);
}

TEST(EqualsInAnyCase, LooksAtLettersOfAsciiOnly) {
  EXPECT_TRUE(EqualsInAnyCase("aZ-9", "Az-9"));
  EXPECT_FALSE(EqualsInAnyCase("a", "ab"));
  EXPECT_FALSE(EqualsInAnyCase("@", "`")) << "they differ in the same bit as letters do";
  EXPECT_FALSE(EqualsInAnyCase("\xc4", "\xe4"));
}

}  // namespace
}  // namespace dhcpair::base
