#include "conf/subnet_index.h"

#include <gtest/gtest.h>

namespace dhcpair::conf {
namespace {

base::Ipv4Address Address(std::string_view text) { return base::Ipv4Address::Parse(text).value(); }

TEST(SubnetIndex, FindsNothingInNothing) {
  EXPECT_EQ(SubnetIndex().FindFirst(Address("10.0.0.1")), std::nullopt);
  EXPECT_EQ(SubnetIndex().FindSmallest(Address("10.0.0.1")), std::nullopt);
}

TEST(SubnetIndex, TellsTheFirstFromTheSmallest) {
  SubnetIndex index;
  EXPECT_TRUE(index.Add(Address("10.0.0.0"), Address("255.0.0.0"), 0));
  EXPECT_TRUE(index.Add(Address("10.1.0.0"), Address("255.255.0.0"), 1));
  EXPECT_TRUE(index.Add(Address("10.1.0.0"), Address("255.255.0.0"), 2));
  EXPECT_EQ(index.FindFirst(Address("10.1.2.3")), 0u);
  EXPECT_EQ(index.FindSmallest(Address("10.1.2.3")), 1u) << "of two that are alike the first";
  EXPECT_EQ(index.FindSmallest(Address("10.2.2.3")), 0u);
  EXPECT_EQ(index.FindSmallest(Address("11.0.0.0")), std::nullopt);
}

TEST(SubnetIndex, KnowsTheWholeInternetAndOneHost) {
  SubnetIndex index;
  EXPECT_TRUE(index.Add(Address("0.0.0.0"), Address("0.0.0.0"), 7));
  EXPECT_TRUE(index.Add(Address("1.2.3.4"), Address("255.255.255.255"), 8));
  EXPECT_EQ(index.FindSmallest(Address("255.255.255.255")), 7u);
  EXPECT_EQ(index.FindSmallest(Address("1.2.3.4")), 8u);
}

TEST(SubnetIndex, TakesAThousandNetmasksWithHoles) {
  SubnetIndex index;
  std::uint32_t taken = 0;
  for (std::uint32_t i = 0; i < 1200; ++i) {
    const base::Ipv4Address mask(0x80000001u + 2 * i);
    taken += index.Add(Address("0.0.0.0"), mask, i) ? 1 : 0;
  }
  EXPECT_EQ(taken, SubnetIndex::kOddMasksMax);
  EXPECT_EQ(index.FindFirst(Address("0.0.0.0")), 0u);
}

}  // namespace
}  // namespace dhcpair::conf
