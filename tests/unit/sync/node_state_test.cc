// A saved failover state is changed on a node, by every shell that a node may have.
#include "leases/failover_block.h"
#include "support/named.h"
#include "sync/agent_fixture.h"

namespace dhcpair::sync {
namespace {

using testing::HasSubstr;
using enum NodeError::Kind;

class SavedStateOnANode : public testing::TestWithParam<const char*>, public AgentOnANode {
 protected:
  SavedStateOnANode() : AgentOnANode(GetParam()) {}

  leases::FailoverBlock PartnerDown() {
    return {.peer = both().pair().name.text(),
            .mine = failover::State::kPartnerDown,
            .mine_since = 1'764'000'000,
            .partner = failover::State::kNormal,
            .partner_since = 1'764'000'000,
            .mclt = {}};
  }
  std::string Leases() { return node().Read("var/dhcpd.leases"); }
};

TEST_P(SavedStateOnANode, IsAppendedWhileDhcpdIsStopped) {
  node().Put("var/dhcpd.leases", "lease 10.0.0.5 {\n  binding state active;\n}\n");
  node().Run("service start");
  EXPECT_TRUE(Done(agent().WriteSavedState(PartnerDown(), NodeAgent::Afterwards::kAsBefore)));
  EXPECT_EQ(node().Read("events"), "start\nstop\nstart\n");
  EXPECT_TRUE(Leases().starts_with("lease 10.0.0.5 {")) << "what was there stays";
  EXPECT_THAT(Leases(), HasSubstr(leases::Print(PartnerDown())));
}

TEST_P(SavedStateOnANode, LeavesAStoppedDhcpdStoppedUnlessItIsToStart) {
  node().Put("var/dhcpd.leases", "");
  EXPECT_TRUE(Done(agent().WriteSavedState(PartnerDown(), NodeAgent::Afterwards::kAsBefore)));
  EXPECT_FALSE(node().is_running());
  const auto look = agent().Look();
  ASSERT_TRUE(Done(look));
  EXPECT_EQ(leases::ReadFailoverBlock(look->state_block), PartnerDown());
  EXPECT_TRUE(Done(agent().WriteSavedState(PartnerDown(), NodeAgent::Afterwards::kStart)));
  EXPECT_TRUE(node().is_running());
}

TEST_P(SavedStateOnANode, IsNotWrittenBehindATornEntryAndDhcpdRunsOn) {
  node().Put("var/dhcpd.leases", "lease 10.0.0.5 {\n  binding state act");
  node().Run("service start");
  const std::string before = Leases();
  EXPECT_TRUE(Fails(agent().WriteSavedState(PartnerDown(), NodeAgent::Afterwards::kAsBefore),
                    kFailed, "torn"));
  EXPECT_EQ(Leases(), before);
  EXPECT_TRUE(node().is_running()) << "it may be the only one that serves";
}

TEST_P(SavedStateOnANode, IsNotWrittenUnderAWatchedPushThatNobodyBeats) {
  node().Run("service start");
  Restart();
  EXPECT_TRUE(Done(agent().Ready(kPush, std::chrono::seconds(600))));
  node().AdvanceClock(61);
  EXPECT_TRUE(Fails(agent().WriteSavedState(PartnerDown(), NodeAgent::Afterwards::kAsBefore),
                    kLocked, "a push of"));
}

TEST_P(SavedStateOnANode, IsNotWrittenWhereThereIsNoLeasesFile) {
  node().Run("rm -f " + node().Path("var/dhcpd.leases"));
  EXPECT_TRUE(Fails(agent().WriteSavedState(PartnerDown(), NodeAgent::Afterwards::kStart),
                    kNotAFile, "leases"));
}

INSTANTIATE_TEST_SUITE_P(Shells, SavedStateOnANode,
                         testing::Values("dash", "busybox ash", "bash --posix", "mksh"),
                         [](const auto& row) {
                           const std::string name = row.param;
                           return name.substr(0, name.find(' '));
                         });

}  // namespace
}  // namespace dhcpair::sync
