#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sync/both_nodes.h"
#include "sync/managed_files.h"
#include "sync/push_plan.h"
#include "sync/push_talk.h"
#include "sync/steps.h"
#include "text/diagnostic.h"

namespace dhcpair::sync {

struct PushOptions {
  std::string id;     ///< Of this push, for the nodes' records.
  std::string owner;  ///< user@host
  PlanOptions plan = {};
  bool dry_run = false;
  bool no_restart = false;
  std::optional<std::chrono::seconds> confirm_within = {};
  std::chrono::seconds watch{120};  ///< Without a heartbeat, until the nodes help themselves.
  /// How long normal is waited for, besides the time for which it must hold.
  std::chrono::seconds normal_within{120};
};

enum class PushOutcome : std::uint8_t {
  kUnchanged,    ///< Both nodes have everything already.
  kPlanned,      ///< A dry run ends here.
  kUnfit,        ///< The files here have errors.
  kDeclined,     ///< The operator did not agree.
  kPushed,       ///< Confirmed on both nodes.
  kRefused,      ///< By a node or a rule, before anything changed.
  kUnreachable,  ///< A node could not be reached, and nothing changed.
  kRolledBack,   ///< Both nodes have what they had, or will have by themselves.
  kInDoubt,      ///< The connection broke at the commit point; the next command finishes it.
  kHalfDone,     ///< Confirmed, but the secondary could not be told; the next command does.
};

std::string_view Name(PushOutcome outcome);

struct PushResult {
  PushOutcome outcome;
  std::string why = {};                 ///< A sentence without a full stop, where it went wrong.
  std::optional<StepError> error = {};  ///< What led to it, where it was a step on a node.
  /// Nodes whose dhcpd ran before and does not now: `why` begins with them.
  std::vector<pair::Role> down = {};
  std::vector<std::string> notes = {};  ///< What else the operator should know, line by line.
  text::Diagnostics findings = {};      ///< What a node's dhcpd said of the new files.
};

/// Brings a planned change to both nodes: lock, stage, check, arm, commit, restart, proof of
/// normal, ready, confirm; and all of it back where something fails on the way.
PushResult RunPush(BothNodes& nodes, const PushPlan& plan, const PushOptions& options,
                   PushTalk& talk);

/// What an audit log keeps of it: who, which push, the digests of all files, and how it ended.
std::string AuditLine(const PerRole<std::vector<ManagedFile>>& files, const PushOptions& options,
                      const PushResult& result);

}  // namespace dhcpair::sync
