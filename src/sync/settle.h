#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sync/facts.h"
#include "sync/per_role.h"

namespace dhcpair::sync {

/// What a node's disk says of pushes: absent where the node cannot be reached.
struct NodeTrace {
  std::optional<PushFacts> push = {};
  std::optional<LockFacts> lock = {};
  NodeTime now = 0;  ///< The node's clock when this was read.
};

/// What is to be done with one node.
enum class SettleStep : std::uint8_t {
  kNothing,
  kConfirm,  ///< It has the new files and only lacks the word.
  kForward,  ///< It went back, but its partner passed the commit point: forward again.
  kBack,     ///< To the files before.
  kFinish,   ///< The push is over here; clear up what it left.
  kUnlock,   ///< Nothing but a lock that nobody holds any more.
};

/// What becomes of an unfinished push, seen from both nodes.
enum class SettleFate : std::uint8_t {
  kNone,         ///< There is none.
  kForward,      ///< The primary is confirmed: both get the new files.
  kBack,         ///< It is not: both get the old ones.
  kRunning,      ///< Somebody's dhcpair is at it.
  kAwaits,       ///< Both are ready and wait for `dhcpair confirm`.
  kHelpsItself,  ///< Its dhcpair is gone, and the watchdogs will act.
  kInDoubt,      ///< The node that cannot be reached knows more.
};

struct SettleDecision {
  SettleFate fate = SettleFate::kNone;
  std::string push = {};   ///< Its id; empty with kNone.
  std::string owner = {};  ///< Who began it.
  PerRole<SettleStep> steps{SettleStep::kNothing, SettleStep::kNothing};
  /// With kForward: both nodes could be seen, so that nothing of the push is left after it.
  bool is_whole = true;
  bool is_alone = false;  ///< The push went to one node only.
  /// With kRunning: seconds since the last heartbeat of whoever is behind it.
  NodeTime heard_ago = 0;
  /// The latest deadline of a watchdog in seconds from the look, with kRunning, kAwaits and
  /// kHelpsItself.
  NodeTime seconds_left = 0;
};

/// Who asks: `confirm` ends the wait of a push that is ready, `rollback` too.
enum class SettleWish : std::uint8_t { kLook, kConfirm, kBack };

/// Decides what to do with what an earlier push left. The commit point is `confirmed` on the
/// primary: once that is written both go forward, before that both go back. A push that is alive (a
/// lock with a heartbeat, or a watchdog that will act) is left alone, unless its primary is
/// confirmed. A push to one node alone does not hang on the other, which may be out of reach.
SettleDecision DecideSettle(const PerRole<std::optional<NodeTrace>>& seen,
                            SettleWish wish = SettleWish::kLook);

/// The decision in words, for people: what was found, and what will be or must be done.
std::string Describe(const SettleDecision& decision);

}  // namespace dhcpair::sync
