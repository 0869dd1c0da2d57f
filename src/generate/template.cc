#include "generate/template.h"

#include <fmt/core.h>

#include <algorithm>
#include <kainjow/mustache.hpp>

#include "generate/rules.h"
#include "text/suggest.h"

namespace dhcpair::generate {
namespace {

using text::Span;

// The name of an item inside the section of a list.
constexpr std::string_view kItemName = "name";
// More sections inside each other than anybody needs; kainjow takes stack for each.
constexpr std::size_t kDepthMax = 32;

enum class TagKind { kValue, kSection, kEnd, kComment, kUnsupported };

struct Tag {
  TagKind kind;
  std::string_view name;
  Span span;                 // From the first brace to the last.
  bool is_inverted = false;  // Of a section: {{^name}}.
};

bool IsList(const Vocabulary& vocabulary, const Tag& tag) {
  return vocabulary.lists.contains(tag.name);
}

// Whether a section of a known name is rendered at all.
bool IsShown(const Vocabulary& vocabulary, const Tag& section) {
  const auto flag = vocabulary.flags.find(section.name);
  const auto list = vocabulary.lists.find(section.name);
  const bool holds = (flag != vocabulary.flags.end() && flag->second) ||
                     (list != vocabulary.lists.end() && !list->second.empty());
  return holds != section.is_inverted;
}

std::string_view Trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

TagKind KindOf(char sigil) {
  switch (sigil) {
    case '#':
    case '^':
      return TagKind::kSection;
    case '/':
      return TagKind::kEnd;
    case '!':
      return TagKind::kComment;
    case '>':
    case '=':
      return TagKind::kUnsupported;
    default:
      return TagKind::kValue;
  }
}

// The whole line where a tag stands alone on it, else the tag.
Span LineOf(std::string_view text, const Tag& tag) {
  constexpr std::string_view kBlank = " \t\r";
  const std::size_t before = text.substr(0, tag.span.begin).find_last_not_of(kBlank);
  const std::size_t behind = text.find_first_not_of(kBlank, tag.span.end);
  const bool starts = before == std::string_view::npos || text[before] == '\n';
  const bool ends = behind == std::string_view::npos || text[behind] == '\n';
  if (!starts || !ends) return tag.span;
  return {before == std::string_view::npos ? 0 : before + 1,
          behind == std::string_view::npos ? text.size() : behind + 1};
}

// The text without its comments and without the sections that are not shown. A tag alone on its
// line leaves no line behind, says mustache; kainjow keeps to that only for sections that are
// shown. `tags` must be balanced.
std::string WithoutHidden(std::string_view text, const std::vector<Tag>& tags,
                          const Vocabulary& vocabulary) {
  std::string shown;
  std::size_t copied = 0;
  std::size_t hidden_depth = 0;
  const auto keep_until = [&](std::size_t end) { shown += text.substr(copied, end - copied); };
  for (const Tag& tag : tags) {
    if (hidden_depth > 0) {
      if (tag.kind == TagKind::kSection) ++hidden_depth;
      if (tag.kind == TagKind::kEnd && --hidden_depth == 0) copied = LineOf(text, tag).end;
    } else if (tag.kind == TagKind::kComment) {
      const Span line = LineOf(text, tag);
      keep_until(line.begin);
      copied = line.end;
    } else if (tag.kind == TagKind::kSection && !IsShown(vocabulary, tag)) {
      keep_until(LineOf(text, tag).begin);
      hidden_depth = 1;
    }
  }
  keep_until(text.size());
  return shown;
}

// Checks every tag of one template against the vocabulary.
class Checker {
 public:
  Checker(const text::SourcePtr& source, const Vocabulary& vocabulary,
          text::Diagnostics& diagnostics)
      : source_(source), vocabulary_(vocabulary), diagnostics_(diagnostics) {}

  // False when something was reported.
  bool Check(const std::set<std::string_view>& required) {
    const std::string& text = source_->contents();
    for (std::size_t at = text.find("{{"); at != std::string::npos; at = text.find("{{", at)) {
      const std::optional<Tag> tag = TagAt(at);
      if (!tag) return false;
      CheckTag(*tag);
      if (open_.size() > kDepthMax) {
        Report(rules::kUnbalanced, tag->span,
               fmt::format("more than {} sections are open here", kDepthMax));
        return false;
      }
      tags_.push_back(*tag);
      at = tag->span.end;
    }
    for (const Tag& open : open_) {
      Report(rules::kUnbalanced, open.span, fmt::format("section '{}' is not closed", open.name));
    }
    for (const std::string_view name : required) {
      if (used_.contains(name)) continue;
      diagnostics_.Add({&rules::kDroppedValue, text::WholeFile(source_),
                        fmt::format("the template does not place {{{{{{{}}}}}}}", name)});
      clean_ = false;
    }
    return clean_;
  }

  const std::vector<Tag>& tags() const { return tags_; }

 private:
  // Reads the tag that starts at `begin`; reports one that never ends.
  std::optional<Tag> TagAt(std::size_t begin) {
    const std::string_view text = source_->contents();
    const bool triple = text.substr(begin).starts_with("{{{");
    const std::string_view close = triple ? "}}}" : "}}";
    const std::size_t inside = begin + close.size();
    const std::size_t end = text.find(close, inside);
    if (end == std::string_view::npos) {
      Report(rules::kBadTag, {begin, inside}, fmt::format("this tag is not closed by {}", close));
      return std::nullopt;
    }
    Tag tag{
        TagKind::kValue, Trimmed(text.substr(inside, end - inside)), {begin, end + close.size()}};
    if (triple || tag.name.empty()) return tag;
    tag.kind = KindOf(tag.name[0]);
    tag.is_inverted = tag.name[0] == '^';
    const bool has_sigil = tag.kind != TagKind::kValue || tag.name[0] == '&';
    if (has_sigil) tag.name = Trimmed(tag.name.substr(1));
    return tag;
  }

  void CheckTag(const Tag& tag) {
    switch (tag.kind) {
      case TagKind::kComment:
        return;
      case TagKind::kUnsupported:
        return Report(rules::kBadTag, tag.span,
                      "templates here have no partials ({{>...}}) and no other delimiters "
                      "({{=...=}})");
      case TagKind::kEnd:
        return CheckEnd(tag);
      case TagKind::kSection:
        CheckSectionName(tag);
        open_.push_back(tag);
        return;
      case TagKind::kValue:
        return CheckValueName(tag);
    }
  }

  void CheckEnd(const Tag& tag) {
    if (!open_.empty() && open_.back().name == tag.name) {
      open_.pop_back();
      return;
    }
    std::string message = fmt::format("no section '{}' is open here", tag.name);
    if (!open_.empty()) {
      message = fmt::format("'{}' is closed while '{}' is open", tag.name, open_.back().name);
      // As if it were meant for the innermost one, so that one slip is one finding.
      open_.pop_back();
    }
    Report(rules::kUnbalanced, tag.span, std::move(message));
  }

  void CheckSectionName(const Tag& tag) {
    if (vocabulary_.flags.contains(tag.name) || IsList(vocabulary_, tag)) return;
    if (vocabulary_.values.contains(tag.name)) {
      return Report(
          rules::kWrongUse, tag.span,
          fmt::format("'{}' is a value, not a section: {{{{{{{}}}}}}}", tag.name, tag.name));
    }
    ReportUnknown(tag);
  }

  void CheckValueName(const Tag& tag) {
    const bool in_list = std::ranges::any_of(
        open_, [&](const Tag& open) { return IsList(vocabulary_, open) && !open.is_inverted; });
    if (tag.name == kItemName && in_list) return;
    if (const auto known = vocabulary_.values.find(tag.name); known != vocabulary_.values.end()) {
      const bool is_shown =
          std::ranges::all_of(open_, [&](const Tag& open) { return IsShown(vocabulary_, open); });
      if (is_shown) used_.insert(known->first);
      return;
    }
    if (vocabulary_.flags.contains(tag.name) || IsList(vocabulary_, tag)) {
      return Report(rules::kWrongUse, tag.span,
                    fmt::format("'{}' is a section, not a value: {{{{#{}}}}}...{{{{/{}}}}}",
                                tag.name, tag.name, tag.name));
    }
    ReportUnknown(tag);
  }

  void ReportUnknown(const Tag& tag) {
    std::vector<std::string_view> names;
    names.reserve(vocabulary_.values.size() + vocabulary_.flags.size() + vocabulary_.lists.size());
    for (const auto& [name, value] : vocabulary_.values) names.push_back(name);
    for (const auto& [name, flag] : vocabulary_.flags) names.push_back(name);
    for (const auto& [name, items] : vocabulary_.lists) names.push_back(name);
    std::string message = fmt::format("unknown name '{}'", tag.name);
    if (const auto meant = text::DidYouMean(tag.name, names)) {
      message += fmt::format("; did you mean '{}'?", *meant);
    }
    Report(rules::kUnknownName, tag.span, std::move(message));
  }

  void Report(const text::Rule& rule, Span span, std::string message) {
    clean_ = false;
    diagnostics_.Add({&rule, {source_, span}, std::move(message)});
  }

  const text::SourcePtr& source_;
  const Vocabulary& vocabulary_;
  text::Diagnostics& diagnostics_;
  std::vector<Tag> tags_;
  std::vector<Tag> open_;
  std::set<std::string_view> used_;
  bool clean_ = true;
};

kainjow::mustache::data DataOf(const Vocabulary& vocabulary) {
  kainjow::mustache::data data;
  for (const auto& [name, value] : vocabulary.values) data.set(name, value);
  for (const auto& [name, flag] : vocabulary.flags) data.set(name, flag);
  for (const auto& [name, items] : vocabulary.lists) {
    kainjow::mustache::data list(kainjow::mustache::data::type::list);
    for (const std::string& item : items) {
      list.push_back(kainjow::mustache::data(std::string(kItemName), item));
    }
    data.set(name, list);
  }
  return data;
}

}  // namespace

std::optional<std::string> Render(const text::SourcePtr& source, const Vocabulary& vocabulary,
                                  const std::set<std::string_view>& required,
                                  text::Diagnostics& diagnostics) {
  Checker checker(source, vocabulary, diagnostics);
  if (!checker.Check(required)) return std::nullopt;
  std::string problem;
  try {
    kainjow::mustache::mustache parsed(
        WithoutHidden(source->contents(), checker.tags(), vocabulary));
    if (parsed.is_valid()) {
      // These are configuration files, not HTML.
      parsed.set_custom_escape([](const std::string& text) { return text; });
      return parsed.render(DataOf(vocabulary));
    }
    problem = parsed.error_message();
  } catch (const std::exception& error) {
    problem = error.what();
  }
  diagnostics.Add(
      {&rules::kBadTag, text::WholeFile(source), "not a mustache template: " + problem});
  return std::nullopt;
}

}  // namespace dhcpair::generate
