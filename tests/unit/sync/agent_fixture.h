#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "support/fake_node.h"
#include "sync/node_agent.h"

namespace dhcpair::sync {

inline constexpr char kPush[] = "20261125-1";
inline constexpr char kOther[] = "20261125-2";
inline constexpr char kOwner[] = "ada@admin";

/// What a step said, for failures of tests.
template <typename Value>
std::string Said(const std::expected<Value, NodeError>& result) {
  return result ? "done" : result.error().message;
}

template <typename Value>
testing::AssertionResult Done(const std::expected<Value, NodeError>& result) {
  return (result ? testing::AssertionSuccess() : testing::AssertionFailure()) << Said(result);
}

/// That a step failed, in this way and with these words among its own.
template <typename Value>
testing::AssertionResult Fails(const std::expected<Value, NodeError>& result, NodeError::Kind kind,
                               const std::string& words) {
  if (result) return testing::AssertionFailure() << "it was done";
  const bool as_expected =
      result.error().kind == kind && result.error().message.find(words) != std::string::npos;
  return (as_expected ? testing::AssertionSuccess() : testing::AssertionFailure())
         << "kind " << static_cast<int>(result.error().kind) << ": " << result.error().message;
}

/// A secondary and the agent that works on it.
class AgentOnANode {
 public:
  explicit AgentOnANode(const std::string& shell = "dash", pair::Role role = pair::Role::kSecondary,
                        const std::string& more_yaml = "")
      : pair_(shell, more_yaml),
        role_(role),
        transport_(node().Connect()),
        agent_(*transport_, pair_.pair(), role) {}

  test::FakePair& both() { return pair_; }
  test::FakeNode& node() { return pair_.node(role_); }
  NodeAgent& agent() { return agent_; }
  std::string conf() { return node().Path("etc/dhcpd.conf"); }
  std::string master() { return node().Path("etc/dhcpd.master"); }

  /// dhcpd.conf and the master, with a word in a comment of both; `more` goes into the master.
  std::vector<NewFile> Files(const std::string& word = "new", const std::string& more = "") {
    return {{.path = conf(),
             .contents = "# " + word + "\ninclude \"" + master() + "\";\n",
             .check_contents = "# " + word + "\ninclude \"" + StagedPath(master()) + "\";\n"},
            {.path = master(), .contents = "# " + word + "\n" + more}};
  }
  NodeFacts Inspect() {
    const std::vector<std::string> paths{conf(), master()};
    const auto facts = agent_.Inspect(paths);
    EXPECT_TRUE(Done(facts));
    return facts.value_or(NodeFacts{});
  }
  std::optional<PushPhase> phase() {
    const auto push = Inspect().push;
    return push ? std::optional(push->phase) : std::nullopt;
  }

  // Each goes as far as its name, through all that comes before.
  void Stage(const std::string& push = kPush, const std::string& word = "new",
             const std::string& more = "") {
    EXPECT_TRUE(Done(agent_.Lock(push, kOwner, NodeAgent::Steal::kNo)));
    EXPECT_TRUE(Done(agent_.Stage(push, Files(word, more))));
  }
  void Arm(const std::string& push = kPush, const std::string& word = "new",
           const std::string& more = "", const Watch& watch = {}) {
    Stage(push, word, more);
    EXPECT_TRUE(Done(agent_.Arm(push, watch)));
  }
  void Commit(const std::string& push = kPush, const std::string& word = "new",
              const std::string& more = "", const Watch& watch = {}) {
    Arm(push, word, more, watch);
    EXPECT_TRUE(Done(agent_.Commit(push)));
  }
  void Restart(const std::string& push = kPush, const std::string& word = "new",
               const std::string& more = "", const Watch& watch = {}) {
    Commit(push, word, more, watch);
    EXPECT_TRUE(Done(agent_.Restart(push)));
  }
  void Ready(const std::string& push = kPush, const std::string& word = "new") {
    Restart(push, word);
    EXPECT_TRUE(Done(agent_.Ready(push, std::chrono::seconds(60))));
  }
  void Finish(const std::string& push = kPush, const std::string& word = "new") {
    Ready(push, word);
    EXPECT_TRUE(Done(agent_.Confirm(push)));
    EXPECT_TRUE(Done(agent_.Finish(push)));
  }

 private:
  test::FakePair pair_;
  pair::Role role_;
  std::unique_ptr<remote::Transport> transport_;
  NodeAgent agent_;
};

}  // namespace dhcpair::sync
