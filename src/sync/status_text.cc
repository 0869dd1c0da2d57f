#include <fmt/format.h>

#include <algorithm>

#include "leases/date.h"
#include "sync/status_report.h"
#include "text/table.h"
#include "text/utf8.h"

namespace dhcpair::sync {
namespace {

using failover::State;
using pair::Role;

std::string_view Sgr(Severity severity) {
  switch (severity) {
    case Severity::kCritical:
      return "1;31";
    case Severity::kUnknown:
      return "1;35";
    case Severity::kWarning:
      return "1;33";
    case Severity::kNote:
      return "1;32";
  }
  return "";
}

std::string Paint(std::string_view text, Severity severity, text::Color color) {
  if (color == text::Color::kNever) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", Sgr(severity), text);
}

std::string_view Describe(ServiceState service) {
  switch (service) {
    case ServiceState::kRunning:
      return "running";
    case ServiceState::kStopped:
      return "stopped";
    case ServiceState::kUnknown:
      return "unknown";
  }
  return "";
}

std::string FilesCell(const NodeView& node) {
  const auto differing = std::ranges::count_if(node.files, &FileDrift::differs);
  return differing == 0 ? "same" : fmt::format("{} of {} differ", differing, node.files.size());
}

std::vector<std::string> NodeRow(const PairView& view, Role role) {
  std::vector<std::string> row{std::string(Name(role)), view.host[role]};
  if (!view.is_reached(role)) {
    row.emplace_back("not reached");
    return row;
  }
  const NodeView& node = *view.nodes[role];
  const KnownState known = StateOf(view, role);
  const auto age = AgeOf(view, role);
  row.emplace_back(known.state ? failover::Name(*known.state) : "unknown");
  row.push_back(age ? ForPeople(*age) : "-");
  row.emplace_back(node.reading.partner ? failover::Name(*node.reading.partner) : "-");
  row.emplace_back(Describe(node.facts.link.service));
  row.push_back(node.clock_offset ? fmt::format("{:+} s", *node.clock_offset) : "-");
  row.push_back(node.newest_lease ? leases::DateForPeople(*node.newest_lease) : "-");
  row.push_back(node.facts.generation == 0 ? "-" : std::to_string(node.facts.generation));
  row.push_back(FilesCell(node));
  return row;
}

std::string Lasts(const std::optional<std::int64_t>& seconds) {
  return seconds ? ForPeople(*seconds) : "-";
}

std::vector<std::string> PoolRow(const PoolView& pool) {
  const auto count = [](std::uint64_t number) { return std::to_string(number); };
  std::vector<std::string> row{pool.name, count(pool.total), count(pool.free)};
  row.push_back(pool.is_in_failover ? count(pool.backup) : "-");
  row.insert(row.end(), {count(pool.active), count(pool.bound_hour), Lasts(pool.free_lasts)});
  row.push_back(pool.is_in_failover ? Lasts(pool.backup_lasts) : "-");
  return row;
}

std::string Indented(std::string_view lines) {
  std::string out;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n') + 1;
    out += "  ";
    out += lines.substr(0, end);
    lines.remove_prefix(end);
  }
  return out;
}

std::string Sentence(const Finding& finding) {
  return finding.role ? fmt::format("{}: {}", Name(*finding.role), finding.message)
                      : finding.message;
}

std::string Brief(const PairStatus& status, Role role) {
  if (!status.view.is_reached(role)) return fmt::format("{} not reached", Name(role));
  const KnownState known = StateOf(status.view, role);
  const auto age = AgeOf(status.view, role);
  return fmt::format("{} {}{}", Name(role), known.state ? failover::Name(*known.state) : "unknown",
                     age ? " for " + ForPeople(*age) : "");
}

}  // namespace

std::string_view VerdictOf(const PairStatus& status) {
  const Severity severity = status.health.severity();
  if (severity != Severity::kNote) return Name(severity);
  const bool are_normal = std::ranges::all_of(kBothRoles, [&](Role role) {
    return status.view.is_reached(role) && StateOf(status.view, role).state == State::kNormal;
  });
  return are_normal ? "normal" : "settling";
}

std::string StatusText(const PairStatus& status, text::Color color) {
  const PairView& view = status.view;
  std::string out = fmt::format("{} ({}): {}\n", text::Visible(view.name), text::Visible(view.file),
                                Paint(VerdictOf(status), status.health.severity(), color));
  out += Indented(text::FormatTable({{"node", "host", "state", "for", "partner", "dhcpd", "clock",
                                      "newest lease", "generation", "files"},
                                     NodeRow(view, Role::kPrimary),
                                     NodeRow(view, Role::kSecondary)}));
  if (!view.pools.empty()) {
    std::vector<std::vector<std::string>> rows{
        {"pool", "total", "free", "backup", "active", "new in 1 h", "free lasts", "backup lasts"}};
    for (const PoolView& pool : view.pools) rows.push_back(PoolRow(pool));
    out += Indented(text::FormatTable(rows));
  }
  for (const Finding& finding : status.health.findings) {
    out += fmt::format("  {}: {}\n", Paint(Name(finding.severity), finding.severity, color),
                       text::Visible(Sentence(finding)));
    if (!finding.advice.empty()) out += fmt::format("    {}\n", text::Visible(finding.advice));
  }
  return out;
}

std::string StatusLine(const PairStatus& status) {
  std::string line = fmt::format("{}: {}: {}, {}", status.view.name, VerdictOf(status),
                                 Brief(status, Role::kPrimary), Brief(status, Role::kSecondary));
  for (const Finding& finding : status.health.findings) {
    // Notes are for those who look closer.
    if (finding.severity == Severity::kNote || finding.id == "state") continue;
    line += "; " + Sentence(finding);
  }
  return text::Visible(line);
}

}  // namespace dhcpair::sync
