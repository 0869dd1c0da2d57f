#include "host/find_program.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>

#include "support/folder.h"

namespace dhcpair::host {
namespace {

using test::Folder;

// $PATH for as long as it lives; nothing unsets it.
class Path {
 public:
  explicit Path(const std::optional<std::string>& path) {
    if (const char* const before = std::getenv("PATH")) before_ = before;
    Set(path);
  }
  ~Path() { Set(before_); }
  Path(const Path&) = delete;
  Path& operator=(const Path&) = delete;

 private:
  static void Set(const std::optional<std::string>& path) {
    if (path) {
      setenv("PATH", path->c_str(), 1);
    } else {
      unsetenv("PATH");
    }
  }

  std::optional<std::string> before_;
};

TEST(FindProgram, TakesTheFirstThatCanBeExecuted) {
  const Folder a;
  const Folder b;
  a.Put("prog-of-a-test", "", 0644);
  b.Put("prog-of-a-test", "", 0755);
  a.Put("prog-of-both", "", 0755);
  b.Put("prog-of-both", "", 0755);
  const Path path(a.path() + ":" + b.path());
  EXPECT_EQ(FindProgram("prog-of-a-test"), b.Path("prog-of-a-test"));
  EXPECT_EQ(FindProgram("prog-of-both"), a.Path("prog-of-both"));
}

TEST(FindProgram, TakesALinkToAProgram) {
  const Folder folder;
  folder.Put("a", "", 0755);
  std::filesystem::create_symlink("a", folder.Path("prog-is-a-link"));
  const Path path(folder.path());
  EXPECT_EQ(FindProgram("prog-is-a-link"), folder.Path("prog-is-a-link"));
}

TEST(FindProgram, GoesOnBehindEntriesOfThePathThatAreNoFolders) {
  const Folder folder;
  folder.Put("prog-of-a-test", "", 0755);
  const Path path("/nowhere::" + folder.Put("file", "") + ":" + folder.path());
  EXPECT_EQ(FindProgram("prog-of-a-test"), folder.Path("prog-of-a-test"));
}

TEST(FindProgram, SkipsWhatNobodyMeansToRun) {
  const Folder folder;
  folder.Put("prog", "", 0755);
  std::filesystem::create_directory(folder.Path("prog-is-a-folder"));
  std::filesystem::create_symlink("nowhere", folder.Path("prog-is-a-dangling-link"));
  folder.Put("prog-is-a-text", "", 0644);
  const Path path(folder.path());
  for (const char* const name : {"prog-is-a-folder", "prog-is-a-dangling-link", "prog-is-a-text",
                                 "prog-is-missing", "prog/", "PROG", " prog", "", ".", ".."}) {
    EXPECT_EQ(FindProgram(name), std::nullopt) << name;
  }
}

// An empty entry means the working directory to a shell.
TEST(FindProgram, DoesNotLookIntoTheWorkingDirectory) {
  const Folder folder;
  folder.Put("prog-of-a-test", "", 0755);
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  for (const char* const path : {"", ":", "::", ".", "./", ":/nowhere:"}) {
    const Path set(path);
    EXPECT_EQ(FindProgram("prog-of-a-test"), std::nullopt) << "PATH=" << path;
  }
  std::filesystem::current_path(before);
}

TEST(FindProgram, NeedsNoPath) {
  const Path path(std::nullopt);
  EXPECT_EQ(FindProgram("prog-is-missing"), std::nullopt);
}

TEST(FindProgram, PrefersThePathToSbin) {
  const Folder folder;
  folder.Put("nologin", "", 0755);
  const Path path(folder.path());
  EXPECT_EQ(FindProgram("nologin"), folder.Path("nologin"));
}

TEST(FindProgram, LooksIntoSbinThoughThePathLacksIt) {
  const Path path("/nowhere");
  const bool has_some = IsExecutable("/usr/sbin/nologin") || IsExecutable("/sbin/nologin");
  if (!has_some) GTEST_SKIP() << "no nologin in the sbin folders of this machine";
  EXPECT_TRUE(FindProgram("nologin").value_or("").ends_with("sbin/nologin"));
}

}  // namespace
}  // namespace dhcpair::host
