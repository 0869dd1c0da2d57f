#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lint/peer_view.h"
#include "text/diagnostic.h"

namespace dhcpair::lint {

/// One of the two nodes: its configuration, and what findings call it.
struct Node {
  const conf::Model& model;
  std::string name;  ///< "primary" or "secondary".
  std::vector<PeerView> peers;

  Node(const conf::Model& node_model, std::string node_name);
};

/// How the peers of a node belong to those of the other one, by their places in Model::peers.
enum class Bond : std::uint8_t {
  kShared,      ///< Its partner is the other node.
  kMissing,     ///< Its partner should be the other node, which has no such peer.
  kThirdParty,  ///< Its partner is some other server.
};

struct Relation {
  Bond bond = Bond::kMissing;
  conf::Index partner = 0;  ///< Of a kShared.
};

struct Relations {
  std::vector<Relation> of_primary;
  std::vector<Relation> of_secondary;
};

/// Finds out which peer belongs to which: by their names, and where these differ by their
/// addresses.
Relations RelatePeers(const Node& primary, const Node& secondary);

/// What is wrong between two peers that belong together, and peers that lack their other half.
void CheckPeers(const Node& primary, const Node& secondary, const Relations& relations,
                text::Diagnostics& diagnostics);

/// The rules of CheckPeers.
std::span<const text::Rule* const> NodePeerRules();

/// A pool or a peer has failover on one node only.
extern const text::Rule kOneSided;

}  // namespace dhcpair::lint
