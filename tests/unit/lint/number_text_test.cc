#include "lint/number_text.h"

#include <gtest/gtest.h>

#include <string>

#include "support/named.h"

namespace dhcpair::lint {
namespace {

struct Row : test::Named {
  std::string text;
  NumberText reading;
};

class NumberReading : public testing::TestWithParam<Row> {};

TEST_P(NumberReading, SaysHowDhcpdReadsIt) {
  EXPECT_EQ(Reading(GetParam().text), GetParam().reading);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, NumberReading,
    testing::Values(
        Row{"Plain", "600", NumberText::kPlain}, Row{"Zero", "0", NumberText::kPlain},
        Row{"Zeros", "000", NumberText::kPlain}, Row{"MinusZero", "-0", NumberText::kPlain},
        Row{"OneDigitBehindAZero", "07", NumberText::kPlain},
        Row{"Octal", "010", NumberText::kOctal}, Row{"ManyZeros", "000600", NumberText::kOctal},
        Row{"Largest", "4294967295", NumberText::kPlain},
        Row{"OneMore", "4294967296", NumberText::kTooLarge},
        Row{"Huge", std::string(1000, '9'), NumberText::kTooLarge},
        Row{"Negative", "-1", NumberText::kNegative},
        Row{"HugeAndNegative", "-99999999999", NumberText::kNegative},
        Row{"Hexadecimal", "0x10", NumberText::kPlain},
        Row{"LargestHexadecimal", "0XffffFFFF", NumberText::kPlain},
        Row{"HexadecimalTooLarge", "0x100000000", NumberText::kTooLarge},
        Row{"NegativeHexadecimal", "-0x10", NumberText::kOther},
        Row{"PrefixAlone", "0x", NumberText::kOther}, Row{"MinusAlone", "-", NumberText::kOther},
        Row{"Nothing", "", NumberText::kOther}, Row{"Word", "infinite", NumberText::kOther},
        Row{"Octets", "00:01", NumberText::kOther}, Row{"Several", "010, 020", NumberText::kOther},
        Row{"Address", "10.0.0.010", NumberText::kOther},
        Row{"Bytes", std::string("\0\xff", 2), NumberText::kOther}),
    [](const auto& row) { return row.param.name; });

TEST(OctalNumbers, HaveTheValueThatDhcpdReads) {
  EXPECT_EQ(OctalValue("0600"), 384u);
  EXPECT_EQ(OctalValue("010"), 8u);
}

}  // namespace
}  // namespace dhcpair::lint
