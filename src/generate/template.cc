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

enum class TagKind { kValue, kSection, kEnd, kComment, kUnsupported };

struct Tag {
  TagKind kind;
  std::string_view name;
  Span span;  // From the first brace to the last.
};

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
    if (vocabulary_.flags.contains(tag.name) || vocabulary_.lists.contains(tag.name)) return;
    if (vocabulary_.values.contains(tag.name)) {
      return Report(
          rules::kWrongUse, tag.span,
          fmt::format("'{}' is a value, not a section: {{{{{{{}}}}}}}", tag.name, tag.name));
    }
    ReportUnknown(tag);
  }

  void CheckValueName(const Tag& tag) {
    const bool in_list = std::ranges::any_of(
        open_, [&](const Tag& open) { return vocabulary_.lists.contains(open.name); });
    if (tag.name == kItemName && in_list) return;
    if (const auto known = vocabulary_.values.find(tag.name); known != vocabulary_.values.end()) {
      used_.insert(known->first);
      return;
    }
    if (vocabulary_.flags.contains(tag.name) || vocabulary_.lists.contains(tag.name)) {
      return Report(rules::kWrongUse, tag.span,
                    fmt::format("'{}' is a section, not a value: {{{{#{}}}}}...{{{{/{}}}}}",
                                tag.name, tag.name, tag.name));
    }
    ReportUnknown(tag);
  }

  void ReportUnknown(const Tag& tag) {
    std::vector<std::string_view> names;
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
  if (!Checker(source, vocabulary, diagnostics).Check(required)) return std::nullopt;
  std::string problem;
  try {
    kainjow::mustache::mustache parsed(source->contents());
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
