// The steps on a node, run for real by every shell that a node may have, in a folder that plays the
// node (support/fake_node.h).
#include "sync/node_agent.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "support/fake_node.h"

namespace dhcpair::sync {
namespace {

namespace fs = std::filesystem;
using pair::Role;
using test::FakeNode;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using enum NodeError::Kind;

constexpr char kPush[] = "20261125-1";
constexpr char kOwner[] = "ada@admin";

// What a step said, for failures of tests.
template <typename Value>
std::string Said(const std::expected<Value, NodeError>& result) {
  return result ? "done" : result.error().message;
}

#define EXPECT_DONE(step)              \
  do {                                 \
    const auto done_ = step;           \
    EXPECT_TRUE(done_) << Said(done_); \
  } while (false)

class Agent : public testing::TestWithParam<const char*> {
 protected:
  FakeNode& node() { return pair_.node(Role::kSecondary); }
  std::string conf() { return node().Path("etc/dhcpd.conf"); }
  std::string master() { return node().Path("etc/dhcpd.master"); }

  std::vector<NewFile> Files(const std::string& word = "new") {
    return {{.path = conf(),
             .contents = "# " + word + "\ninclude \"" + master() + "\";\n",
             .check_contents = "# " + word + "\ninclude \"" + StagedPath(master()) + "\";\n"},
            {.path = master(), .contents = "# " + word + "\n"}};
  }
  NodeFacts Inspect() {
    const std::vector<std::string> paths{conf(), master()};
    const auto facts = agent_.Inspect(paths);
    EXPECT_TRUE(facts) << Said(facts);
    return facts.value_or(NodeFacts{});
  }
  void StageAndArm(const std::string& push = kPush, const std::string& word = "new") {
    EXPECT_DONE(agent_.Lock(push, kOwner, NodeAgent::Steal::kNo));
    EXPECT_DONE(agent_.Stage(push, Files(word)));
    EXPECT_DONE(agent_.Arm(push, {}));
  }
  void PushWhole(const std::string& push, const std::string& word) {
    StageAndArm(push, word);
    EXPECT_DONE(agent_.Commit(push));
    EXPECT_DONE(agent_.Restart(push));
    EXPECT_DONE(agent_.Ready(push, std::chrono::seconds(60)));
    EXPECT_DONE(agent_.Confirm(push));
    EXPECT_DONE(agent_.Finish(push));
  }

  test::FakePair pair_{GetParam()};
  std::unique_ptr<remote::Transport> transport_ = node().Connect();
  NodeAgent agent_{*transport_, pair_.pair(), Role::kSecondary};
};

TEST_P(Agent, SeesANodeAsItIs) {
  node().Run("service start");
  const NodeFacts facts = Inspect();
  EXPECT_EQ(facts.system, "Linux");
  EXPECT_EQ(facts.dhcpd_version, "4.4.3-P1");
  EXPECT_EQ(facts.link.service, ServiceState::kRunning);
  EXPECT_EQ(facts.address, AddressState::kHeld);
  EXPECT_EQ(facts.generation, 0);
  EXPECT_FALSE(facts.push);
  EXPECT_FALSE(facts.lock);
  ASSERT_EQ(facts.files.size(), 2u);
  EXPECT_EQ(facts.files[1].path, master());
  EXPECT_EQ(facts.files[1].kind, FileKind::kRegular);
  EXPECT_EQ(facts.files[1].mode, 0644);
  EXPECT_EQ(facts.files[1].bytes, 6u);
  EXPECT_EQ(facts.files[1].sha256,
            "51b504a673e6f1060fcf27c4f9b7908f1a51646255dcdfadbef91d7a03e1d5a6");
}

TEST_P(Agent, TakesAPushToItsEnd) {
  node().Run("service start");
  StageAndArm();
  const auto checked = agent_.Check(kPush);
  ASSERT_TRUE(checked) << Said(checked);
  EXPECT_EQ(checked->exit_status, 0) << checked->messages;
  EXPECT_EQ(node().Read("etc/dhcpd.master"), "# old\n") << "staging touches nothing";
  EXPECT_DONE(agent_.Commit(kPush));
  EXPECT_EQ(node().Read("etc/dhcpd.master"), "# new\n");
  EXPECT_DONE(agent_.Restart(kPush));
  EXPECT_EQ(node().Read("events"), "start\nstop\nstart\n");
  EXPECT_DONE(agent_.Ready(kPush, std::chrono::seconds(60)));
  EXPECT_EQ(Inspect().push->phase, PushPhase::kReady);
  EXPECT_EQ(Inspect().generation, 0) << "not before it is confirmed";
  EXPECT_DONE(agent_.Confirm(kPush));
  EXPECT_EQ(Inspect().generation, 1);
  EXPECT_DONE(agent_.Finish(kPush));
  const NodeFacts facts = Inspect();
  EXPECT_FALSE(facts.push);
  EXPECT_FALSE(facts.lock);
  EXPECT_EQ(facts.generation, 1);
  EXPECT_EQ(facts.files[0].pushed_sha256, facts.files[0].sha256);
  EXPECT_THAT(node().Strays(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Shells, Agent,
                         testing::Values("dash", "busybox ash", "bash --posix", "mksh"),
                         [](const auto& row) {
                           return std::string(row.param).substr(0,
                                                                std::string(row.param).find(' '));
                         });

}  // namespace
}  // namespace dhcpair::sync
