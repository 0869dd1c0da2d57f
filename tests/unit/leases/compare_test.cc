#include "leases/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "leases/leases_files.h"

namespace dhcpair::leases {
namespace {

TEST(DifferenceKinds, EachHasItsRow) {
  for (std::size_t i = 0; i < DifferenceKinds().size(); ++i) {
    const DifferenceRow& row = DifferenceKinds()[i];
    EXPECT_EQ(static_cast<std::size_t>(row.kind), i);
    EXPECT_FALSE(Name(row.weight).empty());
    EXPECT_FALSE(row.words.empty());
  }
}

constexpr CompareSettings kAtTenThousand{.now = 10'000, .mclt = 600};

struct Row {
  std::string_view on_primary;  // Fields of the lease, or "-" where the file does not name it.
  std::string_view on_secondary;
  std::string_view id;  // Empty when they say the same.
};

Database Of(std::string_view fields) {
  if (fields == "-") return {};
  return ReadLeases("lease 10.0.0.1 { " + std::string(fields) + " }").database;
}

std::string IdOf(const Row& row, const CompareSettings& settings) {
  const Comparison found = Compare(Of(row.on_primary), Of(row.on_secondary), settings);
  EXPECT_EQ(found.same + found.differences.size(), 1u);
  return found.differences.empty() ? "" : std::string(RowOf(found.differences[0].kind).id);
}

TEST(Compare, FindsNoDifferenceInDatesThatBelongToANode) {
  const Row rows[] = {
      {"binding state free;", "binding state free;", ""},
      {"binding state free;", "-", ""},
      {"-", "binding state free;", ""},
      {"binding state active; ends epoch 20000; tstp epoch 5; cltt epoch 4; starts epoch 3;",
       "binding state active; ends epoch 20000; tsfp epoch 5; atsfp epoch 5;", ""},
      {"ends epoch 20000;", "binding state active; ends epoch 20000;", ""},
      {"ends epoch 200;", "binding state expired; ends epoch 200;", ""},
  };
  for (const Row& row : rows) EXPECT_EQ(IdOf(row, kAtTenThousand), row.id) << row.on_primary;
}

TEST(Compare, CallsNormalWhatOneNodeCannotKnow) {
  const Row rows[] = {
      {"binding state active; ends epoch 20000; client-hostname \"a\";",
       "binding state active; ends epoch 20000;", "details"},
      {"binding state active; ends epoch 20000; set x = \"1\";",
       "binding state active; ends epoch 20000;", "details"},
      {"binding state active; ends epoch 20000; uid \"a\"; hardware ethernet 1;",
       "binding state active; ends epoch 20000; hardware ethernet 1;", "details"},
      {"binding state free; hardware ethernet 1;", "binding state free; hardware ethernet 2;",
       "details"},
      {"binding state free; ends epoch 1;", "-", "details"},
      {"binding state backup; ends epoch 1;", "binding state backup; ends epoch 2;", "details"},
  };
  for (const Row& row : rows) EXPECT_EQ(IdOf(row, kAtTenThousand), row.id) << row.on_primary;
}

TEST(Compare, ExplainsByAnUpdateWhatChangedWithinMclt) {
  const Row rows[] = {
      {"binding state active; starts epoch 9400; ends epoch 20000;", "binding state free;",
       "under-way"},
      {"binding state active; starts epoch 9399; ends epoch 20000;", "binding state free;",
       "active-on-one"},
      {"binding state backup;", "binding state active; cltt epoch 9500; ends epoch 20000;",
       "under-way"},
      {"binding state active; starts epoch 9990; ends epoch 20000;",
       "binding state active; starts epoch 5000; ends epoch 15000;", "under-way"},
      {"binding state active; starts epoch 9000; ends epoch 20000;",
       "binding state active; starts epoch 5000; ends epoch 15000;", "ends"},
      // It ran out a moment ago.
      {"binding state expired; ends epoch 9990;", "binding state active; ends epoch 9990;",
       "under-way"},
      {"binding state expired; ends epoch 9000;", "binding state active; ends epoch 9000;",
       "stale"},
      {"binding state backup; starts epoch 9950;", "-", "under-way"},
      {"binding state backup; starts epoch 950;", "-", "stale"},
      {"binding state abandoned;", "binding state free;", "stale"},
      {"-", "binding state active; ends never;", "active-on-one"},
  };
  for (const Row& row : rows) EXPECT_EQ(IdOf(row, kAtTenThousand), row.id) << row.on_primary;
}

TEST(Compare, IsInTroubleWhenTwoClientsOrBothNodesHaveAnAddress) {
  const Row rows[] = {
      {"binding state active; starts epoch 9999; ends epoch 20000; hardware ethernet 1;",
       "binding state active; starts epoch 9999; ends epoch 20000; hardware ethernet 2;",
       "two-clients"},
      {"binding state active; ends epoch 20000; hardware ethernet 1; uid \"a\";",
       "binding state active; ends epoch 20000; hardware ethernet 1; uid \"b\";", "two-clients"},
      {"binding state free;", "binding state backup;", "both-own"},
      {"-", "binding state backup;", "both-own"},
      {"binding state free; starts epoch 9939;", "binding state backup;", "both-own"},
      {"binding state free; starts epoch 9940;", "binding state backup;", "under-way"},
      {"binding state backup;", "binding state free;", "stale"},
  };
  for (const Row& row : rows) EXPECT_EQ(IdOf(row, kAtTenThousand), row.id) << row.on_secondary;
}

TEST(Compare, LetsUpdatesWaitWhileTheNodesDoNotTalk) {
  const CompareSettings apart{.now = 10'000, .mclt = 600, .apart_since = 2000};
  const Row rows[] = {
      {"binding state active; starts epoch 2000; ends epoch 20000;", "-", "waits-for-link"},
      {"binding state active; starts epoch 1999; ends epoch 20000;", "-", "active-on-one"},
      {"binding state active; starts epoch 2000; ends epoch 20000; hardware ethernet 1;",
       "binding state active; starts epoch 2000; ends epoch 20000; hardware ethernet 2;",
       "two-clients"},
  };
  for (const Row& row : rows) EXPECT_EQ(IdOf(row, apart), row.id) << row.on_primary;
}

TEST(Compare, ListsDifferencesByAddress) {
  const Database one = ReadLeases(
                           "lease 10.0.0.9 { binding state abandoned; }"
                           "lease 9.0.0.1 { binding state abandoned; }"
                           "lease 10.0.0.1 { binding state abandoned; }")
                           .database;
  const Database two = ReadLeases(
                           "lease 10.0.0.5 { binding state abandoned; }"
                           "lease 10.0.0.1 { binding state abandoned; }")
                           .database;
  const Comparison found = Compare(one, two, kAtTenThousand);
  std::vector<std::string> addresses;
  for (const Difference& difference : found.differences) {
    addresses.push_back(difference.address.ToString());
  }
  EXPECT_THAT(addresses, testing::ElementsAre("9.0.0.1", "10.0.0.5", "10.0.0.9"));
  EXPECT_EQ(found.same, 1u);
  EXPECT_EQ(found.CountOf(Weight::kTrouble), 3u);
  EXPECT_EQ(found.CountOf(Weight::kInFlight), 0u);
}

TEST(SettingsOf, TakesNowMcltAndTheLostLinkFromTheFiles) {
  const Database primary =
      ReadLeases(
          "failover peer \"a\" state { my state communications-interrupted at epoch 500; partner "
          "state normal at epoch 100; }"
          "lease 10.0.0.1 { starts epoch 700; ends never; }")
          .database;
  const Database secondary =
      ReadLeases(
          "failover peer \"a\" state { my state normal at epoch 100; partner state normal at epoch "
          "90; mclt 60; }")
          .database;
  const CompareSettings settings = SettingsOf(primary, secondary);
  EXPECT_EQ(settings.now, 700);
  EXPECT_EQ(settings.mclt, 60);
  EXPECT_EQ(settings.apart_since, 500);
  EXPECT_EQ(OrderOf(primary, secondary), Order::kPrimaryFirst);
  EXPECT_EQ(OrderOf(secondary, primary), Order::kSecondaryFirst);
  EXPECT_EQ(OrderOf(primary, primary), std::nullopt);
  EXPECT_EQ(SettingsOf(secondary, secondary).apart_since, std::nullopt);
  EXPECT_EQ(SettingsOf({}, {}).mclt, 3600);
}

struct CaptureRow {
  const char* moment;
  std::uint64_t same, normal, in_flight, trouble;
};

// A real pair: in trouble only where its addresses were given twice.
TEST(Compare, JudgesARealPair) {
  const CaptureRow rows[] = {
      {"normal", 13, 2, 1, 0},
      {"expired", 13, 3, 0, 0},
      {"secondary-killed", 11, 2, 3, 0},
      {"exhausted", 16, 0, 0, 0},
      {"both-partner-down", 12, 3, 1, 0},
      {"after-conflict", 12, 4, 0, 0},
      {"two-clients", 4, 0, 4, 8},
  };
  for (const CaptureRow& row : rows) {
    const std::string name = std::string(row.moment) + ".leases";
    const Database primary = ReadLeases(Capture("primary-" + name)).database;
    const Database secondary = ReadLeases(Capture("secondary-" + name)).database;
    EXPECT_EQ(OrderOf(primary, secondary), Order::kPrimaryFirst) << row.moment;
    const Comparison found = Compare(primary, secondary, SettingsOf(primary, secondary));
    EXPECT_EQ(found.same, row.same) << row.moment;
    EXPECT_EQ(found.CountOf(Weight::kNormal), row.normal) << row.moment;
    EXPECT_EQ(found.CountOf(Weight::kInFlight), row.in_flight) << row.moment;
    EXPECT_EQ(found.CountOf(Weight::kTrouble), row.trouble) << row.moment;
  }
}

}  // namespace
}  // namespace dhcpair::leases
