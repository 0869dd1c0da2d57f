#include "dhcp/option_set.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dhcp/codes.h"
#include "support/named.h"

namespace dhcpair::dhcp {
namespace {

using namespace std::string_view_literals;

// The options of one part, with how far it could be read.
struct Read {
  OptionSet set;
  ReadEnd end = ReadEnd::kWhole;
};

Read ReadPart(std::string_view part) {
  Read read;
  OptionReader reader(part, read.set);
  read.end = reader.Read(0, part.size());
  reader.Join();
  return read;
}

struct PartRow : test::Named {
  std::string_view part;
  ReadEnd end;
  std::vector<Option> options;
};

class OptionSetPart : public testing::TestWithParam<PartRow> {};

TEST_P(OptionSetPart, GivesWhatIsWholeInTheOrderInWhichItCame) {
  const Read read = ReadPart(GetParam().part);
  EXPECT_EQ(read.end, GetParam().end);
  std::vector<Option> options;
  for (std::size_t n = 0; n < read.set.size(); ++n) options.push_back(read.set[n]);
  EXPECT_EQ(options, GetParam().options);
  for (const Option& option : GetParam().options) {
    EXPECT_EQ(read.set.Find(option.code), std::optional(option.bytes));
  }
}

constexpr ReadEnd kWhole = ReadEnd::kWhole;
constexpr ReadEnd kTruncated = ReadEnd::kTruncated;

INSTANTIATE_TEST_SUITE_P(
    Rows, OptionSetPart,
    testing::Values(
        PartRow{{"Nothing"}, ""sv, kWhole, {}}, PartRow{{"OnlyEnd"}, "\xff"sv, kWhole, {}},
        PartRow{{"OnlyPadding"}, "\0\0\0"sv, kWhole, {}},
        PartRow{{"One"}, "\x35\x01\x01\xff"sv, kWhole, {{53, "\x01"sv}}},
        PartRow{{"PaddingBetween"},
                "\0\x35\x01\x01\0\0\x37\x01\x03\xff"sv,
                kWhole,
                {{53, "\x01"sv}, {55, "\x03"sv}}},
        PartRow{{"WithoutEnd"}, "\x35\x01\x01"sv, kWhole, {{53, "\x01"sv}}},
        PartRow{{"EmptyValue"}, "\x50\0\xff"sv, kWhole, {{80, ""sv}}},
        PartRow{{"EmptyHostNameIsNone"}, "\x0c\0\x35\x01\x01\xff"sv, kWhole, {{53, "\x01"sv}}},
        PartRow{{"BehindEndIsNothing"}, "\xff\x35\x01\x01"sv, kWhole, {}},
        PartRow{{"CodeWithoutLength"}, "\x35\x01\x01\x37"sv, kTruncated, {{53, "\x01"sv}}},
        PartRow{{"LengthBeyondTheEnd"}, "\x35\x01\x01\x37\x02\x01"sv, kTruncated, {{53, "\x01"sv}}},
        PartRow{{"LengthOf255WithNothing"}, "\x37\xff"sv, kTruncated, {}},
        PartRow{{"LengthThatTakesEndForValue"}, "\x37\x02\x01\xff"sv, kWhole, {{55, "\x01\xff"sv}}},
        PartRow{{"InTwoPieces"},
                "\x37\x01\x01\x35\x01\x01\x37\x02\x02\x03\xff"sv,
                kWhole,
                {{55, "\x01\x02\x03"sv}, {53, "\x01"sv}}},
        PartRow{{"TwoInPiecesThatAlternate"},
                "\x0f\x01\x61\x37\x01\x01\x0f\x01\x62\x37\x01\x02"sv,
                kWhole,
                {{15, "ab"sv}, {55, "\x01\x02"sv}}},
        PartRow{{"PieceThatIsEmpty"}, "\x37\0\x37\x01\x02"sv, kWhole, {{55, "\x02"sv}}},
        PartRow{{"LastPieceCutOff"}, "\x37\x01\x01\x37\x09\x02"sv, kTruncated, {{55, "\x01"sv}}}),
    [](const auto& row) { return row.param.name; });

TEST(OptionSet, FindsNothingThatDidNotCome) {
  const Read read = ReadPart("\x35\x01\x01\xff"sv);
  for (int code = 0; code < 256; ++code) {
    EXPECT_EQ(read.set.Has(static_cast<std::uint8_t>(code)), code == 53) << code;
    EXPECT_EQ(read.set.Find(static_cast<std::uint8_t>(code)).has_value(), code == 53) << code;
  }
}

TEST(OptionSet, HoldsEveryCodeAtOnce) {
  std::string part;
  for (int code = 1; code < 255; ++code) part += {static_cast<char>(code), 1, 'x'};
  const Read read = ReadPart(part);
  EXPECT_EQ(read.set.size(), 254U);
  EXPECT_EQ(read.set[253], (Option{254, "x"}));
}

TEST(OptionSet, JoinsPiecesFromSeveralPartsInTheirOrder) {
  const std::string_view datagram = "\x0f\x01\x63\xff\x0f\x01\x62\xff\x0f\x01\x61\xff"sv;
  OptionSet set;
  OptionReader reader(datagram, set);
  EXPECT_EQ(reader.Read(8, 4), kWhole);
  EXPECT_EQ(reader.Read(4, 4), kWhole);
  EXPECT_EQ(reader.Read(0, 4), kWhole);
  reader.Join();
  EXPECT_EQ(set.Find(15), std::optional("abc"sv));
}

TEST(OptionSet, StaysRightWhenItIsCopiedAndTheFirstIsGone) {
  OptionSet copy;
  const std::string_view datagram = "\x0f\x01\x61\x0f\x01\x62\x35\x01\x01"sv;
  {
    const Read read = ReadPart(datagram);
    copy = read.set;
  }
  EXPECT_EQ(copy.Find(15), std::optional("ab"sv));
  EXPECT_EQ(copy.Find(53), std::optional("\x01"sv));
}

TEST(OptionSet, JoinsTheLargestDatagramThatIsAllPieces) {
  // 21845 pieces of one octet, of two codes in turn.
  std::string datagram;
  for (int n = 0; n < 21845; ++n) datagram += {static_cast<char>(n % 2 == 0 ? 15 : 43), 1, 'x'};
  ASSERT_EQ(datagram.size(), OptionSet::kDatagramBytesMax);
  const Read read = ReadPart(datagram);
  EXPECT_EQ(read.set.Find(15)->size(), 10923U);
  EXPECT_EQ(read.set.Find(43)->size(), 10922U);
}

struct SubRow : test::Named {
  std::string_view bytes;
  bool is_malformed;
  std::vector<Option> options;
};

class SubOptionsRow : public testing::TestWithParam<SubRow> {};

TEST_P(SubOptionsRow, GivesWhatIsWhole) {
  SubOptions rest(GetParam().bytes);
  std::vector<Option> options;
  while (const auto option = rest.Next()) options.push_back(*option);
  EXPECT_EQ(options, GetParam().options);
  EXPECT_EQ(rest.is_malformed(), GetParam().is_malformed);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SubOptionsRow,
    testing::Values(SubRow{{"Nothing"}, ""sv, false, {}},
                    SubRow{{"CircuitAndRemote"},
                           "\x01\x02\x61\x62\x02\x01\x63"sv,
                           false,
                           {{1, "ab"sv}, {2, "c"sv}}},
                    SubRow{{"EmptyOne"}, "\x13\0"sv, false, {{19, ""sv}}},
                    SubRow{{"CodesOfPadAndEndAreCodes"},
                           "\0\x01\x61\xff\x01\x62"sv,
                           false,
                           {{0, "a"sv}, {255, "b"sv}}},
                    SubRow{{"LoneCode"}, "\x01"sv, true, {}},
                    SubRow{{"CodeAtTheEnd"}, "\x01\x01\x61\x02"sv, true, {{1, "a"sv}}},
                    SubRow{
                        {"LengthBeyondTheEnd"}, "\x01\x01\x61\x02\x02\x62"sv, true, {{1, "a"sv}}},
                    SubRow{{"LengthOf255"}, "\x01\xff\x61"sv, true, {}}),
    [](const auto& row) { return row.param.name; });

TEST(SubOptions, TheFirstOfACodeIsFound) {
  EXPECT_EQ(FindSubOption("\x01\x01\x61\x02\x01\x62\x02\x01\x63"sv, code::agent::kRemoteId),
            std::optional("b"sv));
  EXPECT_EQ(FindSubOption("\x01\x01\x61"sv, code::agent::kRemoteId), std::nullopt);
  EXPECT_EQ(FindSubOption("\x01\x09\x61\x02\x01\x62"sv, code::agent::kRemoteId), std::nullopt)
      << "what stands behind a broken one is not found";
}

}  // namespace
}  // namespace dhcpair::dhcp
