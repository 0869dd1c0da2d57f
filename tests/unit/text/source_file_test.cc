#include "text/source_file.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <set>

#include "support/map_loader.h"
#include "support/named.h"
#include "text/utf8.h"

namespace dhcpair::text {
namespace {

struct PlaceRow : test::Named {
  const char* contents;
  std::size_t offset;
  Position position;
};

class SourcePlace : public testing::TestWithParam<PlaceRow> {};

TEST_P(SourcePlace, IsWhereAnEditorShowsIt) {
  EXPECT_EQ(SourceFile("f", GetParam().contents).PositionOf(GetParam().offset),
            GetParam().position);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SourcePlace,
    testing::Values(PlaceRow{"FirstByte", "ab\ncd\n", 0, {1, 1}},
                    PlaceRow{"LineEndBelongsToItsLine", "ab\ncd\n", 2, {1, 3}},
                    PlaceRow{"FirstOfTheSecondLine", "ab\ncd\n", 3, {2, 1}},
                    PlaceRow{"EndBehindALineEnd", "ab\ncd\n", 6, {2, 4}},
                    PlaceRow{"EndWithoutALineEnd", "ab\ncd", 5, {2, 3}},
                    PlaceRow{"BeyondTheEnd", "ab", 99, {1, 3}},
                    PlaceRow{"EmptyFile", "", 0, {1, 1}},
                    PlaceRow{"BeyondTheEndOfAnEmptyFile", "", 7, {1, 1}},
                    PlaceRow{"OnlyLineEnds", "\n\n\n", 2, {3, 1}},
                    PlaceRow{"CodePointsAreColumns", "\xc3\xbc\xe2\x82\xac=1", 5, {1, 3}},
                    PlaceRow{"MalformedBytesAreColumnsToo", "\xff\xff=1", 2, {1, 3}},
                    PlaceRow{"WideLettersAreOneColumn", "\xe4\xb8\xad=1", 3, {1, 2}},
                    PlaceRow{"LineFeedOfWindows", "a\r\nb", 2, {1, 3}},
                    PlaceRow{"BehindALineEndOfWindows", "a\r\nb", 3, {2, 1}},
                    PlaceRow{"LargestOffset", "ab\ncd", SIZE_MAX, {2, 3}},
                    PlaceRow{"TabsAreOneColumn", "\t\tx", 2, {1, 3}}),
    [](const auto& row) { return row.param.name; });

TEST(SourceFile, HasLinesWithoutTheirEnds) {
  const SourceFile source("f", "one\ntwo\r\n\nfour");
  ASSERT_EQ(source.line_count(), 4u);
  EXPECT_EQ(source.Text(source.LineSpan(1)), "one");
  EXPECT_EQ(source.Text(source.LineSpan(2)), "two");
  EXPECT_EQ(source.Text(source.LineSpan(3)), "");
  EXPECT_EQ(source.Text(source.LineSpan(4)), "four");
}

TEST(SourceFile, LeavesACarriageReturnAloneThatEndsNoLine) {
  const SourceFile source("f", "a\rb\r\r\n\r");
  ASSERT_EQ(source.line_count(), 2u);
  EXPECT_EQ(source.Text(source.LineSpan(1)), "a\rb\r");
  EXPECT_EQ(source.Text(source.LineSpan(2)), "");
}

TEST(SourceFile, KeepsZerosAndMalformedBytes) {
  const std::string contents("a\0\n\xff", 4);
  const SourceFile source("f", contents);
  EXPECT_EQ(source.contents(), contents);
  EXPECT_EQ(source.line_count(), 2u);
  EXPECT_EQ(source.PositionOf(3), (Position{2, 1}));
}

TEST(SourceFile, HasOneLineAtLeast) {
  for (const char* const contents : {"", "\n", "x", "x\n"}) {
    const SourceFile source("f", contents);
    EXPECT_EQ(source.line_count(), 1u);
    EXPECT_LE(source.LineSpan(1).end, source.contents().size());
  }
}

TEST(LoadError, HasWordsOfItsOwnForEachReason) {
  std::set<std::string_view> words;
  for (const LoadError error :
       {LoadError::kNotFound, LoadError::kNotPermitted, LoadError::kIsDirectory,
        LoadError::kNotARegularFile, LoadError::kTooLarge, LoadError::kFailed}) {
    EXPECT_FALSE(Describe(error).empty());
    EXPECT_TRUE(words.insert(Describe(error)).second) << Describe(error);
  }
}

struct FolderRow : test::Named {
  std::optional<LoadError> error;
  bool is_folder;
};

class Folder : public testing::TestWithParam<FolderRow> {};

TEST_P(Folder, IsOnlyWhatCannotBeReadForBeingOne) {
  test::MapLoader loader;
  if (GetParam().error) loader.Fail("a", *GetParam().error);
  EXPECT_EQ(loader.IsFolder("a"), GetParam().is_folder);
}

INSTANTIATE_TEST_SUITE_P(Rows, Folder,
                         testing::Values(FolderRow{"Folder", LoadError::kIsDirectory, true},
                                         FolderRow{"NothingAtAll", std::nullopt, false},
                                         FolderRow{"NotFound", LoadError::kNotFound, false},
                                         FolderRow{"NotPermitted", LoadError::kNotPermitted, false},
                                         FolderRow{"Device", LoadError::kNotARegularFile, false},
                                         FolderRow{"LongFile", LoadError::kTooLarge, false},
                                         FolderRow{"BadDisk", LoadError::kFailed, false}),
                         [](const auto& row) { return row.param.name; });

// An empty file is the only one that can be read whole in no bytes.
TEST(Folder, IsNoFileWhetherEmptyOrNot) {
  test::MapLoader loader({{"empty", ""}, {"full", "one\n"}});
  EXPECT_FALSE(loader.IsFolder("empty"));
  EXPECT_FALSE(loader.IsFolder("full"));
}

TEST(SourceFile, CountsColumnsOfLongLinesAsThoseOfShortOnes) {
  std::string line;
  while (line.size() < 50'000) line += "a\xc3\xbc\xff\xf0\x9f\x98\x80";
  const SourceFile source("f", "one\n" + line + "\nthree\n" + line);
  for (std::size_t at = 0; at < line.size(); at += 997) {
    const std::size_t column = CountCodePoints(std::string_view(line).substr(0, at)) + 1;
    EXPECT_EQ(source.PositionOf(4 + at), (Position{2, column})) << at;
    EXPECT_EQ(source.PositionOf(4 + line.size() + 7 + at), (Position{4, column})) << at;
  }
  EXPECT_EQ(source.PositionOf(4 + line.size() + 1 + 2), (Position{3, 3}));
}

}  // namespace
}  // namespace dhcpair::text
