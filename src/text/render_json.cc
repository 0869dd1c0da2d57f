#include <nlohmann/json.hpp>

#include "text/render.h"

namespace dhcpair::text {
namespace {

using Json = nlohmann::ordered_json;

void AddPlace(Json& object, const Location& at) {
  object["file"] = at.source->name();
  if (!at.span) return;
  const Position begin = at.source->PositionOf(at.span->begin);
  const Position end = at.source->PositionOf(at.span->end);
  object["line"] = begin.line;
  object["column"] = begin.column;
  object["end_line"] = end.line;
  object["end_column"] = end.column;
}

}  // namespace

Json ToJson(const Diagnostic& diagnostic) {
  Json object;
  object["rule"] = diagnostic.rule->id;
  if (!diagnostic.rule->alias.empty()) object["alias"] = diagnostic.rule->alias;
  object["severity"] = Name(diagnostic.severity());
  object["message"] = diagnostic.message;
  AddPlace(object, diagnostic.at);
  if (diagnostic.dhcpd_line) object["dhcpd_line"] = *diagnostic.dhcpd_line;
  if (!diagnostic.node.empty()) object["node"] = diagnostic.node;
  if (diagnostic.fix) object["fix"] = diagnostic.fix->summary;
  if (diagnostic.notes.empty()) return object;
  Json& notes = object["notes"] = Json::array();
  for (const Note& note : diagnostic.notes) {
    Json entry;
    entry["message"] = note.message;
    if (note.at) AddPlace(entry, *note.at);
    notes.push_back(std::move(entry));
  }
  return object;
}

std::string PrintJson(const Json& value) {
  return value.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string PrintJsonEnvelope(std::string_view command, std::string_view version, Json results) {
  Json envelope;
  envelope["version"] = version;
  envelope["command"] = command;
  envelope["results"] = std::move(results);
  return PrintJson(envelope);
}

}  // namespace dhcpair::text
