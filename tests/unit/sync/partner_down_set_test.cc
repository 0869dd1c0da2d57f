#include "sync/partner_down_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "leases/failover_block.h"
#include "remote/scripted.h"
#include "support/fake_node.h"
#include "support/omapi_server.h"
#include "support/pairs.h"

namespace dhcpair::sync {
namespace {

using failover::State;
using pair::Role;
using testing::HasSubstr;

constexpr char kSecret[] = "c2VjcmV0LWZvci10ZXN0cy1vbmx5LTAwMDEyMzQ1Njc=";

// Time that passes at once.
class QuickWaiting : public Waiting {
 public:
  std::chrono::milliseconds Now() override { return now_; }
  void Sleep(std::chrono::milliseconds time) override { now_ += time; }
  void RunWith(const std::function<void()>& work, std::chrono::milliseconds,
               const std::function<void()>&) override {
    work();
  }
  bool IsInterrupted() override { return false; }
  void TakeInterrupt() override {}

 private:
  std::chrono::milliseconds now_{0};
};

pair::Pair PairWithOmapi() {
  test::MapLoader loader;
  loader.Put("omapi.secret", std::string(kSecret) + "\n");
  return test::LoadPair(
      "pair: p\n"
      "primary: {address: 10.0.0.1}\n"
      "secondary: {address: 10.0.0.2}\n"
      "omapi: {key: k1, secret-file: omapi.secret}\n",
      loader);
}

FailoverReading ByOmapi(State state) {
  FailoverReading reading;
  reading.source = FailoverReading::Source::kOmapi;
  reading.mine = state;
  return reading;
}

class SetByOmapi : public testing::Test {
 protected:
  NodeAgent::Result<FailoverReading> Set(const test::OmapiServer& server, State expected) {
    node_.WillServe(server);
    return SetPartnerDown(node_, agent_, pair_, ByOmapi(expected), waiting_);
  }

  test::OmapiServer server_{*omapi::Key::Make("k1", omapi::Algorithm::kHmacSha256, kSecret), "p"};
  pair::Pair pair_ = PairWithOmapi();
  remote::ScriptedTransport node_;
  NodeAgent agent_{node_, pair_, Role::kPrimary};
  QuickWaiting waiting_;
};

TEST_F(SetByOmapi, EndsInPartnerDown) {
  server_.local_state = 3;
  const auto set = Set(server_, State::kCommunicationsInterrupted);
  ASSERT_TRUE(set) << set.error().message;
  EXPECT_EQ(set->mine, State::kPartnerDown);
  EXPECT_EQ(set->mine_since, server_.local_stos);
}

TEST_F(SetByOmapi, LeavesANodeAloneThatBecameNormalMeanwhile) {
  server_.local_state = 2;
  const auto set = Set(server_, State::kCommunicationsInterrupted);
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().kind, NodeError::Kind::kStale);
  EXPECT_THAT(set.error().message, HasSubstr("from communications-interrupted to normal"));
}

TEST_F(SetByOmapi, FailsWhereTheNodeEndsUpElsewhere) {
  server_.local_state = 3;
  server_.becomes = 5;
  const auto set = Set(server_, State::kCommunicationsInterrupted);
  ASSERT_FALSE(set);
  EXPECT_THAT(set.error().message, HasSubstr("is in potential-conflict"));
}

class SetByFile : public testing::Test {
 protected:
  SetByFile() {
    leases::FailoverBlock block{.peer = pair_.pair().name.text(),
                                .mine = State::kCommunicationsInterrupted,
                                .mine_since = 1'764'000'000,
                                .partner = State::kNormal,
                                .partner_since = 1'764'000'000,
                                .mclt = {}};
    node().Put("var/dhcpd.leases", Print(block));
    node().Run("service start");
  }
  test::FakeNode& node() { return pair_.node(Role::kPrimary); }
  FailoverReading Reading() {
    const auto look = agent_.Look();
    EXPECT_TRUE(look);
    return look ? ReadSavedFailover(pair_.pair(), *look) : FailoverReading{};
  }

  test::FakePair pair_;
  std::unique_ptr<remote::Transport> transport_ = node().Connect();
  NodeAgent agent_{*transport_, pair_.pair(), Role::kPrimary};
  QuickWaiting waiting_;
};

TEST_F(SetByFile, StopsEditsAndStarts) {
  const auto set = SetPartnerDown(*transport_, agent_, pair_.pair(), Reading(), waiting_);
  ASSERT_TRUE(set) << set.error().message;
  EXPECT_EQ(set->mine, State::kPartnerDown);
  EXPECT_EQ(set->partner, State::kNormal) << "the rest of the block is as it was";
  EXPECT_EQ(node().Read("events"), "start\nstop\nstart\n");
  EXPECT_GE(waiting_.Now(), kStartup) << "before that the file proves nothing";
}

TEST_F(SetByFile, LeavesANodeAloneThatIsInAnotherState) {
  FailoverReading expected = Reading();
  expected.mine = State::kRecover;
  const auto set = SetPartnerDown(*transport_, agent_, pair_.pair(), expected, waiting_);
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().kind, NodeError::Kind::kStale);
  EXPECT_EQ(node().Read("events"), "start\n") << "dhcpd was not stopped for it";
}

TEST_F(SetByFile, SaysWhenDhcpdDoesNotStartAgain) {
  node().FailService("start");
  const auto set = SetPartnerDown(*transport_, agent_, pair_.pair(), Reading(), waiting_);
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().kind, NodeError::Kind::kService);
}

TEST_F(SetByFile, WritesRecoverForANodeThatReturns) {
  node().Run("service stop");
  ASSERT_TRUE(EditSavedState(agent_, State::kCommunicationsInterrupted, State::kRecover,
                             NodeAgent::Afterwards::kAsBefore));
  EXPECT_EQ(Reading().mine, State::kRecover);
  EXPECT_FALSE(node().is_running());
}

}  // namespace
}  // namespace dhcpair::sync
