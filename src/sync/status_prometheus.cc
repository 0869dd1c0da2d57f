#include <fmt/format.h>

#include "sync/status_report.h"
#include "text/utf8.h"

namespace dhcpair::sync {
namespace {

using pair::Role;

struct Label {
  std::string_view name;
  std::string value;
};
using Labels = std::vector<Label>;

std::string Escaped(std::string_view value) {
  std::string escaped;
  for (const char c : value) {
    if (c == '\\' || c == '"') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

// One metric with all its samples, which must stand together.
class Metric {
 public:
  Metric(std::string_view name, std::string_view help) : name_(name) {
    head_ = fmt::format("# HELP dhcpair_{} {}\n# TYPE dhcpair_{} gauge\n", name, help, name);
  }

  template <typename Value>
  void Add(const PairView& view, Labels labels, Value value) {
    Labels all{{"file", view.file}, {"pair", view.name}};
    all.insert(all.end(), labels.begin(), labels.end());
    std::string text;
    for (const Label& label : all) {
      // Line ends and other controls are visible escapes by then.
      text += fmt::format("{}{}=\"{}\"", text.empty() ? "" : ",", label.name,
                          Escaped(text::Visible(label.value)));
    }
    samples_ += fmt::format("dhcpair_{}{{{}}} {}\n", name_, text, value);
  }

  std::string Print() const { return samples_.empty() ? "" : head_ + samples_; }

 private:
  std::string_view name_;
  std::string head_;
  std::string samples_;
};

class Exposition {
 public:
  void Add(const PairStatus& status) {
    const PairView& view = status.view;
    code_.Add(view, {}, status.health.monitoring_code());
    push_.Add(view, {}, view.push.empty() ? 0 : 1);
    for (const Role role : kBothRoles) AddNode(view, role);
    for (const PoolView& pool : view.pools) AddPool(view, pool);
  }

  std::string Print() const {
    std::string text;
    for (const Metric* metric :
         {&code_, &push_, &up_, &running_, &connected_, &state_, &since_, &partner_, &clock_,
          &newest_, &generation_, &drift_, &size_, &addresses_, &bound_, &lasts_}) {
      text += metric->Print();
    }
    return text;
  }

 private:
  void AddNode(const PairView& view, Role role) {
    const Labels node{{"node", std::string(Name(role))}, {"host", view.host[role]}};
    const auto with = [&](std::string_view name, std::string_view value) {
      Labels labels = node;
      labels.push_back({name, std::string(value)});
      return labels;
    };
    up_.Add(view, node, view.is_reached(role) ? 1 : 0);
    if (!view.is_reached(role)) return;
    const NodeView& seen = *view.nodes[role];
    if (seen.facts.link.service != ServiceState::kUnknown) {
      running_.Add(view, node, seen.facts.link.service == ServiceState::kRunning ? 1 : 0);
    }
    if (seen.facts.link.link != LinkState::kUnknown) {
      connected_.Add(view, node, seen.facts.link.link == LinkState::kEstablished ? 1 : 0);
    }
    const KnownState known = StateOf(view, role);
    for (const failover::StateRow& row : failover::States()) {
      if (known.state) state_.Add(view, with("state", row.name), *known.state == row.state ? 1 : 0);
      if (seen.reading.partner) {
        partner_.Add(view, with("state", row.name), *seen.reading.partner == row.state ? 1 : 0);
      }
    }
    if (known.since) since_.Add(view, node, *known.since);
    if (seen.clock_offset) clock_.Add(view, node, *seen.clock_offset);
    if (seen.newest_lease) newest_.Add(view, node, *seen.newest_lease);
    generation_.Add(view, node, seen.facts.generation);
    for (const FileDrift& file : seen.files) {
      drift_.Add(view, with("path", file.path), file.differs() ? 1 : 0);
    }
  }

  void AddPool(const PairView& view, const PoolView& pool) {
    const auto with = [&](std::string_view name, std::string_view value) {
      return Labels{{"pool", pool.name}, {name, std::string(value)}};
    };
    size_.Add(view, {{"pool", pool.name}}, pool.total);
    bound_.Add(view, {{"pool", pool.name}}, pool.bound_hour);
    addresses_.Add(view, with("state", "free"), pool.free);
    if (pool.is_in_failover) addresses_.Add(view, with("state", "backup"), pool.backup);
    addresses_.Add(view, with("state", "active"), pool.active);
    if (pool.free_lasts) lasts_.Add(view, with("state", "free"), *pool.free_lasts);
    if (pool.backup_lasts) lasts_.Add(view, with("state", "backup"), *pool.backup_lasts);
  }

  Metric code_{"monitoring_code", "0 normal, 1 warning, 2 critical, 3 unknown."};
  Metric push_{"push_unfinished", "Whether a push has not come to its end."};
  Metric up_{"node_reached", "Whether the node was reached."};
  Metric running_{"dhcpd_running", "Whether dhcpd runs."};
  Metric connected_{"failover_connected", "Whether the failover connection is established."};
  Metric state_{"failover_state", "The failover state of the node: 1 for the one it is in."};
  Metric since_{"failover_state_since_seconds", "Since when, as unix time of the node."};
  Metric partner_{"failover_partner_state", "The last state that the node heard of its partner."};
  Metric clock_{"clock_offset_seconds", "The clock of the node less the one that looks."};
  Metric newest_{"newest_lease_seconds", "When a lease changed last, as unix time of the node."};
  Metric generation_{"generation", "The generation of files in force; 0 before the first push."};
  Metric drift_{"file_drift", "Whether the file on the node is another than it should be."};
  Metric size_{"pool_size", "All addresses of the pool."};
  Metric addresses_{"pool_addresses", "Addresses of the pool by their state."};
  Metric bound_{"pool_new_clients_last_hour", "Active leases that began in the last hour."};
  Metric lasts_{"pool_lasts_seconds", "How long a half lasts at the last hour's rate."};
};

}  // namespace

std::string PrometheusText(std::span<const PairStatus> pairs) {
  Exposition exposition;
  for (const PairStatus& pair : pairs) exposition.Add(pair);
  return exposition.Print();
}

}  // namespace dhcpair::sync
