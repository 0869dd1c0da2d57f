#include "lint/node_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lint/two_nodes.h"

namespace dhcpair::lint {
namespace {

using test::CheckBoth;
using test::kPools;
using test::kPrimary;
using test::kSecondary;
using test::MorePools;
using test::NodesRow;
using test::Peer;
using test::SeenOn;

std::string NameOf(const testing::TestParamInfo<NodesRow>& row) { return row.param.name; }

class Nodes : public testing::TestWithParam<NodesRow> {};

TEST_P(Nodes, DifferInThisAndNothingElse) {
  EXPECT_EQ(SeenOn(CheckBoth(GetParam().primary, GetParam().secondary)), GetParam().findings);
}

INSTANTIATE_TEST_SUITE_P(
    Clean, Nodes,
    testing::Values(
        NodesRow{"Nothing", "", "", {}},
        NodesRow{"APair", kPrimary + kPools, kSecondary + kPools, {}},
        NodesRow{
            "DefaultPorts",
            Peer("  primary; mclt 1800; split 128; address 10.0.0.2; peer address 10.0.0.3;\n") +
                kPools,
            Peer("  secondary; address 10.0.0.3; peer address 10.0.0.2; port 647;\n") + kPools,
            {}},
        NodesRow{"ARoleByDefault",
                 Peer("  mclt 1800; split 128; address 10.0.0.2; port 647; peer address 10.0.0.3;\n"
                      "  peer port 847;\n") +
                     kPools,
                 kSecondary + kPools,
                 {}},
        NodesRow{"NamesAreNotLookedUp",
                 Peer("  primary; mclt 1800; split 128; address dhcp1; peer address 10.0.0.3;\n") +
                     kPools,
                 Peer("  secondary; address dhcp2; peer address 10.0.0.2;\n") + kPools,
                 {}},
        NodesRow{
            "OtherSpacingAndCommentsAndCase",
            kPrimary + "# one\n" + kPools + "host h { hardware ethernet 02:00:00:00:00:01; }\n",
            kSecondary +
                "SUBNET 10.0.0.0   netmask 255.255.255.0 {\n  OPTION Routers\n 10.0.0.1; # gw\n"
                "  pool { failover peer \"x\"; range 10.0.0.100 10.0.0.199; } }\n"
                "HOST h\n{ hardware ETHERNET 02:00:00:00:00:01; }\n",
            {}},
        NodesRow{"AnotherOrder",
                 kPrimary + "default-lease-time 600;\noption domain-name \"a\";\n" + kPools,
                 "option domain-name \"a\";\ndefault-lease-time 600;\n" + kSecondary + kPools,
                 {}},
        NodesRow{"ARangeInPieces",
                 kPrimary + kPools,
                 kSecondary +
                     "subnet 10.0.0.0 netmask 255.255.255.0 {\n  option routers 10.0.0.1;\n"
                     "  pool { failover peer \"x\"; range 10.0.0.150 10.0.0.199;\n"
                     "    range 10.0.0.100 10.0.0.149; }\n}\n",
                 {}},
        NodesRow{
            "PoolsThatEachNodeHasForItself",
            kPrimary + kPools + "subnet 10.0.1.0 netmask 255.255.255.0 { range 10.0.1.10; }\n",
            kSecondary + kPools + "subnet 10.0.2.0 netmask 255.255.255.0 { range 10.0.2.10; }\n",
            {}},
        NodesRow{"ASubnetForAnInterface",
                 kPrimary + kPools + "subnet 192.0.2.0 netmask 255.255.255.0 { }\n",
                 kSecondary + kPools,
                 {}},
        NodesRow{"WhatConcernsTheProcess",
                 "omapi-port 7911;\nlog-facility local7;\nserver-name \"one\";\n"
                 "server-identifier 10.0.0.2;\npid-file-name \"/run/a\";\n" +
                     kPrimary + kPools,
                 "omapi-port 7912;\nserver-identifier 10.0.0.3;\n" + kSecondary + kPools,
                 {}},
        NodesRow{
            "AThirdServer",
            kPrimary +
                "failover peer \"y\" { primary; address 10.0.0.2; peer address 10.0.0.9; mclt 60;\n"
                "  split 128; }\n" +
                kPools +
                "subnet 10.0.9.0 netmask 255.255.255.0 {\n  option routers 10.0.9.1;\n"
                "  pool { failover peer \"y\"; range 10.0.9.10 10.0.9.99; }\n}\n"
                "host h { hardware ethernet 02:00:00:00:00:01; fixed-address 10.0.9.5; }\n",
            kSecondary + kPools,
            {}}),
    NameOf);

INSTANTIATE_TEST_SUITE_P(
    Peers, Nodes,
    testing::Values(
        NodesRow{
            "OtherName",
            kPrimary + kPools,
            "failover peer \"X\" { secondary; address 10.0.0.3; port 847; peer address 10.0.0.2; "
            "}\n"
            "subnet 10.0.0.0 netmask 255.255.255.0 {\n  option routers 10.0.0.1;\n"
            "  pool { failover peer \"X\"; range 10.0.0.100 10.0.0.199; }\n}\n",
            {"secondary node-peer-names-differ:1"}},
        NodesRow{"BothPrimary",
                 kPrimary + kPools,
                 Peer("  primary; mclt 1800; split 128;\n  address 10.0.0.3;\n  port 847;\n"
                      "  peer address 10.0.0.2;\n") +
                     kPools,
                 {"secondary node-both-primary:2"}},
        NodesRow{"BothPrimaryByDefault",
                 kPrimary + kPools,
                 Peer("  mclt 1800; split 128;\n  address 10.0.0.3;\n  port 847;\n"
                      "  peer address 10.0.0.2;\n") +
                     kPools,
                 {"secondary node-both-primary:1"}},
        NodesRow{"BothSecondary",
                 Peer("  secondary;\n  address 10.0.0.2;\n  peer address 10.0.0.3;\n"
                      "  peer port 847;\n") +
                     kPools,
                 kSecondary + kPools,
                 {"primary node-both-secondary:2"}},
        NodesRow{"NoPortIsRight",
                 Peer("  primary; mclt 1800; split 128;\n  address 10.0.0.2;\n  port 647;\n"
                      "  peer address 10.0.0.3;\n  peer port 647;\n") +
                     kPools,
                 Peer("  secondary;\n  address 10.0.0.3;\n  port 847;\n  peer address 10.0.0.2;\n"
                      "  peer port 847;\n") +
                     kPools,
                 {"primary node-ports-not-mirrored:6"}},
        NodesRow{
            "NoPortIsRightByDefault",
            Peer("  primary; mclt 1800; split 128;\n  address 10.0.0.2;\n  port 1647;\n"
                 "  peer address 10.0.0.3;\n") +
                kPools,
            Peer("  secondary;\n  address 10.0.0.3;\n  port 847;\n  peer address 10.0.0.2;\n") +
                kPools,
            {"primary node-ports-not-mirrored:1"}},
        NodesRow{"ThePortOfTheSecondaryIsNotRight",
                 kPrimary + kPools,
                 Peer("  secondary;\n  address 10.0.0.3;\n  port 847;\n  peer address 10.0.0.2;\n"
                      "  peer port 999;\n") +
                     kPools,
                 {"secondary node-partner-port-wrong:6"}},
        NodesRow{"ThePortOfThePrimaryIsNotRight",
                 Peer("  primary; mclt 1800; split 128;\n  address 10.0.0.2;\n  port 647;\n"
                      "  peer address 10.0.0.3;\n  peer port 999;\n") +
                     kPools,
                 kSecondary + kPools,
                 {"primary node-partner-port-wrong:6"}},
        NodesRow{
            "AnAddressOfTheSecondary",
            kPrimary + kPools,
            Peer("  secondary;\n  address 10.0.0.4;\n  port 847;\n  peer address 10.0.0.2;\n") +
                kPools,
            {"primary node-addresses-not-mirrored:5"}},
        NodesRow{
            "AnAddressOfThePrimary",
            kPrimary + kPools,
            Peer("  secondary;\n  address 10.0.0.3;\n  port 847;\n  peer address 10.0.0.1;\n") +
                kPools,
            {"secondary node-addresses-not-mirrored:5"}},
        NodesRow{
            "ThePeerCallsItself",
            kPrimary + kPools,
            Peer("  secondary;\n  address 10.0.0.3;\n  port 847;\n  peer address 10.0.0.3;\n") +
                kPools,
            {}},
        NodesRow{"TheSameFileTwice",
                 kPrimary + kPools,
                 kPrimary + kPools,
                 {"secondary node-both-primary:2", "primary node-addresses-not-mirrored:5",
                  "secondary node-addresses-not-mirrored:5", "primary node-ports-not-mirrored:6"}},
        NodesRow{
            "Limits",
            Peer("  primary; mclt 1800; split 128;\n  address 10.0.0.2; peer address 10.0.0.3;\n"
                 "  max-response-delay 60;\n  load balance max seconds 3;\n  min-balance 60;\n") +
                kPools,
            Peer("  secondary;\n  address 10.0.0.3; peer address 10.0.0.2;\n"
                 "  max-response-delay 30;\n  max-unacked-updates 100;\n") +
                kPools,
            {"secondary node-limits-differ:4", "secondary node-limits-differ:1"}},
        NodesRow{
            "LimitsThatWrapAreSaidElsewhere",
            Peer("  primary; mclt 1800; split 128;\n  address 10.0.0.2; peer address 10.0.0.3;\n"
                 "  max-balance -1;\n") +
                kPools,
            Peer("  secondary;\n  address 10.0.0.3; peer address 10.0.0.2;\n") + kPools,
            {}},
        NodesRow{
            "AutoPartnerDownAndMcltAreEachNodesOwn",
            Peer("  primary; mclt 1800; split 128;\n  address 10.0.0.2; peer address 10.0.0.3;\n"
                 "  auto-partner-down 86400;\n") +
                kPools,
            Peer("  secondary; mclt 60;\n  address 10.0.0.3; peer address 10.0.0.2;\n") + kPools,
            {}}),
    NameOf);

const std::string kPlainPool =
    "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
    "  option routers 10.0.0.1;\n"
    "  pool { range 10.0.0.100 10.0.0.199; }\n"
    "}\n";

INSTANTIATE_TEST_SUITE_P(
    Pools, Nodes,
    testing::Values(
        NodesRow{"NoFailoverOnTheSecondary",
                 kPrimary + kPools,
                 kPlainPool,
                 {"primary node-failover-one-sided:1"}},
        NodesRow{"NoFailoverOnThePrimary",
                 kPlainPool,
                 kSecondary + kPools,
                 {"secondary node-failover-one-sided:1"}},
        NodesRow{
            "APoolWithoutItOnTheSecondary",
            kPrimary + MorePools("  pool { failover peer \"x\"; range 10.0.0.10 10.0.0.19; }\n"),
            kSecondary + MorePools("  pool { range 10.0.0.10 10.0.0.19; }\n"),
            {"secondary node-failover-one-sided:10"}},
        NodesRow{
            "APoolWithoutItOnThePrimary",
            kPrimary + MorePools("  pool { range 10.0.0.10 10.0.0.19; }\n"),
            kSecondary + MorePools("  pool { failover peer \"x\"; range 10.0.0.10 10.0.0.19; }\n"),
            {"primary node-failover-one-sided:10"}},
        NodesRow{
            "ARangeOfTheSubnetItself",
            kPrimary + MorePools("  pool { failover peer \"x\"; range 10.0.0.10 10.0.0.19; }\n"),
            kSecondary + MorePools("  range 10.0.0.10 10.0.0.19;\n"),
            {"secondary node-failover-one-sided:10"}},
        NodesRow{"ARangeBehindThePoolOnOneNodeAndBeforeItOnTheOther",
                 kPrimary +
                     "subnet 10.0.0.0 netmask 255.255.255.0 {\n  pool { failover peer \"x\"; deny "
                     "dynamic bootp clients; range 10.0.0.30; }\n  range 10.0.0.10;\n}\n",
                 kSecondary +
                     "subnet 10.0.0.0 netmask 255.255.255.0 {\n  range 10.0.0.10;\n  pool { "
                     "failover peer \"x\"; deny dynamic bootp clients; range 10.0.0.30; }\n}\n",
                 {"secondary node-failover-one-sided:9"}},
        NodesRow{
            "TwoPoolsOfManyRangesAreOneFinding",
            kPrimary + MorePools("  pool { failover peer \"x\"; range 10.0.0.10; range 10.0.0.20; "
                                 "}\n"),
            kSecondary + MorePools("  pool { range 10.0.0.10; range 10.0.0.20; }\n"),
            {"secondary node-failover-one-sided:10"}},
        NodesRow{
            "APoolIsMissing",
            kPrimary + MorePools("  pool { failover peer \"x\"; range 10.0.0.10 10.0.0.19; }\n"),
            kSecondary + MorePools(""),
            {"primary node-pools-differ:10"}},
        NodesRow{
            "ARangeIsLonger",
            kPrimary + MorePools("  pool { failover peer \"x\"; range 10.0.0.10 10.0.0.19; }\n"),
            kSecondary + MorePools("  pool { failover peer \"x\"; range 10.0.0.10 10.0.0.29; }\n"),
            {"secondary node-pools-differ:10"}},
        NodesRow{
            "RangesAreShifted",
            kPrimary + MorePools("  pool { failover peer \"x\"; range 10.0.0.10 10.0.0.19; }\n"),
            kSecondary + MorePools("  pool { failover peer \"x\"; range 10.0.0.11 10.0.0.20; }\n"),
            {"primary node-pools-differ:10", "secondary node-pools-differ:10"}},
        NodesRow{"TheSubnetIsMissing",
                 kPrimary + kPools +
                     "subnet 10.0.1.0 netmask 255.255.255.0 {\n"
                     "  pool { failover peer \"x\"; range 10.0.1.10 10.0.1.19; }\n}\n",
                 kSecondary + kPools,
                 {"primary node-pools-differ:13"}},
        NodesRow{
            "InPartWithoutFailover",
            kPrimary + MorePools("  pool { failover peer \"x\"; range 10.0.0.10 10.0.0.19; }\n"),
            kSecondary + MorePools("  pool { failover peer \"x\"; range 10.0.0.10 10.0.0.14; }\n"
                                   "  range 10.0.0.15 10.0.0.19;\n"),
            {"secondary node-failover-one-sided:11"}},
        NodesRow{"OtherPermits",
                 kPrimary + MorePools("  pool { failover peer \"x\"; range 10.0.0.10 10.0.0.19;\n"
                                      "    deny unknown-clients; deny dynamic bootp clients; }\n"),
                 kSecondary + MorePools("  pool { failover peer \"x\"; range 10.0.0.10 10.0.0.19;\n"
                                        "    deny dynamic bootp clients; }\n"),
                 {"secondary node-rest-differs:10"}},
        NodesRow{"OtherTimes",
                 kPrimary + MorePools("  pool { failover peer \"x\"; range 10.0.0.10 10.0.0.19;\n"
                                      "    max-lease-time 3600; }\n"),
                 kSecondary + MorePools("  pool { failover peer \"x\"; range 10.0.0.10 10.0.0.19;\n"
                                        "    max-lease-time 7200; }\n"),
                 {"secondary node-rest-differs:11"}}),
    NameOf);

TEST(NodeFindings, OfPoolsAreCountedBeyondTheFirstFew) {
  std::string pools;
  for (int i = 0; i < 10; ++i) {
    pools += "  pool { failover peer \"x\"; range 10.0.0." + std::to_string(2 * i + 1) + "; }\n";
  }
  const auto diagnostics = CheckBoth(kPrimary + MorePools(pools), kSecondary + MorePools(""));
  EXPECT_EQ(diagnostics.all().size(), 3u);
  ASSERT_FALSE(diagnostics.all().back().notes.empty());
  EXPECT_EQ(diagnostics.all().back().notes.back().message, "and so it is with 7 more ranges");
}

TEST(NodeFindings, SayWhatIsWhere) {
  const auto diagnostics = CheckBoth(
      kPrimary + MorePools("  pool { failover peer \"x\"; range 10.0.0.10 10.0.0.19; }\n"),
      kSecondary + MorePools("  pool { failover peer \"x\"; range 10.0.0.12 10.0.0.14; }\n"));
  ASSERT_EQ(diagnostics.all().size(), 1u);
  const text::Diagnostic& finding = diagnostics.all()[0];
  EXPECT_THAT(
      finding.message,
      testing::HasSubstr("10.0.0.10 to 10.0.0.11 of this failover pool are in no pool of the "
                         "secondary, and others, 7 in all;"));
  ASSERT_EQ(finding.notes.size(), 1u);
  EXPECT_EQ(finding.notes[0].message, "what the secondary has of them");
  EXPECT_EQ(finding.notes[0].at->source->name(), "secondary.conf");
}

TEST(NodeFindings, OfABrokenFileAreThoseOfItsPeersOnly) {
  text::Diagnostics ignored;
  test::MapLoader loader;
  const conf::Model ours = test::ReadModel(kPrimary + kPools);
  const conf::Model theirs = conf::Read(
      loader, test::Source("secondary.conf", kSecondary + "subnet 10.0.0.0 {\n" + kPools), ignored);
  ASSERT_TRUE(theirs.has_errors);
  text::Diagnostics diagnostics;
  CheckNodes(ours, theirs, diagnostics);
  EXPECT_THAT(SeenOn(diagnostics), testing::IsEmpty());
}

}  // namespace
}  // namespace dhcpair::lint
