#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>

#include "sync/health.h"
#include "sync/pair_view.h"
#include "text/render.h"

namespace dhcpair::sync {

/// A pair that was looked at, and what that means.
struct PairStatus {
  PairView view;
  Health health;
};

/// One word for the pair: "normal" only when both nodes are shown to be and nothing alarms.
std::string_view VerdictOf(const PairStatus& status);

/// For people: the nodes, the pools, and each finding with what to do next.
std::string StatusText(const PairStatus& status, text::Color color);

/// The same in one line: "dhcp-failover: critical: primary communications-interrupted for 2 min,
/// secondary unknown; secondary: dhcpd is not running".
std::string StatusLine(const PairStatus& status);

/// For programs; what is not known is left out.
nlohmann::ordered_json StatusJson(const PairStatus& status);

/// The plugin output that Nagios and its kin expect: one line of text, '|', performance data.
std::string MonitoringLine(std::span<const PairStatus> pairs);
/// The worst code of all pairs: 2, then 3, then 1.
int MonitoringCode(std::span<const PairStatus> pairs);

/// Metrics in the text format of Prometheus, version 0.0.4. What is not known has no sample.
std::string PrometheusText(std::span<const PairStatus> pairs);

}  // namespace dhcpair::sync
