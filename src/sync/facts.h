#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dhcpair::sync {

/// Seconds since 1970 by the clock of one node. Those of two nodes are compared only after their
/// offset was taken off.
using NodeTime = std::int64_t;

/// What lies at a path of a node.
enum class FileKind : std::uint8_t { kMissing, kRegular, kSymlink, kOther };

struct FileFacts {
  std::string path;
  FileKind kind = FileKind::kMissing;
  std::string sha256 = {};  ///< 64 hexadecimal digits; of a regular file.
  int mode = 0;             ///< Permission bits.
  std::string owner = {};
  std::string group = {};
  std::uint64_t bytes = 0;
  /// The digest that the current generation gives it; empty where it has none. Another one than
  /// `sha256` means that somebody changed the file by hand.
  std::string pushed_sha256 = {};
};

enum class ServiceState : std::uint8_t { kRunning, kStopped, kUnknown };
/// Whether a TCP connection between the two failover endpoints is established.
enum class LinkState : std::uint8_t { kEstablished, kNone, kUnknown };
/// Whether the node has its failover address as an address of its own.
enum class AddressState : std::uint8_t { kHeld, kMissing, kVirtual, kUnknown };

/// How far an unfinished push got on one node. What the node's disk says, whoever looks.
enum class PushPhase : std::uint8_t {
  kStaged,      ///< New files lie beside the old ones.
  kCommitted,   ///< New files are in place; the watchdog will take them back.
  kReady,       ///< Proven good here; waits for the commit point.
  kConfirmed,   ///< On the primary: the commit point has passed.
  kRolledBack,  ///< The old files are in place again.
};

struct PushFacts {
  std::string id;
  PushPhase phase = PushPhase::kStaged;
  int from_generation = 0;
  int to_generation = 0;
  bool restarted = false;   ///< dhcpd was started on the new files in this push.
  bool is_watched = false;  ///< A live watchdog will act at `deadline`.
  NodeTime deadline = 0;
  std::string owner = {};  ///< user@host who began it.
  /// It goes to this node alone (--only-node), so that nothing hangs on the other one.
  bool is_alone = false;
};

struct LockFacts {
  std::string id;
  std::string owner;       ///< user@host
  NodeTime heartbeat = 0;  ///< By the node's clock.
  bool is_stale = false;   ///< No heartbeat for 60 s and no watchdog armed.
};

/// What the node's leases file and its kernel say of the failover link, without OMAPI.
struct LinkFacts {
  NodeTime now = 0;  ///< The node's clock when this was read.
  ServiceState service = ServiceState::kUnknown;
  LinkState link = LinkState::kUnknown;
  /// The last whole `failover peer "NAME" state { … }` of the leases file, as it stands there;
  /// empty where there is none.
  std::string state_block = {};
};

struct LeasesFileFacts {
  bool is_present = false;
  std::uint64_t bytes = 0;
};

/// One look at a node.
struct NodeFacts {
  LinkFacts link = {};
  std::string system = {};        ///< `uname -s`
  std::string distribution = {};  ///< ID of /etc/os-release; empty where there is none.
  std::string distribution_version = {};
  int uid = -1;
  std::string dhcpd_version = {};  ///< "4.4.3-P1"; empty where there is no dhcpd.
  AddressState address = AddressState::kUnknown;
  LeasesFileFacts leases = {};
  std::optional<LockFacts> lock = {};
  std::optional<PushFacts> push = {};
  /// dhcpd still runs on the files before the generation in force: that push was told not to
  /// restart it, and no command of ours has since.
  bool is_restart_pending = false;
  int generation = 0;  ///< The confirmed one in force; 0: none was ever confirmed.
  /// That generation was pushed to this node alone: it is still to come to the other one.
  bool is_generation_alone = false;
  std::vector<FileFacts> files = {};
};

/// An earlier or the present set of files on a node.
struct GenerationFacts {
  int number = 0;
  NodeTime made_at = 0;
  std::string made_by = {};
  bool was_confirmed = false;
  bool is_current = false;
  std::vector<FileFacts> files = {};
};

}  // namespace dhcpair::sync
