#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adopt/node_statements.h"
#include "adopt/peer_facts.h"
#include "base/ipv4_address.h"
#include "pair/pair.h"
#include "text/diagnostic.h"

namespace dhcpair::adopt {

/// What the operator says on the command line.
struct Given {
  std::optional<std::string> pair_name;
  std::optional<base::Ipv4Address> primary;
  std::optional<base::Ipv4Address> secondary;
  std::string primary_host;  ///< Empty: root at the address.
  std::string secondary_host;
  std::optional<pair::Seconds> mclt;
  std::optional<int> split;
  std::string platform;
  std::vector<std::string> interfaces;
};

/// What a new pair file says of one node.
struct NodeSettings {
  std::string host;
  base::Ipv4Address address;
  int port = 647;
  pair::FailoverTuning tuning;
  std::string extra;  ///< Lines of dhcpd.conf.
  std::optional<pair::Omapi> omapi;
};

/// What a new pair file says of both, beside its files.
struct PairSettings {
  std::string name;
  NodeSettings primary;
  NodeSettings secondary;
  pair::Seconds mclt{3600};
  Balance balance;
  std::string platform;
  std::vector<std::string> interfaces;
  std::optional<pair::NodePath> leases;
  std::optional<pair::NodePath> pid;

  NodeSettings& node(pair::Role role) { return role == pair::Role::kPrimary ? primary : secondary; }
};

/// What one dhcpd.conf tells of the pair.
struct Half {
  const conf::Model* model;
  std::optional<PeerFacts> peer;  ///< Absent for a server that has no partner yet.
  NodeStatements statements;
};

/// The settings from one file, or from a primary and a secondary whose facts mirror each other, and
/// from what was given. Reports what nobody tells, and what is told twice and differs.
std::optional<PairSettings> Settle(const std::vector<Half>& halves, const Given& given,
                                   text::Diagnostics& diagnostics);

/// Reports what does not fit together in the failover declarations of two files, which must be a
/// primary and a secondary of one pair.
void CheckMirror(const Half& a, const Half& b, text::Diagnostics& diagnostics);

}  // namespace dhcpair::adopt
