#include "host/file_loader.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>

#include "support/folder.h"
#include "support/named.h"

namespace dhcpair::host {
namespace {

using test::Folder;
using text::LoadError;

TEST(ReadFile, ReadsAllBytesAsTheyAre) {
  const Folder folder;
  const std::string contents("a\0b\r\n\xff", 6);
  EXPECT_EQ(ReadFile(folder.Put("f", contents), 100), contents);
  EXPECT_EQ(ReadFile(folder.Put("empty", ""), 100), "");
}

TEST(ReadFile, TakesAsManyBytesAsItMayAndNotOneMore) {
  const Folder folder;
  // More than is read at once.
  const std::string contents(200'000, 'x');
  const std::string path = folder.Put("f", contents);
  EXPECT_EQ(ReadFile(path, 200'000), contents);
  EXPECT_EQ(ReadFile(path, 199'999).error(), LoadError::kTooLarge);
  EXPECT_EQ(ReadFile(path, 0).error(), LoadError::kTooLarge);
  EXPECT_EQ(ReadFile(folder.Put("empty", ""), 0), "");
}

TEST(ReadPieces, HandsOutAllBytesUntilSomebodyHasEnough) {
  const test::Folder folder;
  const std::string contents(300'000, 'x');
  const std::string path = folder.Put("f", contents);
  std::string all;
  int pieces = 0;
  ASSERT_TRUE(ReadPieces(path, [&](std::string_view piece) {
    all += piece;
    ++pieces;
    return true;
  }));
  EXPECT_EQ(all, contents);
  EXPECT_GT(pieces, 1);
  pieces = 0;
  ASSERT_TRUE(ReadPieces(path, [&](std::string_view /*piece*/) { return ++pieces < 2; }));
  EXPECT_EQ(pieces, 2);
  EXPECT_EQ(ReadPieces(folder.Path("none"), [](std::string_view) { return true; }).error(),
            LoadError::kNotFound);
  EXPECT_EQ(ReadPieces(folder.Path("."), [](std::string_view) { return true; }).error(),
            LoadError::kIsDirectory);
}

TEST(ReadFile, FollowsALink) {
  const Folder folder;
  folder.Put("f", "text");
  std::filesystem::create_symlink("f", folder.Path("link"));
  EXPECT_EQ(ReadFile(folder.Path("link"), 100), "text");
}

// A file that grows while it is read may say any size; those of /proc say 0.
TEST(ReadFile, DoesNotBelieveTheSizeThatAFileSays) {
  const std::string path = "/proc/self/status";
  std::error_code error;
  if (std::filesystem::file_size(path, error) != 0) GTEST_SKIP() << "no " << path << " here";
  const auto contents = ReadFile(path, 1 << 20);
  ASSERT_TRUE(contents);
  EXPECT_FALSE(contents->empty());
  EXPECT_EQ(ReadFile(path, 1).error(), LoadError::kTooLarge);
}

// More than fits into memory, so this ends only when the reader stops at its limit.
TEST(ReadFile, StopsAtItsLimitInAFileOfATebibyte) {
  const Folder folder;
  std::error_code error;
  std::filesystem::resize_file(folder.Put("f", ""), std::uintmax_t{1} << 40, error);
  if (error) GTEST_SKIP() << "no sparse file of this size here: " << error.message();
  EXPECT_EQ(ReadFile(folder.Path("f"), 1 << 20).error(), LoadError::kTooLarge);
}

struct RefusalRow : test::Named {
  std::string path;  // "" stands for no name at all.
  LoadError error;
};

class ReadFileRefused : public testing::TestWithParam<RefusalRow> {};

TEST_P(ReadFileRefused, SaysWhyAndDoesNotWait) {
  const Folder folder;
  folder.Put("file", "text");
  std::filesystem::create_directory(folder.Path("folder"));
  std::filesystem::create_symlink("nowhere", folder.Path("dangling"));
  std::filesystem::create_symlink("loop", folder.Path("loop"));
  ASSERT_EQ(mkfifo(folder.Path("fifo").c_str(), 0600), 0);
  std::filesystem::create_symlink("fifo", folder.Path("link-to-fifo"));
  std::filesystem::create_symlink("folder", folder.Path("link-to-folder"));
  const std::string path = GetParam().path;
  const bool is_of_folder = !path.empty() && !path.starts_with('/');
  FileLoader loader;
  const auto loaded = loader.Load(is_of_folder ? folder.Path(path) : path, 1 << 20);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error(), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ReadFileRefused,
    testing::Values(RefusalRow{"Missing", "missing", LoadError::kNotFound},
                    RefusalRow{"NoName", "", LoadError::kNotFound},
                    RefusalRow{"BelowAFile", "file/f", LoadError::kNotFound},
                    RefusalRow{"LinkToNothing", "dangling", LoadError::kNotFound},
                    RefusalRow{"LinkToItself", "loop", LoadError::kFailed},
                    RefusalRow{"NameTooLong", std::string(300, 'x'), LoadError::kFailed},
                    RefusalRow{"Folder", "folder", LoadError::kIsDirectory},
                    RefusalRow{"FolderWithASlash", "folder/", LoadError::kIsDirectory},
                    RefusalRow{"LinkToAFolder", "link-to-folder", LoadError::kIsDirectory},
                    RefusalRow{"FileWithASlash", "file/", LoadError::kNotFound},
                    // Each of these would make a reader wait for ever, or read for ever.
                    RefusalRow{"Fifo", "fifo", LoadError::kNotARegularFile},
                    RefusalRow{"LinkToAFifo", "link-to-fifo", LoadError::kNotARegularFile},
                    RefusalRow{"EndlessDevice", "/dev/zero", LoadError::kNotARegularFile},
                    RefusalRow{"EmptyDevice", "/dev/null", LoadError::kNotARegularFile}),
    [](const auto& row) { return row.param.name; });

TEST(ReadFile, RefusesASocket) {
  const Folder folder;
  if (mknod(folder.Path("socket").c_str(), S_IFSOCK | 0600, 0) != 0) {
    GTEST_SKIP() << "only root may make a socket without a listener here";
  }
  EXPECT_EQ(ReadFile(folder.Path("socket"), 100).error(), LoadError::kNotARegularFile);
}

TEST(ReadFile, SaysSoWhenItMayNotRead) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const Folder folder;
  EXPECT_EQ(ReadFile(folder.Put("f", "text", 0000), 100).error(), LoadError::kNotPermitted);
  std::filesystem::create_directory(folder.Path("locked"));
  folder.Put("locked/f", "text");
  chmod(folder.Path("locked").c_str(), 0600);
  EXPECT_EQ(ReadFile(folder.Path("locked/f"), 100).error(), LoadError::kNotPermitted);
}

TEST(FileLoader, CallsAFileByTheNameItWasAskedFor) {
  const Folder folder;
  const std::string path = folder.Put("f", "text");
  FileLoader loader;
  const auto loaded = loader.Load(path, 100);
  ASSERT_TRUE(loaded);
  EXPECT_EQ((*loaded)->name(), path);
  EXPECT_EQ((*loaded)->contents(), "text");
  EXPECT_TRUE(loader.IsFolder(folder.path()));
  EXPECT_FALSE(loader.IsFolder(path));
  EXPECT_FALSE(loader.IsFolder(folder.Path("missing")));
}

}  // namespace
}  // namespace dhcpair::host
