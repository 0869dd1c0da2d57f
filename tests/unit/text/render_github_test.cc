#include <gtest/gtest.h>

#include "support/findings.h"
#include "support/named.h"
#include "text/render.h"

namespace dhcpair::text {
namespace {

using test::FindingAt;
using test::Only;

TEST(RenderGithub, IsOneWorkflowCommandForEachFinding) {
  const SourcePtr source = test::Source("pair.yaml", "pair: p\nmclt: 0800\n");
  Diagnostics diagnostics = Only(FindingAt(source, "0800"));
  diagnostics.Add(FindingAt(source, "mclt", test::kWarningRule));
  diagnostics.Add({&test::kAdviceRule, WholeFile(source), "worth knowing"});
  EXPECT_EQ(RenderGithub(diagnostics),
            "::error file=pair.yaml,line=2,col=7,endLine=2,endColumn=11,title=pair-an-error::it is "
            "wrong\n"
            "::warning file=pair.yaml,line=2,col=1,endLine=2,endColumn=5,title=conf-a-warning::it "
            "is wrong\n"
            "::notice file=pair.yaml,title=pair-an-advice::worth knowing\n");
}

TEST(RenderGithub, SaysNodeAndNotesInTheMessageForThereIsNoOtherPlace) {
  Diagnostic diagnostic{&test::kErrorRule, WholeFile(test::Source("f", "")), "it is wrong"};
  diagnostic.notes.push_back({"the other is elsewhere", std::nullopt});
  diagnostic.node = "secondary";
  EXPECT_EQ(RenderGithub(Only(diagnostic)),
            "::error file=f,title=pair-an-error::it is wrong; the other is elsewhere (on "
            "secondary)\n");
}

TEST(RenderGithub, CountsCodePointsAndNamesTheEndOfAMarkOverLines) {
  const SourcePtr source = test::Source("f", "\xc3\xbc: [1,\n  2]\n");
  EXPECT_EQ(RenderGithub(Only(FindingAt(source, "[1,\n  2]"))),
            "::error file=f,line=1,col=4,endLine=2,endColumn=5,title=pair-an-error::it is wrong\n");
}

// Notes and the message share a line, so what holds for the one has to hold for the others.
TEST(RenderGithub, EscapesNotesAsItDoesTheMessage) {
  Diagnostic diagnostic{&test::kErrorRule, WholeFile(test::Source("f", "")), "a"};
  diagnostic.notes.push_back({"b\n::error::100%", std::nullopt});
  EXPECT_EQ(RenderGithub(Only(diagnostic)),
            "::error file=f,title=pair-an-error::a; b\\x0a::error::100%25\n");
}

TEST(RenderGithub, IsNothingWithoutFindings) { EXPECT_EQ(RenderGithub({}), ""); }

struct HostileRow : test::Named {
  std::string file;
  std::string message;
  const char* line;
};

class RenderGithubHostile : public testing::TestWithParam<HostileRow> {};

// A line end in a message would let a pair file give commands to the workflow.
TEST_P(RenderGithubHostile, StaysOneCommand) {
  EXPECT_EQ(RenderGithub(Only({&test::kErrorRule, WholeFile(test::Source(GetParam().file, "")),
                               GetParam().message})),
            GetParam().line);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RenderGithubHostile,
    testing::Values(
        HostileRow{"LineEndInTheMessage", "f", "a\n::set-output name=x::y",
                   "::error file=f,title=pair-an-error::a\\x0a::set-output name=x::y\n"},
        HostileRow{"CarriageReturnInTheMessage", "f", "a\r::error::b",
                   "::error file=f,title=pair-an-error::a\\x0d::error::b\n"},
        HostileRow{"PercentInTheMessage", "f", "100%0A",
                   "::error file=f,title=pair-an-error::100%250A\n"},
        HostileRow{"CommaInTheFile", "a,line=1", "m",
                   "::error file=a%2Cline=1,title=pair-an-error::m\n"},
        HostileRow{"ColonsInTheFile", "a::b", "m",
                   "::error file=a%3A%3Ab,title=pair-an-error::m\n"},
        HostileRow{"PercentInTheFile", "a%2Cb", "m",
                   "::error file=a%252Cb,title=pair-an-error::m\n"},
        HostileRow{"LineEndInTheFile", "a\nb", "m",
                   "::error file=a\\x0ab,title=pair-an-error::m\n"},
        HostileRow{"BothLineEndsInTheFile", "a\r\nb", "m",
                   "::error file=a\\x0d\\x0ab,title=pair-an-error::m\n"},
        HostileRow{"EndOfThePropertiesInTheFile", "a,title=b::c", "m",
                   "::error file=a%2Ctitle=b%3A%3Ac,title=pair-an-error::m\n"},
        HostileRow{"EscapedLineEndInTheMessage", "f", "a%0D%0A::error::b",
                   "::error file=f,title=pair-an-error::a%250D%250A::error::b\n"},
        HostileRow{"PunctuationInTheMessage", "f", "a: b, c::d",
                   "::error file=f,title=pair-an-error::a: b, c::d\n"},
        HostileRow{"EscapeSequence", "\x1b[2J", "\x1b[2J",
                   "::error file=\\x1b[2J,title=pair-an-error::\\x1b[2J\n"},
        HostileRow{"Zero", "f", std::string("a\0b", 3),
                   "::error file=f,title=pair-an-error::a\\x00b\n"},
        HostileRow{"TurnedDirection", "f", "\xe2\x80\xae",
                   "::error file=f,title=pair-an-error::\\u202e\n"},
        HostileRow{"LettersOfSeveralBytes", "\xc3\xbc", "\xe4\xb8\xad",
                   "::error file=\xc3\xbc,title=pair-an-error::\xe4\xb8\xad\n"},
        HostileRow{"MalformedBytes", "f", "\xff", "::error file=f,title=pair-an-error::\\xff\n"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace dhcpair::text
