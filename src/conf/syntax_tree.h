#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "conf/lexer.h"
#include "text/source_file.h"

namespace dhcpair::conf {

/// What a part of a file is. Every statement of a file, well formed or not, is a node.
enum class NodeKind : std::uint8_t {
  kFile,
  kBlock,    ///< '{', statements, '}'.
  kSkipped,  ///< A statement with a mistake in it, up to where reading went on.
  kInclude,
  kSharedNetwork,
  kSubnet,
  kPool,
  kHost,
  kGroup,
  kClass,         ///< Also subclass, vendor-class and user-class.
  kFailoverPeer,  ///< A declaration, or the reference in a pool or shared-network.
  kRange,
  kPermission,  ///< allow, deny and ignore, in a pool or elsewhere.
  kOption,      ///< An option that is set, and the declaration of an option or an option space.
  kParameter,   ///< A parameter of the server: default-lease-time 600;
  kKey,
  kZone,
  kExecutable,  ///< if, switch, on, set, log and the like.
  kOther,       ///< hardware, fixed-address, match, algorithm and what else stands in one block.
};

/// A part of a file: from the first byte of its first token to the last of its last one.
struct Node {
  NodeKind kind;
  std::uint32_t begin;
  std::uint32_t end;
  std::uint32_t size;  ///< Itself and all nodes in it, which follow it.

  text::Span span() const { return {begin, end}; }
};

/// A file as it was written: its text, and the nodes in the order in which they begin. What lies
/// between two nodes is white space and comments, so nodes and gaps are every byte of it.
struct SyntaxTree {
  text::SourcePtr source;
  std::vector<Node> nodes;  ///< The first one is the kFile.

  std::string_view Text(text::Span span) const { return source->Text(span); }
  std::string_view Text(const Token& token) const { return source->Text(token.span()); }
  /// The nodes right below this one; `node` is an index into nodes.
  std::vector<std::size_t> ChildrenOf(std::size_t node) const;
  /// The innermost statement that holds this byte, or the file.
  std::size_t NodeAt(std::size_t offset) const;
  /// The tokens of a node or another part of the file that begins and ends with one.
  std::vector<Token> TokensOf(text::Span span) const;
};

/// The text again, put together from the nodes and what lies between them.
std::string Print(const SyntaxTree& tree);

/// The comments of a file, each from its '#' to before its line end.
std::vector<text::Span> Comments(const SyntaxTree& tree);

}  // namespace dhcpair::conf
