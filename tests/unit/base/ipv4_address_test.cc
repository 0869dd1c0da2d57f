#include "base/ipv4_address.h"

#include <gtest/gtest.h>

#include "support/named.h"

namespace dhcpair::base {
namespace {

TEST(Ipv4Address, ReadsAndPrintsFourDecimalParts) {
  for (const char* text : {"0.0.0.0", "192.168.13.6", "255.255.255.255", "10.0.0.1"}) {
    const auto address = Ipv4Address::Parse(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(address->ToString(), text);
  }
  EXPECT_EQ(Ipv4Address::Parse("10.1.2.3")->value(), 0x0a010203u);
}

struct BadRow : test::Named {
  const char* text;
  AddressError error;
};

class Ipv4AddressBad : public testing::TestWithParam<BadRow> {};

TEST_P(Ipv4AddressBad, IsRefusedWithItsReason) {
  const auto address = Ipv4Address::Parse(GetParam().text);
  ASSERT_FALSE(address) << GetParam().text;
  EXPECT_EQ(address.error(), GetParam().error);
  EXPECT_FALSE(Describe(address.error()).empty());
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Ipv4AddressBad,
    testing::Values(BadRow{"Empty", "", AddressError::kNotALiteral},
                    BadRow{"Name", "gw1.example.org", AddressError::kNotALiteral},
                    BadRow{"Ipv6", "2001:db8::1", AddressError::kNotALiteral},
                    BadRow{"Short", "10.0.0", AddressError::kNotFourParts},
                    BadRow{"Long", "10.0.0.1.2", AddressError::kNotFourParts},
                    BadRow{"TrailingDot", "10.0.0.1.", AddressError::kNotALiteral},
                    BadRow{"TwoDots", "10..0.1", AddressError::kNotALiteral},
                    BadRow{"PartTooLarge", "10.0.0.256", AddressError::kOutOfRange},
                    BadRow{"PartOverflows", "10.0.0.99999999999999", AddressError::kOutOfRange},
                    BadRow{"LeadingZero", "192.168.013.6", AddressError::kLeadingZero},
                    BadRow{"Prefix", "10.0.0.1/24", AddressError::kHasPrefixLength},
                    BadRow{"Negative", "10.0.0.-1", AddressError::kNotALiteral},
                    BadRow{"BlankBefore", " 10.0.0.1", AddressError::kNotALiteral},
                    BadRow{"BlankBehind", "10.0.0.1 ", AddressError::kNotALiteral},
                    BadRow{"Hexadecimal", "0x0a.0.0.1", AddressError::kNotALiteral}),
    [](const auto& row) { return row.param.name; });

TEST(Ipv4Address, OnlyUnicastBelongsToAHost) {
  for (const char* text : {"10.0.0.1", "127.0.0.1", "223.255.255.255"}) {
    EXPECT_TRUE(Ipv4Address::Parse(text)->is_host_address()) << text;
  }
  for (const char* text : {"0.0.0.0", "0.1.2.3", "224.0.0.1", "255.255.255.255"}) {
    EXPECT_FALSE(Ipv4Address::Parse(text)->is_host_address()) << text;
  }
}

}  // namespace
}  // namespace dhcpair::base
