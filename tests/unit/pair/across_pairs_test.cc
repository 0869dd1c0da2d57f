#include <gtest/gtest.h>

#include "pair/load.h"
#include "support/named.h"
#include "support/pairs.h"

namespace dhcpair::pair {
namespace {

constexpr char kOne[] =
    "pair: one\n"
    "primary: {host: root@GW1.example.org, address: 10.0.0.1}\n"
    "secondary: {host: gw2, address: 10.0.0.2}\n";

std::string Across(const std::string& other) {
  const std::vector<Pair> pairs{test::LoadPair(kOne), test::LoadPair(other)};
  text::Diagnostics found;
  CheckAcrossPairs(pairs, found);
  return RenderTerminal(found, text::Color::kNever);
}

TEST(AcrossPairs, PairsOfDifferentNodesAreFine) {
  EXPECT_EQ(Across("pair: two\nprimary: {host: gw3, address: 10.0.0.3}\n"
                   "secondary: {host: gw4, address: 10.0.0.4}\n"),
            "");
}

TEST(AcrossPairs, OneHostMayRunTwoDhcpdFromTwoFiles) {
  EXPECT_EQ(Across("pair: two\nprimary: {host: gw2, address: 10.0.0.2}\n"
                   "secondary: {host: gw1.example.org, address: 10.0.0.1}\n"
                   "paths: {conf: /etc/dhcpd-guests.conf}\n"),
            "");
}

struct ClashRow : test::Named {
  const char* yaml;
  const char* finding;
};

class Clash : public testing::TestWithParam<ClashRow> {};

TEST_P(Clash, IsReportedWithBothPairs) { EXPECT_EQ(Across(GetParam().yaml), GetParam().finding); }

INSTANTIATE_TEST_SUITE_P(
    Rows, Clash,
    testing::Values(
        ClashRow{"SameHostInOtherCaseAndAsOtherUser",
                 "pair: two\nprimary: {host: gw3, address: 10.0.0.3}\n"
                 "secondary: {host: admin@gw1.EXAMPLE.org, address: 10.0.0.4}\n",
                 "pair.yaml: error: the secondary of 'two' is admin@gw1.EXAMPLE.org with "
                 "/etc/dhcpd.conf, and so is the primary of 'one' in pair.yaml; a node has one "
                 "failover relationship in this version [pair-same-dhcpd-conf]\n"},
        ClashRow{"SameAddressUnderAnotherName",
                 "pair: two\nprimary: {host: gateway, address: 10.0.0.2}\n"
                 "secondary: {host: gw4, address: 10.0.0.4}\n",
                 "pair.yaml: error: the primary of 'two' is gateway with /etc/dhcpd.conf, and so "
                 "is the secondary of 'one' in pair.yaml; a node has one failover relationship in "
                 "this version [pair-same-dhcpd-conf]\n"},
        ClashRow{"AddressAsHost",
                 "pair: two\nprimary: {host: root@10.0.0.1, address: 10.0.0.5}\n"
                 "secondary: {host: gw4, address: 10.0.0.4}\n",
                 "pair.yaml: error: the primary of 'two' is root@10.0.0.1 with /etc/dhcpd.conf, "
                 "and so is the primary of 'one' in pair.yaml; a node has one failover "
                 "relationship in this version [pair-same-dhcpd-conf]\n"}),
    [](const auto& row) { return row.param.name; });

TEST(AcrossPairs, OneHostInBothRolesIsRefusedWithinAPair) {
  const std::vector<Pair> pairs{
      test::LoadPair("pair: one\nprimary: {host: gw1, address: 10.0.0.1}\n"
                     "secondary: {host: gw1, address: 10.0.0.2}\n")};
  text::Diagnostics found;
  CheckAcrossPairs(pairs, found);
  EXPECT_EQ(RenderTerminal(found, text::Color::kNever),
            "pair.yaml: error: the secondary of 'one' is gw1 with /etc/dhcpd.conf, and so is the "
            "primary of 'one'; a node has one failover relationship in this version "
            "[pair-same-dhcpd-conf]\n");
}

}  // namespace
}  // namespace dhcpair::pair
