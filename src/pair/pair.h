#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ipv4_address.h"
#include "pair/platform.h"
#include "pair/values.h"
#include "text/source_file.h"

namespace dhcpair::pair {

enum class Role { kPrimary, kSecondary };

/// "primary" or "secondary", as dhcpd.conf and every folder and message of ours has it.
constexpr std::string_view Name(Role role) {
  return role == Role::kPrimary ? "primary" : "secondary";
}

inline constexpr std::array kBothRoles{Role::kPrimary, Role::kSecondary};

/// The role of the partner.
constexpr Role Other(Role role) {
  return role == Role::kPrimary ? Role::kSecondary : Role::kPrimary;
}

/// What both roles may set in the failover stanza (dhcpd.conf(5), "failover").
struct FailoverTuning {
  Seconds max_response_delay{60};
  int max_unacked_updates = 10;
  Seconds load_balance_max{3};
  // The rarer ones are written only when given; dhcpd has defaults for them.
  std::optional<Seconds> auto_partner_down;
  std::optional<int> max_lease_misbalance;  ///< Per cent.
  std::optional<int> max_lease_ownership;   ///< Per cent.
  std::optional<Seconds> min_balance;
  std::optional<Seconds> max_balance;
};

/// Where things lie on a node.
struct NodePaths {
  NodePath conf;
  NodePath master;
  NodePath leases;
  NodePath pid;
  NodePath dhcpd;
  NodePath state;
};

/// Shell commands that drive dhcpd on a node. An empty one: dhcpair itself starts dhcpd, stops it
/// by its pid file, looks for its process.
struct Service {
  std::string start;
  std::string stop;
  std::string status;  ///< Ends with 0 where dhcpd runs.
};

/// OMAPI as the node's dhcpd is to listen for it.
struct Omapi {
  int port = 7911;
  std::string key;
  std::string algorithm;
  Secret secret;
};

enum class Become { kNone, kSudo, kDoas };
/// kLocal: no ssh at all, the node is this machine.
enum class SshClient { kLibssh, kOpenssh, kLocal };

/// How to reach a node.
struct Ssh {
  std::optional<std::string> user;
  std::optional<int> port;
  std::optional<std::string> identity;
  /// Read instead of ~/.ssh/config and /etc/ssh/ssh_config.
  std::optional<std::string> config;
  Become become = Become::kNone;
  SshClient client = SshClient::kLibssh;
  Seconds timeout{30};
};

/// What a node has whatever its role.
struct Node {
  std::string host;           ///< ssh destination.
  base::Ipv4Address address;  ///< Failover endpoint.
  int port = 647;
  FailoverTuning tuning;
  const Platform* platform = nullptr;  ///< Never null; the generic one where none is known.
  /// The pair file says what the node is; otherwise whoever talks with the node asks it.
  bool is_platform_named = false;
  NodePaths paths;
  Service service = {};
  std::vector<std::string> interfaces;
  std::string extra;  ///< Raw dhcpd.conf lines for this node only.
  std::optional<Omapi> omapi;
  Ssh ssh;

  /// Where the file with the OMAPI key lies: beside the master, so that whatever confines dhcpd
  /// lets it read both.
  std::string omapi_key_path() const {
    const std::string folder = paths.master.folder();
    return (folder == "/" ? "" : folder) + "/dhcpd.omapi-key";
  }
};

/// The node that decides MCLT and load balancing for both.
struct PrimaryNode {
  Node node;
  Seconds mclt{3600};
  std::variant<Split, Hba> balance;
};

/// The other one. It has no mclt, split or hba: dhcpd learns them from the primary.
struct SecondaryNode {
  Node node;
};

/// A further file that both nodes share; the master includes it.
struct SharedFile {
  std::string from;  ///< Here.
  NodePath to;       ///< On both nodes.
  int mode = 0644;
};

/// What the operator expects of the pair, for advice on pool sizes.
struct Plan {
  Seconds outage{0};
  int new_clients_per_hour = 0;
};

/// A pair of dhcpd servers, checked: whatever holds a Pair need not check again.
struct Pair {
  text::SourcePtr source;  ///< The pair file.
  PeerName name;
  PrimaryNode primary;
  SecondaryNode secondary;
  std::string master;  ///< The local file.
  std::vector<SharedFile> files;
  std::vector<NodePath> unmanaged;
  std::optional<std::string> templates;  ///< Folder of the site's own templates.
  std::optional<Plan> plan;

  const Node& node(Role role) const {
    return role == Role::kPrimary ? primary.node : secondary.node;
  }
};

}  // namespace dhcpair::pair
