#include "sync/drift.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "support/named.h"

namespace dhcpair::sync {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

ManagedFile Wanted(ManagedKind kind, std::string path, std::string sha256 = "aa") {
  return {.kind = kind,
          .path = std::move(path),
          .from = std::make_shared<const text::SourceFile>("local", ""),
          .mode = 0644,
          .sha256 = std::move(sha256)};
}

NodeFacts Node(std::vector<FileFacts> files) {
  NodeFacts node;
  node.files = std::move(files);
  return node;
}

struct Row : test::Named {
  FileFacts found;
  bool differs;
  std::string described;
};

class OneFile : public testing::TestWithParam<Row> {};

TEST_P(OneFile, IsComparedWithWhatIsHereAndWithWhatWasPushed) {
  const Row& row = GetParam();
  const std::vector<ManagedFile> files{Wanted(ManagedKind::kMaster, "/m")};
  const auto drifts = CompareWithLocal(files, Node({row.found}));
  ASSERT_EQ(drifts.size(), 1u);
  EXPECT_EQ(drifts[0].differs(), row.differs);
  EXPECT_EQ(Describe(drifts[0]), row.described);
}

FileFacts Regular(std::string sha256, std::string pushed = "", int mode = 0644) {
  return {.path = "/m",
          .kind = FileKind::kRegular,
          .sha256 = std::move(sha256),
          .mode = mode,
          .pushed_sha256 = std::move(pushed)};
}

INSTANTIATE_TEST_SUITE_P(
    Rows, OneFile,
    testing::Values(
        Row{{"Same"}, Regular("aa"), false, "same"},
        Row{{"SameAndPushed"}, Regular("aa", "aa"), false, "same"},
        // Somebody took the new file over by hand: nothing is left to be done.
        Row{{"SameThoughEdited"}, Regular("aa", "bb"), false, "same"},
        Row{{"Other"}, Regular("bb"), true, "differs from what is here"},
        Row{{"OtherAsPushed"}, Regular("bb", "bb"), true, "differs from what is here"},
        Row{{"Edited"},
            Regular("bb", "aa"),
            true,
            "differs from what is here, was changed by hand since the last push"},
        Row{{"NarrowerMode"}, Regular("aa", "", 0600), false, "same"},
        Row{{"WiderMode"}, Regular("aa", "", 0664), true, "has mode 0664 instead of 0644"},
        Row{{"ModeBothWiderAndNarrower"},
            Regular("aa", "", 0602),
            true,
            "has mode 0602 instead of 0644"},
        Row{{"OtherInBoth"},
            Regular("bb", "", 0666),
            true,
            "differs from what is here, has mode 0666 instead of 0644"},
        Row{{"Missing"}, {.path = "/m"}, true, "is missing"},
        Row{{"Removed"},
            {.path = "/m", .pushed_sha256 = "aa"},
            true,
            "is missing, was changed by hand since the last push"},
        Row{{"Link"}, {.path = "/m", .kind = FileKind::kSymlink}, true, "is a symbolic link"},
        Row{{"Folder"},
            {.path = "/m", .kind = FileKind::kOther},
            true,
            "is neither a file nor a link"},
        Row{{"NotAskedFor"}, {.path = "/other", .kind = FileKind::kRegular}, true, "is missing"}),
    testing::PrintToStringParamName());

TEST(Drift, KnowsLocalFilesThatWaitToBePushed) {
  const std::vector<ManagedFile> files{Wanted(ManagedKind::kMaster, "/m")};
  EXPECT_TRUE(CompareWithLocal(files, Node({Regular("bb", "bb")}))[0].is_unpushed);
  EXPECT_FALSE(CompareWithLocal(files, Node({Regular("bb", "aa")}))[0].is_unpushed);
  EXPECT_FALSE(CompareWithLocal(files, Node({Regular("bb")}))[0].is_unpushed);
}

TEST(Drift, OfAPushThatHasNotEndedIsNoChangeByHand) {
  const std::vector<ManagedFile> files{Wanted(ManagedKind::kMaster, "/m")};
  const struct {
    PushPhase phase;
    const char* described;
  } rows[] = {
      {PushPhase::kStaged, "differs from what is here, was changed by hand since the last push"},
      {PushPhase::kCommitted, "differs from what is here, is from a push that has not ended"},
      {PushPhase::kReady, "differs from what is here, is from a push that has not ended"},
      {PushPhase::kConfirmed, "differs from what is here, was changed by hand since the last push"},
      {PushPhase::kRolledBack,
       "differs from what is here, was changed by hand since the last push"},
  };
  for (const auto& row : rows) {
    NodeFacts node = Node({Regular("bb", "cc")});
    node.push = PushFacts{.id = "p1", .phase = row.phase};
    EXPECT_EQ(Describe(CompareWithLocal(files, node)[0]), row.described);
  }
}

FileDrift Found(ManagedKind kind, std::string path, std::string sha256,
                FileKind found = FileKind::kRegular) {
  return {.kind = kind, .path = std::move(path), .found = found, .sha256 = std::move(sha256)};
}

std::vector<std::string> Between(const PerRole<std::vector<FileDrift>>& drifts) {
  std::vector<std::string> paths;
  for (const SharedDrift& drift : CompareNodes(drifts)) {
    paths.push_back(drift.path.primary + " " + drift.path.secondary);
  }
  return paths;
}

TEST(DriftBetweenNodes, IsOfSharedFilesOnly) {
  const std::vector<FileDrift> primary{
      Found(ManagedKind::kConf, "/c", "11"), Found(ManagedKind::kOmapiKey, "/k", "22"),
      Found(ManagedKind::kMaster, "/m", "33"), Found(ManagedKind::kShared, "/s", "44")};
  std::vector<FileDrift> secondary{Found(ManagedKind::kConf, "/c", "99"),
                                   Found(ManagedKind::kMaster, "/n", "33"),
                                   Found(ManagedKind::kShared, "/s", "44")};
  EXPECT_THAT(Between({primary, secondary}), IsEmpty());
  secondary[1].sha256 = "34";
  EXPECT_THAT(Between({primary, secondary}), ElementsAre("/m /n"));
  secondary[2] = Found(ManagedKind::kShared, "/s", "", FileKind::kMissing);
  EXPECT_THAT(Between({primary, secondary}), ElementsAre("/m /n", "/s /s"));
}

TEST(DriftBetweenNodes, IsNoneWhereBothLackAFile) {
  const std::vector<FileDrift> missing{Found(ManagedKind::kMaster, "/m", "", FileKind::kMissing)};
  EXPECT_THAT(Between({missing, missing}), IsEmpty());
}

}  // namespace
}  // namespace dhcpair::sync
