#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common.h"
#include "nodes.h"
#include "sync/facts.h"
#include "sync/failover_reading.h"
#include "sync/normal_wait.h"
#include "sync/waiting.h"

namespace dhcpair {

/// What the commands that change a failover state have in common.
struct StateOptions {
  CommonOptions common;
  std::string file = "pair.yaml";
  bool yes = false;
  bool dry_run = false;
  int timeout_seconds = 120;
};
void AddStateOptions(CLI::App& command, StateOptions& options);

/// One run of such a command: what it says, and what becomes of it.
class StateRun {
 public:
  StateRun(std::string_view command, const StateOptions& options)
      : command_(command), options_(options) {}

  /// Reads the pair file; nothing with the exit code set when it has errors.
  std::optional<pair::Pair> LoadPair();
  /// The node of this name: primary, secondary, or what the pair file calls its host or address.
  /// Complains of any other.
  std::optional<pair::Role> FindNode(const pair::Pair& pair, std::string_view name);
  /// Connects to the nodes. Says what it warns of, and what the pair file has against the platforms
  /// that the nodes turned out to be; nodes that are not reached are the caller's to judge.
  NodePair Connect(pair::Pair pair);
  const StateOptions& options() const { return options_; }

  /// Progress, on standard error unless --quiet or JSON.
  void Say(std::string_view line) const;
  /// A line of the result, on standard output unless JSON.
  void Tell(std::string_view line) const;
  /// Says why nothing is done, or went on; the message also goes into the JSON.
  void Complain(std::string_view message, ExitCode code);
  void Complain(const pair::Pair& pair, const NodeProblem& problem);

  /// True when the operator agrees: by --yes, or on the terminal. Complains otherwise.
  bool Confirmed(std::string_view question);

  /// Says what a node is in, and keeps it for the JSON.
  void Show(const pair::Pair& pair, pair::Role role, const sync::FailoverReading& reading);
  /// A further field of the JSON object.
  void Note(const std::string& name, const std::string& value);

  /// Watches until both nodes are normal and tells what became of it.
  void Watch(NodePair& nodes, pair::Role returning, sync::NodeTime partner_not_before,
             sync::Waiting& waiting);

  /// Prints the JSON, if that is wanted, and gives the exit code.
  ExitCode End();

 private:
  std::string_view command_;
  const StateOptions& options_;
  text::Diagnostics diagnostics_ = {};
  std::string pair_name_ = {};
  ExitCode exit_code_ = ExitCode::kDone;
  std::vector<std::string> problems_ = {};
  std::vector<std::pair<std::string, std::string>> notes_ = {};
};

/// "2026-11-25 02:10:00 UTC"
std::string TimeForPeople(sync::NodeTime time);

}  // namespace dhcpair
