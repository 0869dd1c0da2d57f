#include "remote/get_put.h"

#include <gtest/gtest.h>

#include "remote/local.h"
#include "remote/scripted.h"
#include "support/folder.h"
#include "support/named.h"

namespace dhcpair::remote {
namespace {

using Kind = FileError::Kind;

std::string AllBytes() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  return bytes;
}

struct ContentsRow : test::Named {
  std::string contents;
};

class FileThereAndBack : public testing::TestWithParam<ContentsRow> {};

TEST_P(FileThereAndBack, IsTheSameByteForByte) {
  const test::Folder folder;
  LocalTransport node;
  const std::string path = folder.Path("it's a file");
  ASSERT_TRUE(Put(node, path, GetParam().contents, 0640));
  EXPECT_TRUE(folder.Read("it's a file") == GetParam().contents);
  EXPECT_EQ(test::ModeOf(path), 0640);
  const auto got = Get(node, path, GetParam().contents.size());
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_TRUE(*got == GetParam().contents);
  EXPECT_EQ(folder.Names().size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, FileThereAndBack,
    testing::Values(ContentsRow{"Empty", ""}, ContentsRow{"LineEnd", "\n"},
                    ContentsRow{"LineEnds", "\n\n\na\n\n\n"}, ContentsRow{"NoLineEnd", "a"},
                    ContentsRow{"AllBytes", AllBytes()},
                    ContentsRow{"LooksLikeOurs", "\ndhcpair-0123456789abcdef end\n"},
                    ContentsRow{"Large", std::string(3 << 20, 'x')}),
    [](const auto& row) { return row.param.name; });

TEST(PutFile, TakesThePlaceOfAnother) {
  const test::Folder folder;
  LocalTransport node;
  const std::string path = folder.Put("file", "old", 0600);
  ASSERT_TRUE(Put(node, path, "new", 0644));
  EXPECT_EQ(folder.Read("file"), "new");
  EXPECT_EQ(test::ModeOf(path), 0644);
}

TEST(GetFile, FollowsALink) {
  const test::Folder folder;
  LocalTransport node;
  folder.Put("file", "text");
  std::filesystem::create_symlink("file", folder.Path("link"));
  EXPECT_EQ(Get(node, folder.Path("link"), 100).value(), "text");
}

struct RefusedRow : test::Named {
  std::string path;
  Kind kind;
  const char* message;
};

class RefusedGet : public testing::TestWithParam<RefusedRow> {};

TEST_P(RefusedGet, SaysWhy) {
  const test::Folder folder;
  folder.Put("file", "12345");
  std::filesystem::create_symlink("nowhere", folder.Path("dangling"));
  LocalTransport node;
  const auto got = Get(node, folder.Path(GetParam().path), 4);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().kind, GetParam().kind);
  EXPECT_EQ(got.error().message, "'" + folder.Path(GetParam().path) + "' " + GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RefusedGet,
    testing::Values(RefusedRow{"Missing", "missing", Kind::kMissing, "there is no such file"},
                    RefusedRow{"BelowAFile", "file/x", Kind::kMissing, "there is no such file"},
                    RefusedRow{"Folder", ".", Kind::kNotAFile, "is no regular file"},
                    RefusedRow{"DanglingLink", "dangling", Kind::kNotAFile, "is no regular file"},
                    RefusedRow{"OneByteTooLarge", "file", Kind::kTooLarge,
                               "is larger than it may be"}),
    [](const auto& row) { return row.param.name; });

class RefusedPut : public testing::TestWithParam<RefusedRow> {};

TEST_P(RefusedPut, SaysWhyAndLeavesEverythingAsItWas) {
  const test::Folder folder;
  folder.Put("file", "12345");
  std::filesystem::create_symlink("file", folder.Path("link"));
  LocalTransport node;
  const auto put = Put(node, folder.Path(GetParam().path), "new", 0644);
  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().kind, GetParam().kind);
  EXPECT_EQ(put.error().message, "'" + folder.Path(GetParam().path) + "' " + GetParam().message);
  EXPECT_EQ(folder.Names(), (std::set<std::string>{"file", "link"}));
  EXPECT_EQ(folder.Read("file"), "12345");
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RefusedPut,
    testing::Values(RefusedRow{"NoFolder", "no/file", Kind::kMissing, "there is no such folder"},
                    RefusedRow{"BelowAFile", "file/x", Kind::kMissing, "there is no such folder"},
                    RefusedRow{"Folder", ".", Kind::kNotAFile, "is no regular file"},
                    RefusedRow{"Link", "link", Kind::kNotAFile, "is no regular file"}),
    [](const auto& row) { return row.param.name; });

TEST(PutFile, LeavesTheOldOneWhenTheDiskIsFull) {
  const test::Folder folder;
  LocalTransport node;
  const std::string path = folder.Put("file", "old");
  // A limit of 512 bytes on what the shell may write stands for the disk's end.
  class Limited : public Transport {
   public:
    explicit Limited(Transport& inner) : inner_(inner) {}
    std::expected<Answer, Error> Run(const Request& request) override {
      Request limited = request;
      limited.script = "ulimit -f 1; trap '' XFSZ\n" + request.script;
      return inner_.Run(limited);
    }
    std::expected<std::unique_ptr<Tunnel>, Error> OpenTunnel(std::uint16_t port) override {
      return inner_.OpenTunnel(port);
    }

   private:
    Transport& inner_;
  };
  Limited limited(node);
  const auto put = Put(limited, path, std::string(5000, 'x'), 0644);
  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().kind, Kind::kFailed);
  EXPECT_EQ(folder.Read("file"), "old");
  EXPECT_EQ(folder.Names().size(), 1u);
}

struct BadAnswerRow : test::Named {
  Fault fault;
  Kind kind;
};

class FileWithABadAnswer : public testing::TestWithParam<BadAnswerRow> {};

TEST_P(FileWithABadAnswer, IsNeverTakenForWhole) {
  const test::Folder folder;
  LocalTransport local;
  const std::string path = folder.Put("file", "text");
  ScriptedTransport node(&local);
  node.WillFail(GetParam().fault);
  const auto got = Get(node, path, 100);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().kind, GetParam().kind);
  node.WillFail(GetParam().fault);
  const auto put = Put(node, path, "other", 0644);
  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().kind, GetParam().kind);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, FileWithABadAnswer,
    testing::Values(BadAnswerRow{"Half", {.kind = Fault::Kind::kHalf}, Kind::kGarbled},
                    BadAnswerRow{"Lost", {.kind = Fault::Kind::kAfter}, Kind::kRemote}),
    [](const auto& row) { return row.param.name; });

TEST(GetFile, IsNotConfusedByANoisyProfile) {
  const test::Folder folder;
  LocalTransport local;
  ScriptedTransport node(&local);
  node.WillFail({.kind = Fault::Kind::kNoise, .noise = "Welcome\ndhcpair-0000 begin\nend"});
  EXPECT_EQ(Get(node, folder.Put("file", "text"), 100).value(), "text");
}

}  // namespace
}  // namespace dhcpair::remote
