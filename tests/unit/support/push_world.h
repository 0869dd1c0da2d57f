#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "remote/scripted.h"
#include "support/fake_node.h"
#include "sync/push_pair.h"
#include "sync/settle_run.h"

namespace dhcpair::test {

/// Time that passes as fast as the test likes, on this machine and on both nodes.
class VirtualTime : public sync::Waiting {
 public:
  explicit VirtualTime(FakePair& pair) : pair_(pair) {}

  std::chrono::milliseconds Now() override { return std::chrono::milliseconds(now_.load()); }
  void Sleep(std::chrono::milliseconds time) override {
    now_ += time.count();
    const auto seconds = static_cast<int>((time.count() + 999) / 1000);
    for (const pair::Role role : sync::kBothRoles) pair_.node(role).AdvanceClock(seconds);
  }
  void RunWith(const std::function<void()>& work, std::chrono::milliseconds,
               const std::function<void()>&) override {
    work();
  }
  bool IsInterrupted() override { return is_interrupted; }
  void TakeInterrupt() override { is_interrupted = false; }

  bool is_interrupted = false;

 private:
  FakePair& pair_;
  std::atomic<std::int64_t> now_ = 1'000'000;
};

/// Writes everything down and agrees.
class QuietTalk : public sync::PushTalk {
 public:
  void Progress(sync::Step step, const std::string& text) override {
    said += std::string(sync::Name(step)) + (text.empty() ? "" : ": " + text) + "\n";
    if (on_step) on_step(step);
  }
  void Warn(const std::string& text) override { said += "warning: " + text + "\n"; }
  std::optional<std::string> Objection() override { return objection; }
  void Show(const sync::PushPlan& plan) override {
    diffs.clear();
    for (const sync::FileChange& change : plan.changes) diffs += change.diff;
  }
  bool Agree(const sync::PushPlan&) override { return agrees; }

  std::string said;
  std::string diffs;
  bool agrees = true;
  std::optional<std::string> objection = {};
  std::function<void(sync::Step)> on_step;
};

/// A pair of fake nodes in normal, and a dhcpair that pushes to it. Each command has connections of
/// its own, which can be cut.
class PushWorld {
 public:
  /// A command's own connections, agents and time.
  struct Command {
    explicit Command(PushWorld& world)
        : primary_inner(world.node(pair::Role::kPrimary).Connect()),
          secondary_inner(world.node(pair::Role::kSecondary).Connect()),
          primary(primary_inner.get()),
          secondary(secondary_inner.get()),
          primary_agent(primary, world.pair(), pair::Role::kPrimary),
          secondary_agent(secondary, world.pair(), pair::Role::kSecondary),
          nodes{world.pair(), {&primary_agent, &secondary_agent}, {&primary, &secondary}},
          both(nodes, world.time) {}

    remote::ScriptedTransport& transport(pair::Role role) {
      return role == pair::Role::kPrimary ? primary : secondary;
    }

    /// As where this node cannot be reached.
    void LeaveOut(pair::Role role) {
      nodes.agents[role] = nullptr;
      nodes.transports[role] = nullptr;
    }

    std::unique_ptr<remote::Transport> primary_inner;
    std::unique_ptr<remote::Transport> secondary_inner;
    remote::ScriptedTransport primary;
    remote::ScriptedTransport secondary;
    sync::NodeAgent primary_agent;
    sync::NodeAgent secondary_agent;
    sync::PairNodes nodes;
    sync::BothNodes both;
  };

  explicit PushWorld(const std::string& more_yaml = "failover: {max-response-delay: 1}\n");

  FakeNode& node(pair::Role role) { return fake.node(role); }
  const pair::Pair& pair() const { return fake.pair(); }

  /// What is to be on the nodes: this master, and each node's own dhcpd.conf.
  sync::PerRole<std::vector<sync::ManagedFile>> Files(const std::string& master,
                                                      const std::string& peer = "p");
  std::string ConfOf(pair::Role role, const std::string& peer);
  /// A subnet with this range.
  static std::string Master(const std::string& range, const std::string& more = "");

  static void Change(sync::ManagedFile& file, std::string contents);
  /// A joint change: both nodes' failover peers get other ports.
  static void ChangePorts(sync::PerRole<std::vector<sync::ManagedFile>>& files);

  /// From now on the two do not find each other, whatever they run on; and again they do.
  void Part();
  void Meet();

  sync::PushOptions Options();
  sync::PushResult Push(Command& command, const std::string& master);
  sync::PushResult Push(const std::string& master);
  /// What any further command does first.
  sync::Settled Settle(sync::SettleWish wish = sync::SettleWish::kLook);

  FakePair fake;
  VirtualTime time{fake};
  QuietTalk talk;

 private:
  int pushes_ = 0;
};

/// The range that the nodes start with, and a larger one.
inline constexpr char kOldRange[] = "10.0.0.10 10.0.0.99";
inline constexpr char kNewRange[] = "10.0.0.10 10.0.0.199";

}  // namespace dhcpair::test
