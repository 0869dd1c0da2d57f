#include "lint/follow_ups.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace dhcpair::lint {
namespace {

using Places = std::vector<std::size_t>;

// Where something begins in a file, with the finding that says so.
struct Begin {
  std::size_t offset;
  std::size_t finding;

  auto operator<=>(const Begin&) const = default;
};

bool IsStatement(const conf::Node& node) {
  return node.kind != conf::NodeKind::kFile && node.kind != conf::NodeKind::kBlock;
}

bool HoldsOne(const conf::Node& node, const Places& errors) {
  const auto first = std::ranges::lower_bound(errors, std::size_t{node.begin});
  // An error at its end is about what is missing there.
  return first != errors.end() && *first <= node.end;
}

// Marks those whose innermost statement holds an error. One walk over the nodes does for all.
void MarkFollowUps(const conf::SyntaxTree& tree, std::vector<Begin> begins, const Places& errors,
                   std::vector<bool>& is_follow_up) {
  std::ranges::sort(begins);
  std::vector<const conf::Node*> open;
  auto next = tree.nodes.begin();
  for (const Begin& begin : begins) {
    for (; next != tree.nodes.end() && next->begin <= begin.offset; ++next) {
      while (!open.empty() && open.back()->end <= next->begin) open.pop_back();
      if (IsStatement(*next)) open.push_back(&*next);
    }
    while (!open.empty() && open.back()->end <= begin.offset) open.pop_back();
    is_follow_up[begin.finding] = !open.empty() && HoldsOne(*open.back(), errors);
  }
}

}  // namespace

text::Diagnostics WithoutFollowUps(const text::Diagnostics& found, const text::Diagnostics& read,
                                   const conf::Model& model) {
  std::map<std::string_view, Places> errors;
  for (const text::Diagnostic& diagnostic : read.all()) {
    const bool is_error = diagnostic.severity() == text::Severity::kError && diagnostic.at.span;
    if (is_error) errors[diagnostic.at.source->name()].push_back(diagnostic.at.span->begin);
  }
  std::map<std::string_view, std::vector<Begin>> begins;
  for (std::size_t i = 0; i < found.all().size(); ++i) {
    const text::Location& at = found.all()[i].at;
    if (at.span) begins[at.source->name()].push_back({at.span->begin, i});
  }
  std::vector<bool> is_follow_up(found.all().size());
  for (const conf::SyntaxTree& tree : model.files) {
    // A file that is included twice has the same places both times.
    const auto in_file = begins.extract(tree.source->name());
    const auto wrong = errors.find(tree.source->name());
    if (in_file.empty() || wrong == errors.end()) continue;
    std::ranges::sort(wrong->second);
    MarkFollowUps(tree, in_file.mapped(), wrong->second, is_follow_up);
  }
  text::Diagnostics left;
  for (std::size_t i = 0; i < is_follow_up.size(); ++i) {
    if (!is_follow_up[i]) left.Add(found.all()[i]);
  }
  return left;
}

}  // namespace dhcpair::lint
