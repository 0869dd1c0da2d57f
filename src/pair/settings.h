#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pair/pair.h"
#include "pair/section.h"

namespace dhcpair::pair {

/// What `omapi:` says so far; the secret is read when both levels are merged.
struct OmapiDraft {
  text::Span at;
  int port = 7911;
  std::string key = "dhcpair-omapi";
  std::string algorithm = "hmac-sha256";
  std::optional<std::string> secret_file;
  text::Span secret_file_at;
};

/// The `paths:` that were given; the platform has the rest.
struct PathOverrides {
  std::optional<NodePath> conf, master, leases, pid, dhcpd, state;
};

/// The `service:` that was given; the platform has the rest.
struct ServiceOverrides {
  std::optional<std::string> start, stop, status;
};

/// The keys that may stand at the top for both nodes and inside a node to override them there.
struct Settings {
  int port = 647;
  FailoverTuning tuning;
  const Platform* platform = nullptr;
  PathOverrides paths;
  ServiceOverrides service;
  std::vector<std::string> interfaces;
  std::string extra;
  std::optional<OmapiDraft> omapi;
  Ssh ssh;
};

/// The sections of one pair file.
struct PairSections {
  Section top;
  Section failover;
  Section primary;
  Section secondary;

  const Section& node(Role role) const { return role == Role::kPrimary ? primary : secondary; }
};

/// What both nodes have in common: dhcpair's defaults, then `failover:` and the top level.
Settings ReadShared(const PairSections& sections, Reporter& reporter);

/// `shared`, with what the node's own section says instead.
Settings ReadNodeSettings(const Section& node, Settings shared, Reporter& reporter);

/// The settings of a node that do not need the file system, as a Node; nothing when its address is
/// missing or wrong. `unnamed` is its platform where the pair file names none.
std::optional<Node> BuildNode(const Section& section, const Settings& settings,
                              const Platform& unnamed, Reporter& reporter);

/// Reports what does not fit together: within each node, and between the two.
void CrossCheck(const Pair& pair, const PairSections& sections, Reporter& reporter);

}  // namespace dhcpair::pair
