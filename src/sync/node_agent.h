#pragma once

#include <chrono>
#include <expected>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/ipv4_address.h"
#include "leases/failover_block.h"
#include "pair/pair.h"
#include "remote/transport.h"
#include "sync/boot_text.h"
#include "sync/facts.h"
#include "sync/reply.h"

namespace dhcpair::sync {

/// Why a node did not do a step.
struct NodeError {
  enum class Kind : std::uint8_t {
    kUnreachable,  ///< The connection could not be made or was lost: remote::Error has said why.
    kGarbled,      ///< Its answer was none of ours, or was cut off.
    kLocked,       ///< Another push holds the lock.
    kStale,        ///< The push this step belongs to is not the one on the node, or was taken back.
    kNoSpace,      ///< The disk is full.
    kNotPermitted,  ///< Permissions, or a read-only file system.
    kNotAFile,      ///< A symbolic link, a folder or nothing where a file should be.
    kRejected,      ///< Its dhcpd does not take the files.
    kService,       ///< dhcpd could not be stopped or started.
    kMissing,       ///< dhcpd, the service manager or another tool is not there.
    kFailed,        ///< Anything else; the message tells.
  };
  Kind kind;
  std::string message;  ///< What is wrong and what would be right, without a full stop.

  /// Whether the step was done is not known: the answer did not come, or not whole.
  bool is_lost() const { return kind == Kind::kUnreachable || kind == Kind::kGarbled; }
};

/// A file as it is to be on a node.
struct NewFile {
  std::string path;
  std::string contents;
  /// Of a file that is not there yet. An existing one keeps its owner and its mode, less what is
  /// not in this one.
  int mode = 0644;
  /// What `dhcpd -t` is given instead of `contents`: the same with each include of a managed file
  /// led to its staged name. Empty: the contents themselves.
  std::string check_contents = {};
  /// What lies in its place now, where that is known: what is the same at both ends of a large file
  /// is not sent again. Lives as long as the call. When the node has something else by then,
  /// nothing is staged.
  std::string_view present = {};
  /// Of the contents, where it is known already; empty: it is taken.
  std::string sha256 = {};
};

/// What dhcpd said to the staged files.
struct CheckAnswer {
  int exit_status = 0;
  std::string messages;
};

/// How a push is watched over on the node.
struct Watch {
  std::chrono::seconds limit{120};  ///< From the last heartbeat until the node helps itself.
  /// dhcpd may be restarted by the watchdog: never on the sole survivor of a pair.
  bool may_restart = true;
};

/// Where `dhcpd -t` finds the copy of a managed file that it is given during Check: the place to
/// which includes in NewFile::check_contents lead.
std::string StagedPath(std::string_view node_path);

/// What looks after the settings of a boot file on the node.
enum class BootTool : std::uint8_t { kNone, kSysrc, kRcctl };

struct BootEdit {
  BootTool tool = BootTool::kNone;
  std::string contents;  ///< The whole file as sysrc makes it; empty with the others.
};

/// One node of a pair through its shell: every step of a push, each of them safe to repeat and
/// whole or without effect. The steps are functions of src/sync/node/*.sh, which travel with each
/// call; what must survive us (watchdog, generations, lock) lies in the node's `paths.state`.
class NodeAgent {
 public:
  NodeAgent(remote::Transport& transport, const pair::Pair& pair, pair::Role role);

  pair::Role role() const { return role_; }

  template <typename Value>
  using Result = std::expected<Value, NodeError>;

  // ---- looking; nothing is changed
  Result<NodeFacts> Inspect(std::span<const std::string> paths);
  Result<LinkFacts> Look();
  /// Contents of files; a missing one is left out.
  Result<std::map<std::string, std::string>> Fetch(std::span<const std::string> paths);
  Result<std::vector<GenerationFacts>> Generations();
  /// Contents of the files of a generation, by path.
  Result<std::map<std::string, std::string>> FetchGeneration(int number);
  /// What the node's own tool makes of a boot file with these contents and settings.
  Result<BootEdit> SetBoot(const std::string& path, std::string contents,
                           std::span<const BootSetting> settings);
  /// Whether `address` answers ping or accepts TCP on `port`, seen from this node. Port 0: ping
  /// only.
  Result<bool> Reaches(base::Ipv4Address address, int port);

  // ---- the lock
  enum class Steal : std::uint8_t { kNo, kYes };
  Result<void> Lock(const std::string& push, const std::string& owner, Steal steal);
  Result<void> Unlock(const std::string& push);

  // ---- a push, in this order
  /// Puts the files beside their places and makes them a new generation: this one, or the node's
  /// next where that is taken, so that both nodes of a pair count alike. What is there now is kept
  /// as one as well where it is none of ours (a first push, an edit by hand). Keeps a copy of the
  /// leases file, of 4 GiB at most.
  Result<void> Stage(const std::string& push, std::span<const NewFile> files, int generation = 1);
  /// The node's own `dhcpd -t` over the staged set.
  Result<CheckAnswer> Check(const std::string& push);
  /// Starts the watchdog, detached. From now on the node helps itself.
  Result<void> Arm(const std::string& push, const Watch& watch);
  /// Tells the watchdog and the lock that we live; looks at the link on the way. Good from Lock on.
  Result<LinkFacts> Beat(const std::string& push);
  /// All staged files into their places, or none.
  Result<void> Commit(const std::string& push);
  /// Stops dhcpd and starts it on the files in place. Returns the node's clock just before the
  /// stop.
  Result<NodeTime> Restart(const std::string& push);
  /// The new files are good; the deadline moves to `limit` from now. Whether dhcpd runs on what
  /// matters of them is remembered.
  enum class Daemon : std::uint8_t { kUpToDate, kToBeRestarted };
  Result<void> Ready(const std::string& push, std::chrono::seconds limit,
                     Daemon daemon = Daemon::kUpToDate);
  /// Ends the watch. On the primary this is the commit point.
  Result<void> Confirm(const std::string& push);
  /// Back to the generation before: files, then dhcpd where this push restarted it, with the leases
  /// of the saved copy merged. Also ends a push that is only staged, and one of an earlier life.
  Result<void> RollBack(const std::string& push);
  /// Takes a rolled-back node forward to the push's new generation again: its partner had passed
  /// the commit point.
  Result<void> RollForward(const std::string& push);
  /// Removes what is left of an ended push, keeps ten generations, and unlocks.
  Result<void> Finish(const std::string& push);

  // ---- dhcpd itself
  Result<void> StartService();
  /// Makes `block` the last failover state of the leases file. dhcpd is stopped for that and, where
  /// it ran or with kStart, started again, all in one step that goes on when the connection is
  /// lost: a sole survivor is never left stopped by us. Returns the node's clock just before.
  enum class Afterwards : std::uint8_t { kAsBefore, kStart };
  Result<NodeTime> WriteSavedState(const leases::FailoverBlock& block, Afterwards afterwards);

  /// One line to the node's own append-only audit log.
  Result<void> Record(const std::string& line);

 private:
  /// How long a step may take, and what goes to its standard input.
  struct Work {
    std::chrono::seconds timeout;
    std::string input = {};
  };
  /// Runs a step and hands its answer to `read`.
  template <typename Read>
  auto Do(std::string_view step, std::vector<std::string> arguments, Work work, Read read)
      -> Result<std::invoke_result_t<Read, const Reply&>>;
  Result<void> Do(std::string_view step, std::vector<std::string> arguments, Work work);
  std::chrono::seconds looking() const;

  remote::Transport& transport_;
  const pair::Pair& pair_;
  pair::Role role_;
  int calls_ = 0;
};

}  // namespace dhcpair::sync
