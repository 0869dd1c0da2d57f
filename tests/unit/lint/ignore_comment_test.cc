#include "lint/ignore_comment.h"

#include <gtest/gtest.h>

#include "support/named.h"

namespace dhcpair::lint {
namespace {

// "a,b reason" of a comment that ignores a and b and says why.
std::string Told(std::string_view text, const IgnoreComment& comment) {
  std::string told;
  for (const text::Span word : comment.words) {
    told += (told.empty() ? "" : ",") + std::string(text.substr(word.begin, word.end - word.begin));
  }
  if (comment.has_reason) told += " reason";
  return comment.is_alone ? "alone " + told : told;
}

struct Row : test::Named {
  const char* text;  // The comment begins at its first '#'.
  const char* told;  // nullptr: it does not speak to us.
};

class IgnoreCommentIn : public testing::TestWithParam<Row> {};

TEST_P(IgnoreCommentIn, IsReadWithItsWords) {
  const std::string_view text = GetParam().text;
  const auto read = ReadIgnoreComment(text, {text.find('#'), text.size()});
  ASSERT_EQ(read.has_value(), GetParam().told != nullptr);
  if (read) {
    EXPECT_EQ(Told(text, *read), GetParam().told);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, IgnoreCommentIn,
    testing::Values(Row{"Plain", "x; # dhcpair: ignore=FP205 why", "FP205 reason"},
                    Row{"Alone", "a;\n  # dhcpair: ignore=FP205 why", "alone FP205 reason"},
                    Row{"AtTheVeryFront", "# dhcpair: ignore=FP205 why", "alone FP205 reason"},
                    Row{"Several", "x; # dhcpair: ignore=a,b,c why", "a,b,c reason"},
                    Row{"BlankBehindAComma", "x; # dhcpair: ignore=a, b why", "a,b reason"},
                    Row{"EmptyWords", "x; # dhcpair: ignore=,a,,b why", "a,b reason"},
                    Row{"NoBlanks", "x;#dhcpair:ignore=a why", "a reason"},
                    Row{"ManyBlanks", "x; ##\t dhcpair:   ignore=a   why", "a reason"},
                    Row{"ReasonInAnotherScript", "x; # dhcpair: ignore=a \xd0\xb0", "a reason"},
                    Row{"CarriageReturn", "x; # dhcpair: ignore=a why\r", "a reason"},
                    Row{"NoReason", "x; # dhcpair: ignore=a", "a"},
                    Row{"NoReasonButBlanks", "x; # dhcpair: ignore=a  \t\r", "a"},
                    Row{"DashIsNoReason", "x; # dhcpair: ignore=a -- ...", "a"},
                    Row{"NoWord", "x; # dhcpair: ignore= why", " reason"},
                    Row{"CommasOnly", "x; # dhcpair: ignore=,,", ""},
                    Row{"NothingToIgnore", "x; # dhcpair: ignore", ""},
                    Row{"OtherOrder", "x; # dhcpair: please", ""},
                    Row{"NoOrder", "x; # dhcpair:", ""},
                    Row{"NotForUs", "x; # ignore=a why", nullptr},
                    Row{"Stamp", "# dhcpair-digest: sha256 00", nullptr},
                    Row{"Mentioned", "x; # see dhcpair: ignore=a why", nullptr},
                    Row{"Capitals", "x; # Dhcpair: ignore=a why", nullptr},
                    Row{"SignsOnly", "####", nullptr}),
    [](const auto& row) { return row.param.name; });

struct YamlRow : test::Named {
  const char* text;
  const char* told;  // One after the other, with " | " between.
};

class YamlIgnoreComments : public testing::TestWithParam<YamlRow> {};

TEST_P(YamlIgnoreComments, AreThoseOutsideOfTexts) {
  const std::string_view text = GetParam().text;
  std::string told;
  for (const IgnoreComment& comment : FindYamlIgnoreComments(text)) {
    EXPECT_EQ(text[comment.span.begin], '#');
    told += (told.empty() ? "" : " | ") + Told(text, comment);
  }
  EXPECT_EQ(told, GetParam().told);
}

constexpr char kInText[] =
    "extra: |\n  # dhcpair: ignore=a why\n\n  b\nport: 1 # dhcpair: ignore=c why\n";

INSTANTIATE_TEST_SUITE_P(
    Rows, YamlIgnoreComments,
    testing::Values(YamlRow{"None", "pair: p\n", ""},
                    YamlRow{"Behind", "port: 1 # dhcpair: ignore=a why\n", "a reason"},
                    YamlRow{"Alone", "# dhcpair: ignore=a why\nport: 1\n", "alone a reason"},
                    YamlRow{"BehindATab", "port: 1\t# dhcpair: ignore=a why", "a reason"},
                    YamlRow{"WithoutABlankItIsText", "port: 1# dhcpair: ignore=a why\n", ""},
                    YamlRow{"BehindAnotherSign", "name: a#b # dhcpair: ignore=a why\n", "a reason"},
                    YamlRow{"InAText", kInText, "c reason"},
                    YamlRow{"InAFoldedText", "extra: >-\n  # dhcpair: ignore=a why\n", ""},
                    YamlRow{"InATextOfAList", "- |2\n   # dhcpair: ignore=a why\n", ""},
                    YamlRow{"BehindTheHeadOfAText",
                            "extra: | # dhcpair: ignore=a why\n  # dhcpair: ignore=b w\n",
                            "a reason"},
                    YamlRow{"BehindAValueThatEndsLikeAHead", "name: a|\n# dhcpair: ignore=a why\n",
                            "alone a reason"},
                    YamlRow{"LineEndsOfTwo",
                            "port: 1 # dhcpair: ignore=a why\r\n# dhcpair: ignore=b\r\n",
                            "a reason | alone b"},
                    YamlRow{"SignsOnly", "#\n##\n # #\n", ""}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace dhcpair::lint
