#include "leases/pool_usage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conf/conf.h"
#include "leases/leases_files.h"
#include "support/map_loader.h"

namespace dhcpair::leases {
namespace {

using failover::BindingState;

conf::Model ModelOf(const std::string& text) {
  test::MapLoader loader;
  text::Diagnostics diagnostics;
  conf::Model model =
      conf::Read(loader, std::make_shared<const text::SourceFile>("dhcpd.conf", text), diagnostics);
  EXPECT_FALSE(diagnostics.has_errors());
  return model;
}

constexpr char kPair[] =
    "failover peer \"f\" { primary; address 10.0.0.1; peer address 10.0.0.2; mclt 60; split 128; "
    "max-response-delay 10; max-unacked-updates 10; }\n"
    "subnet 192.168.13.0 netmask 255.255.255.0 {\n"
    "  pool { failover peer \"f\"; range 192.168.13.32 192.168.13.47; }\n"
    "}\n";

constexpr char kTwoPools[] =
    "shared-network floor {\n"
    "  subnet 10.1.0.0 netmask 255.255.255.0 { pool { range 10.1.0.10 10.1.0.19; "
    "range 10.1.0.30; } }\n"
    "  subnet 10.2.0.0 netmask 255.255.255.0 { range 10.2.0.0 10.2.0.255; }\n"
    "}\n";

// As the `balanced pool` lines of the logs of this pair count.
TEST(CountPools, CountsARealPairAsItsLogsDo) {
  const conf::Model model = ModelOf(kPair);
  const struct {
    const char* capture;
    std::uint64_t free, backup, active, abandoned;
  } rows[] = {
      {"primary-normal", 6, 8, 2, 0},     {"secondary-normal", 6, 7, 3, 0},
      {"primary-expired", 8, 8, 0, 0},    {"secondary-expired", 8, 8, 0, 0},
      {"primary-exhausted", 0, 0, 16, 0}, {"secondary-exhausted", 0, 0, 16, 0},
  };
  for (const auto& row : rows) {
    const Database database = ReadLeases(Capture(row.capture + std::string(".leases"))).database;
    const Usage usage = CountPools(model, database, NewestDate(database));
    ASSERT_EQ(usage.pools.size(), 1u);
    EXPECT_EQ(usage.pools[0].network, "192.168.13.0/24");
    EXPECT_EQ(usage.pools[0].ranges, "192.168.13.32-192.168.13.47");
    EXPECT_EQ(usage.pools[0].peer, "f");
    const PoolCount& count = usage.pools[0].count;
    EXPECT_EQ(count.total, 16u);
    EXPECT_EQ(count.free(), row.free) << row.capture;
    EXPECT_EQ(count.backup(), row.backup) << row.capture;
    EXPECT_EQ(count.active(), row.active) << row.capture;
    EXPECT_EQ(count.In(BindingState::kAbandoned), row.abandoned) << row.capture;
    EXPECT_TRUE(usage.outside.empty());
  }
}

TEST(CountPools, TakesWhatNoFileNamesForFree) {
  const Usage usage = CountPools(ModelOf(kTwoPools), {}, 0);
  ASSERT_EQ(usage.pools.size(), 2u);
  EXPECT_EQ(usage.pools[0].network, "floor");
  EXPECT_EQ(usage.pools[0].ranges, "10.1.0.10-10.1.0.19 10.1.0.30");
  EXPECT_EQ(usage.pools[0].count.total, 11u);
  EXPECT_EQ(usage.pools[0].count.free(), 11u);
  EXPECT_EQ(usage.pools[0].count.percent_used(), 0);
  EXPECT_EQ(usage.pools[1].count.free(), 256u);
}

TEST(CountPools, ReportsAddressesOutsideAllRanges) {
  const Database database = ReadLeases(
                                "lease 10.1.0.9 { ends never; }"
                                "lease 10.1.0.10 { ends never; }"
                                "lease 10.1.0.20 { ends never; }"
                                "lease 10.1.0.29 { ends never; }"
                                "lease 10.1.0.30 { ends never; }"
                                "lease 10.1.0.31 { ends never; }"
                                "lease 9.255.255.255 { ends never; }"
                                "lease 10.2.0.255 { ends never; }"
                                "lease 10.2.1.0 { ends never; }")
                                .database;
  const Usage usage = CountPools(ModelOf(kTwoPools), database, 0);
  std::vector<std::string> outside;
  for (const Database::Index index : usage.outside) {
    outside.push_back(database.AddressAt(index).ToString());
  }
  EXPECT_THAT(outside, testing::ElementsAre("9.255.255.255", "10.1.0.9", "10.1.0.20", "10.1.0.29",
                                            "10.1.0.31", "10.2.1.0"));
  EXPECT_EQ(usage.pools[0].count.active(), 2u);
  EXPECT_EQ(usage.pools[1].count.active(), 1u);
}

TEST(CountPools, CountsReservedSparesApartAndBackupAsFreeWithoutFailover) {
  const std::string leases =
      "lease 192.168.13.32 { binding state free; reserved; }"
      "lease 192.168.13.33 { binding state backup; reserved; }"
      "lease 192.168.13.34 { binding state active; reserved; }"
      "lease 192.168.13.35 { binding state backup; }"
      "lease 192.168.13.36 { binding state released; }"
      "lease 192.168.13.37 { binding state reset; }"
      "lease 192.168.13.38 { ends epoch 50; }"
      "lease 192.168.13.39 { ends epoch 200; }";
  const PoolCount pair =
      CountPools(ModelOf(kPair), ReadLeases(leases).database, 100).pools[0].count;
  EXPECT_EQ(pair.reserved, 2u);
  EXPECT_EQ(pair.active(), 2u);
  EXPECT_EQ(pair.backup(), 1u);
  EXPECT_EQ(pair.free(), 8u);
  EXPECT_EQ(pair.In(BindingState::kReleased), 1u);
  EXPECT_EQ(pair.In(BindingState::kReset), 1u);
  EXPECT_EQ(pair.In(BindingState::kExpired), 1u);
  EXPECT_DOUBLE_EQ(pair.percent_used(), 100.0 * 7 / 16);

  const conf::Model alone =
      ModelOf("subnet 192.168.13.0 netmask 255.255.255.0 { range 192.168.13.32 192.168.13.47; }");
  const PoolCount count = CountPools(alone, ReadLeases(leases).database, 100).pools[0].count;
  EXPECT_EQ(count.backup(), 0u);
  EXPECT_EQ(count.free(), 10u);
  EXPECT_EQ(count.In(BindingState::kExpired), 0u);
}

TEST(CountPools, CountsBindingsThatBeganInTheLastHour) {
  const std::string leases =
      "lease 192.168.13.32 { binding state free; }"
      "lease 192.168.13.33 { binding state free; }"
      "lease 192.168.13.34 { binding state free; }"
      "lease 192.168.13.32 { starts epoch 6400; ends never; binding state active; }"
      "lease 192.168.13.33 { starts epoch 6401; ends never; binding state active; }"
      "lease 192.168.13.34 { starts epoch 10001; ends never; binding state active; }"
      "lease 192.168.13.35 { starts epoch 9999; ends never; binding state active; }";
  const Usage usage = CountPools(ModelOf(kPair), ReadLeases(leases).database, 10'000);
  EXPECT_EQ(usage.pools[0].count.bound_hour, 1u)
      << "not the one of an hour ago, of the future, or that may be a renewal";
}

TEST(SecondsLeft, DividesTheRateAsTheLoadBalancingDoes) {
  EXPECT_EQ(SecondsLeft(100, 50), 7200);
  EXPECT_EQ(SecondsLeft(0, 50), 0);
  EXPECT_EQ(SecondsLeft(100, 0), std::nullopt);
  EXPECT_EQ(SecondsLeft(100, -1), std::nullopt);
  EXPECT_EQ(SecondsLeft(1'000'000'000, 1e-9), 1'000'000'000'000'000);

  PoolCount count;
  count.total = 300;
  count.bound_hour = 40;
  count.by_state[static_cast<std::size_t>(BindingState::kFree)] = 100;
  count.by_state[static_cast<std::size_t>(BindingState::kBackup)] = 30;
  EXPECT_EQ(SecondsLeft(count, 128).primary, 5 * 3600);
  EXPECT_EQ(SecondsLeft(count, 128).secondary, 5400);
  EXPECT_EQ(SecondsLeft(count, 256).secondary, std::nullopt);
  EXPECT_EQ(SecondsLeft(count, 1000).primary, 9000);
  EXPECT_EQ(SecondsLeft(count, -5).primary, std::nullopt);
}

}  // namespace
}  // namespace dhcpair::leases
