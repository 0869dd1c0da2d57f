#include "generate/stamp.h"

#include <gtest/gtest.h>

#include "base/sha256.h"
#include "support/named.h"

namespace dhcpair::generate {
namespace {

const StampFacts kFacts{.what = "dhcpd.conf of the primary of p",
                        .belongs_in = "/etc/dhcpd.conf on root@10.0.0.1",
                        .source_name = "pair.yaml"};
constexpr char kBody[] = "# a comment\nsubnet 10.0.0.0 netmask 255.255.255.0 {\n}\n";

std::string Replaced(std::string text, std::string_view what, std::string_view with) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << "the test replaces what is not there";
  return text.replace(at, what.size(), with);
}

std::string ReplacedEverywhere(std::string text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

TEST(Stamp, SaysWhatWhereAndFromWhichSourceAndLeavesTheBodyAlone) {
  EXPECT_EQ(Stamp(kFacts, kBody),
            "# dhcpd.conf of the primary of p; belongs in /etc/dhcpd.conf on root@10.0.0.1\n"
            "# Written by dhcpair from pair.yaml; changes made here are lost.\n"
            "# dhcpair-digest: sha256 " +
                base::Sha256Hex(kBody) + "\n" + kBody);
}

TEST(Stamp, TakesAnyBodyForItsOwn) {
  for (const std::string body : {"", "\n", "no line end", "#\n#\n#\n", "\r\n", "\xff\xfe"}) {
    EXPECT_EQ(AuthorshipOf(Stamp(kFacts, body)), Authorship::kOurs) << body;
  }
  EXPECT_EQ(AuthorshipOf(Stamp(kFacts, std::string("a\0b", 3))), Authorship::kOurs);
}

// A line end in a fact would push the digest off its line.
TEST(Stamp, KeepsEachFactOnItsLine) {
  StampFacts facts = kFacts;
  facts.what = "a\nb";
  facts.belongs_in = "c\r\nd";
  facts.source_name = "e\x1b[31mf";
  const std::string stamped = Stamp(facts, kBody);
  EXPECT_TRUE(stamped.starts_with("# a\\x0ab; belongs in c\\x0d\\x0ad\n")) << stamped;
  EXPECT_TRUE(stamped.contains("from e\\x1b[31mf;")) << stamped;
  EXPECT_EQ(AuthorshipOf(stamped), Authorship::kOurs);
}

TEST(Stamp, OfAStampedFileCountsForTheOuterOneOnly) {
  const std::string twice = Stamp(kFacts, Stamp(kFacts, kBody));
  EXPECT_EQ(AuthorshipOf(twice), Authorship::kOurs);
  EXPECT_EQ(AuthorshipOf(Replaced(twice, "netmask", "NETMASK")), Authorship::kEdited);
}

TEST(WithoutStamp, IsTheBodyOrAllOfAFileWithoutAHead) {
  EXPECT_EQ(WithoutStamp(Stamp(kFacts, kBody)), kBody);
  EXPECT_EQ(WithoutStamp(Stamp(kFacts, "")), "");
  const std::string stamped = Stamp(kFacts, "");
  for (const std::string& other : std::vector<std::string>{
           kBody, "", "#\n#\n#\n", stamped.substr(2), stamped.substr(0, stamped.size() - 1)}) {
    EXPECT_EQ(WithoutStamp(other), other);
  }
}

struct Row : test::Named {
  std::string (*change)(std::string stamped);
  Authorship authorship;
};

class StampChanged : public testing::TestWithParam<Row> {};

TEST_P(StampChanged, IsSeen) {
  EXPECT_EQ(AuthorshipOf(GetParam().change(Stamp(kFacts, kBody))), GetParam().authorship);
}

using enum Authorship;

INSTANTIATE_TEST_SUITE_P(
    Rows, StampChanged,
    testing::Values(
        Row{"Nothing", [](std::string s) { return s; }, kOurs},
        // Who wrote the body is what counts; the first two lines are for people.
        Row{"AnotherSource", [](std::string s) { return Replaced(s, "pair.yaml", "other.yaml"); },
            kOurs},
        Row{"OneByteOfTheBody", [](std::string s) { return Replaced(s, "255.0", "254.0"); },
            kEdited},
        Row{"ACommentOfTheBody", [](std::string s) { return Replaced(s, "a comment", "mine"); },
            kEdited},
        Row{"ALineMore", [](std::string s) { return s + "# more\n"; }, kEdited},
        Row{"LastLineEndLost", [](std::string s) { return s.substr(0, s.size() - 1); }, kEdited},
        Row{"BlankLineAfterTheHead",
            [](std::string s) { return Replaced(s, "\n# a comment", "\n\n# a comment"); }, kEdited},
        Row{"BodyLost", [](std::string s) { return s.substr(0, s.find("# a comment")); }, kEdited},
        Row{"LineEndOfTheDigestLost",
            [](std::string s) { return s.substr(0, s.find("\n# a comment")); }, kEdited},
        Row{"DigestCutOff",
            [](std::string s) { return s.substr(0, s.find(base::Sha256Hex(kBody))); }, kEdited},
        Row{"DigestCutInHalf",
            [](std::string s) { return s.substr(0, s.find("\n# a comment") - 32); }, kEdited},
        Row{"DigestOfAnother",
            [](std::string s) {
              return Replaced(s, base::Sha256Hex(kBody), base::Sha256Hex("another"));
            },
            kEdited},
        Row{"DigestInUpperCase",
            [](std::string s) {
              std::string upper = base::Sha256Hex(kBody);
              for (char& c : upper) c = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
              return Replaced(s, base::Sha256Hex(kBody), upper);
            },
            kEdited},
        Row{"DigestWithADigitMore",
            [](std::string s) { return Replaced(s, "\n# a comment", "0\n# a comment"); }, kEdited},
        Row{"LineEndsOfWindows", [](std::string s) { return ReplacedEverywhere(s, "\n", "\r\n"); },
            kEdited},
        Row{"LineEndsOfOldMacs", [](std::string s) { return ReplacedEverywhere(s, "\n", "\r"); },
            kForeign},
        Row{"ByteOrderMarkBefore", [](std::string s) { return "\xef\xbb\xbf" + s; }, kForeign},
        Row{"LineBefore", [](std::string s) { return "# mine now\n" + s; }, kForeign},
        Row{"FirstLineLost", [](std::string s) { return s.substr(s.find('\n') + 1); }, kForeign},
        Row{"FirstLineNoComment", [](std::string s) { return s.substr(2); }, kForeign},
        Row{"SecondLineNoComment",
            [](std::string s) { return Replaced(s, "# Written", "Written"); }, kForeign},
        Row{"DigestLineLost",
            [](std::string s) {
              return Replaced(s, "# dhcpair-digest: sha256 " + base::Sha256Hex(kBody) + "\n", "");
            },
            kForeign},
        Row{"DigestOfAnotherKind",
            [](std::string s) { return Replaced(s, "digest: sha256", "digest: sha512"); },
            kForeign},
        Row{"OnlyTheFirstLine", [](std::string s) { return s.substr(0, s.find('\n') + 1); },
            kForeign},
        Row{"OnlyTwoLines", [](std::string s) { return s.substr(0, s.find("# dhcpair-digest")); },
            kForeign},
        Row{"OnlyAHashSign", [](std::string) { return std::string("#"); }, kForeign},
        Row{"OnlyTwoHashSigns", [](std::string) { return std::string("#\n#"); }, kForeign},
        Row{"Empty", [](std::string) { return std::string(); }, kForeign},
        Row{"SomebodysOwn", [](std::string) { return std::string(kBody); }, kForeign}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace dhcpair::generate
