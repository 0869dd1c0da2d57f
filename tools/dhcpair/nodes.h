#pragma once

#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common.h"
#include "exit_code.h"
#include "host/interrupt.h"
#include "pair/pair.h"
#include "remote/transport.h"
#include "sync/both_nodes.h"
#include "sync/node_agent.h"
#include "sync/per_role.h"
#include "text/diagnostic.h"

namespace dhcpair {

/// Reads and checks all pair files of a command line, before anybody connects to the first node.
/// Prints the findings as the other commands do, unless they go into JSON. Nothing comes back when
/// one of them is an error; the exit code is kBadInput then.
std::optional<std::vector<pair::Pair>> LoadPairs(const std::vector<std::string>& files,
                                                 const CommonOptions& options,
                                                 text::Diagnostics& diagnostics);

/// The node that a word of the command line means: primary or secondary, or its host or address.
std::optional<pair::Role> NodeNamed(const pair::Pair& pair, std::string_view name);
/// What to say where it means none.
std::string NoSuchNode(const pair::Pair& pair, std::string_view name);

/// Adds --jobs: how many pairs are worked on at once. `jobs` holds the default.
void AddJobs(CLI::App& command, int& jobs);

/// A node did not do a step, or it cannot be reached.
struct NodeProblem {
  pair::Role role;
  std::string step;  ///< "connect", "inspect", "stage"
  std::string message;
  ExitCode exit_code;
};
NodeProblem ProblemOf(pair::Role role, std::string step, const remote::Error& error);
NodeProblem ProblemOf(pair::Role role, std::string step, const sync::NodeError& error);

/// "secondary (root@192.168.13.7)", as it may be shown on a terminal.
std::string TitleOf(const pair::Pair& pair, pair::Role role);
/// "secondary (root@192.168.13.7), connect: nobody listens there", as it may be shown on a
/// terminal.
std::string Sentence(const pair::Pair& pair, const NodeProblem& problem);
/// {"node", "host", "step", "message", "exit_code"}
nlohmann::ordered_json ToJson(const pair::Pair& pair, const NodeProblem& problem);

/// A pair with a connection to each of its nodes, made side by side. One that cannot be reached
/// does not hide the other.
class NodePair {
 public:
  /// Where the pair file does not name a node's platform, the node is asked, and the pair file is
  /// read again with what it said.
  static NodePair Connect(pair::Pair pair);

  const pair::Pair& pair() const { return *pair_; }
  bool is_reached(pair::Role role) const { return sides_[role].agent != nullptr; }
  bool are_both_reached() const {
    return is_reached(pair::Role::kPrimary) && is_reached(pair::Role::kSecondary);
  }
  /// Of a node that is reached.
  remote::Transport& transport(pair::Role role) { return *sides_[role].transport; }
  sync::NodeAgent& agent(pair::Role role) { return *sides_[role].agent; }
  /// Those that are reached; lives as long as this.
  sync::PairNodes InReach() const;

  /// Why a node is not reached.
  const std::vector<NodeProblem>& problems() const { return problems_; }
  /// What was taken for granted, for --verbose: "primary (gw1): platform 'debian', for it says
  /// that it is 'Linux, debian'".
  const std::vector<std::string>& assumptions() const { return assumptions_; }
  /// What was guessed and may well be wrong.
  const std::vector<std::string>& warnings() const { return warnings_; }
  /// Of the pair file when it was read again. Where one is an error, neither node counts as
  /// reached.
  const text::Diagnostics& findings() const { return findings_; }
  /// What has become of connecting: kDone when both are reached.
  ExitCode exit_code() const;

 private:
  struct Side {
    std::unique_ptr<remote::Transport> transport;
    std::unique_ptr<sync::NodeAgent> agent;
    const pair::Platform* platform = nullptr;  // As the node says, where it was asked.
    std::vector<NodeProblem> problems = {};
    std::vector<std::string> assumptions = {};
    std::vector<std::string> warnings = {};
  };

  explicit NodePair(pair::Pair pair);
  Side ConnectSide(pair::Role role) const;
  void AskForPlatform(pair::Role role, Side& side) const;
  void ReadAgain();

  std::unique_ptr<const pair::Pair> pair_;  // NodeAgents hold on to it.
  sync::PerRole<Side> sides_ = {};
  std::vector<NodeProblem> problems_;
  std::vector<std::string> assumptions_;
  std::vector<std::string> warnings_;
  text::Diagnostics findings_;
};

/// Prints the envelope of a command that talks to nodes: "results" has "pairs", one object each,
/// and "findings".
void PrintPairsJson(std::string_view command, nlohmann::ordered_json pairs,
                    const text::Diagnostics& findings, const CommonOptions& options);

/// Calls `work(i)` for each i below `count`, at most `jobs` of them at once, each in a thread of
/// its own; and `done(result)` in the order of i, from this thread, as soon as that result and all
/// before it are there. After an interruption no further one is begun.
template <typename Work, typename Done>
void InOrder(std::size_t count, int jobs, Work&& work, Done&& done) {
  using Result = decltype(work(std::size_t{}));
  std::vector<std::promise<std::optional<Result>>> promises(count);
  std::atomic<std::size_t> next = 0;
  const auto take_turns = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      promises[i].set_value(host::InterruptedBy() != 0 ? std::nullopt
                                                       : std::optional<Result>(work(i)));
    }
  };
  std::vector<std::future<void>> workers;
  for (std::size_t i = 0; i < std::min(count, static_cast<std::size_t>(jobs)); ++i) {
    workers.push_back(std::async(std::launch::async, take_turns));
  }
  for (std::promise<std::optional<Result>>& promise : promises) {
    if (std::optional<Result> result = promise.get_future().get()) done(*std::move(result));
  }
}

}  // namespace dhcpair
