#include "adopt/wrap.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

namespace dhcpair::adopt {
namespace {

using conf::NodeKind;

class Wrapper {
 public:
  Wrapper(const conf::SyntaxTree& tree, std::vector<std::size_t> ranges,
          const std::vector<std::string>& lines)
      : tree_(tree), text_(tree.source->contents()), ranges_(std::move(ranges)), lines_(lines) {
    std::ranges::sort(ranges_);
    run_ = 1;
    // A range has no nodes in it, so the next one is the next statement.
    while (run_ < ranges_.size() && ranges_[run_] == ranges_[run_ - 1] + 1) ++run_;
  }

  Wrapping Wrap() {
    const bool on_own_lines = BeginsLine(text_, First().begin) && EndsLine(text_, LastOfRun().end);
    if (on_own_lines) {
      WrapLines();
    } else {
      WrapWords();
    }
    return std::move(wrapping_);
  }

 private:
  text::Span First() const { return tree_.nodes[ranges_.front()].span(); }
  text::Span LastOfRun() const { return tree_.nodes[ranges_[run_ - 1]].span(); }

  void Insert(std::size_t at, std::string text) {
    wrapping_.edits.push_back({{at, at}, std::move(text)});
  }

  void WrapLines() {
    indentation_ = Indentation(text_, First().begin);
    const std::string unit = Unit();
    const std::string line_break(LineBreak(text_, First().begin));
    std::string head = fmt::format("{}pool {{{}", indentation_, line_break);
    for (const std::string& line : lines_) {
      head += fmt::format("{}{}{}{}", indentation_, unit, line, line_break);
    }
    const std::size_t begin = LineStart(text_, First().begin);
    const std::size_t end = NextLine(text_, LastOfRun().end);
    Insert(begin, std::move(head));
    for (std::size_t line = begin; line < end; line = NextLine(text_, line)) {
      const std::size_t word = line + Indentation(text_, line).size();
      if (!EndsBlank(word)) Insert(word, unit);
    }
    // An included file may end with the range.
    std::string tail = text_.substr(0, end).ends_with('\n') ? "" : line_break;
    for (std::size_t i = run_; i < ranges_.size(); ++i) {
      tail += MoveLines(i, unit, line_break);
      if (!tail.ends_with('\n')) tail += line_break;
    }
    tail += fmt::format("{}}}{}", indentation_, line_break);
    Insert(end, std::move(tail));
  }

  // Several statements share a line: all of the pool goes there too.
  void WrapWords() {
    std::string head = "pool { ";
    for (const std::string& line : lines_) head += line + " ";
    Insert(First().begin, std::move(head));
    std::string tail;
    for (std::size_t i = run_; i < ranges_.size(); ++i) {
      const text::Span range = tree_.nodes[ranges_[i]].span();
      tail += fmt::format(" {}", tree_.Text(range));
      wrapping_.moved.push_back(range);
    }
    Insert(LastOfRun().end, tail + " }");
  }

  // Takes a range out of its place; the lines that it becomes in the pool.
  std::string MoveLines(std::size_t index, const std::string& unit, const std::string& line_break) {
    const text::Span range = tree_.nodes[ranges_[index]].span();
    if (!BeginsLine(text_, range.begin) || !EndsLine(text_, range.end)) {
      wrapping_.moved.push_back(range);
      return fmt::format("{}{}{}{}", indentation_, unit, tree_.Text(range), line_break);
    }
    std::size_t begin = LineStart(text_, range.begin);
    while (begin > 0 && IsCommentLine(LineStart(text_, begin - 1))) {
      begin = LineStart(text_, begin - 1);
    }
    const std::size_t end = NextLine(text_, range.end);
    wrapping_.edits.push_back({{begin, end}, ""});
    std::string moved;
    for (std::size_t line = begin; line < end; line = NextLine(text_, line)) {
      const std::string_view indentation = Indentation(text_, line);
      const std::size_t word = line + indentation.size();
      moved += fmt::format("{}{}{}", indentation, EndsBlank(word) ? "" : unit,
                           text_.substr(word, NextLine(text_, line) - word));
    }
    return moved;
  }

  bool IsCommentLine(std::size_t line) const {
    const std::size_t word = line + Indentation(text_, line).size();
    return word < text_.size() && text_[word] == '#';
  }

  bool EndsBlank(std::size_t offset) const {
    return EndsLine(text_, offset) && !text_.substr(offset).starts_with('#');
  }

  // By how much the statements of the subnet are indented from the subnet.
  std::string Unit() const {
    // The block and what opens it are the last nodes before the range that hold it.
    std::string_view outer;
    for (std::size_t node = ranges_.front(); node-- > 0;) {
      const conf::Node& around = tree_.nodes[node];
      if (around.kind == NodeKind::kBlock || around.end < First().end) continue;
      outer = Indentation(text_, around.begin);
      break;
    }
    const bool is_deeper = indentation_.starts_with(outer) && indentation_.size() > outer.size();
    return is_deeper ? std::string(indentation_.substr(outer.size())) : "  ";
  }

  const conf::SyntaxTree& tree_;
  const std::string_view text_;
  std::vector<std::size_t> ranges_;
  const std::vector<std::string>& lines_;
  std::size_t run_;  // So many of the ranges stand together with the first.
  std::string_view indentation_;
  Wrapping wrapping_;
};

}  // namespace

std::vector<std::string> PeerLines(const std::string& peer_name) {
  return {fmt::format("failover peer \"{}\";", peer_name), "deny dynamic bootp clients;"};
}

std::size_t NodeOf(const conf::SyntaxTree& tree, NodeKind kind, std::size_t offset) {
  const auto behind = std::ranges::upper_bound(
      tree.nodes, offset, {}, [](const conf::Node& node) { return std::size_t{node.begin}; });
  auto node = static_cast<std::size_t>(behind - tree.nodes.begin());
  do {
    assert(node > 0);
    --node;
  } while (tree.nodes[node].kind != kind);
  return node;
}

Edit InsertIntoPool(const conf::SyntaxTree& tree, std::size_t pool,
                    const std::vector<std::string>& lines) {
  const std::string_view text = tree.source->contents();
  // The block, and the first statement in it: dhcpd takes no pool without a range.
  const std::size_t brace = tree.nodes[pool + 1].begin;
  const std::size_t first = tree.nodes[pool + 2].begin;
  assert(tree.nodes[pool + 1].kind == NodeKind::kBlock && tree.nodes[pool + 1].size > 1);
  if (!BeginsLine(text, first)) return {{first, first}, fmt::format("{} ", fmt::join(lines, " "))};
  const std::string_view indentation = Indentation(text, first);
  std::string inserted;
  for (const std::string& line : lines) {
    inserted += fmt::format("{}{}{}", indentation, line, LineBreak(text, brace));
  }
  const std::size_t at = NextLine(text, brace);
  return {{at, at}, std::move(inserted)};
}

Wrapping WrapInPool(const conf::SyntaxTree& tree, std::vector<std::size_t> ranges,
                    const std::vector<std::string>& lines) {
  return Wrapper(tree, std::move(ranges), lines).Wrap();
}

}  // namespace dhcpair::adopt
