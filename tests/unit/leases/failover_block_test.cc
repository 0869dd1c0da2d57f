#include "leases/failover_block.h"

#include <gtest/gtest.h>

#include <string>

#include "leases/strings.h"

namespace dhcpair::leases {
namespace {

using failover::State;

constexpr std::string_view kBlock =
    "failover peer \"dhcp-failover\" state {\n"
    "  my state normal at 1 2026/11/23 19:27:56;\n"
    "  partner state recover-done at 1 2026/11/23 19:27:50;\n"
    "  mclt 60;\n"
    "}\n";

TEST(FailoverBlock, IsReadAsDhcpdWritesIt) {
  const auto block = ReadFailoverBlock(kBlock);
  ASSERT_TRUE(block);
  EXPECT_EQ(block->peer, "dhcp-failover");
  EXPECT_EQ(block->mine, State::kNormal);
  EXPECT_EQ(block->mine_since, ReadDate("1 2026/11/23 19:27:56"));
  EXPECT_EQ(block->partner, State::kRecoverDone);
  EXPECT_EQ(block->partner_since, ReadDate("1 2026/11/23 19:27:50"));
  EXPECT_EQ(block->mclt, 60u);
  EXPECT_EQ(Print(*block), kBlock);
}

TEST(FailoverBlock, HasNoDateWhereNoneIsWritten) {
  const auto block = ReadFailoverBlock(
      "FAILOVER peer x STATE { partner state unknown-state; my state communications-interrupted; "
      "}");
  ASSERT_TRUE(block);
  EXPECT_EQ(block->peer, "x");
  EXPECT_EQ(block->mine, State::kCommunicationsInterrupted);
  EXPECT_EQ(block->mine_since, std::nullopt);
  EXPECT_EQ(block->partner, State::kUnknown);
  EXPECT_EQ(block->mclt, std::nullopt);
  EXPECT_EQ(ReadFailoverBlock(Print(*block)), block);
}

TEST(FailoverBlock, TakesEveryState) {
  for (const failover::StateRow& row : failover::States()) {
    const FailoverBlock block{.peer = "a \"b\"\\\n", .mine = row.state, .partner = row.state};
    EXPECT_EQ(ReadFailoverBlock(Print(block)), block) << row.name;
  }
}

TEST(FailoverBlock, IsNoneWhenAnythingIsWrong) {
  const std::string whole(kBlock);
  for (const std::string_view text : {
           "",
           "failover",
           "failover peer \"a\"",
           "failover peer \"a\" state",
           "failover peer \"a\" state {",
           "failover peer \"a\" state { }",
           "failover peer 7 state { my state normal; partner state normal; }",
           "failover peer \"a\" { my state normal; partner state normal; }",
           "failover \"a\" state { my state normal; partner state normal; }",
           "peer \"a\" state { my state normal; partner state normal; }",
           "failover peer \"a\" state { my state normal; }",
           "failover peer \"a\" state { partner state normal; }",
           "failover peer \"a\" state { my state normal partner state normal; }",
           "failover peer \"a\" state { my state normal at; partner state normal; }",
           "failover peer \"a\" state { my state normal at soon; partner state normal; }",
           "failover peer \"a\" state { my state primary; partner state normal; }",
           "failover peer \"a\" state { my state good; partner state normal; }",
           "failover peer \"a\" state { my state \"normal\"; partner state normal; }",
           "failover peer \"a\" state { my normal; partner state normal; }",
           "failover peer \"a\" state { my state normal; partner state normal; mclt; }",
           "failover peer \"a\" state { my state normal; partner state normal; mclt -1; }",
           "failover peer \"a\" state { my state normal; partner state normal; mclt 4294967296; }",
           "failover peer \"a\" state { my state normal; partner state normal; split 128; }",
           "failover peer \"a\" state { my state normal; partner state normal; } x",
           "failover peer \"a\" state { my state normal; partner state normal; };",
           "failover peer \"a\" state { my state normal; partner state normal; }\xff",
           "failover peer \"a\\x\" state { my state normal; partner state normal; }",
       }) {
    EXPECT_EQ(ReadFailoverBlock(text), std::nullopt) << text;
  }
  // Torn anywhere.
  for (std::size_t size = 0; size < whole.rfind('}'); ++size) {
    EXPECT_EQ(ReadFailoverBlock(whole.substr(0, size)), std::nullopt) << size;
  }
}

TEST(Quote, TakesAnyBytesAndIsReadBack) {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  const std::string quoted = Quote(bytes);
  EXPECT_EQ(conf::StringValue(quoted), bytes);
  Words words(quoted);
  EXPECT_EQ(words.TextOf(words.Take()), quoted);
  EXPECT_TRUE(words.errors().empty());
  EXPECT_EQ(Quote("v\t\"\\\xff"), R"("v\011\"\\\377")");
}

}  // namespace
}  // namespace dhcpair::leases
