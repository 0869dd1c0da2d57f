#include "sync/push_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/push_world.h"
#include "sync/boot_text.h"
#include "sync/rollback.h"

namespace dhcpair::sync {
namespace {

using testing::HasSubstr;

generate::NodeFile Piece(const std::string& path, const std::string& contents) {
  return {.name = path.substr(path.rfind('/') + 1),
          .belongs_in = path,
          .is_fragment = true,
          .mode = 0644,
          .contents = contents};
}

TEST(AddBootFiles, GoesByTheToolOfTheNodeAndByAMarkedBlockElsewhere) {
  test::PushWorld world;
  const test::FakeNode& primary = world.node(pair::Role::kPrimary);
  const test::FakeNode& secondary = world.node(pair::Role::kSecondary);
  // What it is told, it writes.
  primary.Put("bin/sysrc", "#!/bin/sh\nfile=$2\nshift 2\necho \"made of $*\" >> \"$file\"\n", 0755);
  secondary.Put("bin/rcctl", "#!/bin/sh\n", 0755);
  const std::string old = WithMarkedBlock("a=1\n", "A=0\n");
  primary.Put("etc/rc.conf", old);
  secondary.Put("etc/rc.conf.local", old);
  secondary.Put("etc/rc.local", "echo\n");
  const std::vector<generate::NodeFile> first{
      Piece(primary.Path("etc/rc.conf"), "# why\nA=\"1 2\"\n")};
  const std::vector<generate::NodeFile> second{
      Piece(secondary.Path("etc/rc.conf.local"), "# why\nA=\"1 2\"\n"),
      Piece(secondary.Path("etc/rc.local"), "dhcpd -q\n")};
  test::PushWorld::Command command(world);
  PerRole<std::vector<ManagedFile>> files;
  const auto error = AddBootFiles(command.both, {first, second}, files);
  ASSERT_FALSE(error) << error->Text();
  ASSERT_EQ(files.primary.size(), 1u);
  EXPECT_EQ(files.primary[0].contents(), "a=1\nmade of A=1 2\n");
  ASSERT_EQ(files.secondary.size(), 2u);
  EXPECT_EQ(files.secondary[0].contents(), "a=1\nA=1 2\n");
  EXPECT_EQ(files.secondary[1].contents(), WithMarkedBlock("echo\n", "dhcpd -q\n"));
}

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
