#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "common.h"
#include "exit_code.h"
#include "nodes.h"

namespace dhcpair {

/// What a command found out about one pair.
struct PairOutcome {
  ExitCode exit_code = ExitCode::kDone;
  std::string out = {};              ///< For standard output.
  std::string err = {};              ///< For standard error.
  nlohmann::ordered_json json = {};  ///< An object.
};

/// A command that looks at one pair after the other.
struct PairsCommand {
  std::string_view name;
  const std::vector<std::string>& files;
  const CommonOptions& options;
  int jobs;
};

/// Reads all pair files, connects to the nodes of each pair and lets `work` look at it; prints what
/// it says, in the order of the files. Problems of connecting are in the outcome when `work` is
/// done: it need not speak of them. Returns the worst exit code.
ExitCode RunOnPairs(const PairsCommand& command, const std::function<PairOutcome(NodePair&)>& work);

/// Adds to an outcome that a node did not do a step.
void AddProblem(const pair::Pair& pair, const NodeProblem& problem, PairOutcome& outcome);

/// {"file", "pair", "nodes": {"primary": {"host"}, …}, "problems": []}: how the JSON of each pair
/// begins.
nlohmann::ordered_json PairJson(const pair::Pair& pair);

}  // namespace dhcpair
