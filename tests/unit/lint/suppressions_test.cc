#include "lint/suppressions.h"

#include <gtest/gtest.h>

#include "conf/conf.h"
#include "lint/rules.h"
#include "pair/rules.h"
#include "support/findings.h"
#include "support/map_loader.h"
#include "support/named.h"

namespace dhcpair::lint {
namespace {

// Rules of no family of their own: what is said about them is said about all.
constexpr const text::Rule& kRule = rules::kDhcpdWarns;
constexpr const text::Rule& kOther = rules::kDhcpdConfined;

conf::Model ModelOf(const std::string& text, const std::string& name = "dhcpd.conf") {
  test::MapLoader loader;
  text::Diagnostics diagnostics;
  conf::Model model = conf::Read(loader, test::Source(name, text), diagnostics);
  EXPECT_TRUE(diagnostics.empty()) << diagnostics.all()[0].message;
  return model;
}

// The ids of the findings that are left, and what they say of comments.
std::string Left(Suppressions& suppressions, const text::Diagnostics& found,
                 Context context = Context::kPairAndDhcpd, bool is_complete = true,
                 const Selection& selection = {}) {
  std::string left;
  const text::Diagnostics findings = suppressions.Apply(found, {context, selection, is_complete});
  for (const text::Diagnostic& diagnostic : findings.all()) {
    left += (left.empty() ? "" : " ") + std::string(diagnostic.rule->id);
  }
  return left;
}

struct Row : test::Named {
  const char* text;
  const char* left;  // Of a finding at each '1' in it.
};

class SuppressionsIn : public testing::TestWithParam<Row> {};

TEST_P(SuppressionsIn, CoverTheirLineOrTheNextStatement) {
  const conf::Model model = ModelOf(GetParam().text);
  const text::SourcePtr& source = model.files[0].source;
  text::Diagnostics found;
  const std::string& text = source->contents();
  for (std::size_t at = text.find('1'); at != std::string::npos; at = text.find('1', at + 1)) {
    found.Add({&kRule, {source, text::Span{at, at + 1}}, "m"});
  }
  Suppressions suppressions;
  for (const conf::SyntaxTree& tree : model.files) suppressions.Read(tree);
  EXPECT_EQ(Left(suppressions, found), GetParam().left);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SuppressionsIn,
    testing::Values(
        Row{"None", "max-lease-time 1;\n", "dhcpd-warns"},
        Row{"Behind", "max-lease-time 1; # dhcpair: ignore=dhcpd-warns why\n", ""},
        Row{"BehindSeveral",
            "max-lease-time 1; default-lease-time 1; # dhcpair: ignore=dhcpd-warns why\n", ""},
        Row{"BehindAnother",
            "max-lease-time 1;\ndefault-lease-time 1; # dhcpair: ignore=dhcpd-warns why\n",
            "dhcpd-warns"},
        Row{"Alone", "# dhcpair: ignore=dhcpd-warns why\nmax-lease-time 1;\n", ""},
        Row{"AloneAboveAnEmptyLine", "# dhcpair: ignore=dhcpd-warns why\n\nmax-lease-time 1;\n",
            ""},
        Row{"AloneAboveAnotherComment",
            "# dhcpair: ignore=dhcpd-warns why\n# more\nmax-lease-time 1;\n", ""},
        Row{"AloneForTheNextOnly",
            "# dhcpair: ignore=dhcpd-warns why\nmax-lease-time 1;\ndefault-lease-time 1;\n",
            "dhcpd-warns"},
        Row{"AloneForAllOfABlock",
            "# dhcpair: ignore=dhcpd-warns why\ngroup {\n  max-lease-time 1;\n"
            "  default-lease-time 1;\n}\n",
            ""},
        Row{"AloneInABlock",
            "group {\n  # dhcpair: ignore=dhcpd-warns why\n  max-lease-time 1;\n"
            "  default-lease-time 1;\n}\n",
            "dhcpd-warns"},
        Row{"AloneAtTheEndOfABlock",
            "group {\n  max-lease-time 1;\n  # dhcpair: ignore=dhcpd-warns why\n}\n",
            "dhcpd-warns ignore-unused"},
        Row{"AloneAtTheEndOfTheFile", "max-lease-time 1;\n# dhcpair: ignore=dhcpd-warns why",
            "dhcpd-warns ignore-unused"},
        Row{"BehindTheOpeningBrace",
            "group { # dhcpair: ignore=dhcpd-warns why\n  max-lease-time 1;\n}\n",
            "dhcpd-warns ignore-unused"},
        Row{"OfAnotherRule", "max-lease-time 1; # dhcpair: ignore=dhcpd-confined why\n",
            "dhcpd-warns ignore-unused"},
        Row{"OfSeveralRules",
            "max-lease-time 1; # dhcpair: ignore=dhcpd-confined,dhcpd-warns why\n",
            "ignore-unused"},
        Row{"OfAFamily", "max-lease-time 1; # dhcpair: ignore=dhcpd-* why\n", ""},
        Row{"Twice",
            "# dhcpair: ignore=dhcpd-warns why\n# dhcpair: ignore=dhcpd-warns why\n"
            "max-lease-time 1;\n",
            "ignore-unused"},
        Row{"OneInTheOther",
            "# dhcpair: ignore=dhcpd-warns why\ngroup {\n  max-lease-time 1;\n"
            "  # dhcpair: ignore=dhcpd-warns why\n  default-lease-time 1;\n"
            "  min-lease-time 1;\n}\n",
            ""},
        Row{"Unused", "max-lease-time 2; # dhcpair: ignore=dhcpd-warns why\n", "ignore-unused"},
        Row{"WithoutAReason", "max-lease-time 1; # dhcpair: ignore=dhcpd-warns\n",
            "dhcpd-warns ignore-without-reason"},
        Row{"OfAnUnknownRule", "max-lease-time 1; # dhcpair: ignore=dhcpd-wams why\n",
            "dhcpd-warns ignore-unknown-rule"},
        Row{"OfAnError", "max-lease-time 1; # dhcpair: ignore=conf-syntax why\n",
            "dhcpd-warns ignore-of-error"},
        Row{"BadComment", "max-lease-time 1; # dhcpair: off\n", "dhcpd-warns ignore-bad-comment"},
        Row{"InAString", "server-name \"# dhcpair: ignore=dhcpd-warns why\"; max-lease-time 1;\n",
            "dhcpd-warns"}),
    [](const auto& row) { return row.param.name; });

TEST(Suppressions, SayWhatWasMeantByAnUnknownRule) {
  const conf::Model model = ModelOf("# dhcpair: ignore=dhcpd-wams why\nmax-lease-time 1;\n");
  Suppressions suppressions;
  suppressions.Read(model.files[0]);
  const Selection selection;
  const auto left = suppressions.Apply({}, {Context::kFile, selection, true});
  ASSERT_EQ(left.all().size(), 1u);
  EXPECT_EQ(left.all()[0].message, "there is no rule 'dhcpd-wams'; did you mean 'dhcpd-warns'?");
  EXPECT_EQ(model.files[0].source->Text(*left.all()[0].at.span), "dhcpd-wams");
}

struct UnusedRow : test::Named {
  const char* id;
  Context context;
  bool is_complete;
  std::vector<std::string> selected;
  std::vector<std::string> ignored;
  bool is_reported;
};

class UnusedIgnore : public testing::TestWithParam<UnusedRow> {};

TEST_P(UnusedIgnore, IsReportedWhereTheRuleCouldHaveSpoken) {
  const UnusedRow& row = GetParam();
  const conf::Model model =
      ModelOf("max-lease-time 1; # dhcpair: ignore=" + std::string(row.id) + " why\n");
  Suppressions suppressions;
  suppressions.Read(model.files[0]);
  const Selection selection = Selection::Parse(row.selected, row.ignored).value();
  EXPECT_EQ(Left(suppressions, {}, row.context, row.is_complete, selection),
            row.is_reported ? "ignore-unused" : "");
}

INSTANTIATE_TEST_SUITE_P(
    Rows, UnusedIgnore,
    testing::Values(
        UnusedRow{"InItsContext", "dhcpd-warns", Context::kPairAndDhcpd, true, {}, {}, true},
        UnusedRow{"WithoutDhcpd", "dhcpd-warns", Context::kPair, true, {}, {}, false},
        UnusedRow{"InAFileAlone", "pair-load-balance-off", Context::kFile, true, {}, {}, false},
        UnusedRow{"InANodeAlone", "pair-load-balance-off", Context::kNodes, true, {}, {}, false},
        UnusedRow{"InAPair", "pair-load-balance-off", Context::kPair, true, {}, {}, true},
        UnusedRow{"BehindAnError", "dhcpd-warns", Context::kPairAndDhcpd, false, {}, {}, false},
        UnusedRow{"Selected", "dhcpd-warns", Context::kPairAndDhcpd, true, {"dhcpd-"}, {}, true},
        UnusedRow{"NotSelected", "dhcpd-warns", Context::kPairAndDhcpd, true, {"pair-"}, {}, false},
        UnusedRow{
            "Ignored", "dhcpd-warns", Context::kPairAndDhcpd, true, {}, {"dhcpd-warns"}, false},
        UnusedRow{"OneOfAFamilyIgnored",
                  "dhcpd-*",
                  Context::kPairAndDhcpd,
                  true,
                  {},
                  {"dhcpd-warns"},
                  false},
        UnusedRow{
            "FamilyThatIsPartlyOfAnotherContext", "pair-*", Context::kFile, true, {}, {}, false}),
    [](const auto& row) { return row.param.name; });

struct MendedRow : test::Named {
  const char* before;
  const char* after;
};

class MendedIgnore : public testing::TestWithParam<MendedRow> {};

TEST_P(MendedIgnore, IsTakenOutWithWhatItStoodOn) {
  const conf::Model model = ModelOf(GetParam().before);
  Suppressions suppressions;
  suppressions.Read(model.files[0]);
  const Selection selection;
  const auto left = suppressions.Apply({}, {Context::kPairAndDhcpd, selection, true});
  ASSERT_EQ(left.all().size(), 1u);
  ASSERT_TRUE(left.all()[0].fix);
  std::string text = GetParam().before;
  const text::Edit& edit = left.all()[0].fix->edits.at(0);
  text.replace(edit.at.span->begin, edit.at.span->end - edit.at.span->begin, edit.replacement);
  EXPECT_EQ(text, GetParam().after);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, MendedIgnore,
    testing::Values(
        MendedRow{"Behind", "a-name;\t # dhcpair: ignore=dhcpd-warns why\nb-name;\n",
                  "a-name;\nb-name;\n"},
        MendedRow{"BehindAtTheEnd", "a-name; # dhcpair: ignore=dhcpd-warns why", "a-name;"},
        MendedRow{"BehindWithTwoLineEnds", "a-name; # dhcpair: ignore=dhcpd-warns why \r\n",
                  "a-name; \r\n"},
        MendedRow{"Alone", "a-name;\n  # dhcpair: ignore=dhcpd-warns why\n  b-name;\n",
                  "a-name;\n  b-name;\n"},
        MendedRow{"AloneAtTheEnd", "a-name;\n# dhcpair: ignore=dhcpd-warns why", "a-name;\n"},
        MendedRow{"Everything", "# dhcpair: ignore=dhcpd-warns why\n", ""}),
    [](const auto& row) { return row.param.name; });

TEST(Suppressions, TakeOutNoCommentThatIgnoresMore) {
  const conf::Model model =
      ModelOf("max-lease-time 1; # dhcpair: ignore=dhcpd-warns,dhcpd-confined why\n");
  Suppressions suppressions;
  suppressions.Read(model.files[0]);
  const Selection selection;
  const auto left = suppressions.Apply({}, {Context::kPairAndDhcpd, selection, true});
  ASSERT_EQ(left.all().size(), 2u);
  EXPECT_FALSE(left.all()[0].fix);
}

TEST(Suppressions, OfAFileThatBothNodesReadCountOnce) {
  const std::string text = "max-lease-time 2; # dhcpair: ignore=dhcpd-warns why\n";
  Suppressions suppressions;
  suppressions.Read(ModelOf(text, "dhcpd.master").files[0]);
  suppressions.Read(ModelOf(text, "dhcpd.master").files[0]);
  EXPECT_EQ(Left(suppressions, {}), "ignore-unused");
}

TEST(Suppressions, OfOneFileDoNotCoverAnother) {
  Suppressions suppressions;
  suppressions.Read(ModelOf("max-lease-time 1; # dhcpair: ignore=dhcpd-warns why\n", "a").files[0]);
  const auto b = test::Source("b", "max-lease-time 1;\n");
  EXPECT_EQ(Left(suppressions, test::Only(test::FindingAt(b, "max", kRule))),
            "dhcpd-warns ignore-unused");
}

TEST(Suppressions, CoverAFindingAboutTheFileFromAnywhereInIt) {
  const conf::Model model = ModelOf("max-lease-time 1; # dhcpair: ignore=dhcpd-warns why\n");
  Suppressions suppressions;
  suppressions.Read(model.files[0]);
  text::Diagnostics found;
  found.Add({&kRule, text::WholeFile(model.files[0].source), "m"});
  found.Add({&kOther, text::WholeFile(model.files[0].source), "m"});
  EXPECT_EQ(Left(suppressions, found), "dhcpd-confined");
}

struct PairRow : test::Named {
  const char* text;
  const char* left;  // Of a finding at each '1' in it.
};

class SuppressionsInAPairFile : public testing::TestWithParam<PairRow> {};

TEST_P(SuppressionsInAPairFile, CoverTheirLineOrTheNextOne) {
  const auto source = test::Source("pair.yaml", GetParam().text);
  text::Diagnostics found;
  const std::string& text = source->contents();
  for (std::size_t at = text.find('1'); at != std::string::npos; at = text.find('1', at + 1)) {
    found.Add({&pair::rules::kSelinuxPort, {source, text::Span{at, at + 1}}, "m"});
  }
  Suppressions suppressions;
  suppressions.ReadPairFile(source, {});
  EXPECT_EQ(Left(suppressions, found), GetParam().left);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SuppressionsInAPairFile,
    testing::Values(PairRow{"Behind", "port: 1 # dhcpair: ignore=pair-selinux-port why\n", ""},
                    PairRow{"BehindForItsLineOnly",
                            "port: 1 # dhcpair: ignore=pair-selinux-port why\nb: 1\n",
                            "pair-selinux-port"},
                    PairRow{"Alone", "# dhcpair: ignore=pair-selinux-port why\nport: 1\n", ""},
                    PairRow{"AloneForTheNextLineOnly",
                            "# dhcpair: ignore=pair-selinux-port why\nport: 1\nb: 1\n",
                            "pair-selinux-port"},
                    PairRow{"AloneAboveAnother",
                            "# dhcpair: ignore=pair-selinux-port why\n"
                            "# dhcpair: ignore=pair-chroot-path why\nport: 1\n",
                            "ignore-unused"},
                    PairRow{"AloneAtTheEnd", "port: 1\n# dhcpair: ignore=pair-selinux-port why",
                            "pair-selinux-port ignore-unused"},
                    PairRow{"WithoutAReason", "port: 1 # dhcpair: ignore=pair-selinux-port\n",
                            "pair-selinux-port ignore-without-reason"},
                    PairRow{"OfAnError", "port: 1 # dhcpair: ignore=pair-octal-number why\n",
                            "pair-selinux-port ignore-of-error"}),
    [](const auto& row) { return row.param.name; });

// Nobody can put a comment there.
TEST(Suppressions, OfAPairFileCoverWhatIsGeneratedFromIt) {
  const auto source = test::Source("pair.yaml", "a: 2 # dhcpair: ignore=dhcpd-warns why\n");
  const auto generated = test::Source("primary/dhcpd.conf", "one two\n");
  Suppressions suppressions;
  suppressions.ReadPairFile(source, {"primary/dhcpd.conf", "secondary/dhcpd.conf"});
  text::Diagnostics found;
  found.Add(test::FindingAt(generated, "two", kRule));
  found.Add(test::FindingAt(generated, "one", kOther));
  EXPECT_EQ(Left(suppressions, found), "dhcpd-confined");
}

// Each finding was compared with each comment at first.
TEST(Suppressions, OfAFileFullOfThemTakeNoTimeWorthMentioning) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "# dhcpair: ignore=dhcpd-warns why\n";
  text += "group {\n";
  for (int i = 0; i < 20'000; ++i) text += "max-lease-time 1; # dhcpair: ignore=dhcpd-warns why\n";
  text += "}\n";
  const conf::Model model = ModelOf(text);
  const text::SourcePtr& source = model.files[0].source;
  text::Diagnostics found;
  for (std::size_t at = text.find('1'); at != std::string::npos; at = text.find('1', at + 1)) {
    found.Add({&kRule, {source, text::Span{at, at + 1}}, "m"});
  }
  Suppressions suppressions;
  suppressions.Read(model.files[0]);
  const Selection selection;
  const auto left = suppressions.Apply(found, {Context::kPairAndDhcpd, selection, true});
  EXPECT_EQ(left.all().size(), 20'000u) << "the ones around the block cover nothing of their own";
}

}  // namespace
}  // namespace dhcpair::lint
