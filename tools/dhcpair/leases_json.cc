#include "leases_json.h"

#include <nlohmann/json.hpp>

#include "leases_rows.h"
#include "text/utf8.h"

namespace dhcpair {
namespace {

using nlohmann::ordered_json;

void AddDate(const char* name, leases::Date date, ordered_json& object) {
  if (date != 0) object[name] = leases::DateForPeople(date);
}

void AddSeconds(const char* name, std::optional<std::int64_t> seconds, ordered_json& object) {
  if (seconds) object[name] = *seconds;
}

ordered_json ToJson(const NodeLeases& node, const leases::PoolUsage& pool) {
  const leases::PoolCount& count = pool.count;
  ordered_json object{{"network", text::Visible(pool.network)}, {"ranges", pool.ranges}};
  if (!pool.peer.empty()) object["peer"] = text::Visible(pool.peer);
  object["total"] = count.total;
  object["percent_used"] = count.percent_used();
  for (const failover::BindingStateRow& row : failover::BindingStates()) {
    object[std::string(row.name)] = count.In(row.state);
  }
  object["reserved"] = count.reserved;
  object["new_in_last_hour"] = count.bound_hour;
  if (!pool.peer.empty()) {
    const leases::HalvesLeft left = SecondsLeft(count, SplitOf(node, pool));
    AddSeconds("free_lasts_seconds", left.primary, object);
    AddSeconds("backup_lasts_seconds", left.secondary, object);
  }
  return object;
}

ordered_json ToJson(const leases::Lease& lease) {
  ordered_json object{{"address", lease.address.ToString()}};
  const auto add_state = [&](const char* name, std::optional<failover::BindingState> state) {
    if (state) object[name] = failover::Name(*state);
  };
  add_state("state", lease.state);
  add_state("next", lease.next);
  add_state("rewind", lease.rewind);
  if (lease.is_reserved) object["reserved"] = true;
  AddDate("starts", lease.starts, object);
  AddDate("ends", lease.ends, object);
  AddDate("tstp", lease.tstp, object);
  AddDate("tsfp", lease.tsfp, object);
  AddDate("atsfp", lease.atsfp, object);
  AddDate("cltt", lease.cltt, object);
  if (lease.hardware.is_present()) {
    object["hardware_type"] = base::HardwareTypeName(lease.hardware.type());
    object["hardware"] = lease.hardware.ToString();
  }
  if (!lease.uid.empty()) object["uid"] = HexOf(lease.uid);
  if (!lease.hostname.empty()) object["hostname"] = text::Visible(lease.hostname);
  return object;
}

ordered_json ToJson(const leases::FailoverBlock& block) {
  ordered_json object{{"peer", text::Visible(block.peer)},
                      {"my_state", failover::Name(block.mine)},
                      {"partner_state", failover::Name(block.partner)}};
  AddDate("my_state_since", block.mine_since.value_or(0), object);
  AddDate("partner_state_since", block.partner_since.value_or(0), object);
  return object;
}

ordered_json ToJson(const leases::Findings& findings) {
  auto list = ordered_json::array();
  for (const leases::Finding& finding : findings.kept()) {
    list.push_back(
        {{"kind", RowOf(finding.kind).id}, {"line", finding.line}, {"message", finding.message}});
  }
  return list;
}

ordered_json ToJson(const NodeLeases& node, const LeasesOptions& options) {
  const LeasesFilter filter(options, node);
  ordered_json object{{"title", text::Visible(node.title)}};
  if (!node.node.empty()) object["node"] = node.node;
  object["leases_in_file"] = node.file.database.size();
  for (const leases::FailoverBlock& block : node.file.database.failover()) {
    object["failover"].push_back(ToJson(block));
  }
  if (node.usage) {
    object["pools"] = ordered_json::array();
    for (const leases::PoolUsage& pool : node.usage->pools) {
      if (filter.TakesPool(pool)) object["pools"].push_back(ToJson(node, pool));
    }
    object["outside"] = ordered_json::array();
    for (const leases::Database::Index index : node.usage->outside) {
      object["outside"].push_back(node.file.database.AddressAt(index).ToString());
    }
  }
  for (const leases::Declaration& declaration : node.file.database.declarations()) {
    if (!declaration.is_deleted) {
      object["made_through_omapi"].push_back(text::Visible(declaration.head));
    }
  }
  if (options.view == LeasesView::kList) {
    object["leases"] = ordered_json::array();
    ForEachLease(node, filter,
                 [&](const leases::Lease& lease) { object["leases"].push_back(ToJson(lease)); });
  }
  object["findings"] = ToJson(node.file.findings);
  return object;
}

ordered_json ComparisonJson(const LeasesReport& report, const LeasesOptions& options) {
  const leases::Comparison& comparison = *report.comparison;
  const LeasesFilter filter(options, report.nodes[0]);
  ordered_json object{{"same", comparison.same},
                      {"normal", comparison.CountOf(leases::Weight::kNormal)},
                      {"in_flight", comparison.CountOf(leases::Weight::kInFlight)},
                      {"trouble", comparison.CountOf(leases::Weight::kTrouble)},
                      {"differences", ordered_json::array()}};
  for (const leases::Difference& difference : comparison.differences) {
    if (!filter.Takes(difference.address)) continue;
    const leases::DifferenceRow& row = RowOf(difference.kind);
    ordered_json entry{{"address", difference.address.ToString()},
                       {"kind", row.id},
                       {"weight", Name(row.weight)},
                       {"meaning", row.words}};
    if (difference.on_primary) {
      entry["primary"] = ToJson(report.nodes[0].file.database.At(*difference.on_primary));
    }
    if (difference.on_secondary) {
      entry["secondary"] = ToJson(report.nodes[1].file.database.At(*difference.on_secondary));
    }
    object["differences"].push_back(std::move(entry));
  }
  return object;
}

}  // namespace

ordered_json ToJson(const LeasesReport& report, const LeasesOptions& options) {
  ordered_json object;
  if (!report.pair.empty()) object["pair"] = report.pair;
  object["nodes"] = ordered_json::array();
  for (const NodeLeases& node : report.nodes) object["nodes"].push_back(ToJson(node, options));
  if (report.comparison) object["comparison"] = ComparisonJson(report, options);
  if (!report.pair.empty()) object["problems"] = report.problems;
  return object;
}

}  // namespace dhcpair
