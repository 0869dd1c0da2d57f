#include "lint/includes.h"

#include <gtest/gtest.h>

#include "conf/lexer.h"
#include "support/named.h"

namespace dhcpair::lint {
namespace {

struct Row : test::Named {
  std::string text;
  std::vector<std::string> paths;
};

class Includes : public testing::TestWithParam<Row> {};

TEST_P(Includes, AreFoundWithTheirPlaces) {
  std::vector<std::string> paths;
  for (const Include& include : FindIncludes(GetParam().text)) {
    paths.push_back(include.path);
    const std::size_t length = include.span.end - include.span.begin;
    EXPECT_EQ(conf::StringValue("\"" + GetParam().text.substr(include.span.begin, length) + "\""),
              include.path);
  }
  EXPECT_EQ(paths, GetParam().paths);
}

INSTANTIATE_TEST_SUITE_P(
    Found, Includes,
    testing::Values(
        Row{"One", "include \"/a\";\n", {"/a"}},
        Row{"SeveralOnALine", "include \"/a\"; include \"/b\";", {"/a", "/b"}},
        Row{"InABlock", "group { include \"/a\"; }", {"/a"}},
        Row{"OverLinesAndComments", "include # why\n  \"/a\";", {"/a"}},
        Row{"InAnyCase", "INCLUDE \"/a\"; Include \"/b\";", {"/a", "/b"}},
        Row{"WithoutABlank", "include\"/a\";", {"/a"}},
        Row{"BehindAnUnfinishedStatement", "default-lease-time 60 include \"/a\";", {"/a"}},
        Row{"WithoutASemicolon", "include \"/a\"\ninclude \"/b\";", {"/a", "/b"}},
        Row{"WithAnEscapedQuote", "include \"/a\\\"b\";", {"/a\"b"}},
        Row{"WithEscapes", R"(include "/\x61\142\n";)", {"/ab\n"}},
        Row{"WithABackslashBeforeTheEnd", R"(include "/a\\"; include "/b";)", {"/a\\", "/b"}},
        Row{"WithoutAPath", "include \"\";", {""}},
        Row{"WithLineEndsOfWindows", "include \"/a\";\r\ninclude \"/b\";\r\n", {"/a", "/b"}}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    NotThere, Includes,
    testing::Values(
        Row{"NoText", "", {}}, Row{"InAComment", "# include \"/a\";\n", {}},
        Row{"InAString", "option x \"include \\\"/a\\\";\";", {}},
        Row{"AsPartOfAWord", "no-include \"/a\"; include2 \"/b\"; includes \"/c\";", {}},
        Row{"AsALookalike", "\tINCLUD\x05 \"/a\"; i.nclude \"/b\";", {}},
        Row{"WithoutQuotes", "include /a;", {}},
        Row{"WithSomethingBetween", "include = \"/a\";", {}},
        Row{"WithNothingBehind", "include", {}}, Row{"WithANumberBehind", "include 1;", {}},
        Row{"WithTheKeywordTwice", "include include;", {}},
        Row{"WithTheKeywordInQuotes", "\"include\" \"/a\";", {}},
        Row{"BehindAByteOrderMarkWithoutQuotes", "\xef\xbb\xbfinclude /a;", {}},
        Row{"OnlyTheKeywordAndAComment", "include # \"/a\"", {}},
        Row{"Bytes", std::string("\0\xff include\0\"/a\"", 14), {}}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(NeverClosed, Includes,
                         testing::Values(Row{"AtTheEndOfTheText", "include \"/a", {"/a"}},
                                         Row{"BehindABackslash", "include \"/a\\", {"/a\\"}},
                                         Row{"BeforeAnotherString",
                                             "include \"/a;\noption x \"y\";",
                                             {"/a;\noption x "}},
                                         Row{"WithNothingInIt", "include \"", {""}}),
                         [](const auto& row) { return row.param.name; });

struct SpanRow : test::Named {
  std::string text;
  std::string raw;
};

class IncludeSpan : public testing::TestWithParam<SpanRow> {};

TEST_P(IncludeSpan, IsThePathAsItIsWrittenWithoutItsQuotes) {
  const auto includes = FindIncludes(GetParam().text);
  ASSERT_EQ(includes.size(), 1u);
  const text::Span span = includes[0].span;
  ASSERT_LE(span.begin, span.end);
  EXPECT_EQ(GetParam().text.substr(span.begin, span.end - span.begin), GetParam().raw);
}

INSTANTIATE_TEST_SUITE_P(Rows, IncludeSpan,
                         testing::Values(SpanRow{"Plain", "include \"/a\";", "/a"},
                                         SpanRow{"Empty", "include \"\";", ""},
                                         SpanRow{"Escapes", R"(include "/a\"\n";)", R"(/a\"\n)"},
                                         SpanRow{"NeverClosed", "include \"/a\n;", "/a\n;"},
                                         SpanRow{"NeverClosedAndEmpty", "include \"", ""},
                                         SpanRow{"NeverClosedBehindABackslash", R"(include "/a\)",
                                                 R"(/a\)"}),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace dhcpair::lint
