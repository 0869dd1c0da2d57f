#include "generate/template.h"

#include <gtest/gtest.h>

#include "generate/rules.h"
#include "support/named.h"
#include "text/render.h"

namespace dhcpair::generate {
namespace {

Vocabulary Words() {
  return {.values = {{"pair", "p"},
                     {"address", "10.0.0.1"},
                     {"empty", ""},
                     {"lines", "one;\ntwo;"},
                     {"odd", "<a href=\"x\">&amp;'`%\\</a>"},
                     {"tags", "{{pair}} {{{address}}} {{#yes}}x{{/yes}} }} {{"}},
          .flags = {{"yes", true}, {"no", false}},
          .lists = {{"interfaces", {"em0", "<em1>", "{{pair}}"}}, {"none", {}}}};
}

struct Rendered {
  std::optional<std::string> text;
  std::string findings;
};

Rendered RenderText(std::string text, const std::set<std::string_view>& required = {}) {
  text::Diagnostics diagnostics;
  const auto source = std::make_shared<const text::SourceFile>("site/t", std::move(text));
  auto rendered = Render(source, Words(), required, diagnostics);
  EXPECT_EQ(rendered.has_value(), diagnostics.empty());
  // Without the source line and the caret below it: the place is in the first line.
  std::string findings;
  for (const text::Diagnostic& finding : diagnostics.all()) {
    const std::string shown = RenderTerminal(finding, text::Color::kNever);
    findings += shown.substr(0, shown.find('\n') + 1);
  }
  return {std::move(rendered), std::move(findings)};
}

struct Row : test::Named {
  const char* text;
  const char* rendered;
};

class TemplateGood : public testing::TestWithParam<Row> {};

TEST_P(TemplateGood, IsRendered) {
  const Rendered rendered = RenderText(GetParam().text);
  EXPECT_EQ(rendered.findings, "");
  EXPECT_EQ(rendered.text, GetParam().rendered);
}

INSTANTIATE_TEST_SUITE_P(
    Values, TemplateGood,
    testing::Values(Row{"Empty", "", ""}, Row{"Plain", "a } { }} b\n", "a } { }} b\n"},
                    Row{"Value", "{{{pair}}}", "p"}, Row{"Ampersand", "{{& pair }}", "p"},
                    Row{"BlanksInside", "{{{ pair\t}}} {{\npair }}", "p p"},
                    Row{"NextToEachOther", "{{{pair}}}{{{pair}}}{{pair}}", "ppp"},
                    Row{"BraceBehind", "{{pair}}} {{{pair}}}}", "p} p}"},
                    Row{"EmptyValueAloneKeepsItsLine", "a\n{{{empty}}}\nb\n", "a\n\nb\n"},
                    Row{"ValueOfLines", "  {{{lines}}}\n", "  one;\ntwo;\n"},
                    // Configuration files are no HTML.
                    Row{"NothingIsEscaped", "{{odd}} {{{odd}}} {{&odd}}",
                        "<a href=\"x\">&amp;'`%\\</a> <a href=\"x\">&amp;'`%\\</a> "
                        "<a href=\"x\">&amp;'`%\\</a>"},
                    Row{"ValuesAreNoTemplates", "{{{tags}}}\n",
                        "{{pair}} {{{address}}} {{#yes}}x{{/yes}} }} {{\n"},
                    Row{"NoLineEndAtTheEnd", "a\n{{{pair}}}", "a\np"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Sections, TemplateGood,
    testing::Values(Row{"True", "{{#yes}}a{{/yes}}{{^yes}}b{{/yes}}", "a"},
                    Row{"False", "{{#no}}a{{/no}}{{^no}}b{{/no}}", "b"},
                    Row{"List", "{{#interfaces}} {{{name}}}{{/interfaces}}", " em0 <em1> {{pair}}"},
                    Row{"EmptyList", "{{#none}} {{{name}}}{{/none}}{{^none}}all{{/none}}", "all"},
                    Row{"ListIsNotEmpty", "{{^interfaces}}all{{/interfaces}}", ""},
                    Row{"Nested",
                        "{{#yes}}{{#interfaces}}{{#yes}}{{name}},{{/yes}}{{/interfaces}}{{/yes}}",
                        "em0,<em1>,{{pair}},"},
                    Row{"ValueInAList", "{{#interfaces}}{{pair}}{{/interfaces}}", "ppp"},
                    Row{"SameNameInside", "{{#no}}a{{#no}}b{{/no}}c{{/no}}d", "d"},
                    Row{"HiddenInsideShown", "{{#yes}}a{{#no}}b{{/no}}c{{/yes}}d", "acd"},
                    Row{"ShownInsideHidden", "{{#no}}a{{#yes}}b{{/yes}}c{{/no}}d", "d"}),
    [](const auto& row) { return row.param.name; });

// The mustache manual: a tag alone on its line takes the line with it.
INSTANTIATE_TEST_SUITE_P(
    LinesOfTheirOwn, TemplateGood,
    testing::Values(
        Row{"Comment", "a\n{{! why }}\nb\n", "a\nb\n"},
        Row{"CommentFirst", "{{! why }}\na\n", "a\n"}, Row{"CommentLast", "a\n{{! why }}", "a\n"},
        Row{"CommentOnly", "{{! why }}\n", ""},
        Row{"CommentOfTwoLines", "a\n  {{! why\n not }}  \nb\n", "a\nb\n"},
        Row{"CommentBehindText", "a {{! why }}\nb\n", "a \nb\n"},
        Row{"CommentBeforeText", "{{! why }} a\n", " a\n"},
        Row{"TwoComments", "{{! a }}\n{{! b }}\nc\n", "c\n"},
        Row{"CommentEndsAtTheFirstTwoBraces", "{{! {{{pair}}} }}\n", "} }}\n"},
        Row{"Shown", "a\n{{#yes}}\nb\n{{/yes}}\nc\n", "a\nb\nc\n"},
        Row{"Hidden", "a\n{{#no}}\nb\n{{/no}}\nc\n", "a\nc\n"},
        Row{"HiddenIndented", "a\n\t{{#no}} \n  b\n  {{/no}}\t\nc\n", "a\nc\n"},
        Row{"HiddenTwice", "a\n{{#no}}\nb\n{{/no}}\n{{^yes}}\nb\n{{/yes}}\nc\n", "a\nc\n"},
        Row{"HiddenAtTheEnd", "a\n{{#no}}\nb\n{{/no}}", "a\n"},
        Row{"EmptyListHidden", "a\n{{#none}}\n{{name}}\n{{/none}}\nc\n", "a\nc\n"},
        Row{"List", "a\n{{#interfaces}}\n- {{name}}\n{{/interfaces}}\nb\n",
            "a\n- em0\n- <em1>\n- {{pair}}\nb\n"},
        Row{"HiddenInsideShown", "{{#yes}}\na\n{{#no}}\nb\n{{/no}}\nc\n{{/yes}}\n", "a\nc\n"},
        Row{"BlankLinesInsideAreKept", "{{#yes}}\n\na\n\n{{/yes}}\n\nb\n", "\na\n\n\nb\n"},
        Row{"BlankLineBehindHiddenIsKept", "a\n{{#no}}\nb\n{{/no}}\n\nc\n", "a\n\nc\n"},
        Row{"OnlyTheStartAlone", "a\n{{#no}}\nb {{/no}}c\n", "a\nc\n"},
        Row{"OnlyTheEndAlone", "a {{#no}}b\n{{/no}}\nc\n", "a c\n"},
        Row{"InTheMiddleOfALine", "a {{#no}}b {{/no}}c\n", "a c\n"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    LineEndsOfWindows, TemplateGood,
    testing::Values(Row{"Value", "a\r\n{{{pair}}}\r\n", "a\r\np\r\n"},
                    Row{"Shown", "{{#yes}}\r\na\r\n{{/yes}}\r\nb\r\n", "a\r\nb\r\n"},
                    Row{"Hidden", "a\r\n{{#no}}\r\nb\r\n{{/no}}\r\nc\r\n", "a\r\nc\r\n"},
                    Row{"Comment", "a\r\n{{! why }}\r\nb\r\n", "a\r\nb\r\n"}),
    [](const auto& row) { return row.param.name; });

class TemplateBad : public testing::TestWithParam<Row> {};

TEST_P(TemplateBad, IsReportedWithItsPlaceAndNotRendered) {
  const Rendered rendered = RenderText(GetParam().text);
  EXPECT_EQ(rendered.findings, GetParam().rendered);
  EXPECT_FALSE(rendered.text);
}

INSTANTIATE_TEST_SUITE_P(
    Tags, TemplateBad,
    testing::Values(
        Row{"Unclosed", "a\n b {{pair\n",
            "site/t:2:4: error: this tag is not closed by }} [template-bad-tag]\n"},
        Row{"UnclosedTriple", "{{{pair}}\n",
            "site/t:1:1: error: this tag is not closed by }}} [template-bad-tag]\n"},
        Row{"UnclosedComment", "{{! pair }",
            "site/t:1:1: error: this tag is not closed by }} [template-bad-tag]\n"},
        Row{"UnclosedAtTheEnd", "a {{",
            "site/t:1:3: error: this tag is not closed by }} [template-bad-tag]\n"},
        Row{"UnclosedTripleAtTheEnd", "{{{",
            "site/t:1:1: error: this tag is not closed by }}} [template-bad-tag]\n"},
        Row{"UnclosedSwallowsTheNext", "{{pair\n{{address}}\n",
            "site/t:1:1: error: unknown name 'pair\\x0a{{address' [template-unknown-name]\n"},
        Row{"Partial", "a\n{{> other }}\n",
            "site/t:2:1: error: templates here have no partials ({{>...}}) and no other "
            "delimiters ({{=...=}}) [template-bad-tag]\n"},
        Row{"Delimiters", "{{=<% %>=}}<%pair%>",
            "site/t:1:1: error: templates here have no partials ({{>...}}) and no other "
            "delimiters ({{=...=}}) [template-bad-tag]\n"},
        Row{"EmptyTag", "{{}}", "site/t:1:1: error: unknown name '' [template-unknown-name]\n"},
        Row{"EmptyTriple", "{{{ }}}",
            "site/t:1:1: error: unknown name '' [template-unknown-name]\n"},
        Row{"EmptySection", "{{#}}{{/}}",
            "site/t:1:1: error: unknown name '' [template-unknown-name]\n"},
        Row{"ColumnsAreCharacters", "\xc3\xbc {{}}",
            "site/t:1:3: error: unknown name '' [template-unknown-name]\n"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Sections, TemplateBad,
    testing::Values(
        Row{"NotClosed", "a\n  {{#yes}}\nb\n",
            "site/t:2:3: error: section 'yes' is not closed [template-unbalanced-section]\n"},
        Row{"TwoNotClosed", "{{#yes}}{{^no}}",
            "site/t:1:1: error: section 'yes' is not closed [template-unbalanced-section]\n"
            "site/t:1:9: error: section 'no' is not closed [template-unbalanced-section]\n"},
        Row{"NotOpen", "a {{/yes}}",
            "site/t:1:3: error: no section 'yes' is open here [template-unbalanced-section]\n"},
        Row{"ClosedTwice", "{{#yes}}{{/yes}}{{/yes}}",
            "site/t:1:17: error: no section 'yes' is open here [template-unbalanced-section]\n"},
        Row{"Crossed", "{{#yes}}{{#no}}{{/yes}}{{/no}}",
            "site/t:1:16: error: 'yes' is closed while 'no' is open "
            "[template-unbalanced-section]\n"
            "site/t:1:24: error: 'no' is closed while 'yes' is open "
            "[template-unbalanced-section]\n"},
        Row{"OneSlipInTheEndIsOneFinding", "{{#yes}}{{#no}}{{/on}}{{/yes}}",
            "site/t:1:16: error: 'on' is closed while 'no' is open "
            "[template-unbalanced-section]\n"},
        Row{"ValueAsSection", "{{#pair}}{{/pair}}",
            "site/t:1:1: error: 'pair' is a value, not a section: {{{pair}}} "
            "[template-wrong-use]\n"},
        Row{"ValueAsInvertedSection", "{{^empty}}{{/empty}}",
            "site/t:1:1: error: 'empty' is a value, not a section: {{{empty}}} "
            "[template-wrong-use]\n"},
        Row{"FlagAsValue", "{{{yes}}}",
            "site/t:1:1: error: 'yes' is a section, not a value: {{#yes}}...{{/yes}} "
            "[template-wrong-use]\n"},
        Row{"ListAsValue", "{{interfaces}}",
            "site/t:1:1: error: 'interfaces' is a section, not a value: "
            "{{#interfaces}}...{{/interfaces}} [template-wrong-use]\n"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Names, TemplateBad,
    testing::Values(
        Row{"Unknown", "a\n b {{{zebra}}}\n",
            "site/t:2:4: error: unknown name 'zebra' [template-unknown-name]\n"},
        Row{"Misspelled", "{{{adress}}}",
            "site/t:1:1: error: unknown name 'adress'; did you mean 'address'? "
            "[template-unknown-name]\n"},
        Row{"MisspelledSection", "{{#interface}}{{/interface}}",
            "site/t:1:1: error: unknown name 'interface'; did you mean 'interfaces'? "
            "[template-unknown-name]\n"},
        Row{"OtherCase", "{{{Pair}}}",
            "site/t:1:1: error: unknown name 'Pair'; did you mean 'pair'? "
            "[template-unknown-name]\n"},
        Row{"InAHiddenSection", "{{#no}}{{{zebra}}}{{/no}}",
            "site/t:1:8: error: unknown name 'zebra' [template-unknown-name]\n"},
        Row{"InAnEmptyList", "{{#none}}{{{zebra}}}{{/none}}",
            "site/t:1:10: error: unknown name 'zebra' [template-unknown-name]\n"},
        Row{"ItemOutsideOfAList", "{{#yes}}{{{name}}}{{/yes}}",
            "site/t:1:9: error: unknown name 'name' [template-unknown-name]\n"},
        // There are no items where there is nothing in the list.
        Row{"ItemOfAnInvertedList", "{{^none}}{{{name}}}{{/none}}",
            "site/t:1:10: error: unknown name 'name' [template-unknown-name]\n"},
        Row{"Dot", "{{#interfaces}}{{.}}{{/interfaces}}",
            "site/t:1:16: error: unknown name '.' [template-unknown-name]\n"},
        Row{"Path", "{{interfaces.name}}",
            "site/t:1:1: error: unknown name 'interfaces.name'; did you mean 'interfaces'? "
            "[template-unknown-name]\n"},
        Row{"SigilInATriple", "{{{#yes}}}",
            "site/t:1:1: error: unknown name '#yes'; did you mean 'yes'? "
            "[template-unknown-name]\n"},
        Row{"TwoWords", "{{pair address}}",
            "site/t:1:1: error: unknown name 'pair address' [template-unknown-name]\n"},
        Row{"EscapeSequence", "{{\x1b[31m}}",
            "site/t:1:1: error: unknown name '\\x1b[31m' [template-unknown-name]\n"},
        Row{"AllOfThemInOneRun", "{{{zebra}}}\n{{#pair}}\n  {{{horse}}}\n{{/pair}}\n{{> a}}\n",
            "site/t:1:1: error: unknown name 'zebra' [template-unknown-name]\n"
            "site/t:2:1: error: 'pair' is a value, not a section: {{{pair}}} "
            "[template-wrong-use]\n"
            "site/t:3:3: error: unknown name 'horse' [template-unknown-name]\n"
            "site/t:5:1: error: templates here have no partials ({{>...}}) and no other "
            "delimiters ({{=...=}}) [template-bad-tag]\n"}),
    [](const auto& row) { return row.param.name; });

constexpr char kDropped[] =
    "site/t: error: the template does not place {{{pair}}} [template-dropped-value]\n";

class TemplateRequired : public testing::TestWithParam<Row> {};

TEST_P(TemplateRequired, HasToBePlacedWhereItIsRendered) {
  EXPECT_EQ(RenderText(GetParam().text, {"pair"}).findings, GetParam().rendered);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, TemplateRequired,
    testing::Values(Row{"Placed", "{{{pair}}}", ""}, Row{"PlacedByTwoBraces", "{{pair}}", ""},
                    Row{"InAShownSection", "{{#yes}}{{^no}}{{{pair}}}{{/no}}{{/yes}}", ""},
                    Row{"InAList", "{{#interfaces}}{{{pair}}}{{/interfaces}}", ""},
                    Row{"HiddenAndShown", "{{#no}}{{{pair}}}{{/no}}{{^no}}{{{pair}}}{{/no}}", ""},
                    Row{"Missing", "{{{address}}}", kDropped}, Row{"Empty", "", kDropped},
                    Row{"InAComment", "{{! {{{pair}}} }}", kDropped},
                    Row{"AsText", "pair {pair} }}{pair}", kDropped},
                    Row{"InAHiddenSection", "{{#no}}{{{pair}}}{{/no}}", kDropped},
                    Row{"InAHiddenInvertedSection", "{{^yes}}{{{pair}}}{{/yes}}", kDropped},
                    Row{"InAShownSectionOfAHiddenOne", "{{#no}}{{#yes}}{{{pair}}}{{/yes}}{{/no}}",
                        kDropped},
                    Row{"InAnEmptyList", "{{#none}}{{{pair}}}{{/none}}", kDropped},
                    Row{"InAnInvertedList", "{{^interfaces}}{{{pair}}}{{/interfaces}}", kDropped}),
    [](const auto& row) { return row.param.name; });

TEST(Template, ReportsEveryRequiredNameThatIsMissing) {
  EXPECT_EQ(RenderText("", {"pair", "address"}).findings,
            "site/t: error: the template does not place {{{address}}} [template-dropped-value]\n"
            "site/t: error: the template does not place {{{pair}}} [template-dropped-value]\n");
}

// kainjow takes stack for every section inside another one.
TEST(Template, RefusesSectionsInsideEachOtherWithoutEnd) {
  const auto nested = [](int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += "{{#yes}}";
    text += "a";
    for (int i = 0; i < depth; ++i) text += "{{/yes}}";
    return text;
  };
  EXPECT_EQ(RenderText(nested(32)).text, "a");
  for (const int depth : {33, 50'000}) {
    EXPECT_EQ(RenderText(nested(depth)).findings,
              "site/t:1:257: error: more than 32 sections are open here "
              "[template-unbalanced-section]\n");
  }
}

TEST(Template, IsBinaryClean) {
  const std::string bytes("\0\x01\xff\xfe {\x80}", 8);
  EXPECT_EQ(RenderText(bytes + "{{{pair}}}" + bytes).text, bytes + "p" + bytes);
}

}  // namespace
}  // namespace dhcpair::generate
