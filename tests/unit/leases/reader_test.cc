#include "leases/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "leases/leases_files.h"
#include "leases/limits.h"
#include "leases/writer.h"

namespace dhcpair::leases {
namespace {

using failover::BindingState;
using failover::State;
using testing::HasSubstr;

std::string Simple(std::string_view address, std::string_view fields = "ends never;") {
  return "lease " + std::string(address) + " { " + std::string(fields) + " }\n";
}

TEST(Reader, LetsTheLastDeclarationWinWholly) {
  const LeasesFile file = ReadLeases(
      Simple("10.0.0.1", "ends never; uid \"one\"; client-hostname \"a-long-name\"; reserved;") +
      Simple("10.0.0.2", "ends never; uid \"two\";") +
      Simple("10.0.0.1", "binding state free; uid \"a longer one than before\";") +
      Simple("10.0.0.1", "binding state backup; hardware ethernet 1:2:3:4:5:6;"));
  EXPECT_EQ(Found(file), "");
  ASSERT_EQ(file.database.size(), 2u);
  const Lease lease = LeaseOf(file.database, "10.0.0.1");
  EXPECT_EQ(lease.state, BindingState::kBackup);
  EXPECT_EQ(lease.uid, "");
  EXPECT_EQ(lease.hostname, "");
  EXPECT_EQ(lease.ends, 0);
  EXPECT_FALSE(lease.is_reserved);
  EXPECT_EQ(LeaseOf(file.database, "10.0.0.2").uid, "two");
}

TEST(Reader, NeverTrustsATornLastDeclaration) {
  const std::string before = Simple("10.0.0.1", "ends never; uid \"whole\";");
  const std::string last = "lease 10.0.0.1 {\n  ends 1 2026/11/23 19:30:00;\n  uid \"half\";\n}";
  EXPECT_EQ(LeaseOf(ReadLeases(before + last).database, "10.0.0.1").uid, "half");
  for (std::size_t size = 1; size < last.size(); ++size) {
    const LeasesFile file = ReadLeases(before + last.substr(0, size));
    EXPECT_EQ(LeaseOf(file.database, "10.0.0.1").uid, "whole") << size;
    EXPECT_EQ(Found(file), "torn:2") << size;
  }
}

TEST(Reader, SaysWhichDeclarationIsTorn) {
  const LeasesFile file = ReadLeases("\n\nlease 10.0.0.1 {\n  ends never;\n");
  ASSERT_EQ(Found(file), "torn:3");
  EXPECT_THAT(file.findings.kept()[0].message, HasSubstr("'lease 10.0.0.1' has no end"));
  EXPECT_TRUE(file.findings.has_damage());
}

TEST(Reader, TakesAnEmptyFileAndOneOfComments) {
  for (const std::string_view text : {"", "\n", "# only\n", "# without an end", " \t\r\n#\n#"}) {
    const LeasesFile file = ReadLeases(text);
    EXPECT_EQ(Found(file), "") << text;
    EXPECT_EQ(file.database.size(), 0u);
  }
}

TEST(Reader, SkipsWhatItCannotReadAndSaysSo) {
  const struct {
    std::string_view text;
    std::string_view found;
  } rows[] = {
      {"garbage here;", "junk:1"},
      {"garbage { with { blocks; } } ", "junk:1"},
      {"} } ", "junk:1 junk:1"},
      {"; ;\n;", "junk:1 junk:1 junk:2"},
      {"garbage", "junk:1"},  // Ended by the lease behind it.
      {"\x01\x02 \xfe\n", "junk:1"},
      {"lease 10.0.0 { ends never; }", "bad-lease:1"},
      {"lease 10.0.0.256 { ends never; }", "bad-lease:1"},
      {"lease 10.0.0.1000 { ends never; }", "bad-lease:1"},
      {"lease 10.0.0.-1 { ends never; }", "bad-lease:1"},
      {"lease \"10.0.0.1\" { ends never; }", "bad-lease:1"},
      {"lease { ends never; }", "bad-lease:1"},
      {"lease 10.0.0.7 ends never; }", "bad-lease:1 junk:1"},
      {"lease 10.0.0.7; ", "bad-lease:1"},
      {"lease 10.0.0.7 {\n ends never;\n bogus {\n }\n }", "bad-lease:3"},
      {"lease 10.0.0.7 {\n ends never;\n", "bad-lease:4 unfinished:1"},
      {"host h {\n hardware ethernet 1:2:3:4:5:6;\n", "bad-block:4 unfinished:1"},
      {"failover peer \"x\" state { my state frob; }", "bad-block:1"},
      {"failover peer \"x\" state { my state normal; partner state normal;",
       "bad-block:2 unfinished:1"},
      {"failover;", "bad-block:1"},
      {"host;", "bad-block:1"},
      {"class \"a\" = { }", "bad-block:1"},
      {"host \"\\x\" { }", "bad-block:1"},
      {"server-duid;", "bad-block:1"},
      {"server-duid \"\";", "bad-block:1"},
      {"server-duid 1:2:zz;", "bad-block:1"},
      {"server-duid \"a\" \"b\";", "bad-block:1"},
      {"authoring-byte-order middle-endian;", "bad-block:1"},
      {"authoring-byte-order little-endian big-endian;", "bad-block:1"},
      {"ia-na \"\\001\" { cltt 1 2030/11/23 19:30:00; iaaddr 2001:db8::1 { } }", "dhcpv6:1"},
      {"ia-pd \"x\" { }", "dhcpv6:1"},
      {"subnet 1.2.3.4 { } option domain-name \"x\";", "junk:1 junk:1"},
  };
  for (const auto& row : rows) {
    const LeasesFile file =
        ReadLeases(std::string(row.text) + "\n" + Simple("10.0.0.1", "uid \"behind\";"));
    EXPECT_EQ(Found(file), row.found) << row.text;
    EXPECT_EQ(LeaseOf(file.database, "10.0.0.1").uid, "behind") << row.text;
    EXPECT_EQ(file.database.size(), 1u) << row.text;
  }
}

TEST(Reader, StopsWhereDhcpdTakesTheFileToEnd) {
  LeasesFile file = ReadLeases(Simple("10.0.0.1") + "\xff" + Simple("10.0.0.2"));
  EXPECT_EQ(Found(file), "end-byte:2");
  EXPECT_EQ(file.database.size(), 1u);
  file = ReadLeases(Simple("10.0.0.1") + "lease 10.0.0.2 { \xff }");
  EXPECT_EQ(Found(file), "torn:2 end-byte:2");
  EXPECT_EQ(file.database.size(), 1u);
  file = ReadLeases(Simple("10.0.0.1") + "# \xff\n" + Simple("10.0.0.2"));
  EXPECT_EQ(Found(file), "") << "there it ends the comment only";
  EXPECT_EQ(file.database.size(), 2u);
}

TEST(Reader, KeepsTheLastBlockOfEachPeer) {
  const LeasesFile file = ReadLeases(
      "failover peer \"a\" state { my state recover; partner state unknown-state; mclt 0; }"
      "failover peer \"b\" state { my state normal; partner state normal; }"
      "failover peer \"a\" state { my state normal at 1 2026/11/23 19:30:00; partner state "
      "recover-done; mclt 60; }");
  EXPECT_EQ(Found(file), "");
  ASSERT_EQ(file.database.failover().size(), 2u);
  EXPECT_EQ(file.database.failover()[0].mine, State::kNormal);
  EXPECT_EQ(file.database.failover()[0].mclt, 60u);
  EXPECT_EQ(file.database.failover()[1].peer, "b");
}

TEST(Reader, KeepsHostsGroupsAndClassesAsTheyStand) {
  const LeasesFile file =
      ReadLeases(Capture("k-omapi.leases") + "host keep1 { dynamic; deleted; }");
  EXPECT_EQ(Found(file), "");
  std::vector<std::string> heads;
  for (const Declaration& declaration : file.database.declarations()) {
    heads.push_back(declaration.head);
    EXPECT_EQ(declaration.is_deleted, declaration.head == "host keep1");
  }
  EXPECT_THAT(heads, testing::ElementsAre("host nh6b0494c0564682de55a0", "host keep1", "group dyn1",
                                          "host keep2", "class \"newcls\""));
  EXPECT_EQ(file.database.server_duid.size(), 14u);
  EXPECT_EQ(file.database.byte_order, "little-endian");
}

TEST(Reader, ReadsWhatDhcpdMadeOfOddInputToTheSameLeases) {
  const LeasesFile plain = ReadLeases(Capture("k-odd-rewritten.leases"));
  const LeasesFile hex = ReadLeases(Capture("k-local-time-hex-id.leases"));
  EXPECT_EQ(Found(plain), "");
  EXPECT_EQ(Found(hex), "");
  ASSERT_EQ(plain.database.size(), 6u);
  for (Database::Index index = 0; index < plain.database.size(); ++index) {
    const Lease lease = plain.database.At(index);
    EXPECT_EQ(LeaseOf(hex.database, lease.address.ToString()), lease);
  }
  const LeasesFile input = ReadLeases(Capture("k-odd-input.leases"));
  EXPECT_EQ(Found(input), "bad-lease:5 bad-lease:11 junk:12 bad-block:14")
      << "the block names a peer, and says nothing of the partner";
  EXPECT_EQ(LeaseOf(input.database, "10.9.0.11").uid, LeaseOf(plain.database, "10.9.0.11").uid);
  EXPECT_EQ(LeaseOf(input.database, "10.9.0.13").ends, LeaseOf(plain.database, "10.9.0.13").ends);
}

class OfEveryCapture : public testing::TestWithParam<const char*> {};

TEST_P(OfEveryCapture, WhatIsPrintedIsReadBackTheSame) {
  const LeasesFile file = ReadLeases(Capture(GetParam() + std::string(".leases")));
  EXPECT_EQ(Found(file), "");
  const std::string printed = Print(file.database);
  const LeasesFile again = ReadLeases(printed);
  EXPECT_EQ(Found(again), "");
  EXPECT_EQ(again.database, file.database);
  EXPECT_EQ(Print(again.database), printed);
}

TEST_P(OfEveryCapture, PiecesOfAnySizeSayTheSameAsTheWhole) {
  const std::string text = Capture(GetParam() + std::string(".leases"));
  const LeasesFile whole = ReadLeases(text);
  for (const std::size_t size : {1, 7, 100, 4096}) {
    Reader reader;
    for (std::size_t at = 0; at < text.size(); at += size) reader.Feed(text.substr(at, size));
    const LeasesFile pieces = reader.Finish();
    EXPECT_EQ(Found(pieces), Found(whole)) << size;
    EXPECT_EQ(pieces.database, whole.database) << size;
  }
}

INSTANTIATE_TEST_SUITE_P(Reader, OfEveryCapture,
                         testing::Values("primary-normal", "secondary-normal", "primary-exhausted",
                                         "secondary-exhausted", "primary-after-conflict",
                                         "secondary-after-invalid-state",
                                         "primary-both-partner-down", "k-odd-rewritten",
                                         "k-local-time-hex-id", "k-omapi"),
                         [](const auto& row) {
                           std::string name = row.param;
                           std::erase(name, '-');
                           return name;
                         });

// Longer than a piece, so that every kind of word is cut somewhere.
TEST(Reader, CountsLinesAcrossPieces) {
  std::string text;
  std::size_t lines = 0;
  while (text.size() < (3 << 18)) {
    text += Simple("10.0.0.1", "ends 1 2026/11/23 19:30:00; uid \"a\\001\"; # \" { comment\n");
    text += "# a comment { \"\n\n";
    lines += 4;
  }
  const LeasesFile file = ReadLeases(text + "junk;\n" + Simple("10.0.0.2"));
  EXPECT_EQ(Found(file), "junk:" + std::to_string(lines + 1));
  EXPECT_EQ(file.database.size(), 2u);
  EXPECT_EQ(file.bytes, text.size() + 6 + Simple("10.0.0.2").size());
}

TEST(Reader, ReadsOnBehindACommentOfAnyLength) {
  const LeasesFile file = ReadLeases(Simple("10.0.0.1") + "#" + std::string(3 << 20, '{') + "\n" +
                                     "junk;\n" + Simple("10.0.0.2"));
  EXPECT_EQ(Found(file), "junk:3");
  EXPECT_EQ(file.database.size(), 2u);
}

TEST(Reader, EndsAtADeclarationWithoutAnyEnd) {
  for (const std::string_view begin : {"uid \"", "set x = \"", "on expiry { ", "host h { # "}) {
    const LeasesFile file =
        ReadLeases(Simple("10.0.0.1") + "lease 10.0.0.2 {\n " + std::string(begin) +
                   std::string(kDeclarationBytesMax + (1 << 19), 'x'));
    EXPECT_EQ(Found(file), "too-much:2") << begin;
    EXPECT_EQ(file.database.size(), 1u) << begin;
  }
}

TEST(Reader, CountsMillionsOfFindingsAndKeepsAFew) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "x;";
  const LeasesFile file = ReadLeases(text);
  EXPECT_EQ(file.findings.kept().size(), kFindingsKept);
  EXPECT_EQ(file.findings.CountOf(FindingKind::kJunk), 100'000u);
}

TEST(Reader, RefusesMorePeersThanAnybodyHas) {
  std::string text;
  for (std::size_t i = 0; i <= kPeersMax; ++i) {
    text += "failover peer \"" + std::to_string(i) +
            "\" state { my state normal; partner state "
            "normal; }\n";
  }
  const LeasesFile file = ReadLeases(text);
  EXPECT_EQ(Found(file), "too-much:" + std::to_string(kPeersMax + 1));
  EXPECT_EQ(file.database.failover().size(), kPeersMax);
}

}  // namespace
}  // namespace dhcpair::leases
