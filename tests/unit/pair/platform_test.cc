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

TEST(Platforms, HaveAllThreeLinesForTheirServiceManagerOrNone) {
  for (const Platform& platform : Platforms()) {
    const ServiceLines& lines = platform.service;
    EXPECT_EQ(lines.start.empty(), lines.stop.empty()) << platform.name;
    EXPECT_EQ(lines.start.empty(), lines.status.empty()) << platform.name;
    EXPECT_EQ(lines.start.find_first_of("\n\t"), std::string_view::npos) << platform.name;
  }
}

TEST(Platforms, DriveDhcpdWithoutAServiceManagerWhereNoneIsKnown) {
  EXPECT_TRUE(GenericPlatform().service.start.empty());
  EXPECT_TRUE(FindPlatform("openbsd-legacy")->service.start.empty());
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

struct SystemRow {
  std::string_view system;
  std::string_view distribution;
  std::string_view platform;  // Empty: no profile fits.
};

TEST(Platforms, FitTheSystemsThatCallThemselvesSo) {
  for (const SystemRow& row : {
           SystemRow{"OpenBSD", "", "openbsd"},
           SystemRow{"FreeBSD", "", "freebsd"},
           SystemRow{"FreeBSD", "freebsd", "freebsd"},  // It has an os-release since 13.
           SystemRow{"NetBSD", "", "netbsd"},
           SystemRow{"Linux", "debian", "debian"},
           SystemRow{"Linux", "ubuntu", "debian"},
           SystemRow{"Linux", "rocky", "rhel"},
           SystemRow{"Linux", "opensuse-leap", "suse"},
           SystemRow{"Linux", "alpine", "alpine"},
           SystemRow{"Linux", "gentoo", "alpine"},
           SystemRow{"Linux", "arch", "arch"},
           SystemRow{"Linux", "", ""},
           SystemRow{"Linux", "Debian", ""},
           SystemRow{"Linux", "openwrt",
                     ""},  // Leases in /tmp, a dhcpd.conf that may be generated.
           SystemRow{"Linux", "void", ""},
           SystemRow{"Darwin", "", ""},
           SystemRow{"GNU/kFreeBSD", "debian", ""},
           SystemRow{"linux", "debian", ""},
           SystemRow{"", "", ""},
           SystemRow{"", "debian", ""},
       }) {
    const Platform* const platform = PlatformOf(row.system, row.distribution);
    EXPECT_EQ(platform == nullptr ? "" : platform->name, row.platform)
        << row.system << " " << row.distribution;
  }
}

TEST(Platforms, AreTakenFromTheNodeOnlyWhereThePairFileNamesNone) {
  test::MapLoader loader;
  loader.Put("pair.yaml",
             "pair: p\n"
             "primary: {address: 10.0.0.1, paths: {conf: /srv/dhcpd.conf}}\n"
             "secondary: {address: 10.0.0.2, platform: openbsd}\n");
  loader.Put("dhcpd.master", "");
  text::Diagnostics diagnostics;
  const Platform* const debian = FindPlatform("debian");
  const auto pair =
      Load(loader, "pair.yaml", diagnostics, {.primary = debian, .secondary = debian});
  ASSERT_TRUE(pair);
  EXPECT_EQ(pair->primary.node.platform, debian);
  EXPECT_FALSE(pair->primary.node.is_platform_named);
  EXPECT_EQ(pair->primary.node.paths.conf.text(), "/srv/dhcpd.conf");
  EXPECT_EQ(pair->primary.node.paths.leases.text(), debian->leases);
  EXPECT_EQ(pair->secondary.node.platform->name, "openbsd");
  EXPECT_TRUE(pair->secondary.node.is_platform_named);
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
