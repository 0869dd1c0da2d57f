#include "host/temp_dir.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <utility>

#include "support/folder.h"

namespace dhcpair::host {
namespace {

// $TMPDIR for as long as it lives.
class Tmpdir {
 public:
  explicit Tmpdir(const std::string& path) {
    if (const char* const before = std::getenv("TMPDIR")) before_ = before;
    setenv("TMPDIR", path.c_str(), 1);
  }
  ~Tmpdir() {
    if (before_) {
      setenv("TMPDIR", before_->c_str(), 1);
    } else {
      unsetenv("TMPDIR");
    }
  }
  Tmpdir(const Tmpdir&) = delete;
  Tmpdir& operator=(const Tmpdir&) = delete;

 private:
  std::optional<std::string> before_;
};

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

TEST(TempDir, GoesAwayThoughItHoldsFoldersThatNobodyMayReadOrWrite) {
  const test::Folder outside;
  chmod(outside.path().c_str(), 0500);
  std::string path;
  {
    const TempDir folder = TempDir::Make().value();
    path = folder.path();
    for (const char* const name : {"/unreadable/in", "/readonly/in", "/full/unreadable"}) {
      std::filesystem::create_directories(path + name);
      std::ofstream(path + name + "/file") << "text";
      std::filesystem::create_directory_symlink(outside.path(), path + name + "/link");
    }
    chmod((path + "/full/unreadable").c_str(), 0000);
    chmod((path + "/unreadable").c_str(), 0000);
    chmod((path + "/readonly").c_str(), 0500);
    chmod(path.c_str(), 0000);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_EQ(test::ModeOf(outside.path()), 0500) << "a link led out of the folder";
}

TEST(TempDir, IsGoneWithoutHarmWhenSomebodyElseRemovedIt) {
  std::string path;
  {
    const TempDir folder = TempDir::Make().value();
    path = folder.path();
    EXPECT_GT(std::filesystem::remove_all(path), 0U);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
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
  const Tmpdir tmpdir(folder.path());
  EXPECT_TRUE(TempDir::Make().value().path().starts_with(folder.path() + "/"));
}

TEST(TempDir, LiesInTmpWhereTmpdirIsNoAbsolutePath) {
  for (const char* const path : {"", "relative", "./relative", "~"}) {
    const Tmpdir tmpdir(path);
    EXPECT_TRUE(TempDir::Make().value().path().starts_with("/tmp/")) << "TMPDIR=" << path;
  }
}

TEST(TempDir, IsNotMadeElsewhereWhereTmpdirIsNoFolder) {
  const test::Folder folder;
  for (const std::string& path : {folder.Path("missing"), folder.Put("file", "text")}) {
    const Tmpdir tmpdir(path);
    const auto made = TempDir::Make();
    ASSERT_FALSE(made) << path;
    EXPECT_FALSE(made.error().reason.empty());
  }
}

}  // namespace
}  // namespace dhcpair::host
