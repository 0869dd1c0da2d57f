#include "lint/mapped_loader.h"

#include <gtest/gtest.h>

#include "lint/snapshot_loader.h"
#include "support/map_loader.h"
#include "support/named.h"

namespace dhcpair::lint {
namespace {

using Texts = std::vector<std::string>;
using Files = std::map<std::string, std::string>;

struct Row : test::Named {
  Texts map;
  const char* remote;
  const char* local;  // nullptr: it is not mapped.
};

class MappedPath : public testing::TestWithParam<Row> {};

TEST_P(MappedPath, IsThatOfTheNearestEntry) {
  const auto map = IncludeMap::Parse(GetParam().map);
  ASSERT_TRUE(map) << map.error();
  const auto local = map->LocalPathOf(GetParam().remote);
  ASSERT_EQ(local.has_value(), GetParam().local != nullptr);
  if (local) {
    EXPECT_EQ(*local, GetParam().local);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, MappedPath,
    testing::Values(Row{"Nothing", {}, "/etc/a", nullptr}, Row{"File", {"/etc/a=b"}, "/etc/a", "b"},
                    Row{"AnotherFile", {"/etc/a=b"}, "/etc/ab", nullptr},
                    Row{"FileIsNoFolder", {"/etc/a=b"}, "/etc/a/c", nullptr},
                    Row{"Folder", {"/etc/=files/"}, "/etc/a", "files/a"},
                    Row{"FolderInAFolder", {"/etc/=files/"}, "/etc/x/a", "files/x/a"},
                    Row{"FolderWithoutASlashHere", {"/etc/=files"}, "/etc/a", "files/a"},
                    Row{"FolderItself", {"/etc/=files/"}, "/etc/", nullptr},
                    Row{"FolderOfALikeName", {"/etc/=files/"}, "/etcetera/a", nullptr},
                    Row{"FileBeforeFolder", {"/etc/=files/", "/etc/a=b"}, "/etc/a", "b"},
                    Row{"InnermostFolder", {"/etc/dhcp/=x/", "/etc/=y/"}, "/etc/dhcp/a", "x/a"},
                    Row{"SecondEqualsSign", {"/etc/a=b=c"}, "/etc/a", "b=c"},
                    Row{"Root", {"/=root/"}, "/etc/a", "root/etc/a"},
                    Row{"RelativeInclude", {"hosts=here"}, "hosts", "here"}),
    [](const auto& row) { return row.param.name; });

struct BadRow : test::Named {
  Texts map;
  const char* says;
};

class BadMap : public testing::TestWithParam<BadRow> {};

TEST_P(BadMap, IsRefusedWithAReason) {
  const auto map = IncludeMap::Parse(GetParam().map);
  ASSERT_FALSE(map);
  EXPECT_EQ(map.error(), GetParam().says);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, BadMap,
    testing::Values(BadRow{"Nothing", {""}, "'' is not REMOTE=LOCAL"},
                    BadRow{"NoEqualsSign", {"/etc/a"}, "'/etc/a' is not REMOTE=LOCAL"},
                    BadRow{"NoRemote", {"=a"}, "'=a' is not REMOTE=LOCAL"},
                    BadRow{"NoLocal", {"/etc/a="}, "'/etc/a=' is not REMOTE=LOCAL"},
                    BadRow{"FileToFolder",
                           {"/etc/a=b/"},
                           "'/etc/a=b/' maps a file to a folder; a folder's name ends with '/' on "
                           "both sides"},
                    BadRow{"Twice", {"/etc/a=b", "/etc/a=c"}, "'/etc/a' is mapped twice"}),
    [](const auto& row) { return row.param.name; });

TEST(MappedLoader, LoadsFromHereWhatIsMappedAndElseAsBefore) {
  test::MapLoader here(Files{{"files/hosts", "here"}});
  test::MapLoader there(Files{{"/etc/hosts", "there"}, {"/var/zones", "zones"}});
  const auto map = IncludeMap::Parse(Texts{"/etc/=files/"});
  MappedLoader loader(*map, here, there);
  EXPECT_EQ(loader.Load("/etc/hosts", 100).value()->contents(), "here");
  EXPECT_EQ(loader.Load("/etc/hosts", 100).value()->name(), "files/hosts");
  EXPECT_EQ(loader.Load("/var/zones", 100).value()->contents(), "zones");
  // What is mapped is not looked for anywhere else.
  there.Put("/etc/more", "more");
  EXPECT_EQ(loader.Load("/etc/more", 100).error(), text::LoadError::kNotFound);
}

TEST(SnapshotLoader, ReadsEachFileOnce) {
  test::MapLoader disk(Files{{"f", "one"}});
  SnapshotLoader loader(disk);
  const auto first = loader.Load("f", 100);
  disk.Put("f", "two");
  EXPECT_EQ(loader.Load("f", 100).value(), first.value());
}

TEST(SnapshotLoader, LooksAgainForWhatWasNotThere) {
  test::MapLoader disk;
  SnapshotLoader loader(disk);
  EXPECT_EQ(loader.Load("f", 100).error(), text::LoadError::kNotFound);
  disk.Put("f", "one");
  EXPECT_TRUE(loader.Load("f", 100));
}

TEST(SnapshotLoader, HoldsToTheLimitOfEachReader) {
  test::MapLoader disk(Files{{"f", "one"}});
  SnapshotLoader loader(disk);
  EXPECT_TRUE(loader.Load("f", 3));
  EXPECT_EQ(loader.Load("f", 2).error(), text::LoadError::kTooLarge);
  loader.Put("f", "longer");
  EXPECT_EQ(loader.Load("f", 3).error(), text::LoadError::kTooLarge);
}

TEST(SnapshotLoader, HasWhatWasPutIntoIt) {
  test::MapLoader disk(Files{{"f", "one"}});
  SnapshotLoader loader(disk);
  loader.Put("f", "two");
  loader.Put("<stdin>", "three");
  EXPECT_EQ(loader.Load("f", 100).value()->contents(), "two");
  EXPECT_EQ(loader.Load("<stdin>", 100).value()->name(), "<stdin>");
}

}  // namespace
}  // namespace dhcpair::lint
