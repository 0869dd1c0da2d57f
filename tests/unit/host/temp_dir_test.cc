#include "host/temp_dir.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <utility>

#include "support/folder.h"

namespace dhcpair::host {
namespace {

TEST(TempDir, IsForOneselfOnlyAndGoesAwayWithAllInIt) {
  std::string path;
  {
    const TempDir folder = TempDir::Make().value();
    path = folder.path();
    EXPECT_EQ(test::ModeOf(path), 0700);
    std::filesystem::create_directories(path + "/a/b/c");
    std::ofstream(path + "/a/b/file") << "text";
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(TempDir, LeavesAloneWhatALinkInItLeadsTo) {
  const test::Folder outside;
  outside.Put("file", "text");
  {
    const TempDir folder = TempDir::Make().value();
    std::filesystem::create_directory_symlink(outside.path(), folder.path() + "/link");
  }
  EXPECT_EQ(outside.Read("file"), "text");
}

TEST(TempDir, GoesAwayOnceWhenItWasMoved) {
  std::string path;
  {
    TempDir first = TempDir::Make().value();
    path = first.path();
    const TempDir second = std::move(first);
    EXPECT_EQ(second.path(), path);
    EXPECT_TRUE(std::filesystem::exists(path));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(TempDir, IsNotTheSameTwice) {
  EXPECT_NE(TempDir::Make().value().path(), TempDir::Make().value().path());
}

TEST(TempDir, LiesBelowTmpdirWhereThatIsAnAbsolutePath) {
  const test::Folder folder;
  setenv("TMPDIR", folder.path().c_str(), 1);
  EXPECT_TRUE(TempDir::Make().value().path().starts_with(folder.path() + "/"));
  setenv("TMPDIR", "relative", 1);
  EXPECT_TRUE(TempDir::Make().value().path().starts_with("/tmp/"));
  setenv("TMPDIR", (folder.path() + "/missing").c_str(), 1);
  EXPECT_FALSE(TempDir::Make());
  unsetenv("TMPDIR");
}

}  // namespace
}  // namespace dhcpair::host
