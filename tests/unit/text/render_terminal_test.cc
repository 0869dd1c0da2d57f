#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/findings.h"
#include "support/named.h"
#include "text/render.h"

namespace dhcpair::text {
namespace {

using test::FindingAt;
using testing::HasSubstr;
using testing::Not;

std::string Plain(const Diagnostic& diagnostic) {
  return RenderTerminal(diagnostic, Color::kNever);
}

TEST(RenderTerminal, ShowsPlaceMessageRuleLineAndCaret) {
  const SourcePtr source = test::Source("pair.yaml", "pair: p\nfailover:\n  mclt: 0800\n");
  EXPECT_EQ(Plain(FindingAt(source, "0800")),
            "pair.yaml:3:9: error: it is wrong [pair-an-error]\n"
            "    mclt: 0800\n"
            "          ^~~~\n");
}

TEST(RenderTerminal, NamesTheNodeAndTheSeverity) {
  const SourcePtr source = test::Source("f", "one");
  Diagnostic warning = FindingAt(source, "one", test::kWarningRule);
  warning.node = "primary";
  EXPECT_THAT(Plain(warning),
              HasSubstr("f:1:1: warning: it is wrong [conf-a-warning] (on primary)\n"));
  EXPECT_THAT(Plain(FindingAt(source, "one", test::kAdviceRule)), HasSubstr("f:1:1: advice: "));
}

TEST(RenderTerminal, ShowsNoLineOfAFileAsAWhole) {
  EXPECT_EQ(Plain({&test::kErrorRule, WholeFile(test::Source("f", "one\n")), "it is wrong"}),
            "f: error: it is wrong [pair-an-error]\n");
}

TEST(RenderTerminal, ShowsNotesWithTheirPlaces) {
  const SourcePtr source = test::Source("f", "one two");
  Diagnostic diagnostic = FindingAt(source, "two");
  diagnostic.notes.push_back({"the other is here", FindingAt(source, "one").at});
  diagnostic.notes.push_back({"a second sentence", std::nullopt});
  EXPECT_EQ(Plain(diagnostic),
            "f:1:5: error: it is wrong [pair-an-error]\n"
            "    one two\n"
            "        ^~~\n"
            "f:1:1: note: the other is here\n"
            "    one two\n"
            "    ^~~\n"
            "f:1:5: note: a second sentence\n");
}

struct ExcerptRow : test::Named {
  std::string contents;
  std::string marked;
  std::string excerpt;
};

class Excerpt : public testing::TestWithParam<ExcerptRow> {};

TEST_P(Excerpt, HasItsCaretBelowTheFirstCharacter) {
  const std::string shown =
      Plain(FindingAt(test::Source("f", GetParam().contents), GetParam().marked));
  EXPECT_EQ(shown.substr(shown.find('\n') + 1), GetParam().excerpt);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Excerpt,
    testing::Values(
        ExcerptRow{"LeadingBlanksAreCut", "        x: 1\n", "1", "    x: 1\n       ^\n"},
        ExcerptRow{"ATabIsOneColumn", "\tx:\t1\n", "1", "    x: 1\n       ^\n"},
        ExcerptRow{"LettersOfSeveralBytes", "\xc3\xbc\xc3\xbc: 1\n", "1",
                   "    \xc3\xbc\xc3\xbc: 1\n        ^\n"},
        ExcerptRow{"MarkedLettersOfSeveralBytes", "\xc3\xbc\xc3\xbc: 1\n", "\xc3\xbc\xc3\xbc",
                   "    \xc3\xbc\xc3\xbc: 1\n    ^~\n"},
        ExcerptRow{"EscapesBeforeTheMark", "\x1b[2J: 1\n", "1",
                   "    \\x1b[2J: 1\n             ^\n"},
        ExcerptRow{"EscapesInTheMark", "x: \x1b]0;\n", "\x1b]0;",
                   "    x: \\x1b]0;\n       ^~~~~~~\n"},
        ExcerptRow{"MalformedBytes", "x: \xff\xfe\n", "\xff\xfe",
                   "    x: \\xff\\xfe\n       ^~~~~~~~\n"},
        ExcerptRow{"NothingMarked", "x: 1\n", "", "    x: 1\n    ^\n"},
        ExcerptRow{"AMarkOverLinesEndsWithTheFirst", "x: [1,\n2]\n", "[1,\n2]",
                   "    x: [1,\n       ^~~\n"},
        ExcerptRow{"ALineEndOfWindows", "x: 1\r\n", "1", "    x: 1\n       ^\n"},
        ExcerptRow{"ABlankThatIsMarked", "   x\n", "  ", "       x\n    ^~\n"},
        ExcerptRow{"ALongLineIsCutOnBothSides",
                   std::string(100, 'a') + "MARK" + std::string(100, 'b'), "MARK",
                   "    ..." + std::string(60, 'a') + "MARK" + std::string(32, 'b') + "...\n" +
                       std::string(67, ' ') + "^~~~\n"},
        ExcerptRow{"AMegabyteOfAMark", std::string(1 << 20, 'm'), std::string(1 << 20, 'm'),
                   "    " + std::string(36, 'm') + "...\n    ^" + std::string(35, '~') + "\n"}),
    [](const auto& row) { return row.param.name; });

TEST(RenderTerminal, LetsNothingOfTheUsersFilesReachTheTerminal) {
  const SourcePtr source = test::Source("na\x1b[2Jme", "one\x1b[31m two");
  Diagnostic diagnostic = FindingAt(source, "two");
  diagnostic.message = "'\x1b]0;title\x07' is wrong\nerror: not me";
  diagnostic.notes.push_back({"see \x1b[1m", diagnostic.at});
  const std::string shown = Plain(diagnostic);
  EXPECT_THAT(shown, Not(HasSubstr("\x1b")));
  EXPECT_THAT(shown, Not(HasSubstr("\x07")));
  EXPECT_THAT(shown, Not(HasSubstr("\nerror:")));
}

TEST(RenderTerminal, ColoursOnlyOurOwnWordsAndEndsEachColour) {
  const SourcePtr source = test::Source("f", "one");
  const std::string shown = RenderTerminal(FindingAt(source, "one"), Color::kAlways);
  EXPECT_EQ(shown,
            "\x1b[1mf:1:1:\x1b[0m \x1b[1;31merror:\x1b[0m it is wrong [pair-an-error]\n"
            "    one\n"
            "    \x1b[1;32m^~~\x1b[0m\n");
}

}  // namespace
}  // namespace dhcpair::text
