#include "base/hardware_address.h"

#include <gtest/gtest.h>

#include <vector>

namespace dhcpair::base {
namespace {

TEST(HardwareAddress, HoldsUpToTwentyOctets) {
  for (const std::size_t size : {0, 1, 6, 20}) {
    const std::vector<std::uint8_t> octets(size, 0xa5);
    const auto address = HardwareAddress::Make(1, octets);
    ASSERT_TRUE(address) << size;
    EXPECT_TRUE(address->is_present());
    EXPECT_EQ(address->octets().size(), size);
  }
  EXPECT_EQ(HardwareAddress::Make(1, std::vector<std::uint8_t>(21)), std::nullopt);
}

TEST(HardwareAddress, OfADefaultIsNone) {
  EXPECT_FALSE(HardwareAddress().is_present());
  EXPECT_NE(HardwareAddress(), HardwareAddress::Make(0, {}));
}

TEST(HardwareAddress, IsPrintedInLowerCase) {
  const std::vector<std::uint8_t> octets{0x02, 0x00, 0xAB};
  EXPECT_EQ(HardwareAddress::Make(1, octets)->ToString(), "02:00:ab");
}

TEST(HardwareAddress, OfTwoTypesIsNotTheSame) {
  const std::vector<std::uint8_t> octets{1, 2};
  EXPECT_EQ(HardwareAddress::Make(1, octets), HardwareAddress::Make(1, octets));
  EXPECT_NE(HardwareAddress::Make(1, octets), HardwareAddress::Make(6, octets));
  EXPECT_NE(HardwareAddress::Make(1, octets), HardwareAddress::Make(1, std::span(octets).first(1)));
}

TEST(HardwareType, HasTheWordOfDhcpdAndAnotherWhereThereIsNone) {
  for (int type = 0; type < 256; ++type) {
    const auto number = static_cast<std::uint8_t>(type);
    EXPECT_EQ(HardwareTypeNamed(HardwareTypeName(number)), number);
  }
  EXPECT_EQ(HardwareTypeNamed("Ethernet"), 1);
  EXPECT_EQ(HardwareTypeNamed("UNKNOWN-1"), 1);
  for (const std::string_view name : {"", "ether", "unknown", "unknown-", "unknown-x",
                                      "unknown-256", "unknown--1", "unknown-1 ", "1"}) {
    EXPECT_EQ(HardwareTypeNamed(name), std::nullopt) << name;
  }
}

}  // namespace
}  // namespace dhcpair::base
