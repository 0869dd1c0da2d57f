// The lock of a node, and that its steps never run at once.
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "sync/agent_fixture.h"

namespace dhcpair::sync {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;
using enum NodeError::Kind;
constexpr auto kNoSteal = NodeAgent::Steal::kNo;

TEST(Lock, IsOneOwnersUntilUnlocked) {
  AgentOnANode on;
  EXPECT_TRUE(Done(on.agent().Lock(kPush, kOwner, kNoSteal)));
  EXPECT_TRUE(Fails(on.agent().Lock(kOther, "bob@lab", kNoSteal), kLocked,
                    "ada@admin is changing this node, last heard of"));
  const NodeFacts facts = on.Inspect();
  ASSERT_TRUE(facts.lock);
  EXPECT_EQ(facts.lock->id, kPush);
  EXPECT_EQ(facts.lock->owner, kOwner);
  EXPECT_FALSE(facts.lock->is_stale);
  EXPECT_TRUE(Done(on.agent().Unlock(kOther))) << "somebody else's lock stays";
  EXPECT_TRUE(on.Inspect().lock);
  EXPECT_TRUE(Done(on.agent().Unlock(kPush)));
  EXPECT_FALSE(on.Inspect().lock);
  EXPECT_THAT(on.node().Strays(), IsEmpty());
}

TEST(Lock, IsTakenOverAfterAMinuteWithoutAHeartbeat) {
  AgentOnANode on;
  EXPECT_TRUE(Done(on.agent().Lock(kPush, kOwner, kNoSteal)));
  on.node().AdvanceClock(55);
  EXPECT_TRUE(Done(on.agent().Beat(kPush)));
  on.node().AdvanceClock(55);
  EXPECT_TRUE(Fails(on.agent().Lock(kOther, "bob@lab", kNoSteal), kLocked, "ada@admin"));
  on.node().AdvanceClock(10);
  EXPECT_TRUE(on.Inspect().lock->is_stale);
  EXPECT_TRUE(Done(on.agent().Lock(kOther, "bob@lab", kNoSteal)));
  EXPECT_TRUE(Fails(on.agent().Beat(kPush), kStale, "is not locked for push"));
}

TEST(Lock, IsNotTakenOverWhileAWatchdogIsArmed) {
  AgentOnANode on;
  on.Arm(kPush, "new", "", {.limit = std::chrono::seconds(600)});
  on.node().AdvanceClock(300);
  EXPECT_FALSE(on.Inspect().lock->is_stale);
  EXPECT_TRUE(Fails(on.agent().Lock(kOther, "bob@lab", kNoSteal), kLocked, "under way"));
}

TEST(Lock, IsStolenWhereThatIsAskedFor) {
  AgentOnANode on;
  on.Arm();
  EXPECT_TRUE(Done(on.agent().Lock(kOther, "bob@lab", NodeAgent::Steal::kYes)));
  EXPECT_TRUE(Fails(on.agent().Commit(kPush), kStale, "bob@lab has taken over this node"));
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_TRUE(Done(on.agent().Finish(kPush)));
  EXPECT_EQ(on.Inspect().lock->id, kOther) << "the end of the other push leaves it";
}

TEST(Lock, IsOnePushsOfManyThatAskAtOnce) {
  AgentOnANode on;
  std::vector<std::thread> threads;
  std::atomic<int> locked = 0;
  for (int number = 0; number < 6; ++number) {
    threads.emplace_back([&, number] {
      const auto transport = on.node().Connect();
      NodeAgent agent(*transport, on.both().pair(), pair::Role::kSecondary);
      if (agent.Lock("push-" + std::to_string(number), kOwner, kNoSteal)) ++locked;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(locked, 1);
}

TEST(Mutex, OfADeadProcessIsTakenOver) {
  AgentOnANode on;
  EXPECT_TRUE(Done(on.agent().Lock(kPush, kOwner, kNoSteal)));
  // No process has this number, and what has ours began at another time.
  for (const std::string& owner :
       {std::string("4194399:1:none@1"), std::to_string(getpid()) + ":1:none@1"}) {
    fs::create_symlink(owner, on.node().Path("var/dhcpair/mutex"));
    EXPECT_TRUE(Done(on.agent().Lock(kPush, kOwner, kNoSteal)));
    EXPECT_FALSE(on.node().Has("var/dhcpair/mutex"));
  }
  EXPECT_TRUE(Done(on.agent().Unlock(kPush)));
  EXPECT_THAT(on.node().Strays(), IsEmpty());
}

TEST(StateFolder, IsNoLinkToSomewhereElse) {
  AgentOnANode on;
  fs::create_directory(on.node().Path("elsewhere"));
  fs::create_directory_symlink(on.node().Path("elsewhere"), on.node().Path("var/dhcpair"));
  EXPECT_TRUE(Fails(on.agent().Lock(kPush, kOwner, kNoSteal), kNotAFile, "is no folder"));
  EXPECT_TRUE(fs::is_empty(on.node().Path("elsewhere")));
}

}  // namespace
}  // namespace dhcpair::sync
