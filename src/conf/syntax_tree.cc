#include "conf/syntax_tree.h"

#include <algorithm>

namespace dhcpair::conf {
namespace {

class Printer {
 public:
  explicit Printer(const SyntaxTree& tree) : tree_(tree) {}

  std::string Run() && {
    printed_.reserve(tree_.source->contents().size());
    PrintNode(0);
    PrintUpTo(tree_.source->contents().size());
    return std::move(printed_);
  }

 private:
  void PrintNode(std::size_t node) {
    const std::size_t end = node + tree_.nodes[node].size;
    for (std::size_t child = node + 1; child < end; child += tree_.nodes[child].size) {
      PrintUpTo(tree_.nodes[child].begin);
      PrintNode(child);
    }
    PrintUpTo(tree_.nodes[node].end);
  }

  void PrintUpTo(std::size_t offset) {
    if (offset <= written_) return;
    printed_ += tree_.Text({written_, offset});
    written_ = offset;
  }

  const SyntaxTree& tree_;
  std::size_t written_ = 0;
  std::string printed_;
};

}  // namespace

std::vector<std::size_t> SyntaxTree::ChildrenOf(std::size_t node) const {
  std::vector<std::size_t> children;
  const std::size_t end = node + nodes[node].size;
  for (std::size_t child = node + 1; child < end; child += nodes[child].size) {
    children.push_back(child);
  }
  return children;
}

std::size_t SyntaxTree::NodeAt(std::size_t offset) const {
  std::size_t found = 0;
  std::size_t end = nodes.size();
  // What begins behind the offset does not hold it, nor do nodes that are left aside as a whole.
  for (std::size_t at = 1; at < end && nodes[at].begin <= offset;) {
    if (offset >= nodes[at].end) {
      at += nodes[at].size;
      continue;
    }
    if (nodes[at].kind != NodeKind::kBlock) found = at;
    end = at + nodes[at].size;
    ++at;
  }
  return found;
}

std::vector<Token> SyntaxTree::TokensOf(text::Span span) const {
  std::vector<Token> tokens;
  const auto line = static_cast<std::uint32_t>(source->PositionOf(span.begin).line);
  Lexer lexer(source->contents(), {static_cast<std::uint32_t>(span.begin), line});
  for (;;) {
    const Token token = lexer.Next();
    if (token.kind == TokenKind::kEnd || token.begin >= span.end) return tokens;
    tokens.push_back(token);
  }
}

std::string Print(const SyntaxTree& tree) { return Printer(tree).Run(); }

std::vector<text::Span> Comments(const SyntaxTree& tree) {
  std::vector<text::Span> comments;
  const std::string_view text = tree.source->contents();
  const std::size_t last = text.rfind('#');
  if (last == std::string_view::npos) return comments;
  // A '#' in a string begins none, so the tokens are read once more.
  Lexer lexer(text);
  for (std::size_t from = 0; from <= last;) {
    const Token token = lexer.Next();
    for (;;) {
      const std::size_t begin = text.substr(0, token.begin).find('#', from);
      if (begin == std::string_view::npos) break;
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      comments.push_back({begin, end});
      from = end;
    }
    if (token.kind == TokenKind::kEnd) break;
    from = token.end;
  }
  return comments;
}

}  // namespace dhcpair::conf
