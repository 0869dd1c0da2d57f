#include "sync/push_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sync/rollback.h"

namespace dhcpair::sync {
namespace {

using testing::HasSubstr;

GenerationFacts Generation(int number, const std::string& master, bool is_current = false) {
  return {.number = number,
          .was_confirmed = true,
          .is_current = is_current,
          .files = {{.path = "/etc/m", .sha256 = master}, {.path = "/etc/own", .sha256 = "x"}}};
}

KeptGenerations Kept(std::vector<GenerationFacts> primary, std::vector<GenerationFacts> secondary) {
  return {{std::move(primary), std::move(secondary)}, {{"/etc/m"}, {"/etc/m"}}};
}

TEST(ChooseGenerations, TakesTheOneBeforeThatInForce) {
  const auto numbers =
      ChooseGenerations(Kept({Generation(1, "a"), Generation(2, "b"), Generation(3, "c", true)},
                             {Generation(1, "a"), Generation(2, "b"), Generation(3, "c", true)}),
                        std::nullopt);
  ASSERT_TRUE(numbers) << numbers.error();
  EXPECT_EQ(numbers->primary, 2);
  EXPECT_EQ(numbers->secondary, 2);
}

TEST(ChooseGenerations, FindsTheSameMasterWhereOneNodeWasPushedAlone) {
  const auto numbers =
      ChooseGenerations(Kept({Generation(1, "a"), Generation(2, "b"), Generation(3, "c", true)},
                             {Generation(1, "a"), Generation(2, "c", true)}),
                        1);
  ASSERT_TRUE(numbers) << numbers.error();
  EXPECT_EQ(numbers->secondary, 1);
  const auto missing =
      ChooseGenerations(Kept({Generation(1, "a"), Generation(2, "b"), Generation(3, "c", true)},
                             {Generation(1, "a"), Generation(2, "c", true)}),
                        2);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error(),
            "the secondary keeps no generation with the same master as the primary's 2; it has 1, "
            "2");
}

TEST(ChooseGenerations, GoesBackToWhatWasThereBeforeTheFirstPush) {
  const auto numbers = ChooseGenerations(Kept({Generation(0, "a"), Generation(1, "b", true)},
                                              {Generation(0, "a"), Generation(1, "b", true)}),
                                         std::nullopt);
  ASSERT_TRUE(numbers) << numbers.error();
  EXPECT_EQ(numbers->primary, 0);
  EXPECT_EQ(numbers->secondary, 0);
}

TEST(ChooseGenerations, RefusesWhatIsNotThere) {
  const KeptGenerations kept = Kept({Generation(4, "a", true)}, {Generation(4, "a", true)});
  EXPECT_THAT(ChooseGenerations(kept, 3).error(),
              HasSubstr("does not keep generation 3; it has 4"));
  EXPECT_THAT(ChooseGenerations(kept, 4).error(), HasSubstr("in force already"));
  EXPECT_THAT(ChooseGenerations(kept, std::nullopt).error(), HasSubstr("before the one in force"));
}

TEST(ChooseGenerations, WorksOnTheOneNodeThatIsThere) {
  const auto numbers =
      ChooseGenerations(Kept({}, {Generation(1, "a"), Generation(2, "b", true)}), std::nullopt);
  ASSERT_TRUE(numbers) << numbers.error();
  EXPECT_EQ(numbers->secondary, 1);
}

}  // namespace
}  // namespace dhcpair::sync
