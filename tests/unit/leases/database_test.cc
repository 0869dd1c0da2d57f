#include "leases/database.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "leases/leases_files.h"
#include "leases/limits.h"

namespace dhcpair::leases {
namespace {

TEST(Database, KeepsTheLastOfEveryAddressThroughMillionsOfChanges) {
  struct Texts {
    std::string uid, hostname, rest;
  };
  Database database;
  std::map<std::uint32_t, Texts> wanted;
  std::mt19937 random(1);
  std::uniform_int_distribution<std::size_t> size(0, 40);
  for (int i = 0; i < 300'000; ++i) {
    // Addresses far apart and side by side.
    const std::uint32_t address = (random() % 50) << 20 | (random() % 100);
    const char letter = static_cast<char>('a' + i % 26);
    Texts& texts = wanted[address];
    texts = {std::string(size(random), letter), std::string(size(random), letter),
             std::string(size(random), letter)};
    ASSERT_TRUE(database.Put(Lease{.address = base::Ipv4Address(address),
                                   .ends = i + 1,
                                   .uid = texts.uid,
                                   .hostname = texts.hostname,
                                   .rest = texts.rest}));
  }
  ASSERT_EQ(database.size(), wanted.size());
  for (const auto& [address, texts] : wanted) {
    const auto index = database.Find(base::Ipv4Address(address));
    ASSERT_TRUE(index);
    EXPECT_EQ(database.At(*index).uid, texts.uid);
    EXPECT_EQ(database.At(*index).hostname, texts.hostname);
    EXPECT_EQ(database.At(*index).rest, texts.rest);
  }
  std::uint32_t before = 0;
  for (const Database::Index index : database.InOrder()) {
    EXPECT_LE(before, database.AddressAt(index).value());
    before = database.AddressAt(index).value();
  }
}

TEST(Database, FindsNothingThatIsNotThere) {
  Database database;
  EXPECT_EQ(database.Find(base::Ipv4Address(0)), std::nullopt);
  ASSERT_TRUE(database.Put(Lease{.address = base::Ipv4Address(1)}));
  EXPECT_EQ(database.Find(base::Ipv4Address(0)), std::nullopt);
  EXPECT_EQ(database.Find(base::Ipv4Address(1)), 0u);
}

TEST(Database, RefusesTextsThatNobodyWrites) {
  Database database;
  const std::string much(kRestBytesMax + 1, 'x');
  EXPECT_FALSE(database.Put(Lease{.uid = much}));
  EXPECT_FALSE(database.Put(Lease{.hostname = much}));
  EXPECT_FALSE(database.Put(Lease{.rest = much}));
  EXPECT_EQ(database.size(), 0u);
}

TEST(Database, ComparesWhatIsSaidAndNotInWhichOrder) {
  const std::string one = "lease 10.0.0.1 { ends never; }";
  const std::string two = "lease 10.0.0.2 { ends never; }";
  const auto read = [](const std::string& text) { return ReadLeases(text).database; };
  EXPECT_EQ(read(one + two), read(two + one));
  EXPECT_NE(read(one), read(two));
  EXPECT_NE(read(one), read(one + two));
  EXPECT_NE(read(one), read("lease 10.0.0.1 { ends never; reserved; }"));
  EXPECT_NE(read(one), read(one + "server-duid 1;"));
  EXPECT_NE(read(one), read(one + "host h { }"));
  EXPECT_NE(read("host h { }"), read("host h { dynamic; }"));
}

struct BoundRow {
  std::string_view text;
  Date bound_since;
};

TEST(Database, TellsWhenABindingBeganWhereTheFileShowsIt) {
  // Of 10.0.0.1; epochs for dates.
  const BoundRow rows[] = {
      {"lease 10.0.0.1 { starts epoch 100; binding state active; }", 0},
      {"lease 10.0.0.1 { starts epoch 100; binding state active; rewind binding state free; }",
       100},
      {"lease 10.0.0.1 { binding state free; }"
       "lease 10.0.0.1 { starts epoch 100; binding state active; }",
       100},
      // A renewal.
      {"lease 10.0.0.1 { binding state backup; }"
       "lease 10.0.0.1 { starts epoch 100; binding state active; hardware ethernet 1; }"
       "lease 10.0.0.1 { starts epoch 200; binding state active; hardware ethernet 1; }",
       100},
      {"lease 10.0.0.1 { starts epoch 100; binding state active; hardware ethernet 1; }"
       "lease 10.0.0.1 { starts epoch 200; binding state active; hardware ethernet 1; uid \"a\"; }",
       0},
      // Another client.
      {"lease 10.0.0.1 { starts epoch 100; binding state active; hardware ethernet 1; }"
       "lease 10.0.0.1 { starts epoch 200; binding state active; hardware ethernet 2; }",
       200},
      {"lease 10.0.0.1 { starts epoch 100; binding state active; uid \"a\"; }"
       "lease 10.0.0.1 { starts epoch 200; binding state active; uid \"b\"; }",
       200},
      {"lease 10.0.0.1 { binding state free; }"
       "lease 10.0.0.1 { starts epoch 100; binding state active; }"
       "lease 10.0.0.1 { starts epoch 150; binding state expired; }",
       0},
  };
  for (const BoundRow& row : rows) {
    EXPECT_EQ(ReadLeases(row.text).database.BoundSince(0), row.bound_since) << row.text;
  }
}

}  // namespace
}  // namespace dhcpair::leases
