#include "lint/explanations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "lint/explanation_texts.h"
#include "lint/registry.h"
#include "support/named.h"

namespace dhcpair::lint {
namespace {

Explanation ParseOne(std::string_view text) {
  const auto parsed = ParseExplanations(text);
  EXPECT_TRUE(parsed) << parsed.error();
  if (!parsed || parsed->size() != 1) return {.id = "not one"};
  return parsed->front();
}

TEST(Explanations, HaveTheTextsOfTheirParts) {
  const Explanation it = ParseOne(
      "# A comment.\n"
      "=== conf-x\n"
      "First.\n"
      "\n"
      "Second.\n"
      "\n"
      "--- dhcpd\n"
      "Takes it.\n"
      "--- wrong dhcpd.conf\n"
      "a;\n"
      "\n"
      "--- right dhcpd.conf\n"
      "b;\n"
      "--- fix\n"
      "Write b.\n");
  EXPECT_EQ(it.id, "conf-x");
  EXPECT_EQ(it.meaning, "First.\n\nSecond.\n");
  EXPECT_EQ(it.dhcpd, "Takes it.\n");
  EXPECT_EQ(it.fix, "Write b.\n");
  ASSERT_EQ(it.wrong.size(), 1u);
  EXPECT_EQ(it.wrong[0].name, "dhcpd.conf");
  EXPECT_EQ(it.wrong[0].text, "a;\n");
  ASSERT_EQ(it.right.size(), 1u);
  EXPECT_EQ(it.right[0].text, "b;\n");
  EXPECT_TRUE(it.base.empty());
  EXPECT_EQ(it.arguments, "dhcpd.conf");
}

TEST(Explanations, KeepWhatOnlyLooksLikeAHeadingInAFile) {
  const Explanation it = ParseOne(
      "=== x\nm\n--- dhcpd\nd\n--- wrong pair.yaml\n---\n--- some: thing\n===\n"
      "--- right pair.yaml\n--- fix\nf\n");
  EXPECT_EQ(it.wrong[0].text, "---\n--- some: thing\n===\n");
  EXPECT_EQ(it.right[0].text, "") << "a file may be empty";
}

TEST(Explanations, OfPairFilesHaveTheSharedFilesThatTheyDoNotGiveThemselves) {
  const auto parsed = ParseExplanations(
      "--- base dhcpd.master\nshared\n"
      "--- base b\nshared\n"
      "=== has-none\nm\n--- dhcpd\nd\n--- wrong pair.yaml\np\n--- right pair.yaml\nq\n--- fix\nf\n"
      "=== has-own\nm\n--- dhcpd\nd\n--- base b\nown\n--- wrong pair.yaml\np\n"
      "--- wrong dhcpd.master\nm\n--- right pair.yaml\nq\n--- fix\nf\n"
      "=== no-pair\nm\n--- dhcpd\nd\n--- wrong dhcpd.conf\np\n--- right dhcpd.conf\nq\n--- "
      "fix\nf\n");
  ASSERT_TRUE(parsed) << parsed.error();
  ASSERT_EQ(parsed->size(), 3u);
  ASSERT_EQ((*parsed)[0].base.size(), 2u);
  EXPECT_EQ((*parsed)[0].base[0].name, "dhcpd.master");
  EXPECT_EQ((*parsed)[0].base[0].text, "shared\n");
  ASSERT_EQ((*parsed)[1].base.size(), 1u);
  EXPECT_EQ((*parsed)[1].base[0].text, "own\n");
  EXPECT_TRUE((*parsed)[2].base.empty());
}

TEST(Explanations, TakeCommandsInPlaceOfFiles) {
  const Explanation it = ParseOne(
      "=== x\nm\n--- dhcpd\nd\n--- wrong sh\nmkdir dhcpd.conf\n--- right sh\ntouch dhcpd.conf\n"
      "--- fix\nf\n");
  EXPECT_EQ(it.wrong_commands, "mkdir dhcpd.conf\n");
  EXPECT_EQ(it.right_commands, "touch dhcpd.conf\n");
  EXPECT_TRUE(it.wrong.empty());
}

struct ArgumentsRow : test::Named {
  const char* files;
  const char* arguments;
};

class ArgumentsOfAnExample : public testing::TestWithParam<ArgumentsRow> {};

TEST_P(ArgumentsOfAnExample, FitItsFilesUnlessTheyAreGiven) {
  const std::string text =
      std::string("=== x\nm\n--- dhcpd\nd\n") + GetParam().files + "--- fix\nf\n";
  EXPECT_EQ(ParseOne(text).arguments, GetParam().arguments);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ArgumentsOfAnExample,
    testing::Values(
        ArgumentsRow{"OneFile", "--- wrong dhcpd.conf\n--- right dhcpd.conf\n", "dhcpd.conf"},
        ArgumentsRow{"FileMadeByCommands", "--- wrong sh\nx\n", "dhcpd.conf"},
        ArgumentsRow{"PairFile", "--- wrong pair.yaml\n--- right pair.yaml\n", "pair.yaml"},
        ArgumentsRow{"PairFileInTheRightFormOnly", "--- wrong sh\nx\n--- right pair.yaml\n",
                     "pair.yaml"},
        ArgumentsRow{"BothNodes",
                     "--- wrong primary.conf\n--- wrong secondary.conf\n--- right primary.conf\n",
                     "--pair primary.conf secondary.conf"},
        ArgumentsRow{"OneOfTwoNodes", "--- wrong primary.conf\n--- right primary.conf\n",
                     "dhcpd.conf"},
        ArgumentsRow{"Given",
                     "--- wrong a.yaml\n--- right a.yaml\n--- args --templates t a.yaml b.yaml\n",
                     "--templates t a.yaml b.yaml"}),
    [](const auto& row) { return row.param.name; });

TEST(CommandOfAnExample, IsLintUnlessItIsGiven) {
  const std::string text = "=== x\nm\n--- dhcpd\nd\n--- wrong a\n--- right a\n--- fix\nf\n";
  EXPECT_EQ(ParseOne(text).command, "lint");
  EXPECT_EQ(ParseOne(text + "--- command adopt\n--- args a\n").command, "adopt");
}

TEST(RightArgumentsOfAnExample, AreAMendedFormToo) {
  const std::string text = "=== x\nm\n--- dhcpd\nd\n--- wrong a\n--- fix\nf\n";
  EXPECT_FALSE(ParseExplanations(text));
  EXPECT_EQ(ParseOne(text + "--- right-args a b\n").right_arguments, "a b");
}

struct BadRow : test::Named {
  const char* text;
  const char* problem;
};

class BadText : public testing::TestWithParam<BadRow> {};

TEST_P(BadText, IsRefusedWithItsLine) {
  const auto parsed = ParseExplanations(GetParam().text);
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error(), GetParam().problem);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, BadText,
    testing::Values(
        BadRow{"NoId", "=== \nm\n", "line 1: a rule has an id"},
        BadRow{"NoMeaning", "=== x\n\n--- dhcpd\n", "line 1: this part is empty"},
        BadRow{"PartBeforeTheFirstRule", "--- dhcpd\nd\n",
               "line 1: this part stands before the first rule"},
        BadRow{"EmptyPart", "=== x\nm\n--- dhcpd\n\n--- fix\nf\n", "line 3: this part is empty"},
        BadRow{"PartTwice", "=== x\nm\n--- fix\nf\n--- fix\nf\n",
               "line 5: this part is there already"},
        BadRow{"FileTwice", "=== x\nm\n--- wrong a\n--- wrong a\n",
               "line 4: this file is there already"},
        BadRow{"FileWithoutAName", "=== x\nm\n--- wrong\na\n", "line 3: a file has a name"},
        BadRow{"ArgumentsBelowTheirHeading", "=== x\nm\n--- args\ndhcpd.conf\n",
               "line 3: what belongs here stands in the heading"},
        BadRow{"NoArguments", "=== x\nm\n--- args\n", "line 3: this part is empty"},
        BadRow{"NoCommand", "=== x\nm\n--- command\n", "line 3: this part is empty"},
        BadRow{"CommandTwice", "=== x\nm\n--- command a\n--- command b\n",
               "line 4: this part is there already"},
        BadRow{"RightArgumentsBelowTheirHeading", "=== x\nm\n--- right-args\ndhcpd.conf\n",
               "line 3: what belongs here stands in the heading"},
        BadRow{"NoDhcpd", "=== x\nm\n--- wrong a\n--- right a\n--- fix\nf\n",
               "'x' needs its parts dhcpd, wrong and fix"},
        BadRow{"NoWrongForm", "=== x\nm\n--- dhcpd\nd\n--- right a\n--- fix\nf\n",
               "'x' needs its parts dhcpd, wrong and fix"},
        BadRow{"NoRightForm", "=== x\nm\n--- dhcpd\nd\n--- wrong a\n--- fix\nf\n",
               "'x' has no right form"},
        BadRow{"NotTheLastOne",
               "=== x\nm\n=== y\nm\n--- dhcpd\nd\n--- wrong a\n--- right a\n--- fix\nf\n",
               "line 3: 'x' needs its parts dhcpd, wrong and fix"}),
    [](const auto& row) { return row.param.name; });

TEST(Explanations, AreThereForEachRuleOnceAndForNothingElse) {
  std::multiset<std::string_view> rules;
  for (const text::Rule* const rule : AllRules()) rules.insert(rule->id);
  std::multiset<std::string_view> explained;
  for (const Explanation& it : Explanations()) explained.insert(it.id);
  EXPECT_EQ(explained, rules);
}

TEST(Explanations, StandInTheFileOfTheirFamily) {
  for (const ExplanationText& file : ExplanationTexts()) {
    const auto parsed = ParseExplanations(file.text);
    ASSERT_TRUE(parsed) << file.name << ": " << parsed.error();
    for (const Explanation& it : *parsed) {
      const std::string_view family = file.name.substr(0, file.name.find('.'));
      EXPECT_TRUE(it.id.starts_with(std::string(family) + "-")) << it.id << " in " << file.name;
    }
  }
}

TEST(Explanations, AreProseOfWholeSentences) {
  for (const Explanation& it : Explanations()) {
    for (const std::string_view text : {it.meaning, it.dhcpd, it.fix}) {
      const std::string_view end =
          text.substr(std::min(text.find_last_not_of("\n'\")"), text.size()));
      EXPECT_TRUE(end.starts_with('.') || text.starts_with(' ')) << it.id << ": " << text;
      EXPECT_FALSE(text.contains("\t") || text.contains(" \n")) << it.id << ": " << text;
    }
    EXPECT_FALSE(it.fix.contains("\n\n")) << it.id << ": the fix is one paragraph";
  }
}

}  // namespace
}  // namespace dhcpair::lint
