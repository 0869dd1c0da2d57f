#include "lint/edits.h"

#include <gtest/gtest.h>

#include "support/findings.h"
#include "support/named.h"

namespace dhcpair::lint {
namespace {

// The statement is the one between the brackets, which are not part of the text.
struct Marked {
  text::SourcePtr source;
  text::Span span;
};

Marked Mark(std::string text) {
  const std::size_t begin = text.find('[');
  text.erase(begin, 1);
  const std::size_t end = text.find(']');
  text.erase(end, 1);
  return {test::Source("dhcpd.conf", text), {begin, end}};
}

std::string Apply(const text::SourcePtr& source, const text::Edit& edit) {
  std::string text = source->contents();
  const text::Span span = *edit.at.span;
  return text.replace(span.begin, span.end - span.begin, edit.replacement);
}

struct Row : test::Named {
  std::string text;
  std::string result;
};

std::string NameOf(const testing::TestParamInfo<Row>& row) { return row.param.name; }

class Removal : public testing::TestWithParam<Row> {};

TEST_P(Removal, TakesNoMoreThanTheStatementAndItsLine) {
  const Marked marked = Mark(GetParam().text);
  EXPECT_EQ(Apply(marked.source, Remove(marked.source, marked.span)), GetParam().result);
}

INSTANTIATE_TEST_SUITE_P(
    All, Removal,
    testing::Values(Row{"ALine", "a;\n  [b;]\nc;\n", "a;\nc;\n"},
                    Row{"ALineWithBlanksBehind", "a;\n  [b;] \t\nc;\n", "a;\nc;\n"},
                    Row{"TheFirstLine", "[b;]\nc;\n", "c;\n"},
                    Row{"TheLastLineWithoutAnEnd", "a;\n[b;]", "a;\n"},
                    Row{"TheOnlyOne", "[b;]", ""},
                    Row{"BeforeAComment", "a;\n  [b;] # why\n", "a;\n  # why\n"},
                    Row{"BeforeAnother", "  [b;] c;\n", "  c;\n"},
                    Row{"BehindAnother", "  a; [b;]\nc;\n", "  a;\nc;\n"},
                    Row{"BetweenOthers", "{ a; [b;] c; }", "{ a; c; }"},
                    Row{"WithoutBlanks", "{a;[b;]c;}", "{a;c;}"},
                    Row{"OverLines", "a;\n[b\n  1;]\nc;\n", "a;\nc;\n"},
                    Row{"WithLineEndsOfWindows", "a;\r\n[b;]\r\nc;\r\n", "a;\r\nc;\r\n"}),
    NameOf);

class Insertion : public testing::TestWithParam<Row> {};

TEST_P(Insertion, TakesAfterTheStatementBeforeIt) {
  const Marked marked = Mark(GetParam().text);
  EXPECT_EQ(Apply(marked.source, InsertBehind(marked.source, marked.span, "n;")),
            GetParam().result);
}

INSTANTIATE_TEST_SUITE_P(
    All, Insertion,
    testing::Values(Row{"ALine", "  [a;]\nb;\n", "  a;\n  n;\nb;\n"},
                    Row{"Tabs", "\t[a;]\n", "\ta;\n\tn;\n"},
                    Row{"ACommentStays", "  [a;] # why\n}\n", "  a; # why\n  n;\n}\n"},
                    Row{"InTheMiddleOfALine", "{ [a;] }\n", "{ a; n; }\n"},
                    Row{"BehindAnother", "{ x; [a;]\n}\n", "{ x; a; n;\n}\n"},
                    Row{"AtTheEndOfTheText", "[a;]", "a; n;"},
                    Row{"BeforeACommentAtTheEnd", "[a;] # why", "a; n; # why"},
                    Row{"WithLineEndsOfWindows", "  [a;] # why\r\n", "  a; # why\r\n  n;\r\n"}),
    NameOf);

class Semicolon : public testing::TestWithParam<Row> {};

TEST_P(Semicolon, BelongsToTheStatement) {
  const Marked marked = Mark(GetParam().text);
  EXPECT_EQ(marked.source->Text(WithSemicolon(marked.source, marked.span)), GetParam().result);
}

INSTANTIATE_TEST_SUITE_P(All, Semicolon,
                         testing::Values(Row{"There", "[a b;] c;", "a b;"},
                                         Row{"Behind", "[a b]; c;", "a b;"},
                                         Row{"BehindBlanks", "[a b] \n ; c;", "a b \n ;"},
                                         Row{"BehindAComment", "[a b] # ;\n;", "a b # ;\n;"},
                                         Row{"Missing", "[a b] c;", "a b"},
                                         Row{"MissingAtTheEnd", "[a b] # x", "a b"}),
                         NameOf);

}  // namespace
}  // namespace dhcpair::lint
