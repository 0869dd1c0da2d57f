#include "lint/node_pools.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "lint/first_few.h"
#include "lint/places.h"

namespace dhcpair::lint {

using base::Ipv4Address;
using conf::Index;
using conf::Pool;
using text::Rule;
using enum text::Severity;

namespace {

constexpr Rule kPoolsDiffer{"node-pools-differ", kError,
                            "an address is in a failover pool of one node only", "FP114"};

// Of each kind and node; the rest is counted.
constexpr std::size_t kShownMax = 3;

struct Piece {
  const conf::Range* range;
  Index pool;
};

// All ranges of a node in the order of their addresses.
std::vector<Piece> PiecesOf(const conf::Model& model) {
  std::vector<Piece> pieces;
  for (Index pool = 0; pool < model.pools.size(); ++pool) {
    for (const conf::Range& range : model.pools[pool].ranges) pieces.push_back({&range, pool});
  }
  std::ranges::sort(pieces, {}, [](const Piece& piece) { return piece.range->first; });
  return pieces;
}

std::string Describe(Ipv4Address first, Ipv4Address last) {
  if (first == last) return first.ToString();
  return fmt::format("{} to {}", first.ToString(), last.ToString());
}

// The failover pools of one node against all pools of the other one.
class OneWay {
 public:
  OneWay(const Node& node, const std::vector<Relation>& relations, const Node& other,
         const std::vector<Relation>& other_relations)
      : node_(node), relations_(relations), other_(other), other_relations_(other_relations) {}

  void Run(const std::vector<Piece>& pieces, const std::vector<Piece>& other_pieces,
           text::Diagnostics& diagnostics) && {
    std::size_t from = 0;
    for (const Piece& piece : pieces) {
      if (!IsShared(node_, relations_, piece)) continue;
      while (from < other_pieces.size() && other_pieces[from].range->last < piece.range->first) {
        ++from;
      }
      CheckPiece(piece, std::span(other_pieces).subspan(from));
    }
    std::move(one_sided_).Report(diagnostics);
    std::move(differing_).Report(diagnostics);
  }

 private:
  static bool IsShared(const Node& node, const std::vector<Relation>& relations,
                       const Piece& piece) {
    const auto& peer = node.model.pools[piece.pool].peer;
    return peer && relations[*peer].bond == Bond::kShared;
  }

  void CheckPiece(const Piece& piece, std::span<const Piece> others) {
    std::uint64_t next = piece.range->first.value();
    std::uint64_t missing = 0;
    Ipv4Address first_missing;
    Ipv4Address last_missing;
    const Piece* neighbour = nullptr;
    const auto miss = [&](std::uint64_t up_to) {
      if (up_to <= next) return;
      if (missing == 0) {
        first_missing = Ipv4Address(static_cast<std::uint32_t>(next));
        last_missing = Ipv4Address(static_cast<std::uint32_t>(up_to - 1));
      }
      missing += up_to - next;
    };
    for (const Piece& other : others) {
      if (other.range->first > piece.range->last) break;
      if (other.range->last < piece.range->first) continue;
      miss(other.range->first.value());
      next = std::max<std::uint64_t>(next, std::uint64_t{other.range->last.value()} + 1);
      neighbour = &other;
      CheckOverlap(piece, other);
    }
    miss(std::uint64_t{piece.range->last.value()} + 1);
    if (missing != 0) ReportMissing(piece, missing, first_missing, last_missing, neighbour);
  }

  void CheckOverlap(const Piece& piece, const Piece& other) {
    const Pool& ours = node_.model.pools[piece.pool];
    const Pool& theirs = other_.model.pools[other.pool];
    const bool are_same = theirs.peer && relations_[*ours.peer].partner == *theirs.peer;
    if (are_same || !reported_.emplace(piece.pool, other.pool).second) return;
    text::Diagnostic finding{
        .rule = &kOneSided,
        .at = PlaceOf(other_.model, other),
        .message = "",
        .notes = {{fmt::format("the pool on the {}", node_.name), PlaceOf(node_.model, piece)}},
        .node = other_.name};
    if (!theirs.peer) {
      finding.message = fmt::format(
          "{}, but on the {} it is one of '{}': the nodes do not tell each other about its "
          "leases, and both may give out the same address; {} 'failover peer \"{}\";'",
          other.range->subnet ? "this range stands in no pool and is outside of failover"
                              : "this pool names no failover peer",
          node_.name, node_.model.peers[*ours.peer].name,
          other.range->subnet ? "put it into a pool with" : "add",
          other_.model.peers[relations_[*ours.peer].partner].name);
      one_sided_.Add(std::move(finding));
      return;
    }
    // The other way round it is the same finding again.
    if (other_relations_[*theirs.peer].bond == Bond::kShared && node_.name == "secondary") return;
    finding.rule = &kPoolsDiffer;
    finding.message = fmt::format(
        "this pool is one of the failover peer '{}', but on the {} one of '{}': dhcpd rejects what "
        "the other node says of its addresses; name the same peer on both nodes",
        other_.model.peers[*theirs.peer].name, node_.name, node_.model.peers[*ours.peer].name);
    differing_.Add(std::move(finding));
  }

  void ReportMissing(const Piece& piece, std::uint64_t missing, Ipv4Address first, Ipv4Address last,
                     const Piece* neighbour) {
    text::Diagnostic finding{
        .rule = &kPoolsDiffer,
        .at = node_.model.LocationOf(piece.range->origin),
        .message = fmt::format(
            "{} of this failover pool {} in no pool of the {}{}; dhcpd there rejects what this "
            "node says of them with 'unknown IP address', and after an outage nobody gives them "
            "out; both nodes have the same ranges",
            Describe(first, last), missing == 1 ? "is" : "are", other_.name,
            missing > std::uint64_t{last.value()} - first.value() + 1
                ? fmt::format(", and others, {} in all", missing)
                : ""),
        .node = node_.name};
    if (neighbour != nullptr) {
      finding.notes.push_back({fmt::format("what the {} has of them", other_.name),
                               other_.model.LocationOf(neighbour->range->origin)});
    }
    differing_.Add(std::move(finding));
  }

  // A range that stands in no pool is its own place, whichever pool dhcpd puts it into.
  static text::Location PlaceOf(const conf::Model& model, const Piece& piece) {
    return piece.range->subnet ? model.LocationOf(piece.range->origin)
                               : FirstWord(model, model.pools[piece.pool].origin);
  }

  const Node& node_;
  const std::vector<Relation>& relations_;
  const Node& other_;
  const std::vector<Relation>& other_relations_;
  std::set<std::pair<Index, Index>> reported_;
  FirstFew one_sided_{kShownMax, "pools"};
  FirstFew differing_{kShownMax, "ranges"};
};

}  // namespace

void CheckNodePools(const Node& primary, const Node& secondary, const Relations& relations,
                    text::Diagnostics& diagnostics) {
  const std::vector<Piece> ours = PiecesOf(primary.model);
  const std::vector<Piece> theirs = PiecesOf(secondary.model);
  OneWay(primary, relations.of_primary, secondary, relations.of_secondary)
      .Run(ours, theirs, diagnostics);
  OneWay(secondary, relations.of_secondary, primary, relations.of_primary)
      .Run(theirs, ours, diagnostics);
}

std::span<const Rule* const> NodePoolRules() {
  static constexpr std::array kAll{&kPoolsDiffer};
  return kAll;
}

}  // namespace dhcpair::lint
