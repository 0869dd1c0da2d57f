#include <gtest/gtest.h>

#include <set>

#include "omapi/algorithms.h"
#include "omapi/failover_object.h"
#include "omapi/ops.h"
#include "omapi/results.h"

namespace dhcpair::omapi {
namespace {

TEST(Ops, AreFoundByNumberAndEachHasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (const OpRow& row : Ops()) {
    EXPECT_EQ(OpNumbered(static_cast<std::uint32_t>(row.op)), row.op);
    EXPECT_EQ(Name(row.op), row.name);
    names.insert(row.name);
  }
  EXPECT_EQ(names.size(), Ops().size());
  for (const std::uint32_t number : {0u, 7u, 99u, 0xffffffffu}) {
    EXPECT_EQ(OpNumbered(number), std::nullopt) << number;
  }
}

TEST(Results, SayNumberAndMeaning) {
  std::set<Result> results;
  for (const ResultRow& row : Results()) {
    results.insert(row.result);
    const std::string said = Describe(static_cast<std::uint32_t>(row.result));
    EXPECT_TRUE(said.contains(row.name)) << said;
    EXPECT_TRUE(said.contains(row.meaning)) << said;
    EXPECT_FALSE(row.meaning.ends_with('.')) << row.meaning;
  }
  EXPECT_EQ(results.size(), Results().size());
  EXPECT_EQ(Describe(0x17),
            "'not found' (0x17): its dhcpd.conf has no key of this name with this "
            "algorithm, or no failover peer of this name");
}

TEST(Results, SayOnlyTheNumberOfOneTheyDoNotKnow) {
  EXPECT_EQ(Describe(0x60021), "result 0x60021");
  EXPECT_EQ(Describe(1), "result 0x1");
}

TEST(Algorithms, HaveEveryNameThatDhcpdConfGivesThem) {
  for (const AlgorithmRow& row : Algorithms()) {
    EXPECT_EQ(AlgorithmNamed(row.conf_name), &row);
    EXPECT_EQ(AlgorithmNamed(row.wire_name), &row);
    EXPECT_EQ(&RowOf(row.algorithm), &row);
    EXPECT_TRUE(row.wire_name.ends_with(".SIG-ALG.REG.INT.")) << row.wire_name;
  }
  ASSERT_NE(AlgorithmNamed("HMAC-MD5.SIG-ALG.REG.INT"), nullptr);
  EXPECT_EQ(AlgorithmNamed("HMAC-MD5.SIG-ALG.REG.INT")->algorithm, Algorithm::kHmacMd5);
  for (const char* const no_name : {"", "md5", "hmac-sha256.", "hmac-sha3", "hmac-sha2566"}) {
    EXPECT_EQ(AlgorithmNamed(no_name), nullptr) << no_name;
  }
}

TEST(NewState, IsAlwaysAStateOfTheTable) {
  EXPECT_EQ(StateOf(NewState::kPartnerDown), failover::State::kPartnerDown);
  EXPECT_EQ(StateOf(NewState::kRecover), failover::State::kRecover);
  EXPECT_EQ(StateOf(NewState::kShutdown), failover::State::kShutdown);
}

}  // namespace
}  // namespace dhcpair::omapi
