#include "lint/plan_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/lint_rows.h"
#include "support/named.h"
#include "support/pairs.h"

namespace dhcpair::lint {
namespace {

constexpr char kPeer[] =
    "failover peer \"p\" { primary; address 10.0.0.1; peer address 10.0.0.2; mclt 1800; split 128; "
    "}\n";

text::Diagnostics Check(const std::string& plan, const std::string& networks) {
  const pair::Pair pair = test::LoadPair(test::kMinimalPair + plan);
  const conf::Model model = test::ReadModel(kPeer + networks);
  text::Diagnostics diagnostics;
  CheckPlan(pair, model, diagnostics);
  return diagnostics;
}

// A subnet with a failover pool of these addresses.
std::string Subnet(const std::string& range, const std::string& further = "") {
  return "subnet 10.0.0.0 netmask 255.255.0.0 {\n  pool { failover peer \"p\"; range " + range +
         "; }\n" + further + "}\n";
}

struct Row : test::Named {
  std::string plan;
  std::string networks;
  std::vector<std::string> findings;
};

class Plan : public testing::TestWithParam<Row> {};

TEST_P(Plan, FindsThisAndNothingElse) {
  EXPECT_EQ(test::Seen(Check(GetParam().plan, GetParam().networks)), GetParam().findings);
}

INSTANTIATE_TEST_SUITE_P(
    LargeEnough, Plan,
    testing::Values(Row{"NoPlan", "", Subnet("10.0.0.10"), {}},
                    Row{"JustEnough",
                        "plan: {outage: 24h, new-clients-per-hour: 1}\n",
                        Subnet("10.0.0.1 10.0.0.48"),
                        {}},
                    Row{"OneClientOfAShortOutage",
                        "plan: {outage: 1s, new-clients-per-hour: 1}\n",
                        Subnet("10.0.0.1 10.0.0.2"),
                        {}},
                    Row{"PoolsOfASubnetTogether",
                        "plan: {outage: 24h, new-clients-per-hour: 1}\n",
                        Subnet("10.0.0.1 10.0.0.24",
                               "  pool { failover peer \"p\"; range 10.0.0.101 10.0.0.124; }\n"),
                        {}},
                    Row{"PoolsOfASharedNetworkTogether",
                        "plan: {outage: 24h, new-clients-per-hour: 1}\n",
                        "shared-network n {\n" + Subnet("10.0.0.1 10.0.0.24") +
                            "subnet 10.1.0.0 netmask 255.255.0.0 {\n"
                            "  pool { failover peer \"p\"; range 10.1.0.1 10.1.0.24; }\n}\n}\n",
                        {}},
                    Row{"ANetworkWithoutFailover",
                        "plan: {outage: 24h, new-clients-per-hour: 1}\n",
                        Subnet("10.0.0.1 10.0.0.48") +
                            "subnet 10.1.0.0 netmask 255.255.0.0 { range 10.1.0.1; }\n",
                        {}}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    TooSmall, Plan,
    testing::Values(Row{"ByOne",
                        "plan: {outage: 24h, new-clients-per-hour: 1}\n",
                        Subnet("10.0.0.1 10.0.0.47"),
                        {"plan-pool-too-small:3"}},
                    Row{"OneAddress",
                        "plan: {outage: 1s, new-clients-per-hour: 1}\n",
                        Subnet("10.0.0.1"),
                        {"plan-pool-too-small:3"}},
                    Row{"PlainRangesDoNotCount",
                        "plan: {outage: 24h, new-clients-per-hour: 1}\n",
                        Subnet("10.0.0.1 10.0.0.24", "  range 10.0.0.101 10.0.0.200;\n"),
                        {"plan-pool-too-small:3"}},
                    Row{"EachNetworkByItself",
                        "plan: {outage: 24h, new-clients-per-hour: 1}\n",
                        Subnet("10.0.0.1 10.0.0.48") +
                            "subnet 10.1.0.0 netmask 255.255.0.0 {\n"
                            "  pool { failover peer \"p\"; range 10.1.0.1 10.1.0.24; }\n}\n",
                        {"plan-pool-too-small:6"}},
                    Row{"APoolOfMillions",
                        "plan: {outage: 365d, new-clients-per-hour: 1000000}\n",
                        "subnet 10.0.0.0 netmask 255.0.0.0 {\n"
                        "  pool { failover peer \"p\"; range 10.0.0.1 10.15.255.254; }\n}\n",
                        {"plan-pool-too-small:3"}}),
    [](const auto& row) { return row.param.name; });

TEST(PlanMessages, SayTheSizeThatIsNeeded) {
  const auto diagnostics =
      Check("plan: {outage: 24h, new-clients-per-hour: 10}\n", Subnet("10.0.0.1 10.0.0.192"));
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(diagnostics.all()[0].message,
            "this network's failover pool has 192 addresses, of which each node has at most 96 for "
            "new clients while its partner is out; the plan expects 240 of them (10 an hour for 24 "
            "h); if they come to this network, 480 addresses are needed");
}

TEST(PlanMessages, CountPoolsThatAreSeveral) {
  const auto diagnostics =
      Check("plan: {outage: 90m, new-clients-per-hour: 100}\n",
            Subnet("10.0.0.1 10.0.0.24",
                   "  pool { failover peer \"p\"; range 10.0.0.101 10.0.0.124; }\n"));
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_THAT(diagnostics.all()[0].message,
              testing::AllOf(testing::StartsWith("this network's 2 failover pools have 48"),
                             testing::HasSubstr("150 of them (100 an hour for 90 min)")));
}

}  // namespace
}  // namespace dhcpair::lint
