#include "pair/platform.h"

#include <gtest/gtest.h>

#include <set>

#include "pair/values.h"
#include "support/pairs.h"

namespace dhcpair::pair {
namespace {

TEST(Platforms, AreFoundByTheirNames) {
  std::set<std::string_view> names;
  for (const Platform& platform : Platforms()) {
    EXPECT_EQ(FindPlatform(platform.name), &platform) << platform.name;
    EXPECT_TRUE(names.insert(platform.name).second) << platform.name << " is there twice";
  }
}

TEST(Platforms, AreListedByNameInTheOrderOfTheTable) {
  ASSERT_EQ(PlatformNames().size(), Platforms().size());
  for (std::size_t i = 0; i < Platforms().size(); ++i) {
    EXPECT_EQ(PlatformNames()[i], Platforms()[i].name);
  }
}

TEST(Platforms, AreNullForANameThatNoneHas) {
  for (const char* const name : {"", "Debian", "openbs", "openbsd ", "hurd"}) {
    EXPECT_EQ(FindPlatform(name), nullptr) << name;
  }
}

TEST(Platforms, HaveTheGenericOneLastSoThatAListEndsWithIt) {
  EXPECT_EQ(Platforms().back().name, "generic");
  EXPECT_EQ(&GenericPlatform(), &Platforms().back());
}

TEST(Platforms, HavePathsThatANodeCanHave) {
  for (const Platform& platform : Platforms()) {
    for (const std::string_view path : {platform.conf, platform.master, platform.leases,
                                        platform.pid, platform.dhcpd, platform.state}) {
      EXPECT_TRUE(NodePath::Parse(path)) << platform.name << ": " << path;
    }
  }
}

TEST(Platforms, KeepEachOfTheirFilesAtAPathOfItsOwn) {
  for (const Platform& platform : Platforms()) {
    const std::set<std::string_view> paths{platform.conf, platform.master, platform.leases,
                                           platform.pid,  platform.dhcpd,  platform.state};
    EXPECT_EQ(paths.size(), 6u) << platform.name;
  }
}

TEST(Platforms, NameAnAccountThatAShellTakesWithoutQuotes) {
  for (const Platform& platform : Platforms()) {
    EXPECT_FALSE(platform.user.empty()) << platform.name;
    EXPECT_EQ(platform.user.find_first_not_of("abcdefghijklmnopqrstuvwxyz_-"),
              std::string_view::npos)
        << platform.name << ": " << platform.user;
  }
}

TEST(Platforms, HaveBootFragmentsOfDifferentNamesAndPlaces) {
  for (const Platform& platform : Platforms()) {
    EXPECT_FALSE(platform.fragments.empty()) << platform.name;
    std::set<std::string_view> files;
    std::set<std::string_view> places;
    for (const BootFragment& fragment : platform.fragments) {
      EXPECT_EQ(fragment.file.find_first_of("/ \n"), std::string_view::npos) << fragment.file;
      EXPECT_TRUE(files.insert(fragment.file).second) << platform.name << ": " << fragment.file;
      EXPECT_TRUE(places.insert(fragment.belongs_in).second) << fragment.belongs_in;
    }
  }
}

TEST(Platforms, SayWhereOnTheNodeABootFragmentBelongs) {
  for (const Platform& platform : Platforms()) {
    if (&platform == &GenericPlatform()) continue;  // Its scripts are not known.
    for (const BootFragment& fragment : platform.fragments) {
      EXPECT_TRUE(NodePath::Parse(fragment.belongs_in)) << platform.name;
    }
  }
}

TEST(Platforms, LetAppArmorReadTheMasterAndTheOmapiKeyOnDebian) {
  test::MapLoader loader;
  loader.Put("omapi.secret", "c2VjcmV0\n");
  std::string yaml = test::kMinimalPair;
  yaml += "platform: debian\nomapi: {secret-file: omapi.secret}\n";
  const Pair pair = test::LoadPair(yaml, std::move(loader));
  for (const Role role : {Role::kPrimary, Role::kSecondary}) {
    const Node& node = pair.node(role);
    EXPECT_EQ(node.platform->confinement, Confinement::kAppArmor);
    EXPECT_TRUE(node.paths.conf.text().starts_with("/etc/dhcp/"));
    EXPECT_TRUE(node.paths.master.text().starts_with("/etc/dhcp/"));
    EXPECT_TRUE(node.omapi_key_path().starts_with("/etc/dhcp/"));
  }
}

}  // namespace
}  // namespace dhcpair::pair
