#include "text/suggest.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "support/named.h"

namespace dhcpair::text {
namespace {

constexpr std::array<std::string_view, 7> kCandidates{
    "port", "split",           "mclt", "max-response-delay", "max-unacked-updates",
    "hba",  "load-balance-max"};

struct Row : test::Named {
  std::string word;
  std::optional<std::string_view> meant;
};

class Suggestion : public testing::TestWithParam<Row> {};

TEST_P(Suggestion, IsWhatWasMostLikelyMeant) {
  EXPECT_EQ(DidYouMean(GetParam().word, kCandidates), GetParam().meant);
}

INSTANTIATE_TEST_SUITE_P(
    Near, Suggestion,
    testing::Values(Row{"LetterMissing", "spit", "split"}, Row{"LetterTooMany", "mcltt", "mclt"},
                    Row{"LetterReplaced", "pord", "port"}, Row{"NeighboursSwapped", "mctl", "mclt"},
                    Row{"OtherCase", "MCLT", "mclt"},
                    Row{"Underscores", "max_response_delay", "max-response-delay"},
                    Row{"Blanks", "load balance max", "load-balance-max"},
                    Row{"SeveralSlips", "max-respnse-dlay", "max-response-delay"},
                    Row{"TwoSlipsInSixLetters", "spxxit", "split"}, Row{"ShortWord", "hbs", "hba"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Far, Suggestion,
    testing::Values(Row{"Nothing", "", std::nullopt}, Row{"OneLetter", "x", std::nullopt},
                    Row{"AnotherWord", "hostname", std::nullopt},
                    Row{"TwoSlipsInFiveLetters", "spxxt", std::nullopt},
                    Row{"TwoSlipsInFourLetters", "prto", std::nullopt},
                    Row{"ThreeSlipsInSixLetters", "sxxxit", std::nullopt},
                    Row{"ATail", "delay", std::nullopt}, Row{"BlanksOnly", "   ", std::nullopt},
                    Row{"HalfOfTheWord", "max-re", std::nullopt},
                    Row{"OfTheSameLengthOnly", "wxyz", std::nullopt},
                    Row{"BytesThatAreNoText", "\xff\xfe\xfd", std::nullopt},
                    Row{"LongerThanAnyWord", std::string(65, 'm'), std::nullopt},
                    Row{"AMegabyte", std::string(1 << 20, 'm'), std::nullopt}),
    [](const auto& row) { return row.param.name; });

TEST(Suggestion, IsTheNearestAndNotTheFirstThatIsNearEnough) {
  constexpr std::array<std::string_view, 3> kPorts{"omapi-porz", "omapi-part", "omapi-port"};
  EXPECT_EQ(DidYouMean("omapi-prot", kPorts), "omapi-port");
}

// The distance takes the product of both lengths, so there is an end to it.
TEST(Suggestion, IsGivenForWordsOfUpTo64Bytes) {
  std::string longest(64, 'm');
  longest.back() = 'n';
  const std::string_view candidates[] = {longest};
  EXPECT_EQ(DidYouMean(std::string(64, 'm'), candidates), longest);
  EXPECT_EQ(DidYouMean(std::string(65, 'm'), candidates), std::nullopt);
}

TEST(Suggestion, TakesTheFirstOfTwoThatAreAsNear) {
  constexpr std::array<std::string_view, 2> kTwo{"cart", "card"};
  EXPECT_EQ(DidYouMean("carx", kTwo), "cart");
}

TEST(Suggestion, IsNothingWithoutCandidates) { EXPECT_EQ(DidYouMean("port", {}), std::nullopt); }

}  // namespace
}  // namespace dhcpair::text
