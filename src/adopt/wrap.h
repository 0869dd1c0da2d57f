#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "adopt/edits.h"
#include "conf/syntax_tree.h"

namespace dhcpair::adopt {

/// The statements that a pool of this peer begins with.
std::vector<std::string> PeerLines(const std::string& peer_name);

/// The node of this kind that holds a byte of its first words.
std::size_t NodeOf(const conf::SyntaxTree& tree, conf::NodeKind kind, std::size_t offset);

/// Puts lines at the beginning of a pool, indented like its own first statement, or in front of it
/// where that stands on the line of the brace.
Edit InsertIntoPool(const conf::SyntaxTree& tree, std::size_t pool,
                    const std::vector<std::string>& lines);

/// How ranges come into a pool.
struct Wrapping {
  std::vector<Edit> edits;
  /// Ranges that stand in the pool now and are to be removed from where they stood.
  std::vector<text::Span> moved;
};

/// Wraps range statements of one subnet in a pool that begins with these lines: where the first one
/// stands, in their order. Ranges with other statements between them are brought together there;
/// comments on their lines and right above them come with them.
Wrapping WrapInPool(const conf::SyntaxTree& tree, std::vector<std::size_t> ranges,
                    const std::vector<std::string>& lines);

}  // namespace dhcpair::adopt
