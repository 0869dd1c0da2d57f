// What is hostile ends in a finding: no crash, no endless loop, no memory without bounds.
#include "conf/limits.h"

#include <gtest/gtest.h>

#include <string>

#include "read_conf.h"
#include "support/named.h"

namespace dhcpair::conf {
namespace {

std::string Repeat(std::string_view text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

struct HostileRow : test::Named {
  std::string text;
  const char* rule;
};

class HostileText : public testing::TestWithParam<HostileRow> {};

TEST_P(HostileText, EndsInAFinding) {
  const test::ReadConf read = test::Read(GetParam().text);
  EXPECT_GE(read.CountOf(GetParam().rule), 1u);
  EXPECT_LT(read.diagnostics.all().size(), 500u);
  EXPECT_TRUE(read.model.has_errors);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, HostileText,
    testing::Values(
        HostileRow{"Braces", Repeat("{", 1'000'000), "conf-syntax"},
        HostileRow{"Groups", Repeat("group { ", 100'000), "conf-too-deep"},
        HostileRow{"Ifs", Repeat("if known { ", 100'000), "conf-too-deep"},
        HostileRow{"IfsInHosts", Repeat("host a { if known { ", 50'000),
                   "conf-misplaced-statement"},
        HostileRow{"Elsifs", "if known { } " + Repeat("elsif known { } ", 100'000),
                   "conf-too-deep"},
        HostileRow{"ElsifsInElsifs",
                   Repeat("if known { } " + Repeat("elsif known { } ", 100) + "else { ", 150),
                   "conf-too-deep"},
        HostileRow{"Parentheses", "set v = " + Repeat("(", 100'000), "conf-too-deep"},
        HostileRow{"Nots", "if " + Repeat("not ", 100'000) + "known { }", "conf-too-deep"},
        HostileRow{"Calls", "set v = " + Repeat("fun(", 100'000), "conf-too-deep"},
        HostileRow{"Powers", "if lease-time = " + Repeat("1 + 1 & ", 50'000) + "1 { }",
                   "conf-too-deep"},
        HostileRow{"Pools", "shared-network a { " + Repeat("pool { shared-network b { ", 50'000),
                   "conf-too-deep"},
        HostileRow{"OddMasks",
                   [] {
                     std::string text = "shared-network a {\n";
                     for (int i = 0; i < 1100; ++i) {
                       text += "subnet 0.0.0.0 netmask 128.0." + std::to_string(i / 250) + "." +
                               std::to_string(i % 250 + 2) + " { }\n";
                     }
                     return text + "}\n";
                   }(),
                   "conf-bad-subnet"}),
    [](const auto& row) { return row.param.name; });

TEST(Limits, FiveThousandElsifsInARowAreTaken) {
  const test::ReadConf read =
      test::Read("if known { } " + Repeat("elsif known { } ", kElsifMax) + "else { }");
  EXPECT_EQ(read.findings(), "");
}

TEST(Limits, TwoHundredBlocksInEachOtherAreTaken) {
  const test::ReadConf read =
      test::Read(Repeat("group { ", kBlockDepthMax) + Repeat("} ", kBlockDepthMax));
  EXPECT_EQ(read.findings(), "");
}

TEST(Limits, TenThousandMistakesOfOneFileAreReported) {
  const test::ReadConf read = test::Read(Repeat(";", 1'000'000) + "authoritative;");
  EXPECT_EQ(read.CountOf("conf-syntax"), kMistakesMax);
  EXPECT_EQ(read.CountOf("conf-too-many-mistakes"), 1u);
  EXPECT_EQ(read.diagnostics.all().size(), kMistakesMax + 1);
}

TEST(Limits, AFileThatIncludesItselfIsRefused) {
  test::MapLoader loader;
  loader.Put("/a", "include \"/b\";");
  loader.Put("/b", "include \"/a\";");
  const test::ReadConf read = test::Read("include \"/a\";", loader);
  EXPECT_EQ(read.CountOf("conf-include-loop"), 1u) << read.findings();
}

TEST(Limits, IncludesThatMultiplyAreCut) {
  test::MapLoader loader;
  for (int i = 0; i < 20; ++i) {
    const std::string next = "include \"/" + std::to_string(i + 1) + "\"; ";
    loader.Put("/" + std::to_string(i), Repeat(next, 10));
  }
  loader.Put("/20", "");
  const test::ReadConf read = test::Read("include \"/0\";", loader);
  EXPECT_EQ(read.CountOf("conf-too-much"), 1u);
  EXPECT_LE(read.model.files.size(), kIncludesMax + 1);
}

struct UnreadableRow : test::Named {
  text::LoadError error;
  const char* words;
};

class UnreadableInclude : public testing::TestWithParam<UnreadableRow> {};

TEST_P(UnreadableInclude, IsFoundAtItsPlace) {
  test::MapLoader loader;
  loader.Fail("/x", GetParam().error);
  const test::ReadConf read = test::Read("# first\n  include \"/x\";", loader);
  EXPECT_TRUE(read.findings().starts_with("dhcpd.conf:2:11: error: cannot read '/x': "))
      << read.findings();
  EXPECT_TRUE(read.findings().contains(GetParam().words)) << read.findings();
}

INSTANTIATE_TEST_SUITE_P(
    Rows, UnreadableInclude,
    testing::Values(UnreadableRow{"Missing", text::LoadError::kNotFound, "no such file"},
                    UnreadableRow{"Forbidden", text::LoadError::kNotPermitted, "permission"},
                    UnreadableRow{"Folder", text::LoadError::kIsDirectory, "directory"},
                    UnreadableRow{"Device", text::LoadError::kNotARegularFile, "regular file"},
                    UnreadableRow{"TooLarge", text::LoadError::kTooLarge, "large"}),
    [](const auto& row) { return row.param.name; });

TEST(Range, HoldsAsManyAddressesAsDhcpdHasRoomFor) {
  const auto errors = [](const std::string& ends) {
    return test::Read("subnet 10.0.0.0 netmask 255.0.0.0 { range " + ends + "; }\n")
        .CountOf("conf-range-too-large");
  };
  EXPECT_EQ(errors("10.0.0.0 10.215.148.51"), 0u);
  EXPECT_EQ(errors("10.0.0.0 10.215.148.52"), 1u);
  EXPECT_EQ(errors("10.215.148.51 10.0.0.0"), 0u);
  EXPECT_EQ(errors("10.215.148.52 10.0.0.0"), 1u);
}

}  // namespace
}  // namespace dhcpair::conf
