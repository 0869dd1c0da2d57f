#include "lint/suppressions.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "lint/rules.h"

namespace dhcpair::lint {
namespace {

using text::Span;

constexpr std::string_view kAddress = "dhcpair:";
constexpr Span kNothing{0, 0};
constexpr Span kWholeFile{0, std::numeric_limits<std::size_t>::max()};

Span LineAround(std::string_view text, std::size_t at) {
  return {text.substr(0, at).rfind('\n') + 1, std::min(text.find('\n', at), text.size())};
}

// The statement that begins at a place, with its block.
Span StatementAt(const conf::SyntaxTree& tree, std::size_t begin) {
  auto node = std::ranges::lower_bound(tree.nodes, begin, {}, &conf::Node::begin);
  while (node != tree.nodes.end() && node->kind == conf::NodeKind::kFile) ++node;
  return node == tree.nodes.end() || node->begin != begin ? kNothing : node->span();
}

// The first word behind each comment. From the back, since most have only another comment there.
std::vector<std::size_t> WordsBehind(std::string_view text, const std::vector<Span>& comments) {
  std::vector<std::size_t> words(comments.size());
  for (std::size_t i = comments.size(); i-- > 0;) {
    words[i] = std::min(text.find_first_not_of(" \t\n\v\f\r", comments[i].end), text.size());
    const bool is_comment = i + 1 < comments.size() && words[i] == comments[i + 1].begin;
    if (is_comment) words[i] = words[i + 1];
  }
  return words;
}

// The comment with the blanks before it, or with its whole line.
text::Fix TakeOut(const text::SourcePtr& source, const IgnoreComment& comment) {
  const std::string_view text = source->contents();
  Span span = comment.span;
  while (span.begin > 0 && (text[span.begin - 1] == ' ' || text[span.begin - 1] == '\t')) {
    --span.begin;
  }
  if (comment.is_alone) span.end = std::min(text.find('\n', span.end), text.size() - 1) + 1;
  return {"take out the comment", {{{source, span}, ""}}};
}

}  // namespace

void Suppressions::Read(const conf::SyntaxTree& tree) {
  const text::SourcePtr& source = tree.source;
  const std::string_view text = source->contents();
  // Most files have no comment for us.
  if (!text.contains(kAddress) || !files_.insert(source->name()).second) return;
  const std::vector<Span> comments = conf::Comments(tree);
  const std::vector<std::size_t> words = WordsBehind(text, comments);
  for (std::size_t i = 0; i < comments.size(); ++i) {
    const auto read = ReadIgnoreComment(text, comments[i]);
    if (!read) continue;
    const Span covered =
        read->is_alone ? StatementAt(tree, words[i]) : LineAround(text, read->span.begin);
    Add(source, *read, covered, {});
  }
}

void Suppressions::ReadPairFile(const text::SourcePtr& source,
                                const std::vector<std::string>& generated) {
  const std::string_view text = source->contents();
  std::vector<IgnoreComment> comments = FindYamlIgnoreComments(text);
  Span next = kNothing;
  // From the back, so that of several comments above each other all cover what follows them.
  for (std::size_t i = comments.size(); i-- > 0;) {
    const IgnoreComment& comment = comments[i];
    const Span line = LineAround(text, comment.span.begin);
    if (!comment.is_alone) {
      Add(source, comment, line, generated);
      continue;
    }
    const bool is_above_another =
        i + 1 < comments.size() && comments[i + 1].is_alone &&
        LineAround(text, comments[i + 1].span.begin).begin == line.end + 1;
    if (!is_above_another) {
      next = line.end < text.size() ? LineAround(text, line.end + 1) : kNothing;
    }
    Add(source, comment, next, generated);
  }
}

void Suppressions::Add(const text::SourcePtr& source, const IgnoreComment& comment, Span covered,
                       const std::vector<std::string>& generated) {
  if (comment.words.empty()) {
    Report(rules::kIgnoreBadComment, source, comment.span,
           "a comment for dhcpair says 'ignore=ID[,ID] reason'");
    return;
  }
  if (!comment.has_reason) {
    Report(rules::kIgnoreWithoutReason, source, comment.span,
           "this ignores nothing until it says why; write the reason behind the rule");
  }
  for (const Span word : comment.words) {
    const std::string_view id = source->Text(word);
    auto rules = FindRules(id);
    if (!rules) {
      Report(rules::kIgnoreUnknownRule, source, word, rules.error());
      continue;
    }
    const text::Rule& first = *rules->front();
    std::erase_if(*rules, [](const text::Rule* rule) { return !CanBeIgnored(*rule); });
    if (rules->empty()) {
      Report(rules::kIgnoreOfError, source, word, WhyNotIgnored(id, first));
    }
    if (rules->empty() || !comment.has_reason) continue;
    Ignored& ignored = ignored_.emplace_back(Ignored{source, comment, word, *std::move(rules)});
    for (const text::Rule* const rule : ignored.rules) {
      covers_[{source->name(), rule}].all.push_back({covered, &ignored});
      for (const std::string& name : generated) {
        covers_[{name, rule}].all.push_back({kWholeFile, &ignored});
      }
    }
  }
}

text::Diagnostics Suppressions::Apply(const text::Diagnostics& found, const Knowledge& knowledge) {
  for (auto& [key, covers] : covers_) {
    // Of two that begin together the longer one is around the other.
    std::ranges::sort(covers.all, [](const Cover& a, const Cover& b) {
      return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
  }
  const auto begin_of = [&found](std::size_t index) {
    const auto& span = found.all()[index].at.span;
    return span ? span->begin : 0;
  };
  std::vector<std::size_t> order(covers_.empty() ? 0 : found.all().size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(begin_of(i), i); });
  std::vector<bool> is_covered(found.all().size());
  for (const std::size_t index : order) is_covered[index] = IsCovered(found.all()[index]);
  ReportUnused(knowledge);

  text::Diagnostics left;
  for (std::size_t i = 0; i < is_covered.size(); ++i) {
    if (!is_covered[i]) left.Add(found.all()[i]);
  }
  left.Append(findings_);
  return left;
}

Suppressions::Ignored* Suppressions::Covers::At(std::size_t offset) {
  for (; next < all.size() && all[next].span.begin <= offset; ++next) open.push_back(all[next]);
  // What has ended covers nothing behind it either.
  while (!open.empty() && open.back().span.end <= offset) open.pop_back();
  return open.empty() ? nullptr : open.back().ignored;
}

bool Suppressions::IsCovered(const text::Diagnostic& diagnostic) {
  const auto covers = covers_.find({diagnostic.at.source->name(), diagnostic.rule});
  if (covers == covers_.end()) return false;
  Ignored* const ignored = diagnostic.at.span ? covers->second.At(diagnostic.at.span->begin)
                                              : covers->second.all.front().ignored;
  if (ignored == nullptr) return false;
  ignored->is_used = true;
  return true;
}

void Suppressions::ReportUnused(const Knowledge& knowledge) {
  if (!knowledge.is_complete) return;
  for (const Ignored& ignored : ignored_) {
    const bool was_looked_at = std::ranges::all_of(ignored.rules, [&](const text::Rule* rule) {
      return Speaks(*rule, knowledge.context) && knowledge.selection.Has(*rule);
    });
    if (ignored.is_used || !was_looked_at) continue;
    const bool is_alone = ignored.comment.words.size() == 1;
    text::Diagnostic finding{
        &rules::kIgnoreUnused,
        {ignored.source, ignored.word},
        fmt::format("nothing here is wrong by '{}'; take it out of the comment",
                    ignored.source->Text(ignored.word))};
    if (is_alone) finding.fix = TakeOut(ignored.source, ignored.comment);
    findings_.Add(std::move(finding));
  }
}

void Suppressions::Report(const text::Rule& rule, const text::SourcePtr& source, Span span,
                          std::string message) {
  findings_.Add({&rule, {source, span}, std::move(message)});
}

}  // namespace dhcpair::lint
