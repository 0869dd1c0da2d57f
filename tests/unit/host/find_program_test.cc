#include "host/find_program.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

#include "support/folder.h"

namespace dhcpair::host {
namespace {

using test::Folder;

// $PATH for as long as it lives.
class Path {
 public:
  explicit Path(const std::string& path) { setenv("PATH", path.c_str(), 1); }
  ~Path() { setenv("PATH", before_.c_str(), 1); }
  Path(const Path&) = delete;
  Path& operator=(const Path&) = delete;

 private:
  std::string before_ = std::getenv("PATH");
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

TEST(FindProgram, SkipsWhatNobodyMeansToRun) {
  const Folder folder;
  std::filesystem::create_directory(folder.Path("prog-is-a-folder"));
  std::filesystem::create_symlink("nowhere", folder.Path("prog-is-a-dangling-link"));
  folder.Put("prog-is-a-text", "", 0644);
  const Path path(folder.path());
  for (const char* const name :
       {"prog-is-a-folder", "prog-is-a-dangling-link", "prog-is-a-text", "prog-is-missing"}) {
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

TEST(FindProgram, LooksIntoSbinThoughThePathLacksIt) {
  const Path path("/nowhere");
  const bool has_some = IsExecutable("/usr/sbin/nologin") || IsExecutable("/sbin/nologin");
  if (!has_some) GTEST_SKIP() << "no nologin in the sbin folders of this machine";
  const auto found = FindProgram("nologin");
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->ends_with("sbin/nologin"));
}

}  // namespace
}  // namespace dhcpair::host
