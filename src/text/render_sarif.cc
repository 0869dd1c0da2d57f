#include <fmt/core.h>

#include <map>
#include <nlohmann/json.hpp>

#include "text/render.h"

namespace dhcpair::text {
namespace {

using Json = nlohmann::ordered_json;

std::string_view Level(Severity severity) {
  switch (severity) {
    case Severity::kAdvice:
      return "note";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "";
}

// A path as a relative or absolute URI reference (RFC 3986): what is not unreserved is encoded, and
// of several slashes at the start one is left, for what stands behind two is a host.
std::string UriOf(std::string_view path) {
  while (path.starts_with("//")) path.remove_prefix(1);
  std::string uri;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~' || c == '/';
    if (plain) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

Json PhysicalLocation(const Location& at) {
  Json physical;
  physical["artifactLocation"]["uri"] = UriOf(at.source->name());
  if (at.span) {
    const Position begin = at.source->PositionOf(at.span->begin);
    const Position end = at.source->PositionOf(at.span->end);
    physical["region"] = {{"startLine", begin.line},
                          {"startColumn", begin.column},
                          {"endLine", end.line},
                          {"endColumn", end.column}};
  }
  return {{"physicalLocation", physical}};
}

Json RuleDescriptor(const Rule& rule) {
  Json descriptor;
  descriptor["id"] = rule.id;
  descriptor["shortDescription"]["text"] = rule.summary;
  descriptor["defaultConfiguration"]["level"] = Level(rule.severity);
  return descriptor;
}

Json Result(const Diagnostic& diagnostic, std::size_t rule_index) {
  Json result;
  result["ruleId"] = diagnostic.rule->id;
  result["ruleIndex"] = rule_index;
  result["level"] = Level(diagnostic.severity());
  result["message"]["text"] = diagnostic.message;
  result["locations"] = Json::array({PhysicalLocation(diagnostic.at)});
  for (const Note& note : diagnostic.notes) {
    Json related = PhysicalLocation(note.at ? *note.at : diagnostic.at);
    related["message"]["text"] = note.message;
    result["relatedLocations"].push_back(std::move(related));
  }
  if (!diagnostic.node.empty()) result["properties"]["node"] = diagnostic.node;
  return result;
}

}  // namespace

std::string RenderSarif(const Diagnostics& diagnostics, std::string_view version) {
  std::map<const Rule*, std::size_t> indexes;
  Json rules = Json::array();
  Json results = Json::array();
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    const auto [entry, is_new] = indexes.try_emplace(diagnostic.rule, rules.size());
    if (is_new) rules.push_back(RuleDescriptor(*diagnostic.rule));
    results.push_back(Result(diagnostic, entry->second));
  }
  Json driver;
  driver["name"] = "dhcpair";
  driver["version"] = version;
  driver["rules"] = std::move(rules);
  Json run;
  run["tool"]["driver"] = std::move(driver);
  run["columnKind"] = "unicodeCodePoints";
  run["results"] = std::move(results);
  Json log;
  log["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  log["version"] = "2.1.0";
  log["runs"] = Json::array({std::move(run)});
  return PrintJson(log);
}

}  // namespace dhcpair::text
