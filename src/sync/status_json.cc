#include <array>
#include <nlohmann/json.hpp>

#include "sync/status_report.h"

namespace dhcpair::sync {
namespace {

using pair::Role;
using Json = nlohmann::ordered_json;

template <typename Value>
void AddKnown(Json& json, const char* key, const std::optional<Value>& value) {
  if (value) json[key] = *value;
}

std::string_view Word(FailoverReading::Source source) {
  switch (source) {
    case FailoverReading::Source::kOmapi:
      return "omapi";
    case FailoverReading::Source::kLeasesFile:
      return "leases-file";
    case FailoverReading::Source::kNone:
      return "none";
  }
  return "";
}

void AddService(Json& json, ServiceState service) {
  if (service != ServiceState::kUnknown) json["is_running"] = service == ServiceState::kRunning;
}

void AddLink(Json& json, LinkState link) {
  if (link != LinkState::kUnknown) json["is_connected"] = link == LinkState::kEstablished;
}

Json FilesJson(const NodeView& node) {
  Json files = Json::array();
  for (const FileDrift& file : node.files) {
    files.push_back({{"path", file.path},
                     {"differs", file.differs()},
                     {"edited_by_hand", file.is_edited},
                     {"unpushed", file.is_unpushed}});
  }
  return files;
}

Json NodeJson(const PairView& view, Role role) {
  Json json{{"host", view.host[role]}, {"is_reached", view.is_reached(role)}};
  if (!view.is_reached(role)) {
    json["why_not"] = view.unreachable[role];
    return json;
  }
  const NodeView& node = *view.nodes[role];
  const KnownState known = StateOf(view, role);
  if (known.state) {
    json["state"] = failover::Name(*known.state);
    json["meaning"] = MeaningOf(*known.state).meaning;
  } else {
    json["why_state_unknown"] = known.why_not;
  }
  AddKnown(json, "state_since", known.since);
  AddKnown(json, "state_seconds", AgeOf(view, role));
  json["state_source"] = Word(node.reading.source);
  if (node.reading.partner) json["partner_state"] = failover::Name(*node.reading.partner);
  AddKnown(json, "partner_state_since", node.reading.partner_since);
  AddService(json, node.facts.link.service);
  AddLink(json, node.facts.link.link);
  json["dhcpd_version"] = node.facts.dhcpd_version;
  AddKnown(json, "clock_offset_seconds", node.clock_offset);
  AddKnown(json, "newest_lease", node.newest_lease);
  json["generation"] = node.facts.generation;
  json["files"] = FilesJson(node);
  return json;
}

Json PoolJson(const PoolView& pool) {
  Json json{{"pool", pool.name},
            {"is_in_failover", pool.is_in_failover},
            {"total", pool.total},
            {"free", pool.free},
            {"backup", pool.backup},
            {"active", pool.active},
            {"new_clients_last_hour", pool.bound_hour}};
  AddKnown(json, "free_lasts_seconds", pool.free_lasts);
  AddKnown(json, "backup_lasts_seconds", pool.backup_lasts);
  return json;
}

Json FindingJson(const Finding& finding) {
  Json json{{"severity", Name(finding.severity)}, {"id", finding.id}};
  if (finding.role) json["node"] = Name(*finding.role);
  json["message"] = finding.message;
  if (!finding.advice.empty()) json["advice"] = finding.advice;
  return json;
}

}  // namespace

nlohmann::ordered_json StatusJson(const PairStatus& status) {
  const PairView& view = status.view;
  Json json{{"file", view.file},
            {"pair", view.name},
            {"verdict", VerdictOf(status)},
            {"monitoring_code", status.health.monitoring_code()},
            {"nodes",
             {{"primary", NodeJson(view, Role::kPrimary)},
              {"secondary", NodeJson(view, Role::kSecondary)}}}};
  json["differs_between_nodes"] = Json::array();
  for (const SharedDrift& drift : view.between) {
    json["differs_between_nodes"].push_back(
        {{"primary", drift.path.primary}, {"secondary", drift.path.secondary}});
  }
  json["pools"] = Json::array();
  for (const PoolView& pool : view.pools) json["pools"].push_back(PoolJson(pool));
  if (!view.push.empty()) json["unfinished_push"] = view.push;
  json["health"] = Json::array();
  for (const Finding& finding : status.health.findings) {
    json["health"].push_back(FindingJson(finding));
  }
  return json;
}

}  // namespace dhcpair::sync
