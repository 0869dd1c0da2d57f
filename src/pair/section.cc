#include "pair/section.h"

#include <fmt/core.h>

#include "pair/rules.h"
#include "text/suggest.h"

namespace dhcpair::pair {
namespace {

using text::Span;

// What only the primary has, said in the words of somebody who copied the primary's section.
bool ReportPrimaryOnly(const YamlNode& key, Role role, Reporter& reporter) {
  if (role != Role::kSecondary) return false;
  if (key.text == "mclt") {
    reporter.Report(rules::kMcltOnSecondary, key.span,
                    "'mclt' belongs to the primary only; under 'failover:' it goes to the "
                    "primary's file and the secondary learns it from there");
    return true;
  }
  if (key.text == "split" || key.text == "hba") {
    reporter.Report(rules::kSplitOnSecondary, key.span,
                    fmt::format("'{}' belongs to the primary only; under 'failover:' it goes to "
                                "the primary's file, and dhcpd rejects it in the secondary's",
                                key.text));
    return true;
  }
  return false;
}

// "in 'primary:'" where it is known which node it is.
std::string Here(Place place, std::optional<Role> role) {
  if (place == Place::kTop) return "at the top level";
  return role ? fmt::format("in '{}:'", Name(*role)) : fmt::format("in {}", Describe(place));
}

void ReportUnknown(const YamlNode& key, const std::string& here, Place place, Reporter& reporter) {
  std::string message = fmt::format("unknown key '{}' {}", key.text, here);
  if (const auto meant = text::DidYouMean(key.text, KeyNames(place))) {
    message += fmt::format("; did you mean '{}'?", *meant);
  } else {
    std::vector<std::string_view> all;
    for (const Key& row : Keys()) all.push_back(row.name);
    if (const auto elsewhere = text::DidYouMean(key.text, all)) {
      message += fmt::format("; did you mean '{}'?", *elsewhere);
    }
  }
  reporter.Report(rules::kUnknownKey, key.span, std::move(message));
}

// The sections where a key may stand, for "it belongs ...".
std::string Homes(const Key& key) {
  std::string homes;
  for (const Place place :
       {Place::kTop, Place::kFailover, Place::kNode, Place::kPaths, Place::kService, Place::kOmapi,
        Place::kSsh, Place::kPlan, Place::kFile}) {
    if (!key.IsIn(place)) continue;
    homes += fmt::format("{}{}", homes.empty() ? "" : " or ", Here(place, std::nullopt));
  }
  return homes;
}

}  // namespace

void Reporter::Report(const text::Rule& rule, Span span, std::string message,
                      std::vector<text::Note> notes) {
  if (is_full()) return;
  // Both nodes inherit the same mistake from the same place: one finding is enough.
  for (const text::Diagnostic& known : diagnostics_.all()) {
    if (known.rule == &rule && known.at.span == span && known.message == message) return;
  }
  if (diagnostics_.all().size() == kFindingsMax) {
    diagnostics_.Add({&rules::kTooManyFindings,
                      {source_, span},
                      fmt::format("more than {} findings; the rest is not shown", kFindingsMax)});
    return;
  }
  diagnostics_.Add({&rule, {source_, span}, std::move(message), std::move(notes)});
}

void Reporter::Report(const text::Rule& rule, std::string message) {
  diagnostics_.Add({&rule, text::WholeFile(source_), std::move(message)});
}

text::Note Reporter::NoteAt(Span span, std::string message) const {
  return {std::move(message), text::Location{source_, span}};
}

Section::Section(const YamlNode& map, Span at, Place place, std::optional<Role> role,
                 Reporter& reporter)
    : at_(at), is_present_(true) {
  for (const auto& [key, value] : map.entries) {
    if (reporter.is_full()) return;
    if (key.kind != YamlNode::Kind::kScalar) {
      reporter.Report(rules::kWrongType, key.span,
                      fmt::format("a key is a word, not {}", Describe(key.kind)));
      continue;
    }
    // Also a key of no use, so that its second one is called a duplicate as well.
    const auto [first, is_new] = named_.try_emplace(key.text, key.span);
    if (!is_new) {
      reporter.Report(rules::kDuplicateKey, key.span,
                      fmt::format("'{}' is given twice; keep one", key.text),
                      {reporter.NoteAt(first->second, "first given here")});
      continue;
    }
    const Key* const row = FindKey(key.text, place);
    if (row == nullptr) {
      if (role && ReportPrimaryOnly(key, *role, reporter)) continue;
      if (const Key* elsewhere = FindKeyAnywhere(key.text)) {
        reporter.Report(rules::kMisplacedKey, key.span,
                        fmt::format("'{}' does not stand {}; it belongs {}", key.text,
                                    Here(place, role), Homes(*elsewhere)));
      } else {
        ReportUnknown(key, Here(place, role), place, reporter);
      }
      continue;
    }
    if (value.kind == YamlNode::Kind::kNull) {
      // An alias was reported as such, and its place then has a text.
      const bool is_alias = reporter.source()->Text(value.span).starts_with('*');
      if (!is_alias) {
        reporter.Report(rules::kMissingValue, key.span,
                        fmt::format("'{}' has no value; it takes {}", key.text, Takes(*row)));
      }
      continue;
    }
    fields_.emplace(row->name, Field{row, key.span, &value});
  }
}

const Field* Section::Find(std::string_view name) const {
  const auto found = fields_.find(name);
  return found == fields_.end() ? nullptr : &found->second;
}

Section Section::Open(std::string_view name, Place place, Reporter& reporter,
                      std::optional<Role> role) const {
  const Field* const field = Find(name);
  if (field == nullptr) return {};
  if (field->value->kind != YamlNode::Kind::kMap) {
    ReportWrongType(*field, *field->value, reporter);
    return {};
  }
  return Section(*field->value, field->key_span, place, role, reporter);
}

void ReportWrongType(const Field& field, const YamlNode& value, Reporter& reporter) {
  reporter.Report(rules::kWrongType, value.span,
                  fmt::format("'{}' takes {}, not {}", field.key->name, Takes(*field.key),
                              Describe(value.kind)));
}

}  // namespace dhcpair::pair
