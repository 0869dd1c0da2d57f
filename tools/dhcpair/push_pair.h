#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "common.h"
#include "exit_code.h"
#include "nodes.h"
#include "sync/push_pair.h"

namespace dhcpair {

/// What `push` and `rollback` take on their command line.
struct PushCommandOptions {
  CommonOptions common;
  std::vector<std::string> files;
  std::string templates;
  std::string only;       ///< "master", "conf" or empty.
  std::string only_node;  ///< As NodeNamed reads it.
  std::string confirm_within;
  std::string watchdog = "120s";
  std::string normal_within = "120s";
  int jobs = 8;
  int max_failures = 1;
  bool dry_run = false;
  bool yes = false;
  bool no_restart = false;
  bool allow_drop_leases = false;
  bool overwrite_drift = false;
  bool allow_degraded = false;
  bool steal_lock = false;
  bool install = false;
};

/// Whether pair files are all that stands on the command line besides options.
enum class PushFiles { kOnCommandLine, kByCaller };

/// The options that `rollback` has as well.
void AddPushOptions(CLI::App& command, PushCommandOptions& options, PushFiles files);

/// The times among them, checked. Prints what is wrong with one.
struct PushTimes {
  std::optional<std::chrono::seconds> confirm_within = {};
  std::chrono::seconds watchdog{120};
  std::chrono::seconds normal_within{120};
};
std::optional<PushTimes> ReadPushTimes(const PushCommandOptions& options);

/// What became of one pair.
struct PairReport {
  std::string file = {};
  std::string outcome = {};
  std::string why = {};
  ExitCode exit_code = ExitCode::kDone;
  nlohmann::ordered_json json = {};
};

/// What a command brings to the nodes of a pair.
struct PushedFiles {
  sync::PerRole<std::vector<sync::ManagedFile>> files = {};
  std::string when_pushed = "pushed";  ///< The outcome, where the nodes have them.
};

/// Which files a command brings to the nodes of a pair that it has reached; a report instead where
/// that cannot be.
using FileSource =
    std::function<std::expected<PushedFiles, PairReport>(NodePair& nodes, sync::BothNodes& both)>;

/// Runs one whole push to one pair, with progress on standard error. `label` stands before each
/// line where there are several pairs.
PairReport PushToPair(pair::Pair pair, const PushCommandOptions& options, const PushTimes& times,
                      const std::string& command, const std::string& label,
                      const FileSource& source);

/// Pairs side by side, a summary table for several of them, one JSON object each. Begins no further
/// pair after --max-failures of them have failed.
ExitCode PushToPairs(const std::string& command, const PushCommandOptions& options,
                     const FileSource& source);

/// The exit code of an outcome.
ExitCode ExitCodeOf(const sync::PushResult& result);

}  // namespace dhcpair
