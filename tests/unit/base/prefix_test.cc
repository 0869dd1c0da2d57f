#include "base/prefix.h"

#include <gtest/gtest.h>

#include "support/named.h"

namespace dhcpair::base {
namespace {

TEST(Prefix, KnowsItsMaskItsBroadcastAndItsMembers) {
  const auto prefix = Prefix::Parse("192.168.12.0/23");
  ASSERT_TRUE(prefix);
  EXPECT_EQ(prefix->netmask().ToString(), "255.255.254.0");
  EXPECT_EQ(prefix->broadcast().ToString(), "192.168.13.255");
  EXPECT_TRUE(prefix->Contains(*Ipv4Address::Parse("192.168.13.6")));
  EXPECT_FALSE(prefix->Contains(*Ipv4Address::Parse("192.168.14.0")));
}

TEST(Prefix, HoldsAtBothEndsOfTheLength) {
  EXPECT_EQ(Prefix::Parse("0.0.0.0/0")->broadcast().ToString(), "255.255.255.255");
  EXPECT_EQ(Prefix::Parse("10.0.0.1/32")->netmask().ToString(), "255.255.255.255");
}

struct BadRow : test::Named {
  const char* text;
  PrefixError error;
};

class PrefixBad : public testing::TestWithParam<BadRow> {};

TEST_P(PrefixBad, IsRefusedWithItsReason) {
  const auto prefix = Prefix::Parse(GetParam().text);
  ASSERT_FALSE(prefix);
  EXPECT_EQ(prefix.error(), GetParam().error);
  EXPECT_FALSE(Describe(prefix.error()).empty());
}

INSTANTIATE_TEST_SUITE_P(
    Rows, PrefixBad,
    testing::Values(BadRow{"Empty", "", PrefixError::kBadAddress},
                    BadRow{"Name", "lan/24", PrefixError::kBadAddress},
                    BadRow{"NoLength", "10.0.0.0", PrefixError::kNoLength},
                    BadRow{"EmptyLength", "10.0.0.0/", PrefixError::kBadLength},
                    BadRow{"LengthTooLarge", "10.0.0.0/33", PrefixError::kBadLength},
                    BadRow{"NegativeLength", "10.0.0.0/-1", PrefixError::kBadLength},
                    BadRow{"Mask", "10.0.0.0/255.0.0.0", PrefixError::kBadLength},
                    BadRow{"HostBits", "10.0.0.1/24", PrefixError::kHostBitsSet}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace dhcpair::base
