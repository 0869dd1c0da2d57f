#include "lint/pool_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/lint_rows.h"
#include "support/named.h"

namespace dhcpair::lint {
namespace {

constexpr char kPrimary[] =
    "failover peer \"x\" { primary; address 10.0.0.2; peer address 10.0.0.3; mclt 1800; split 128; "
    "load balance max seconds 3; }\n";
constexpr char kSecondary[] =
    "failover peer \"x\" { secondary; address 10.0.0.3; peer address 10.0.0.2; "
    "load balance max seconds 3; }\n";
constexpr char kFailoverPool[] =
    "  pool { failover peer \"x\"; deny dynamic bootp clients; range 10.0.0.100 10.0.0.199; }\n";

std::string Subnet(const std::string& statements) {
  return "subnet 10.0.0.0 netmask 255.255.255.0 {\n" + statements + "}\n";
}

// A peer in line 1, a subnet in line 2, and in it these statements from line 3 on.
std::string Pools(const std::string& statements) { return kPrimary + Subnet(statements); }

text::Diagnostics Check(const std::string& text) {
  const conf::Model model = test::ReadModel(text);
  text::Diagnostics diagnostics;
  CheckPools(model, diagnostics);
  return diagnostics;
}

struct Row : test::Named {
  std::string text;
  std::vector<std::string> findings;
};

std::string NameOf(const testing::TestParamInfo<Row>& row) { return row.param.name; }

class Pool : public testing::TestWithParam<Row> {};

TEST_P(Pool, FindsThisAndNothingElse) {
  EXPECT_EQ(test::Seen(Check(GetParam().text)), GetParam().findings);
}

INSTANTIATE_TEST_SUITE_P(
    Clean, Pool,
    testing::Values(
        Row{"Nothing", "", {}},
        Row{"NoFailover",
            Subnet(
                "  range 10.0.0.10;\n  pool { allow dynamic bootp clients; range 10.0.0.20; }\n") +
                "max-lease-time infinite;\n",
            {}},
        Row{"OnePool", Pools(kFailoverPool), {}},
        Row{"TwoAddresses",
            Pools("  pool { failover peer \"x\"; deny dynamic bootp clients; range 10.0.0.10 "
                  "10.0.0.11; }\n"),
            {}},
        Row{"TwoRangesOfOneAddress",
            Pools("  pool { failover peer \"x\"; deny dynamic bootp clients; range 10.0.0.10;\n"
                  "    range 10.0.0.20; }\n"),
            {}},
        Row{"ARangeThatDhcpdPutsIntoTheFailoverPoolBeforeIt",
            Pools(kFailoverPool + std::string("  range 10.0.0.10 10.0.0.19;\n")),
            {}},
        Row{"OneAddressAndARangeThatDhcpdPutsBesideIt",
            Pools("  pool { failover peer \"x\"; deny dynamic bootp clients; range 10.0.0.10; }\n"
                  "  range 10.0.0.20;\n"),
            {}},
        Row{"ASubnetWithoutPools",
            Pools(kFailoverPool) + "subnet 10.0.1.0 netmask 255.255.255.0 { }\n",
            {}},
        Row{"NestedGroupsAndSharedNetworks",
            std::string(kPrimary) +
                "group { group { default-lease-time 600;\n"
                "shared-network \"n\" {\n" +
                Subnet("") +
                "subnet 10.0.1.0 netmask 255.255.255.0 { option routers 10.0.1.1; }\n"
                "pool { failover peer \"x\"; deny dynamic bootp clients; range 10.0.1.10 "
                "10.0.1.99;\n"
                "  range 10.0.0.10 10.0.0.99; }\n}\n} }\n",
            {}},
        Row{"InheritedFromTheSharedNetwork",
            std::string(kPrimary) + "shared-network n {\n  failover peer \"x\";\n" +
                Subnet("  pool { deny dynamic bootp clients; range 10.0.0.10 10.0.0.99; }\n" +
                       std::string(kFailoverPool)) +
                "}\n",
            {}},
        Row{"BootpDeniedForAll",
            "deny bootp;\n" + Pools("  pool { failover peer \"x\"; "
                                    "range 10.0.0.10 10.0.0.99; }\n"),
            {}},
        Row{"McltAsLongAsTheLease", "max-lease-time 1800;\n" + Pools(kFailoverPool), {}},
        Row{"ShortLeasesWhereThereIsNoFailover",
            Pools(kFailoverPool) +
                "subnet 10.0.1.0 netmask 255.255.255.0 { max-lease-time 600; }\n",
            {}},
        Row{"ShortLeasesOnASecondary",
            "max-lease-time 600;\n" + std::string(kSecondary) + Subnet(kFailoverPool),
            {}},
        Row{"InfiniteLeasesOutsideOfPools",
            "max-lease-time infinite;\n" +
                Pools("  max-lease-time 86400;\n" + std::string(kFailoverPool)),
            {}},
        Row{"AMaximumThatDepends",
            "max-lease-time 600;\nif known { max-lease-time 7200; }\n" + Pools(kFailoverPool),
            {}},
        Row{"AnInfiniteDefaultUnderAMaximum",
            "default-lease-time infinite;\nmax-lease-time 86400;\n" + Pools(kFailoverPool),
            {}}),
    NameOf);

INSTANTIATE_TEST_SUITE_P(
    OutsideFailover, Pool,
    testing::Values(
        Row{"APool",
            Pools(kFailoverPool + std::string("  pool { range 10.0.0.10 10.0.0.19; }\n")),
            {"pool-outside-failover:4"}},
        Row{"ARange",
            Pools("  range 10.0.0.10 10.0.0.19;\n" + std::string(kFailoverPool)),
            {"pool-outside-failover:3"}},
        Row{"ARangeBehindAPoolWithOtherPermits",
            Pools(
                "  pool { failover peer \"x\"; deny dynamic bootp clients; allow unknown-clients;\n"
                "    range 10.0.0.20 10.0.0.29; }\n  range 10.0.0.10 10.0.0.19;\n"),
            {"pool-outside-failover:5"}},
        Row{"SeveralRangesAreOnePool",
            Pools("  range 10.0.0.10 10.0.0.19;\n  range 10.0.0.30;\n" +
                  std::string(kFailoverPool)),
            {"pool-outside-failover:3"}},
        Row{"InAnotherSubnet",
            Pools(kFailoverPool) +
                "subnet 10.0.1.0 netmask 255.255.255.0 {\n  range 10.0.1.10 10.0.1.19;\n}\n",
            {"pool-outside-failover:6"}},
        Row{"ForBootp",
            Pools(kFailoverPool + std::string("  range dynamic-bootp 10.0.0.10 10.0.0.19;\n")),
            {"pool-bootp-outside-failover:4"}},
        Row{"ForBootpInPart",
            Pools(kFailoverPool + std::string("  pool {\n    range dynamic-bootp 10.0.0.10;\n"
                                              "    range 10.0.0.20; }\n")),
            {"pool-outside-failover:4"}}),
    NameOf);

INSTANTIATE_TEST_SUITE_P(
    Bootp, Pool,
    testing::Values(
        Row{"RangeBeforeThePeer",
            Pools("  pool {\n    range dynamic-bootp 10.0.0.10 10.0.0.19;\n"
                  "    failover peer \"x\";\n    deny dynamic bootp clients;\n  }\n"),
            {"pool-bootp-in-failover:4"}},
        Row{"Allowed",
            Pools("  pool {\n    failover peer \"x\";\n    allow dynamic bootp clients;\n"
                  "    range 10.0.0.10 10.0.0.19;\n  }\n"),
            {"pool-bootp-in-failover:5"}},
        Row{"NotDenied",
            Pools("  pool { failover peer \"x\"; range 10.0.0.10 10.0.0.19; }\n"),
            {"pool-bootp-not-denied:3"}},
        Row{"OthersDenied",
            Pools("  pool { failover peer \"x\"; deny unknown-clients;\n"
                  "    range 10.0.0.10 10.0.0.19; }\n"),
            {"pool-bootp-not-denied:3"}},
        Row{"NotDeniedWhereInherited",
            std::string(kPrimary) + "shared-network n {\n  failover peer \"x\";\n" +
                Subnet("  pool { range 10.0.0.10 10.0.0.99; }\n" + std::string(kFailoverPool)) +
                "}\n",
            {"pool-bootp-not-denied:5"}}),
    NameOf);

INSTANTIATE_TEST_SUITE_P(
    Sizes, Pool,
    testing::Values(Row{"OneAddress",
                        Pools("  pool { failover peer \"x\"; deny dynamic bootp clients;\n"
                              "    range 10.0.0.10; }\n"),
                        {"pool-too-small:4"}},
                    Row{"OneAddressFromItselfToItself",
                        Pools("  pool { failover peer \"x\"; deny dynamic bootp clients;\n"
                              "    range 10.0.0.10 10.0.0.10; }\n"),
                        {"pool-too-small:4"}}),
    NameOf);

INSTANTIATE_TEST_SUITE_P(
    LeaseTimes, Pool,
    testing::Values(
        Row{"MaximumBelowMclt",
            "max-lease-time 1799;\n" + Pools(kFailoverPool),
            {"pool-mclt-above-lease-time:1"}},
        Row{"MaximumInThePool",
            Pools("  pool { failover peer \"x\"; deny dynamic bootp clients;\n"
                  "    max-lease-time 600; range 10.0.0.10 10.0.0.19; }\n"),
            {"pool-mclt-above-lease-time:4"}},
        Row{"MaximumOfTwoPoolsIsSaidOnce",
            "max-lease-time 600;\n" +
                Pools(kFailoverPool +
                      std::string("  pool { failover peer \"x\"; deny dynamic bootp clients;\n"
                                  "    range 10.0.0.10 10.0.0.19; }\n")),
            {"pool-mclt-above-lease-time:1"}},
        Row{"TheDefaultMaximum",
            "failover peer \"x\" { primary; address 10.0.0.2; peer address 10.0.0.3;\n"
            "  mclt 90000; split 128; load balance max seconds 3; }\n" +
                Subnet(kFailoverPool),
            {"pool-mclt-above-lease-time:2"}},
        Row{"Infinite",
            "max-lease-time infinite;\n" + Pools(kFailoverPool),
            {"pool-infinite-lease:1"}},
        Row{"InfiniteAsANumber",
            "max-lease-time 4294967295;\n" + Pools(kFailoverPool),
            {"pool-infinite-lease:1"}},
        Row{"InfiniteInASharedNetwork",
            std::string(kPrimary) + "shared-network n {\n  max-lease-time infinite;\n" +
                Subnet(kFailoverPool) + "}\n",
            {"pool-infinite-lease:3"}},
        Row{"InfiniteInAGroup",
            std::string(kPrimary) + "group {\n  max-lease-time infinite;\n" +
                Subnet(kFailoverPool) + "}\n",
            {"pool-infinite-lease:3"}},
        Row{"InfiniteInThePool",
            "max-lease-time 600;\n" + std::string(kSecondary) +
                Subnet("  pool { failover peer \"x\"; deny dynamic bootp clients;\n"
                       "    max-lease-time infinite;\n    range 10.0.0.10 10.0.0.19; }\n"),
            {"pool-infinite-lease:5"}},
        Row{"AllOfThem",
            "max-lease-time infinite;\ndefault-lease-time infinite;\nmin-lease-time infinite;\n" +
                Pools(kFailoverPool),
            {"pool-infinite-lease:1", "pool-infinite-lease:2", "pool-infinite-lease:3"}}),
    NameOf);

struct FixRow : test::Named {
  std::string text;
  std::string fixed;
};

class PoolFix : public testing::TestWithParam<FixRow> {};

TEST_P(PoolFix, ChangesNothingElseAndIsEnough) {
  EXPECT_EQ(test::Fixed(GetParam().text, Check(GetParam().text)), GetParam().fixed);
  EXPECT_THAT(test::Seen(Check(GetParam().fixed)), testing::IsEmpty());
}

// dhcpd goes by the permits of pools to find one for a range that stands in none.
TEST(PoolFixes, LeavePermitsAloneWhereRangesStandInNoPool) {
  const std::string text = Pools(
      "  pool { failover peer \"x\"; range 10.0.0.10 10.0.0.19; }\n"
      "  range dynamic-bootp 10.0.0.30;\n");
  const text::Diagnostics found = Check(text);
  EXPECT_THAT(test::Seen(found), testing::Contains("pool-bootp-not-denied:3"));
  EXPECT_EQ(test::Fixed(text, found), text);
}

INSTANTIATE_TEST_SUITE_P(
    All, PoolFix,
    testing::Values(
        FixRow{"OnLines",
               Pools("  pool {\n    failover peer \"x\";  # both\n    range 10.0.0.10 10.0.0.19;\n"
                     "  }\n"),
               Pools("  pool {\n    failover peer \"x\";  # both\n"
                     "    deny dynamic bootp clients;\n    range 10.0.0.10 10.0.0.19;\n  }\n")},
        FixRow{"OnOneLine", Pools("  pool { failover peer \"x\"; range 10.0.0.10 10.0.0.19; }\n"),
               Pools("  pool { failover peer \"x\"; deny dynamic bootp clients; range 10.0.0.10 "
                     "10.0.0.19; }\n")},
        FixRow{"WithABlankBeforeTheSemicolon",
               Pools("  pool { failover peer \"x\" ; range 10.0.0.10 10.0.0.19; }\n"),
               Pools("  pool { failover peer \"x\" ; deny dynamic bootp clients; range 10.0.0.10 "
                     "10.0.0.19; }\n")}),
    [](const auto& row) { return row.param.name; });

struct PairRow : test::Named {
  std::string own;
  std::string partners;
  std::vector<std::string> findings;
};

class PoolOfAPair : public testing::TestWithParam<PairRow> {};

TEST_P(PoolOfAPair, OutsideOfFailoverIsWrongWhereBothHaveIt) {
  const conf::Model model = test::ReadModel(Pools(GetParam().own + kFailoverPool));
  const conf::Model partner =
      test::ReadModel(kSecondary + Subnet(GetParam().partners + kFailoverPool));
  text::Diagnostics diagnostics;
  CheckPools(model, diagnostics, &partner);
  EXPECT_EQ(test::Seen(diagnostics), GetParam().findings);
}

INSTANTIATE_TEST_SUITE_P(
    All, PoolOfAPair,
    testing::Values(PairRow{"TheSame",
                            "  range 10.0.0.10 10.0.0.19;\n",
                            "  range 10.0.0.10 10.0.0.19;\n",
                            {"pool-outside-failover:3"}},
                    PairRow{"InPart",
                            "  range 10.0.0.10 10.0.0.19;\n",
                            "  range 10.0.0.19 10.0.0.29;\n",
                            {"pool-outside-failover:3"}},
                    PairRow{"Inside",
                            "  range 10.0.0.10 10.0.0.19;\n",
                            "  range 10.0.0.12;\n",
                            {"pool-outside-failover:3"}},
                    PairRow{"SecondOfTheRanges",
                            "  range 10.0.0.10;\n  range 10.0.0.30;\n",
                            "  range 10.0.0.20;\n  range 10.0.0.30;\n",
                            {"pool-outside-failover:3"}},
                    PairRow{"OnThisNodeOnly", "  range 10.0.0.10 10.0.0.19;\n", "", {}},
                    PairRow{"ShareOfEach",
                            "  range 10.0.0.10 10.0.0.19;\n",
                            "  range 10.0.0.20 10.0.0.29;\n",
                            {}},
                    PairRow{"ForBootp",
                            "  range dynamic-bootp 10.0.0.10;\n",
                            "  range dynamic-bootp 10.0.0.10;\n",
                            {"pool-bootp-outside-failover:3"}}),
    [](const auto& row) { return row.param.name; });

TEST(PoolRules, OnlyAPoolOutsideOfFailoverIsAnErrorInAPair) {
  for (const text::Rule* const rule : PoolRules()) {
    EXPECT_EQ(rule->in_pair == text::Severity::kError, rule->id == "pool-outside-failover")
        << rule->id;
    EXPECT_NE(rule->severity, text::Severity::kError) << rule->id;
  }
}

TEST(Pool, TheExampleOfTheRecipeIsClean) {
  const std::string text =
      std::string(kPrimary) +
      "authoritative;\nddns-update-style none;\ndefault-lease-time 7200;\nmax-lease-time 86400;\n"
      "option domain-name \"example.org\";\n" +
      Subnet("  option routers 10.0.0.1;\n" + std::string(kFailoverPool)) +
      "host printer { hardware ethernet 02:00:00:00:13:05; fixed-address 10.0.0.5; }\n";
  EXPECT_THAT(test::Seen(Check(text)), testing::IsEmpty());
}

}  // namespace
}  // namespace dhcpair::lint
