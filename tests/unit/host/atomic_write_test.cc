#include "host/atomic_write.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

#include "support/folder.h"
#include "support/named.h"

namespace dhcpair::host {
namespace {

using test::Folder;
using test::ModeOf;
using Kind = WriteError::Kind;
using Names = std::set<std::string>;

TEST(AtomicWrite, MakesAFileOfTheModeAskedForWhateverTheUmask) {
  const Folder folder;
  const mode_t before = umask(0077);
  EXPECT_TRUE(WriteFileAtomically(folder.Path("open"), "a\n", 0644, WriteMode::kCreate));
  umask(0);
  EXPECT_TRUE(WriteFileAtomically(folder.Path("secret"), "b\n", 0600, WriteMode::kCreate));
  umask(before);
  EXPECT_EQ(folder.Read("open"), "a\n");
  EXPECT_EQ(ModeOf(folder.Path("open")), 0644);
  EXPECT_EQ(ModeOf(folder.Path("secret")), 0600);
  EXPECT_EQ(folder.Names(), (Names{"open", "secret"}));
}

TEST(AtomicWrite, ReplacesAFileAndItsMode) {
  const Folder folder;
  folder.Put("f", "a longer old text\n", 0666);
  EXPECT_TRUE(WriteFileAtomically(folder.Path("f"), "new\n", 0600, WriteMode::kReplace));
  EXPECT_EQ(folder.Read("f"), "new\n");
  EXPECT_EQ(ModeOf(folder.Path("f")), 0600);
  EXPECT_EQ(folder.Names(), Names{"f"});
}

TEST(AtomicWrite, ReplacesAFileThatNobodyMayWrite) {
  const Folder folder;
  folder.Put("f", "old\n", 0444);
  EXPECT_TRUE(WriteFileAtomically(folder.Path("f"), "new\n", 0444, WriteMode::kReplace));
  EXPECT_EQ(folder.Read("f"), "new\n");
}

// An editor or a reader that has the old file open goes on seeing the old file, whole.
TEST(AtomicWrite, LeavesTheOldFileWholeForThoseWhoHaveItOpen) {
  const Folder folder;
  std::ifstream reader(folder.Put("f", "old\n"));
  EXPECT_TRUE(WriteFileAtomically(folder.Path("f"), "new and longer\n", 0644, WriteMode::kReplace));
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(reader), {}), "old\n");
}

TEST(AtomicWrite, PutsAFileInThePlaceOfALinkAndLeavesItsTargetAlone) {
  const Folder folder;
  folder.Put("target", "old\n");
  std::filesystem::create_symlink("target", folder.Path("link"));
  EXPECT_TRUE(WriteFileAtomically(folder.Path("link"), "new\n", 0644, WriteMode::kReplace));
  EXPECT_EQ(folder.Read("link"), "new\n");
  EXPECT_EQ(folder.Read("target"), "old\n");
}

TEST(AtomicWrite, LeavesTheOtherNamesOfAReplacedFileAlone) {
  const Folder folder;
  std::filesystem::create_hard_link(folder.Put("f", "old\n"), folder.Path("backup"));
  EXPECT_TRUE(WriteFileAtomically(folder.Path("f"), "new\n", 0644, WriteMode::kReplace));
  EXPECT_EQ(folder.Read("f"), "new\n");
  EXPECT_EQ(folder.Read("backup"), "old\n");
}

TEST(AtomicWrite, TakesAPathWithoutAFolderAsOneInTheWorkingDirectory) {
  const Folder folder;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  EXPECT_TRUE(WriteFileAtomically("f", "new\n", 0644, WriteMode::kCreate));
  std::filesystem::current_path(before);
  EXPECT_EQ(folder.Read("f"), "new\n");
  EXPECT_EQ(folder.Names(), Names{"f"});
}

TEST(AtomicWrite, WritesNothingAndManyBytes) {
  const Folder folder;
  const std::string many(5 << 20, '\0');
  EXPECT_TRUE(WriteFileAtomically(folder.Path("none"), "", 0644, WriteMode::kReplace));
  EXPECT_TRUE(WriteFileAtomically(folder.Path("many"), many, 0644, WriteMode::kReplace));
  EXPECT_EQ(folder.Read("none"), "");
  EXPECT_EQ(folder.Read("many"), many);
}

TEST(PendingFile, LeavesTheOldFileInPlaceAndNoTraceWhenItIsNotCommitted) {
  const Folder folder;
  folder.Put("f", "old\n");
  {
    const auto pending = PendingFile::Write(folder.Path("f"), "new\n", 0644);
    ASSERT_TRUE(pending);
    EXPECT_EQ(folder.Read("f"), "old\n");
    EXPECT_EQ(folder.Names().size(), 2u);
  }
  EXPECT_EQ(folder.Read("f"), "old\n");
  EXPECT_EQ(folder.Names(), Names{"f"});
}

TEST(PendingFile, IsCommittedOnceThoughItWasMoved) {
  const Folder folder;
  auto first = PendingFile::Write(folder.Path("f"), "new\n", 0644);
  ASSERT_TRUE(first);
  PendingFile second = *std::move(first);
  EXPECT_TRUE(std::move(second).Commit(WriteMode::kCreate));
  EXPECT_EQ(folder.Read("f"), "new\n");
}

struct RefusalRow : test::Named {
  std::string path;
  WriteMode mode;
  Kind kind;
};

class AtomicWriteRefused : public testing::TestWithParam<RefusalRow> {};

TEST_P(AtomicWriteRefused, LeavesEverythingAsItWas) {
  const Folder folder;
  folder.Put("file", "old\n");
  std::filesystem::create_directories(folder.Path("folder/full"));
  std::filesystem::create_symlink("nowhere", folder.Path("dangling"));
  const Names before = folder.Names();
  const auto written =
      WriteFileAtomically(folder.Path(GetParam().path), "new\n", 0644, GetParam().mode);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, GetParam().kind);
  EXPECT_FALSE(written.error().reason.empty());
  EXPECT_EQ(folder.Names(), before);
  EXPECT_EQ(folder.Read("file"), "old\n");
}

INSTANTIATE_TEST_SUITE_P(
    Rows, AtomicWriteRefused,
    testing::Values(
        RefusalRow{"FileIsThere", "file", WriteMode::kCreate, Kind::kExists},
        RefusalRow{"FolderIsThere", "folder", WriteMode::kCreate, Kind::kExists},
        RefusalRow{"LinkToNothingIsThere", "dangling", WriteMode::kCreate, Kind::kExists},
        RefusalRow{"FolderInItsPlace", "folder", WriteMode::kReplace, Kind::kFailed},
        RefusalRow{"NoFolder", "missing/f", WriteMode::kReplace, Kind::kFailed},
        RefusalRow{"FileForAFolder", "file/f", WriteMode::kReplace, Kind::kFailed},
        RefusalRow{"NoNameAtAll", "folder/", WriteMode::kReplace, Kind::kFailed},
        RefusalRow{"NameTooLong", std::string(300, 'x'), WriteMode::kReplace, Kind::kFailed}),
    [](const auto& row) { return row.param.name; });

// A limit on the size of files stands in for a full disk: both end a write in the middle.
TEST(AtomicWrite, LeavesTheOldFileWhenTheNewOneDoesNotFit) {
  const Folder folder;
  folder.Put("f", "old\n");
  rlimit before;
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{1000, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const auto written =
      WriteFileAtomically(folder.Path("f"), std::string(1001, 'x'), 0644, WriteMode::kReplace);
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, old_handler);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, Kind::kFailed);
  EXPECT_EQ(folder.Read("f"), "old\n");
  EXPECT_EQ(folder.Names(), Names{"f"});
}

// A folder that may be written but not read cannot be synced, which must not be found out too late.
TEST(AtomicWrite, LeavesTheOldFileWhenTheFolderMayNotBeRead) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const Folder folder;
  folder.Put("f", "old\n");
  chmod(folder.path().c_str(), 0300);
  const auto written = WriteFileAtomically(folder.Path("f"), "new\n", 0644, WriteMode::kReplace);
  chmod(folder.path().c_str(), 0700);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, Kind::kNotPermitted);
  EXPECT_EQ(folder.Read("f"), "old\n");
  EXPECT_EQ(folder.Names(), Names{"f"});
}

TEST(AtomicWrite, SaysSoWhenTheFolderMayNotBeWritten) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  const Folder folder;
  folder.Put("f", "old\n");
  chmod(folder.path().c_str(), 0500);
  const auto written = WriteFileAtomically(folder.Path("f"), "new\n", 0644, WriteMode::kReplace);
  chmod(folder.path().c_str(), 0700);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, Kind::kNotPermitted);
  EXPECT_EQ(folder.Read("f"), "old\n");
  EXPECT_EQ(folder.Names(), Names{"f"});
}

TEST(PrivateFolder, IsMadeWithItsParentsForOneselfOnly) {
  const Folder folder;
  const mode_t before = umask(0);
  EXPECT_TRUE(MakePrivateFolder(folder.Path("out/primary")));
  umask(before);
  EXPECT_EQ(ModeOf(folder.Path("out")), 0700);
  EXPECT_EQ(ModeOf(folder.Path("out/primary")), 0700);
}

TEST(PrivateFolder, ThatIsThereIsTightenedButNotItsParent) {
  const Folder folder;
  std::filesystem::create_directories(folder.Path("out/primary"));
  chmod(folder.Path("out").c_str(), 0755);
  chmod(folder.Path("out/primary").c_str(), 0777);
  EXPECT_TRUE(MakePrivateFolder(folder.Path("out/primary")));
  EXPECT_EQ(ModeOf(folder.Path("out")), 0755);
  EXPECT_EQ(ModeOf(folder.Path("out/primary")), 0700);
}

TEST(PrivateFolder, IsNotMadeWhereAFileIs) {
  const Folder folder;
  folder.Put("file", "old\n");
  EXPECT_FALSE(MakePrivateFolder(folder.Path("file")));
  EXPECT_FALSE(MakePrivateFolder(folder.Path("file/in")));
  std::filesystem::create_symlink("nowhere", folder.Path("dangling"));
  EXPECT_FALSE(MakePrivateFolder(folder.Path("dangling")));
  EXPECT_FALSE(MakePrivateFolder(""));
  EXPECT_EQ(folder.Read("file"), "old\n");
}

std::expected<void, WriteError> Over(const std::string& path, std::string_view before,
                                     std::string_view after) {
  auto pending = PendingFile::WriteOver(path, before, after);
  if (!pending) return std::unexpected(pending.error());
  return (*std::move(pending)).Commit(WriteMode::kReplace);
}

struct PermissionRow : test::Named {
  int mode;
};

class WriteOver : public testing::TestWithParam<PermissionRow> {};

TEST_P(WriteOver, KeepsThePermissions) {
  const Folder folder;
  folder.Put("f", "old\n", GetParam().mode);
  EXPECT_TRUE(Over(folder.Path("f"), "old\n", "new\n"));
  EXPECT_EQ(ModeOf(folder.Path("f")), GetParam().mode);
  EXPECT_EQ(folder.Read("f"), "new\n");
  EXPECT_EQ(folder.Names(), Names{"f"});
}

INSTANTIATE_TEST_SUITE_P(Rows, WriteOver,
                         testing::Values(PermissionRow{"Secret", 0600},
                                         PermissionRow{"Usual", 0644},
                                         PermissionRow{"ReadOnly", 0444},
                                         PermissionRow{"OpenToAll", 0666},
                                         PermissionRow{"SetUserId", 04755}),
                         [](const auto& row) { return row.param.name; });

TEST(WriteOverAFile, KeepsItsOwner) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  const Folder folder;
  const std::string path = folder.Put("f", "old\n");
  ASSERT_EQ(chown(path.c_str(), 12345, 23456), 0);
  EXPECT_TRUE(Over(path, "old\n", "new\n"));
  struct stat status;
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_uid, 12345u);
  EXPECT_EQ(status.st_gid, 23456u);
}

TEST(WriteOverAFile, RefusesALinkAndLeavesItsTargetAlone) {
  const Folder folder;
  folder.Put("target", "old\n");
  std::filesystem::create_symlink("target", folder.Path("link"));
  const auto written = Over(folder.Path("link"), "old\n", "new\n");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, Kind::kNotPermitted);
  EXPECT_EQ(written.error().reason, "it is a symbolic link; name the file itself");
  EXPECT_EQ(folder.Read("target"), "old\n");
  EXPECT_TRUE(std::filesystem::is_symlink(folder.Path("link")));
}

struct ChangedRow : test::Named {
  const char* now;
};

class WriteOverAChangedFile : public testing::TestWithParam<ChangedRow> {};

TEST_P(WriteOverAChangedFile, LeavesItAsItIs) {
  const Folder folder;
  folder.Put("f", GetParam().now);
  const auto written = Over(folder.Path("f"), "old\n", "new\n");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, Kind::kChanged);
  EXPECT_EQ(folder.Read("f"), GetParam().now);
  EXPECT_EQ(folder.Names(), Names{"f"});
}

INSTANTIATE_TEST_SUITE_P(Rows, WriteOverAChangedFile,
                         testing::Values(ChangedRow{"Other", "odd\n"}, ChangedRow{"Empty", ""},
                                         ChangedRow{"Longer", "old\nand more\n"},
                                         ChangedRow{"Shorter", "old"}),
                         [](const auto& row) { return row.param.name; });

TEST(WriteOverAFile, FailsWhereThereIsNoneAnyMore) {
  const Folder folder;
  EXPECT_FALSE(Over(folder.Path("f"), "old\n", "new\n"));
  EXPECT_FALSE(Over(folder.path(), "old\n", "new\n"));
  EXPECT_EQ(folder.Names(), Names{});
}

}  // namespace
}  // namespace dhcpair::host
