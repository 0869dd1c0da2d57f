#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>

#include "support/findings.h"
#include "support/named.h"
#include "text/render.h"
#include "text/utf8.h"

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

std::string Times(int times, const std::string& text) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
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
        ExcerptRow{"WideLetters", "\xe4\xb8\xad\xe6\x96\x87: 1\n", "1",
                   "    \xe4\xb8\xad\xe6\x96\x87: 1\n          ^\n"},
        ExcerptRow{"MarkedWideLetters", "x: \xe4\xb8\xad\xe6\x96\x87\n", "\xe4\xb8\xad\xe6\x96\x87",
                   "    x: \xe4\xb8\xad\xe6\x96\x87\n       ^~~~\n"},
        ExcerptRow{"Pictures", "\xf0\x9f\x98\x80\xe2\x9c\x85 1\n", "1",
                   "    \xf0\x9f\x98\x80\xe2\x9c\x85 1\n         ^\n"},
        // macOS writes an umlaut in file names as a letter and a mark above it.
        ExcerptRow{"LettersOfTwoCodePoints", "u\xcc\x88: 1\n", "1", "    u\xcc\x88: 1\n       ^\n"},
        ExcerptRow{"AMarkedMarkHasACaret", "u\xcc\x88\n", "\xcc\x88", "    u\xcc\x88\n     ^\n"},
        ExcerptRow{"ByteOrderMark", "\xef\xbb\xbfx: 1\n", "1", "    \xef\xbb\xbfx: 1\n       ^\n"},
        ExcerptRow{"ATurnedDirection", "\xe2\x80\xaex: 1\n", "1",
                   "    \\u202ex: 1\n             ^\n"},
        ExcerptRow{"ALineThatIsNotTheFirst", "a\n\n\tb: 1\nc\n", "1", "    b: 1\n       ^\n"},
        ExcerptRow{"AnEmptyFile", "", "", "    \n    ^\n"},
        ExcerptRow{"TheLineEndIsMarked", "x: 1\n", "\n", "    x: 1\n        ^\n"},
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
        ExcerptRow{"AMegabyteOfLeadingBlanks", std::string(1 << 20, ' ') + "x", "x",
                   "    x\n    ^\n"},
        ExcerptRow{"AMegabyteBeforeTheMark", std::string(1 << 20, 'a') + "MARK", "MARK",
                   "    ..." + std::string(60, 'a') + "MARK\n" + std::string(67, ' ') + "^~~~\n"},
        ExcerptRow{"AMegabyteBehindTheMark", "MARK" + std::string(1 << 20, 'a'), "MARK",
                   "    MARK" + std::string(32, 'a') + "...\n    ^~~~\n"},
        // Each is a step of its own, however many there are; the line is 60 of them.
        ExcerptRow{"StrayContinuationBytesBeforeTheMark", std::string(1 << 20, '\x80') + "MARK",
                   "MARK",
                   "    ..." + Times(60, "\\x80") + "MARK\n" + std::string(247, ' ') + "^~~~\n"},
        ExcerptRow{"ALetterIsNotCutInTwo", Times(100, "\xc3\xbc") + "MARK", "MARK",
                   "    ..." + Times(60, "\xc3\xbc") + "MARK\n" + std::string(67, ' ') + "^~~~\n"},
        ExcerptRow{"AMegabyteOfAMark", std::string(1 << 20, 'm'), std::string(1 << 20, 'm'),
                   "    " + std::string(36, 'm') + "...\n    ^" + std::string(35, '~') + "\n"}),
    [](const auto& row) { return row.param.name; });

TEST(RenderTerminal, ShowsAllFindingsInTheirOrder) {
  const SourcePtr source = test::Source("f", "one two");
  Diagnostics diagnostics = test::Only(FindingAt(source, "two"));
  diagnostics.Add(FindingAt(source, "one"));
  EXPECT_EQ(RenderTerminal(diagnostics, Color::kNever),
            Plain(diagnostics.all()[0]) + Plain(diagnostics.all()[1]));
  EXPECT_EQ(RenderTerminal(Diagnostics{}, Color::kAlways), "");
}

TEST(RenderTerminal, ShowsNotesInAnotherFileAndAboutOneAsAWhole) {
  Diagnostic diagnostic = FindingAt(test::Source("f", "one"), "one");
  diagnostic.notes.push_back({"it comes from here", WholeFile(test::Source("g", "two\n"))});
  diagnostic.notes.push_back({"and here", FindingAt(test::Source("h", "a\nthree"), "three").at});
  EXPECT_THAT(Plain(diagnostic), HasSubstr("\ng: note: it comes from here\n"
                                           "h:2:1: note: and here\n"
                                           "    three\n"
                                           "    ^~~~~\n"));
}

struct DhcpdLineRow : test::Named {
  std::optional<std::size_t> line;
  const char* end;
};

class DhcpdLine : public testing::TestWithParam<DhcpdLineRow> {};

TEST_P(DhcpdLine, IsToldWhereItIsNotTheLineOfTheFinding) {
  Diagnostic diagnostic = FindingAt(test::Source("f", "one\ntwo\n"), "two");
  diagnostic.dhcpd_line = GetParam().line;
  const std::string shown = Plain(diagnostic);
  EXPECT_EQ(shown.substr(0, shown.find('\n')),
            std::string("f:2:1: error: it is wrong [pair-an-error]") + GetParam().end);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, DhcpdLine,
    testing::Values(DhcpdLineRow{"None", std::nullopt, ""}, DhcpdLineRow{"Same", 2, ""},
                    DhcpdLineRow{"Later", 3, " (dhcpd reports line 3)"},
                    DhcpdLineRow{"OfTheFirstToken", 0, " (dhcpd reports line 0)"}),
    [](const auto& row) { return row.param.name; });

struct HostileRow : test::Named {
  std::string text;
};

class TerminalHostile : public testing::TestWithParam<HostileRow> {};

// A finding that has the text in every place that a user's file can fill.
Diagnostic FullOf(const std::string& text) {
  const SourcePtr source = test::Source(text, text + "MARK" + text + "KRAM" + text);
  Diagnostic diagnostic = FindingAt(source, "MARK" + text + "KRAM");
  diagnostic.message = text;
  diagnostic.notes.push_back({text, FindingAt(source, "KRAM").at});
  diagnostic.notes.push_back({text, std::nullopt});
  return diagnostic;
}

TEST_P(TerminalHostile, SendsNothingToTheTerminalThatItObeys) {
  const std::string& text = GetParam().text;
  for (const Color color : {Color::kNever, Color::kAlways}) {
    const std::string shown = RenderTerminal(FullOf(text), color);
    const std::string harmless = RenderTerminal(FullOf("x"), color);
    // Our own colours and line ends are the same whatever the user wrote.
    for (const char ours : {'\x1b', '\n'}) {
      EXPECT_EQ(std::ranges::count(shown, ours), std::ranges::count(harmless, ours));
    }
    EXPECT_THAT(shown, Not(HasSubstr(text)));
    std::string rest = shown;
    std::erase_if(rest, [](char c) { return c == '\n' || c == '\x1b'; });
    EXPECT_EQ(Visible(rest), rest) << "what is left is all fit to be shown";
  }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, TerminalHostile,
    testing::Values(HostileRow{"Colour", "\x1b[31m"}, HostileRow{"Clearing", "\x1b[2J"},
                    HostileRow{"Title", "\x1b]0;title\x07"}, HostileRow{"EscapesAlone", "\x1b\x1b"},
                    HostileRow{"Backspace", "\b\b\b"}, HostileRow{"CarriageReturn", "\rok"},
                    HostileRow{"Zero", std::string(1, '\0')}, HostileRow{"Delete", "\x7f"},
                    HostileRow{"ControlOfTheUpperHalf", "\xc2\x9b[31m"},
                    HostileRow{"BareByteOfTheUpperHalf", "\x9b[31m"},
                    HostileRow{"MalformedByte", "\xff"}, HostileRow{"CutShort", "\xe2\x82"},
                    HostileRow{"TurnedDirection", "\xe2\x80\xae"},
                    HostileRow{"ArabicLetterMark", "\xd8\x9c"},
                    HostileRow{"Isolate", "\xe2\x81\xa7"}, HostileRow{"Tab", "\t\t"}),
    [](const auto& row) { return row.param.name; });

// In a file a line end ends a line; in a name or in a message it would be a line of our own.
TEST(RenderTerminal, LetsNoMessageLookLikeAnotherFinding) {
  Diagnostic diagnostic = FindingAt(test::Source("f\ng: error: not me", "one"), "one");
  diagnostic.message = "wrong\r\nerror: not me";
  diagnostic.notes.push_back({"see\nerror: not me", std::nullopt});
  EXPECT_THAT(Plain(diagnostic), Not(HasSubstr("\nerror:")));
  EXPECT_THAT(Plain(diagnostic), Not(HasSubstr("\ng:")));
}

TEST(RenderTerminal, ColoursOnlyOurOwnWordsAndEndsEachColour) {
  const SourcePtr source = test::Source("f", "one");
  const std::string shown = RenderTerminal(FindingAt(source, "one"), Color::kAlways);
  EXPECT_EQ(shown,
            "\x1b[1mf:1:1:\x1b[0m \x1b[1;31merror:\x1b[0m it is wrong [pair-an-error]\n"
            "    one\n"
            "    \x1b[1;32m^~~\x1b[0m\n");
}

TEST(RenderTerminal, ShowsTheSameWordsWithColoursAndWithout) {
  Diagnostic diagnostic = FindingAt(test::Source("f", "one two"), "two", test::kWarningRule);
  diagnostic.notes.push_back({"see here", FindingAt(diagnostic.at.source, "one").at});
  std::string shown = RenderTerminal(diagnostic, Color::kAlways);
  for (std::size_t at = 0; (at = shown.find('\x1b', at)) != std::string::npos;) {
    shown.erase(at, shown.find('m', at) + 1 - at);
  }
  EXPECT_EQ(shown, Plain(diagnostic));
}

}  // namespace
}  // namespace dhcpair::text
