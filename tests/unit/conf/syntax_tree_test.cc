#include "conf/syntax_tree.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "read_conf.h"
#include "support/named.h"

namespace dhcpair::conf {
namespace {

// Each node lies in the one around it and behind the one before it, and the sizes add up.
void ExpectWellFormed(const SyntaxTree& tree, const std::string& text) {
  ASSERT_FALSE(tree.nodes.empty()) << text;
  ASSERT_EQ(tree.nodes[0].size, tree.nodes.size()) << text;
  for (std::size_t node = 0; node < tree.nodes.size(); ++node) {
    std::size_t from = tree.nodes[node].begin;
    std::size_t next = node + 1;
    for (const std::size_t child : tree.ChildrenOf(node)) {
      ASSERT_EQ(child, next) << text;
      ASSERT_LE(from, tree.nodes[child].begin) << text;
      ASSERT_LE(tree.nodes[child].begin, tree.nodes[child].end) << text;
      ASSERT_LE(tree.nodes[child].end, tree.nodes[node].end) << text;
      from = tree.nodes[child].end;
      next = child + tree.nodes[child].size;
    }
    ASSERT_EQ(next, node + tree.nodes[node].size) << text;
  }
}

void ExpectSameBytes(const std::string& text) {
  const test::ReadConf read = test::Read(text);
  ExpectWellFormed(read.model.files[0], text);
  EXPECT_EQ(Print(read.model.files[0]), text);
}

std::string Contents(const std::string& path) {
  const char* const root = std::getenv("DHCPAIR_SOURCE_ROOT");
  std::ifstream in(std::string(root == nullptr ? "." : root) + "/tests/corpus/" + path,
                   std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct CorpusRow : test::Named {
  const char* file;
};

class CorpusFile : public testing::TestWithParam<CorpusRow> {};

// The files are pieces, each behind a line that begins with "=== ".
TEST_P(CorpusFile, ComesBackFromItsTreeByteForByte) {
  const std::string text = Contents(GetParam().file);
  ASSERT_GT(text.size(), 1000u);
  ExpectSameBytes(text);
  std::size_t pieces = 0;
  for (std::size_t at = text.find("\n=== "); at != std::string::npos; ++pieces) {
    const std::size_t begin = text.find('\n', at + 1) + 1;
    at = text.find("\n=== ", begin - 1);
    ExpectSameBytes(text.substr(begin, std::min(at, text.size()) - begin));
  }
  RecordProperty("pieces", static_cast<int>(pieces));
}

// Every prefix ends in the middle of something.
TEST_P(CorpusFile, ComesBackFromItsTreeWhereverItIsCutOff) {
  const std::string text = Contents(GetParam().file);
  for (std::size_t end = 0; end < text.size(); end += 97) ExpectSameBytes(text.substr(0, end));
}

INSTANTIATE_TEST_SUITE_P(Rows, CorpusFile,
                         testing::Values(CorpusRow{"Accepted", "accepted.txt"},
                                         CorpusRow{"Mistakes", "mistakes.txt"},
                                         CorpusRow{"Site", "site.conf"}),
                         [](const auto& row) { return row.param.name; });

struct OddRow : test::Named {
  std::string text;
};

class OddText : public testing::TestWithParam<OddRow> {};

TEST_P(OddText, ComesBackFromItsTreeByteForByte) { ExpectSameBytes(GetParam().text); }

INSTANTIATE_TEST_SUITE_P(
    Rows, OddText,
    testing::Values(OddRow{"Nothing", ""}, OddRow{"OnlySpace", " \n\t"},
                    OddRow{"OnlyAComment", "# a"}, OddRow{"Zeros", std::string(5, '\0')},
                    OddRow{"ByteOrderMark",
                           "\xef\xbb\xbf"
                           "authoritative;"},
                    OddRow{"Crlf", "subnet 10.0.0.0 netmask 255.0.0.0 {\r\n}\r\n"},
                    OddRow{"ClosedTwice", "}}} authoritative; }"},
                    OddRow{"NeverClosed", "group { group { host a { option"},
                    OddRow{"UnclosedString", "include \"a"},
                    OddRow{"BraceInAValue", "option routers } authoritative;"},
                    OddRow{"BlockInAValue", "group { option routers { authoritative; } }"},
                    OddRow{"AllBytes",
                           [] {
                             std::string all;
                             for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
                             return all;
                           }()}),
    [](const auto& row) { return row.param.name; });

constexpr char kNested[] =
    "# first\n"
    "subnet 10.0.0.0 netmask 255.0.0.0 { # second\n"
    "  option routers 10.0.0.1;\n"
    "  pool { range 10.0.0.9; } # \"third\"\n"
    "}\n"
    "option domain-name \"# none\"; # last";

TEST(SyntaxTree, HasANodeForEveryStatement) {
  const test::ReadConf read = test::Read(kNested);
  EXPECT_EQ(read.findings(), "");
  const SyntaxTree& tree = read.model.files[0];
  const auto top = tree.ChildrenOf(0);
  ASSERT_EQ(top.size(), 2u);
  EXPECT_EQ(tree.nodes[top[0]].kind, NodeKind::kSubnet);
  EXPECT_EQ(tree.nodes[top[1]].kind, NodeKind::kOption);
  const auto block = tree.ChildrenOf(top[0]);
  ASSERT_EQ(block.size(), 1u);
  EXPECT_EQ(tree.nodes[block[0]].kind, NodeKind::kBlock);
  const auto inside = tree.ChildrenOf(block[0]);
  ASSERT_EQ(inside.size(), 2u);
  EXPECT_EQ(tree.Text(tree.nodes[inside[0]].span()), "option routers 10.0.0.1;");
  EXPECT_EQ(tree.Text(tree.nodes[inside[1]].span()), "pool { range 10.0.0.9; }");
}

TEST(SyntaxTree, FindsTheInnermostStatementOfAByte) {
  const test::ReadConf read = test::Read(kNested);
  const SyntaxTree& tree = read.model.files[0];
  const std::string_view text = kNested;
  const auto at = [&](std::string_view what) { return tree.NodeAt(text.find(what)); };
  EXPECT_EQ(tree.nodes[at("# first")].kind, NodeKind::kFile);
  EXPECT_EQ(tree.nodes[at("netmask")].kind, NodeKind::kSubnet);
  EXPECT_EQ(tree.nodes[at("{ #")].kind, NodeKind::kSubnet) << "a block is no statement";
  EXPECT_EQ(tree.nodes[at("routers")].kind, NodeKind::kOption);
  EXPECT_EQ(tree.nodes[at("range")].kind, NodeKind::kRange);
  EXPECT_EQ(tree.nodes[at("# \"third\"")].kind, NodeKind::kSubnet);
  EXPECT_EQ(tree.nodes[tree.NodeAt(text.size() + 9)].kind, NodeKind::kFile);
}

TEST(SyntaxTree, TellsCommentsFromStrings) {
  const test::ReadConf read = test::Read(kNested);
  std::string found;
  for (const text::Span comment : Comments(read.model.files[0])) {
    found += std::string(read.model.files[0].Text(comment)) + "|";
  }
  EXPECT_EQ(found, "# first|# second|# \"third\"|# last|");
}

TEST(SyntaxTree, ReadsTheTokensOfAPartAgain) {
  const test::ReadConf read = test::Read(kNested);
  const SyntaxTree& tree = read.model.files[0];
  const std::size_t pool = tree.NodeAt(std::string_view(kNested).find("pool"));
  const auto tokens = tree.TokensOf(tree.nodes[pool].span());
  ASSERT_EQ(tokens.size(), 12u);
  EXPECT_EQ(tokens[0].line, 4u);
  EXPECT_EQ(tree.Text(tokens[2]), "range");
  EXPECT_EQ(tree.Text(tokens.back()), "}");
}

TEST(SyntaxTree, SkipsAStatementWithAMistakeAsAWhole) {
  const test::ReadConf read = test::Read("option routers { a; } authoritative;");
  const SyntaxTree& tree = read.model.files[0];
  const auto top = tree.ChildrenOf(0);
  ASSERT_EQ(top.size(), 2u) << read.findings();
  EXPECT_EQ(tree.nodes[top[0]].kind, NodeKind::kSkipped);
  EXPECT_EQ(tree.Text(tree.nodes[top[0]].span()), "option routers { a; }");
  EXPECT_EQ(tree.nodes[top[1]].kind, NodeKind::kParameter);
}

}  // namespace
}  // namespace dhcpair::conf
