#pragma once

#include <sys/types.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "pair/pair.h"
#include "remote/transport.h"
#include "support/folder.h"

namespace dhcpair::test {

/// One node of a FakePair: a folder with `etc/` (dhcpd.conf, dhcpd.master), `var/` (leases, state)
/// and `bin/`, which comes first in the PATH of all that runs there. The shell scripts of
/// src/sync/node run in it for real; what is made up are these commands:
///
///   dhcpd      `-t` refuses a file with the word SYNTAX-ERROR in it or its includes; run without a
///              service manager it becomes a process with a pid file
///   service    start, stop, status: keeps its state in `running`, notes starts and stops in
///              `events`. A start refuses what `dhcpd -t` refuses, and takes each lease out of the
///              leases file that the conf or master names in a comment "# forgets ADDRESS". Two
///              nodes that run with the same failover peer append `my state normal` to both leases
///              files; when one stops, the other goes to communications-interrupted
///   ss, ip     show the failover connection while both run so; the node's own address
///   date       the clock, which AdvanceClock moves
///   sleep      under 2 s: a hundredth; longer: until the clock is moved, or that long
///   logger     appends to `log`;  sync: nothing
class FakeNode {
 public:
  /// `shell` is what `sh` is on this node: "dash", "busybox ash", "bash --posix", "mksh".
  FakeNode(pair::Role role, const std::string& shell);
  ~FakeNode();
  FakeNode(const FakeNode&) = delete;
  FakeNode& operator=(const FakeNode&) = delete;

  const std::string& path() const { return folder_.path(); }
  std::string Path(const std::string& name) const { return folder_.Path(name); }
  std::string Read(const std::string& name) const { return folder_.Read(name); }
  void Put(const std::string& name, const std::string& contents, int mode = 0644) const {
    folder_.Put(name, contents, mode);
  }
  bool Has(const std::string& name) const;

  /// Where FakePair's nodes find each other.
  void MeetPartner(const FakeNode& partner) const;

  /// Runs something on the node; each call gets a transport of its own life.
  std::unique_ptr<remote::Transport> Connect() const;
  /// Runs a line of shell there and returns what it prints.
  std::string Run(const std::string& script) const;

  bool is_running() const { return Has("running"); }
  void AdvanceClock(int seconds) const;

  /// From the call number `after` + 1 on whose arguments hold `pattern`, the command (one of cat,
  /// chmod, cp, dd, ln, mkdir, mv, sync) fails with this message. "CRASH" is a power cut instead:
  /// all that runs on the node is killed just before the command.
  void FailCommand(const std::string& command, const std::string& message, int after = 0,
                   const std::string& pattern = "") const;
  /// The same for all commands that write data.
  void FillDisk() const;
  /// `start` or `stop` of the service fails, or "check": dhcpd refuses everything.
  void FailService(const std::string& what) const;
  void Heal() const;
  /// Kills all processes of the node, dhcpd with them; `Start` says whether it comes up by itself.
  enum class Start : bool { kNo, kYes };
  void Reboot(Start start) const;

  /// Names of files that no ended push leaves: staged ones, the push, the lock, the mutex.
  std::vector<std::string> Strays() const;

  /// Waits for something that a process of the node does; false after 20 s.
  static bool Await(const std::function<bool()>& holds);

 private:
  void PutCommand(const std::string& name, const std::string& script) const;
  void KillAll() const;

  Folder folder_;
  std::string address_;
  std::string partner_address_;
};

/// Two fake nodes and the pair definition that leads to them.
class FakePair {
 public:
  explicit FakePair(const std::string& shell = "dash", const std::string& more_yaml = "");

  FakeNode& node(pair::Role role) { return role == pair::Role::kPrimary ? primary_ : secondary_; }
  const pair::Pair& pair() const { return pair_; }

 private:
  FakeNode primary_;
  FakeNode secondary_;
  pair::Pair pair_;
};

}  // namespace dhcpair::test
