#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "conf/model.h"
#include "lint/node_peers.h"

namespace dhcpair::lint {

/// What is declared under a name of its own, so that both nodes can be asked for it.
enum class PartKind : std::uint8_t { kOption, kSubnet, kNetwork, kClass, kSubclass, kHost };

struct Part {
  PartKind kind;
  std::string_view name = {};    ///< Empty for a subnet, which is told by its numbers.
  std::string_view detail = {};  ///< Of a subclass its data, of an option its space.
  std::uint64_t number = 0;      ///< Of a subnet, and of a class that is opened again.
  conf::Index index = 0;         ///< In the Model's list.

  auto Key() const { return std::tie(kind, name, detail, number); }
};

/// What a node declares, in the order of the keys. Left out is what stands in a file that both
/// nodes have in the same words, and networks that belong to a third server's peer.
std::vector<Part> PartsOf(const Node& node, const std::vector<Relation>& relations,
                          const conf::Model& other);

/// Whether both nodes read some file in the same words: then what else they say is in files of
/// their own.
bool ShareAFile(const conf::Model& model, const conf::Model& other);

/// "host 'h'".
std::string Describe(const conf::Model& model, const Part& part);

text::Location PlaceOf(const conf::Model& model, const Part& part);

}  // namespace dhcpair::lint
