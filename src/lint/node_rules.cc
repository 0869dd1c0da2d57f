#include "lint/node_rules.h"

#include <fmt/core.h>

#include <array>
#include <map>
#include <vector>

#include "lint/node_peers.h"
#include "lint/node_pools.h"
#include "lint/node_rest.h"

namespace dhcpair::lint {

using conf::Statement;
using text::Rule;
using enum text::Severity;

namespace {

constexpr Rule kSameServerIdentifier{"node-same-server-identifier", kWarning,
                                     "both nodes call themselves by the same address", "FP235"};

// The first statement of a configuration that gives the server this address.
using Identifiers = std::map<base::Ipv4Address, const Statement*>;

Identifiers IdentifiersOf(const conf::Model& model) {
  Identifiers identifiers;
  for (const conf::Scope& scope : model.scopes) {
    for (const Statement& statement : scope.statements) {
      if (!statement.Sets("dhcp", "dhcp-server-identifier") &&
          !statement.Sets("server", "server-identifier")) {
        continue;
      }
      for (const base::Ipv4Address address : model.AddressesOf(statement.value)) {
        identifiers.emplace(address, &statement);
      }
    }
  }
  return identifiers;
}

void CheckIdentifiers(const conf::Model& primary, const conf::Model& secondary,
                      text::Diagnostics& diagnostics) {
  const Identifiers theirs = IdentifiersOf(secondary);
  for (const auto& [address, statement] : IdentifiersOf(primary)) {
    const auto found = theirs.find(address);
    if (found == theirs.end()) continue;
    text::Diagnostic finding{
        .rule = &kSameServerIdentifier,
        .at = primary.LocationOf(statement->origin),
        .message = fmt::format(
            "both nodes call themselves {}: clients cannot tell them apart, and what they send to "
            "the one reaches the other; leave it out, and dhcpd takes the address of its interface",
            address.ToString()),
        .node = "primary and secondary"};
    text::Location other = secondary.LocationOf(found->second->origin);
    const bool is_shared_file = other.source->name() == finding.at.source->name();
    if (!is_shared_file) finding.notes.push_back({"on the secondary", std::move(other)});
    diagnostics.Add(std::move(finding));
  }
}

}  // namespace

void CheckNodes(const conf::Model& primary, const conf::Model& secondary,
                text::Diagnostics& diagnostics) {
  const Node ours(primary, "primary");
  const Node theirs(secondary, "secondary");
  const Relations relations = RelatePeers(ours, theirs);
  CheckPeers(ours, theirs, relations, diagnostics);
  // What could not be read would be taken for missing.
  if (primary.has_errors || secondary.has_errors) return;
  CheckNodePools(ours, theirs, relations, diagnostics);
  CheckIdentifiers(primary, secondary, diagnostics);
  CheckRest(ours, theirs, relations, diagnostics);
}

std::span<const Rule* const> NodeRules() {
  static const std::vector<const Rule*> kAll = [] {
    std::vector<const Rule*> all;
    for (const auto rules : {NodePeerRules(), NodePoolRules(), NodeRestRules()}) {
      all.insert(all.end(), rules.begin(), rules.end());
    }
    all.push_back(&kSameServerIdentifier);
    return all;
  }();
  return kAll;
}

}  // namespace dhcpair::lint
