#include "host/append_log.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <thread>
#include <vector>

#include "support/folder.h"

namespace dhcpair::host {
namespace {

TEST(AppendLine, MakesTheFileAndItsFolderForItsUserAlone) {
  const test::Folder folder;
  ASSERT_TRUE(AppendLine(folder.Path("a/b/log"), "first"));
  ASSERT_TRUE(AppendLine(folder.Path("a/b/log"), "second"));
  EXPECT_EQ(folder.Read("a/b/log"), "first\nsecond\n");
  struct stat found{};
  ASSERT_EQ(stat(folder.Path("a/b/log").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
}

TEST(AppendLine, KeepsLinesWholeWhereManyWriteAtOnce) {
  const test::Folder folder;
  std::vector<std::thread> writers;
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back([&] {
      for (int j = 0; j < 10; ++j)
        ASSERT_TRUE(AppendLine(folder.Path("log"), std::string(99, 'x')));
    });
  }
  for (std::thread& writer : writers) writer.join();
  const std::string log = folder.Read("log");
  EXPECT_EQ(log.size(), 8000U);
  for (std::size_t i = 99; i < log.size(); i += 100) ASSERT_EQ(log[i], '\n') << i;
}

TEST(AppendLine, SaysWhyItCannot) {
  const test::Folder folder;
  folder.Put("file", "");
  EXPECT_FALSE(AppendLine(folder.Path("file/log"), "line"));
  const auto full = AppendLine("/dev/full", "line");
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().kind, WriteError::Kind::kNoSpace);
}

}  // namespace
}  // namespace dhcpair::host
