#include <fmt/format.h>

#include <algorithm>

#include "sync/status_report.h"
#include "text/utf8.h"

namespace dhcpair::sync {
namespace {

// The bar begins the performance data.
std::string WithoutBars(std::string text) {
  std::ranges::replace(text, '|', '/');
  return text;
}

// A label of performance data: in single quotes, a quote doubled, no equals sign.
std::string Label(const PairView& view, std::string_view pool, std::string_view what) {
  std::string quoted;
  for (const char c : text::Visible(fmt::format("{} {} {}", view.name, pool, what))) {
    if (c == '\'') quoted += '\'';
    quoted += c == '=' || c == '|' ? '_' : c;
  }
  return fmt::format("'{}'", quoted);
}

// VALUE;WARNING;CRITICAL;MIN;MAX, the limits as ranges: "3.2:" alarms below 3.2.
std::string PoolData(const PairView& view, const PoolView& pool) {
  const auto share = [&](std::uint64_t percent) {
    return fmt::format("{:g}:",
                       static_cast<double>(percent) * static_cast<double>(pool.total) / 100);
  };
  std::string data = fmt::format(" {}={};{};;0;{}", Label(view, pool.name, "left"),
                                 pool.free + pool.backup, share(kPoolLeftMin), pool.total);
  if (!pool.is_in_failover) return data;
  const auto half = [&](std::string_view name, std::uint64_t addresses) {
    return fmt::format(" {}={};;{};0;{}", Label(view, pool.name, name), addresses,
                       share(kHalfLeftMin), pool.total);
  };
  return data + half("free", pool.free) + half("backup", pool.backup);
}

std::string_view Word(int code) {
  switch (code) {
    case 0:
      return "OK";
    case 1:
      return "WARNING";
    case 2:
      return "CRITICAL";
    default:
      return "UNKNOWN";
  }
}

// Of the code that counts more: 2, 3, 1, 0.
int Rank(int code) { return code == 2 ? 3 : code == 3 ? 2 : code; }

}  // namespace

int MonitoringCode(std::span<const PairStatus> pairs) {
  int worst = 0;
  for (const PairStatus& pair : pairs) {
    const int code = pair.health.monitoring_code();
    if (Rank(code) > Rank(worst)) worst = code;
  }
  return worst;
}

std::string MonitoringLine(std::span<const PairStatus> pairs) {
  std::string text;
  std::string data;
  // The worst first: who reads it on a telephone sees its beginning.
  for (const int code : {2, 3, 1, 0}) {
    for (const PairStatus& pair : pairs) {
      if (pair.health.monitoring_code() != code) continue;
      text += (text.empty() ? "" : " -- ") + WithoutBars(StatusLine(pair));
      for (const PoolView& pool : pair.view.pools) data += PoolData(pair.view, pool);
    }
  }
  return fmt::format("DHCPAIR {} - {}{}{}\n", Word(MonitoringCode(pairs)), text,
                     data.empty() ? "" : " |", data);
}

}  // namespace dhcpair::sync
