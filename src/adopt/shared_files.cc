#include "adopt/shared_files.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "generate/stamp.h"
#include "lint/adopt_rules.h"
#include "pair/values.h"

namespace dhcpair::adopt {
namespace {

using conf::NodeKind;
using conf::SyntaxTree;

// The lines at the head of a file that dhcpair wrote.
constexpr std::size_t kStampLines = 3;

struct Include {
  std::size_t tree;
  std::size_t node;
  std::string path;
};

std::size_t StatementAt(const SyntaxTree& tree, std::size_t begin) {
  const auto at = std::ranges::lower_bound(
      tree.nodes, begin, {}, [](const conf::Node& node) { return std::size_t{node.begin}; });
  auto node = static_cast<std::size_t>(at - tree.nodes.begin());
  // A file may begin with it.
  if (node == 0) ++node;
  return node;
}

class Sharer {
 public:
  Sharer(const Source& source, text::Diagnostics& diagnostics)
      : source_(source), model_(source.model), diagnostics_(diagnostics) {}

  std::optional<SharedFiles> Share(const std::vector<conf::Origin>& removed, PoolEdits pools) {
    removed_.resize(model_.files.size());
    for (const conf::Origin& origin : removed) {
      removed_[origin.file].insert(StatementAt(model_.files[origin.file], origin.begin));
    }
    edits_ = std::move(pools.edits);
    moved_ = std::move(pools.moved);
    FindIncludes();
    DropEmptyIncludes();
    const bool begins_with_master = IsMasterIncluded();
    for (std::size_t i = 0; i < model_.files.size(); ++i) RemoveFrom(i);
    if (!begins_with_master) Add(0, "", "");
    for (const Include& include : includes_) AddIncluded(include);
    if (has_errors_) return std::nullopt;
    return std::move(shared_);
  }

 private:
  void FindIncludes() {
    for (std::size_t i = 0; i < model_.files.size(); ++i) {
      const SyntaxTree& tree = model_.files[i];
      trees_by_name_[tree.source->name()].push_back(i);
      for (std::size_t node = 0; node < tree.nodes.size(); ++node) {
        if (tree.nodes[node].kind != NodeKind::kInclude) continue;
        const auto tokens = tree.TokensOf(tree.nodes[node].span());
        if (tokens.size() < 2 || tokens[1].kind != conf::TokenKind::kString) continue;
        includes_.push_back({i, node, conf::StringValue(tree.Text(tokens[1]))});
      }
    }
  }

  // The trees of an included file: one for each time it was read.
  const std::vector<std::size_t>& TreesOf(const std::string& path) {
    return trees_by_name_[SourceNameOf(path)];
  }

  std::string SourceNameOf(const std::string& path) const {
    const auto known = source_.includes.find(path);
    return known == source_.includes.end() ? path : known->second.source_name;
  }

  bool IsRemoved(const Include& include) const {
    return removed_[include.tree].contains(include.node);
  }

  // Statements of the file itself that stay.
  std::vector<std::size_t> Left(std::size_t tree) const {
    std::vector<std::size_t> left = model_.files[tree].ChildrenOf(0);
    std::erase_if(left, [&](std::size_t node) { return removed_[tree].contains(node); });
    return left;
  }

  bool IsEmptied(const std::vector<std::size_t>& trees) const {
    return !trees.empty() && std::ranges::all_of(trees, [&](std::size_t tree) {
      return !removed_[tree].empty() && Left(tree).empty();
    });
  }

  // What is emptied may be all that another file had; files lie in each other no deeper than so.
  void DropEmptyIncludes() {
    for (bool again = true; std::exchange(again, false);) {
      for (const Include& include : includes_) {
        if (IsRemoved(include) || !IsEmptied(TreesOf(include.path))) continue;
        removed_[include.tree].insert(include.node);
        KeepComments(TreesOf(include.path).front());
        again = true;
      }
    }
  }

  // Whether an included file takes the place of the dhcpd.conf.
  bool IsMasterIncluded() {
    const SyntaxTree& tree = model_.files.front();
    const std::vector<std::size_t> left = Left(0);
    if (removed_[0].empty() || left.empty() || !edits_[0].empty()) return false;
    if (tree.nodes[left.back()].kind != NodeKind::kInclude) return false;
    const bool is_ours =
        generate::AuthorshipOf(tree.source->contents()) != generate::Authorship::kForeign;
    const std::size_t last_removed = *removed_[0].rbegin();
    if (left.size() > 1 && (!is_ours || left.front() < last_removed)) return false;
    const auto master = std::ranges::find_if(includes_, [&](const Include& include) {
      return include.tree == 0 && include.node == left.back();
    });
    if (master == includes_.end() || TreesOf(master->path).size() != 1) return false;
    if (left.size() > 1) {
      shared_.extra = LinesBetween(tree.nodes[last_removed].end, tree.nodes[left.back()].begin);
    } else {
      KeepComments(0);
    }
    std::rotate(includes_.begin(), master, master + 1);
    return true;
  }

  // The lines of the dhcpd.conf between two statements, without blank ones around them.
  std::string LinesBetween(std::size_t begin, std::size_t end) const {
    const std::string_view text = model_.files.front().source->contents();
    std::string_view lines = text.substr(begin, end - begin);
    const auto first = lines.find_first_not_of(" \t\r\n");
    const auto last = lines.find_last_not_of(" \t\r\n");
    return std::string(lines.substr(first, last + 1 - first)) + "\n";
  }

  void KeepComments(std::size_t tree) {
    const std::string_view text = model_.files[tree].source->contents();
    const bool is_ours = generate::AuthorshipOf(text) != generate::Authorship::kForeign;
    std::size_t index = 0;
    for (const text::Span comment : conf::Comments(model_.files[tree])) {
      if (is_ours && index++ < kStampLines) continue;
      KeepComment(text.substr(comment.begin, comment.end - comment.begin));
    }
    kept_.insert(tree);
  }

  void KeepComment(std::string_view comment) {
    const auto first = comment.find_first_not_of("# \t");
    const auto last = comment.find_last_not_of(" \t\r");
    if (first != std::string_view::npos && first <= last) {
      shared_.comments.emplace_back(comment.substr(first, last + 1 - first));
    }
  }

  void RemoveFrom(std::size_t index) {
    const SyntaxTree& tree = model_.files[index];
    std::vector<text::Span> spans;
    for (const std::size_t node : removed_[index]) spans.push_back(tree.nodes[node].span());
    if (!kept_.contains(index)) KeepCommentsIn(tree, spans);
    std::ranges::copy(moved_[index], std::back_inserter(spans));
    for (Edit& edit : Remove(tree.source->contents(), std::move(spans))) {
      edits_[index].push_back(std::move(edit));
    }
  }

  // `spans` are in order and do not overlap.
  void KeepCommentsIn(const SyntaxTree& tree, const std::vector<text::Span>& spans) {
    if (spans.empty()) return;
    auto span = spans.begin();
    for (const text::Span comment : conf::Comments(tree)) {
      while (span != spans.end() && span->end <= comment.begin) ++span;
      if (span == spans.end()) return;
      if (comment.begin >= span->begin) KeepComment(tree.Text(comment));
    }
  }

  void AddIncluded(const Include& include) {
    if (IsRemoved(include) || !added_.insert(include.path).second) return;
    const SyntaxTree& at = model_.files[include.tree];
    if (const auto path = pair::NodePath::Parse(include.path); !path) {
      return Report(lint::adopt_rules::kIncludePath, include,
                    fmt::format("'{}' {}; an included file has one plain absolute path, the same "
                                "on both nodes",
                                include.path, path.error()));
    }
    const auto& trees = TreesOf(include.path);
    if (trees.empty()) {
      return Report(lint::adopt_rules::kIncludePath, include,
                    fmt::format("'{}' was not read, so nothing is known of it", include.path));
    }
    for (const std::size_t tree : trees) {
      if (edits_[tree] == edits_[trees.front()]) continue;
      return Report(lint::adopt_rules::kIncludedTwice, include,
                    fmt::format("'{}' is included in several places and would have to be changed "
                                "in another way for each; give each place a file of its own",
                                include.path));
    }
    const auto known = source_.includes.find(include.path);
    Add(trees.front(), include.path,
        known == source_.includes.end() ? at.source->name() : known->second.from);
  }

  void Add(std::size_t index, std::string path, std::string from) {
    SharedText file{.source = model_.files[index].source,
                    .path = std::move(path),
                    .from = std::move(from),
                    .edits = edits_[index],
                    .secrets = {}};
    for (const conf::Key& key : model_.keys) {
      if (key.secret_origin.file != index) continue;
      file.secrets.push_back({key.secret_origin.begin, key.secret_origin.end});
    }
    shared_.files.push_back(std::move(file));
  }

  void Report(const text::Rule& rule, const Include& include, std::string message) {
    const SyntaxTree& tree = model_.files[include.tree];
    diagnostics_.Add({&rule, {tree.source, tree.nodes[include.node].span()}, std::move(message)});
    has_errors_ = true;
  }

  const Source& source_;
  const conf::Model& model_;
  text::Diagnostics& diagnostics_;
  std::map<std::string, std::vector<std::size_t>> trees_by_name_;
  std::vector<Include> includes_;
  std::vector<std::set<std::size_t>> removed_;  // For each file, nodes.
  std::set<std::size_t> kept_;                  // Files all of whose comments were kept.
  std::vector<std::vector<Edit>> edits_;
  std::vector<std::vector<text::Span>> moved_;
  std::set<std::string> added_;
  SharedFiles shared_;
  bool has_errors_ = false;
};

std::string WithStars(std::string_view text, const std::vector<text::Span>& secrets,
                      std::vector<Edit> edits) {
  for (const text::Span secret : secrets) edits.push_back({secret, "***"});
  return Apply(text, edits);
}

}  // namespace

std::vector<text::Span> SharedText::StayingSecrets() const {
  std::vector<text::Span> leaving;
  for (const Edit& edit : edits) {
    if (edit.at.begin < edit.at.end) leaving.push_back(edit.at);
  }
  std::ranges::sort(leaving, {}, &text::Span::end);
  std::vector<text::Span> staying = secrets;
  std::erase_if(staying, [&](const text::Span& secret) {
    const auto around = std::ranges::lower_bound(leaving, secret.end, {}, &text::Span::end);
    return around != leaving.end() && around->begin <= secret.begin;
  });
  return staying;
}

std::string SharedText::ShownBefore() const { return WithStars(source->contents(), secrets, {}); }

std::string SharedText::ShownAfter() const {
  return WithStars(source->contents(), StayingSecrets(), edits);
}

std::optional<SharedFiles> ShareFiles(const Source& source,
                                      const std::vector<conf::Origin>& removed, PoolEdits pools,
                                      text::Diagnostics& diagnostics) {
  return Sharer(source, diagnostics).Share(removed, std::move(pools));
}

}  // namespace dhcpair::adopt
