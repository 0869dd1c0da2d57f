#include "lint/node_peers.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace dhcpair::lint {

using conf::Index;
using conf::Keyword;
using conf::PeerStatement;
using text::Rule;
using conf::operator""_kw;
using enum text::Severity;

constexpr Rule kOneSided{"node-failover-one-sided", kError,
                         "one node has failover for a pool and the other one has not", "FP113"};

namespace {

constexpr Rule kNamesDiffer{"node-peer-names-differ", kError,
                            "the nodes give their failover peer different names", "FP101"};
constexpr Rule kBothPrimary{"node-both-primary", kError, "both nodes are primary", "FP102"};
constexpr Rule kBothSecondary{"node-both-secondary", kError, "both nodes are secondary", "FP103"};
constexpr Rule kPortsNotMirrored{"node-ports-not-mirrored", kError,
                                 "neither node calls the port on which the other one listens",
                                 "FP104"};
constexpr Rule kPartnerPort{"node-partner-port-wrong", kError,
                            "one node calls a port on which the other one does not listen",
                            "FP105"};
constexpr Rule kAddressesNotMirrored{"node-addresses-not-mirrored", kError,
                                     "a node's peer address is not the address of the other one",
                                     "FP106"};
constexpr Rule kLimitsDiffer{"node-limits-differ", kWarning,
                             "the nodes have different limits for the same failover peer", "FP237"};

constexpr auto kLimits = std::to_array<Keyword>(
    {"max-response-delay"_kw, "max-unacked-updates"_kw, "load"_kw, "max-lease-misbalance"_kw,
     "max-lease-ownership"_kw, "min-balance"_kw, "max-balance"_kw});

// Whether a peer's partner is at one of these addresses, or may be.
bool MayCall(const PeerView& peer, const std::set<std::string>& addresses) {
  return addresses.contains(peer.Address(true));
}

std::set<std::string> OwnAddresses(const Node& node) {
  std::set<std::string> addresses;
  for (const PeerView& peer : node.peers) addresses.insert(peer.Address(false));
  addresses.erase("");
  return addresses;
}

// The peers that have no namesake; those that cannot mean the other node are marked.
std::vector<Index> LeftOver(const Node& node, const Node& other, bool have_namesakes,
                            std::vector<Relation>& relations) {
  const std::set<std::string> addresses = OwnAddresses(other);
  std::vector<Index> left;
  for (Index at = 0; at < node.peers.size(); ++at) {
    if (relations[at].bond == Bond::kShared) continue;
    if (have_namesakes && !MayCall(node.peers[at], addresses)) {
      relations[at].bond = Bond::kThirdParty;
    } else {
      left.push_back(at);
    }
  }
  return left;
}

// Where a setting stands, or the peer's name where it is dhcpd's default.
text::Location PlaceOf(const PeerView& peer, const PeerStatement* statement) {
  return statement == nullptr ? peer.LocationOfName() : peer.LocationOf(*statement);
}

class BondCheck {
 public:
  BondCheck(const Node& primary, const PeerView& ours, const Node& secondary,
            const PeerView& theirs, text::Diagnostics& diagnostics)
      : primary_{primary, ours}, secondary_{secondary, theirs}, diagnostics_(diagnostics) {}

  void Run() {
    CheckNames();
    CheckRoles();
    CheckAddress(primary_, secondary_);
    CheckAddress(secondary_, primary_);
    CheckPorts();
    for (const Keyword word : kLimits) CheckLimit(word);
  }

 private:
  struct Side {
    const Node& node;
    const PeerView& peer;
  };

  void CheckNames() {
    const std::string_view ours = primary_.peer.peer().name;
    const std::string_view theirs = secondary_.peer.peer().name;
    if (ours == theirs) return;
    Add(kNamesDiffer, secondary_, secondary_.peer.LocationOfName(),
        fmt::format("the failover peer is called '{}' here and '{}' on the {}; dhcpd turns its "
                    "partner away with 'unknown failover relationship name' and the pair never "
                    "leaves recover; both nodes use the same name, letter for letter",
                    theirs, ours, primary_.node.name),
        {fmt::format("on the {}", primary_.node.name), primary_.peer.LocationOfName()});
  }

  void CheckRoles() {
    const bool is_secondary = primary_.peer.is_secondary();
    if (is_secondary != secondary_.peer.is_secondary()) return;
    const Keyword role = is_secondary ? "secondary"_kw : "primary"_kw;
    // The one that should be what it is not.
    const Side& wrong = is_secondary ? primary_ : secondary_;
    const Side& right = is_secondary ? secondary_ : primary_;
    const PeerStatement* const word = wrong.peer.Find(role);
    Add(is_secondary ? kBothSecondary : kBothPrimary, wrong, PlaceOf(wrong.peer, word),
        fmt::format("both nodes are {0} of '{1}'{2}: {3}, and they never leave recover; one is "
                    "'primary' and the other one 'secondary'",
                    conf::Name(role), wrong.peer.peer().name,
                    word == nullptr ? ", for dhcpd takes a peer without a role for primary" : "",
                    is_secondary ? "neither opens the session" : "their sessions collide"),
        {fmt::format("on the {}", right.node.name), PlaceOf(right.peer, right.peer.Find(role))});
  }

  void CheckAddress(const Side& side, const Side& other) {
    const PeerStatement* const partner = side.peer.Find("address"_kw, true);
    const PeerStatement* const own = other.peer.Find("address"_kw);
    // Names are not looked up; and that a node calls itself is said of its own file.
    const bool can_tell = partner != nullptr && own != nullptr && partner->address.address &&
                          own->address.address &&
                          side.peer.Address(true) != side.peer.Address(false);
    if (!can_tell || partner->address.address == own->address.address) return;
    Add(kAddressesNotMirrored, side, side.peer.LocationOf(*partner),
        fmt::format("the {} is not at {} but at {}: dhcpd answers its calls with 'no matching "
                    "state' and the pair never leaves recover; write 'peer address {};'",
                    other.node.name, side.peer.Address(true), other.peer.Address(false),
                    other.peer.Address(false)),
        {fmt::format("'address' on the {}", other.node.name), other.peer.LocationOf(*own)});
  }

  void CheckPorts() {
    const bool primary_is_right = primary_.peer.Port(true) == secondary_.peer.Port(false);
    const bool secondary_is_right = secondary_.peer.Port(true) == primary_.peer.Port(false);
    if (primary_is_right && secondary_is_right) return;
    if (!primary_is_right && !secondary_is_right) {
      ReportPort(kPortsNotMirrored, primary_, secondary_,
                 "nor does the secondary call the right one, so neither reaches the other, without "
                 "a word in the logs, and they never leave recover");
    } else if (secondary_is_right) {
      ReportPort(kPartnerPort, primary_, secondary_,
                 "the pair works as long as the secondary makes the connection, but dhcpd leaves "
                 "it to the primary to make a new one");
    } else {
      ReportPort(kPartnerPort, secondary_, primary_,
                 "the pair works only because the primary makes the connection");
    }
  }

  void ReportPort(const Rule& rule, const Side& side, const Side& other, std::string_view harm) {
    const PeerStatement* const partner = side.peer.Find("port"_kw, true);
    const PeerStatement* const own = other.peer.Find("port"_kw);
    Add(rule, side, PlaceOf(side.peer, partner),
        fmt::format("this node calls port {}{}, but the {} listens on {}{}; {}; write 'peer port "
                    "{};'",
                    side.peer.Port(true), partner == nullptr ? " by default" : "", other.node.name,
                    other.peer.Port(false), own == nullptr ? " by default" : "", harm,
                    other.peer.Port(false)),
        {fmt::format("'port' on the {}", other.node.name), PlaceOf(other.peer, own)});
  }

  void CheckLimit(Keyword word) {
    const PeerStatement* const ours = primary_.peer.Find(word);
    const PeerStatement* const theirs = secondary_.peer.Find(word);
    const auto value = [&](const PeerView& peer, const PeerStatement* statement) {
      return statement == nullptr ? std::optional(DefaultOf(word)) : peer.Value(word);
    };
    const auto our_value = value(primary_.peer, ours);
    const auto their_value = value(secondary_.peer, theirs);
    if (!our_value || !their_value || our_value == their_value) return;
    Add(kLimitsDiffer, secondary_, PlaceOf(secondary_.peer, theirs),
        fmt::format("'{}' is {}{} here and {}{} on the {}; each dhcpd goes by its own, so the "
                    "nodes do not act alike; give both the same",
                    WordsOf(word), *their_value, theirs == nullptr ? " by default" : "", *our_value,
                    ours == nullptr ? " by default" : "", primary_.node.name),
        {fmt::format("on the {}", primary_.node.name), PlaceOf(primary_.peer, ours)});
  }

  void Add(const Rule& rule, const Side& side, text::Location at, std::string message,
           text::Note note) {
    diagnostics_.Add({.rule = &rule,
                      .at = std::move(at),
                      .message = std::move(message),
                      .notes = {std::move(note)},
                      .node = side.node.name});
  }

  const Side primary_;
  const Side secondary_;
  text::Diagnostics& diagnostics_;
};

void ReportMissing(const Node& node, const Node& other, const std::vector<Relation>& relations,
                   text::Diagnostics& diagnostics) {
  for (Index at = 0; at < node.peers.size(); ++at) {
    if (relations[at].bond != Bond::kMissing) continue;
    const std::string_view name = node.peers[at].peer().name;
    diagnostics.Add(
        {.rule = &kOneSided,
         .at = node.peers[at].LocationOfName(),
         .message = fmt::format(
             "the {0} has no failover peer '{1}': this node waits for it in recover and answers no "
             "client, while the {0} gives out what pools it has on its own; declare the peer there "
             "and name it in the same pools",
             other.name, name),
         .node = node.name});
  }
}

}  // namespace

Node::Node(const conf::Model& node_model, std::string node_name)
    : model(node_model), name(std::move(node_name)) {
  for (const conf::Peer& peer : model.peers) peers.emplace_back(model, peer);
}

Relations RelatePeers(const Node& primary, const Node& secondary) {
  Relations relations{std::vector<Relation>(primary.peers.size()),
                      std::vector<Relation>(secondary.peers.size())};
  const auto relate = [&](Index ours, Index theirs) {
    relations.of_primary[ours] = {Bond::kShared, theirs};
    relations.of_secondary[theirs] = {Bond::kShared, ours};
  };
  std::map<std::string_view, Index> by_name;
  for (Index at = 0; at < secondary.peers.size(); ++at) {
    by_name.emplace(secondary.peers[at].peer().name, at);
  }
  bool have_namesakes = false;
  for (Index at = 0; at < primary.peers.size(); ++at) {
    const auto found = by_name.find(primary.peers[at].peer().name);
    if (found == by_name.end()) continue;
    relate(at, found->second);
    have_namesakes = true;
  }
  const auto ours = LeftOver(primary, secondary, have_namesakes, relations.of_primary);
  const auto theirs = LeftOver(secondary, primary, have_namesakes, relations.of_secondary);
  for (std::size_t at = 0; at < std::min(ours.size(), theirs.size()); ++at) {
    relate(ours[at], theirs[at]);
  }
  return relations;
}

void CheckPeers(const Node& primary, const Node& secondary, const Relations& relations,
                text::Diagnostics& diagnostics) {
  for (Index at = 0; at < primary.peers.size(); ++at) {
    const Relation& relation = relations.of_primary[at];
    if (relation.bond != Bond::kShared) continue;
    BondCheck(primary, primary.peers[at], secondary, secondary.peers[relation.partner], diagnostics)
        .Run();
  }
  ReportMissing(primary, secondary, relations.of_primary, diagnostics);
  ReportMissing(secondary, primary, relations.of_secondary, diagnostics);
}

std::span<const Rule* const> NodePeerRules() {
  static constexpr std::array kAll{
      &kNamesDiffer, &kBothPrimary,          &kBothSecondary, &kPortsNotMirrored,
      &kPartnerPort, &kAddressesNotMirrored, &kLimitsDiffer,  &kOneSided,
  };
  return kAll;
}

}  // namespace dhcpair::lint
