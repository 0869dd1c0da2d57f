// Into which pools dhcpd 4.4.3-P1 puts ranges that stand right in a subnet; the totals of pools in
// the log of a running pair tell.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "read_conf.h"
#include "support/named.h"

namespace dhcpair::conf {
namespace {

constexpr char kPeer[] =
    "failover peer \"x\" { primary; address 10.0.0.2; peer address 10.0.0.3; mclt 60; split 128; "
    "}\n";

// Each pool: its peer, or "-", or "own" for one that dhcpd made; and how its ranges begin.
std::vector<std::string> PoolsOf(const Model& model) {
  std::vector<std::string> pools;
  for (const Pool& pool : model.pools) {
    std::string& text = pools.emplace_back(pool.is_implied ? "own" : pool.peer ? "x" : "-");
    for (const Range& range : pool.ranges) {
      text += fmt::format(" {}.{}", range.first.value() >> 8 & 0xff, range.first.value() & 0xff);
      EXPECT_EQ(range.subnet.has_value(), model.TextOf(range.origin).ends_with(" ;"));
    }
  }
  return pools;
}

struct Row : test::Named {
  std::string statements;
  std::vector<std::string> pools;
};

class BareRange : public testing::TestWithParam<Row> {};

// F has the permit that dhcpd looks for, G has none, O is for others; bare ranges end in " ;".
TEST_P(BareRange, GoesIntoThisPool) {
  const test::ReadConf read = test::Read(
      kPeer + std::string("shared-network n {\nsubnet 10.0.0.0 netmask 255.255.255.0 {\n") +
      GetParam().statements + "}\n}\n");
  EXPECT_EQ(read.findings(), "");
  EXPECT_EQ(PoolsOf(read.model), GetParam().pools);
}

constexpr char kF[] = "pool { failover peer \"x\"; deny dynamic bootp clients; range 10.0.0.1; }\n";
constexpr char kG[] = "pool { failover peer \"x\"; range 10.0.0.1; }\n";
constexpr char kO[] = "pool { deny unknown-clients; range 10.0.0.9; }\n";
constexpr char kOther[] = "}\nsubnet 10.0.1.0 netmask 255.255.255.0 {\n";

INSTANTIATE_TEST_SUITE_P(
    All, BareRange,
    testing::Values(
        Row{"AllBeforeThePool",
            std::string("range 10.0.0.20 ;\nrange 10.0.0.30 ;\n").append(kF),
            {"own 0.20 0.30", "x 0.1"}},
        Row{"BehindThePool", std::string(kF).append("range 10.0.0.20 ;\n"), {"x 0.1 0.20"}},
        Row{"BehindAPoolWithoutPermits",
            std::string(kG).append("range 10.0.0.20 ;\n"),
            {"x 0.1", "own 0.20"}},
        Row{"OnlyTheSecondBehindAPoolWithoutPermits",
            std::string(kG).append("range 10.0.0.20 ;\nrange 10.0.0.30 ;\n"),
            {"x 0.1 0.30", "own 0.20"}},
        Row{"InThePoolBeforeTheOneThatIsLookedFor",
            std::string(kO).append(kF).append("range 10.0.0.20 ;\n"),
            {"- 0.9 0.20", "x 0.1"}},
        Row{"BeforeThePoolAndBehindIt",
            std::string("range 10.0.0.20 ;\n").append(kF).append("range 10.0.0.30 ;\n"),
            {"own 0.20 0.30", "x 0.1"}},
        Row{"ForBootpBehindOneThatDeniesIt",
            std::string("range 10.0.0.20 ;\n")
                .append("range dynamic-bootp 10.0.0.30 ;\nrange dynamic-bootp 10.0.0.40 ;\n")
                .append(kG),
            {"own 0.20 0.40", "own 0.30", "x 0.1"}},
        Row{"InAnotherSubnetOfTheNetwork",
            std::string(kF).append(kOther).append("range 10.0.1.20 ;\n"),
            {"x 0.1 1.20"}},
        Row{"OnePoolForEachSubnetThatDhcpdMakesOneFor",
            std::string("range 10.0.0.20 ;\n")
                .append(kOther)
                .append("range 10.0.1.20 ;\nrange 10.0.1.30 ;\n")
                .append("pool { failover peer \"x\"; range 10.0.1.1; }\n"),
            {"own 0.20", "own 1.20 1.30", "x 1.1"}},
        Row{"APoolInAnotherOneIsNotBeforeIt",
            std::string(kO).append(kG).append(
                "pool { deny unknown-clients; deny unknown-clients; range 10.0.0.8; }\n"
                "range 10.0.0.20 ;\nrange 10.0.0.30 ;\n"),
            {"- 0.9", "x 0.1 0.30", "- 0.8", "own 0.20"}},
        Row{"APoolWithAStatementIsInNoOther",
            std::string(kO).append(kG).append(
                "pool { deny unknown-clients; min-lease-time 9; range 10.0.0.8; }\n"
                "range 10.0.0.20 ;\nrange 10.0.0.30 ;\n"),
            {"- 0.9", "x 0.1", "- 0.8 0.30", "own 0.20"}}),
    [](const auto& row) { return row.param.name; });

TEST(BareRange, IsInAPoolWithThePermitThatDhcpdGivesIt) {
  const test::ReadConf read = test::Read(
      "subnet 10.0.0.0 netmask 255.255.255.0 {\n  range 10.0.0.1;\n"
      "  range dynamic-bootp 10.0.0.2;\n}\n");
  ASSERT_EQ(read.model.pools.size(), 2u);
  ASSERT_EQ(read.model.pools[0].permits.size(), 1u);
  EXPECT_FALSE(read.model.pools[0].permits[0].is_allow);
  EXPECT_EQ(read.model.pools[0].permits[0].kind, PermitKind::kDynamicBootpClients);
  ASSERT_EQ(read.model.pools[1].permits.size(), 1u);
  EXPECT_TRUE(read.model.pools[1].permits[0].is_allow);
  EXPECT_EQ(read.model.pools[1].permits[0].kind, PermitKind::kAllClients);
}

}  // namespace
}  // namespace dhcpair::conf
