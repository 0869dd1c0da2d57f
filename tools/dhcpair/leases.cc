#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/prefix.h"
#include "commands.h"
#include "common.h"
#include "leases_input.h"
#include "leases_json.h"
#include "leases_options.h"
#include "leases_rows.h"
#include "nodes.h"
#include "text/csv.h"
#include "text/table.h"
#include "text/utf8.h"
#include "version.h"

namespace dhcpair {
namespace {

// Addresses that a line names before it says how many more there are.
constexpr std::size_t kNamedMax = 5;

bool IsPairFile(const std::string& path) {
  return path.ends_with(".yaml") || path.ends_with(".yml");
}

// 10.0.0.1, 10.0.0.0/24 or 10.0.0.1-10.0.0.9
std::optional<AddressSpan> ParseSpan(std::string_view text) {
  if (const auto network = base::Prefix::Parse(text)) {
    return AddressSpan{network->network(), network->broadcast()};
  }
  const std::size_t dash = text.find('-');
  const auto first = base::Ipv4Address::Parse(text.substr(0, dash));
  const auto last =
      dash == std::string_view::npos ? first : base::Ipv4Address::Parse(text.substr(dash + 1));
  if (!first || !last || *last < *first) return std::nullopt;
  return AddressSpan{*first, *last};
}

// A dash for what is not there, so that columns stay columns.
std::string TableOf(std::vector<Row> rows) {
  for (Row& row : rows) std::ranges::replace(row, "", "-");
  return text::FormatTable(rows);
}

// Writes what was found out, one report after the other.
class LeasesPrinter {
 public:
  explicit LeasesPrinter(const LeasesOptions& options) : options_(options) {}

  void Print(const LeasesReport& report) {
    if (options_.csv) {
      PrintCsv(report);
    } else {
      PrintText(report);
    }
    PrintErr(report.messages);
  }

 private:
  void PrintText(const LeasesReport& report) {
    for (const NodeLeases& node : report.nodes) PrintHead(report, node);
    if (options_.view == LeasesView::kCompare) {
      if (report.comparison) PrintComparison(report);
      return;
    }
    if (options_.view == LeasesView::kList) {
      for (const NodeLeases& node : report.nodes) PrintList(node);
      return;
    }
    PrintPools(report);
    for (const NodeLeases& node : report.nodes) PrintOutside(node);
  }

  // "dhcpd.leases: 16 leases; dhcp-failover: normal since 2026-11-23 19:27:56, partner normal"
  void PrintHead(const LeasesReport& report, const NodeLeases& node) const {
    if (options_.common.quiet) return;
    std::string line = report.pair.empty() ? "" : text::Visible(report.pair) + ", ";
    line += fmt::format("{}: {} leases", text::Visible(node.title), node.file.database.size());
    for (const leases::FailoverBlock& block : node.file.database.failover()) {
      line += fmt::format("; {}: {}", text::Visible(block.peer), failover::Name(block.mine));
      if (block.mine_since) {
        line += fmt::format(" since {}", leases::DateForPeople(*block.mine_since));
      }
      line += fmt::format(", partner {}", failover::Name(block.partner));
    }
    PrintOut(line + "\n");
  }

  void PrintPools(const LeasesReport& report) const {
    std::vector<Row> rows{PoolHead()};
    for (const NodeLeases& node : report.nodes) {
      if (!node.usage) {
        PrintStates(node);
        continue;
      }
      const LeasesFilter filter(options_, node);
      for (const leases::PoolUsage& pool : node.usage->pools) {
        if (filter.TakesPool(pool)) rows.push_back(PoolRow(node, pool));
      }
    }
    if (rows.size() > 1) PrintOut(TableOf(std::move(rows)));
  }

  // Without a configuration there are no pools, and what was never used is in no file.
  static void PrintStates(const NodeLeases& node) {
    std::array<std::size_t, 8> counts{};
    for (leases::Database::Index i = 0; i < node.file.database.size(); ++i) {
      const leases::Lease lease = node.file.database.At(i);
      ++counts[static_cast<std::size_t>(leases::StateInPool(lease, true, node.now))];
    }
    std::string line = "  ";
    for (const failover::BindingStateRow& row : failover::BindingStates()) {
      const std::size_t count = counts[static_cast<std::size_t>(row.state)];
      if (count > 0) line += fmt::format("{}{} {}", line.size() > 2 ? ", " : "", row.name, count);
    }
    if (line.size() > 2) PrintOut(line + "; give --config to count by pools\n");
  }

  static void PrintOutside(const NodeLeases& node) {
    if (!node.usage || node.usage->outside.empty()) return;
    std::string line;
    for (std::size_t i = 0; i < std::min(kNamedMax, node.usage->outside.size()); ++i) {
      line +=
          (i == 0 ? "" : ", ") + node.file.database.AddressAt(node.usage->outside[i]).ToString();
    }
    if (node.usage->outside.size() > kNamedMax) {
      line += fmt::format(" and {} more", node.usage->outside.size() - kNamedMax);
    }
    PrintOut(fmt::format("{}: in no range, so dhcpd drops them when it starts: {}\n",
                         text::Visible(node.title), line));
  }

  void PrintList(const NodeLeases& node) const {
    std::vector<Row> rows{LeaseHead()};
    ForEachLease(node, LeasesFilter(options_, node),
                 [&](const leases::Lease& lease) { rows.push_back(LeaseRow(lease)); });
    PrintOut(TableOf(std::move(rows)));
  }

  bool IsShown(const LeasesFilter& filter, const leases::Difference& difference) const {
    const bool is_normal = RowOf(difference.kind).weight == leases::Weight::kNormal;
    return (!is_normal || options_.common.verbose) && filter.Takes(difference.address);
  }

  void PrintComparison(const LeasesReport& report) const {
    const leases::Comparison& comparison = *report.comparison;
    const LeasesFilter filter(options_, report.nodes[0]);
    std::vector<Row> rows{DifferenceHead()};
    for (const leases::Difference& difference : comparison.differences) {
      if (IsShown(filter, difference)) rows.push_back(DifferenceRowOf(report, difference));
    }
    if (rows.size() > 1) PrintOut(TableOf(std::move(rows)));
    PrintOut(
        fmt::format("{} the same, {} differ as they are meant to, {} in flight, {} in "
                    "trouble\n",
                    comparison.same, comparison.CountOf(leases::Weight::kNormal),
                    comparison.CountOf(leases::Weight::kInFlight),
                    comparison.CountOf(leases::Weight::kTrouble)));
  }

  void PrintCsv(const LeasesReport& report) {
    const auto head = [&](const Row& row) {
      if (!std::exchange(has_head_, true)) PrintRecord({"pair", "source"}, row);
    };
    if (options_.view == LeasesView::kCompare) {
      head(DifferenceHead());
      if (!report.comparison) return;
      const LeasesFilter filter(options_, report.nodes[0]);
      for (const leases::Difference& difference : report.comparison->differences) {
        if (!filter.Takes(difference.address)) continue;
        PrintRecord({report.pair, "both"}, DifferenceRowOf(report, difference));
      }
      return;
    }
    head(options_.view == LeasesView::kList ? LeaseHead() : PoolHead());
    for (const NodeLeases& node : report.nodes) {
      const LeasesFilter filter(options_, node);
      const Row source{report.pair, node.title};
      if (options_.view == LeasesView::kList) {
        ForEachLease(node, filter,
                     [&](const leases::Lease& lease) { PrintRecord(source, LeaseRow(lease)); });
      } else if (node.usage) {
        for (const leases::PoolUsage& pool : node.usage->pools) {
          if (filter.TakesPool(pool)) PrintRecord(source, PoolRow(node, pool));
        }
      }
    }
  }

  static void PrintRecord(Row first, const Row& more) {
    first.insert(first.end(), more.begin(), more.end());
    PrintOut(text::CsvRecord(first));
  }

  const LeasesOptions& options_;
  bool has_head_ = false;
};

ExitCode Refuse(std::string_view message) {
  PrintErr(fmt::format("dhcpair: {}\n", message));
  return ExitCode::kBadInput;
}

ExitCode RunOnFiles(const LeasesOptions& options) {
  const auto report = ReadLeasesFiles(options);
  if (!report) return Refuse(report.error());
  if (options.writes_json()) {
    PrintOut(text::PrintJsonEnvelope("leases", kVersion, ToJson(*report, options)));
    PrintErr(report->messages);
  } else {
    LeasesPrinter(options).Print(*report);
  }
  return report->exit_code;
}

ExitCode RunOnPairs(const LeasesOptions& options) {
  text::Diagnostics findings;
  auto pairs = LoadPairs(options.files, options.common, findings);
  if (!pairs) {
    if (options.writes_json()) {
      PrintPairsJson("leases", nlohmann::ordered_json::array(), findings, options.common);
    }
    return ExitCode::kBadInput;
  }
  ExitCode exit_code = ExitCode::kDone;
  auto json = nlohmann::ordered_json::array();
  LeasesPrinter printer(options);
  InOrder(
      pairs->size(), options.jobs,
      [&](std::size_t i) { return FetchLeases(std::move((*pairs)[i]), options); },
      [&](const LeasesReport& report) {
        exit_code = Worse(exit_code, report.exit_code);
        if (options.writes_json()) {
          json.push_back(ToJson(report, options));
          PrintErr(report.messages);
        } else {
          printer.Print(report);
        }
      });
  if (options.writes_json()) PrintPairsJson("leases", std::move(json), findings, options.common);
  return exit_code;
}

ExitCode RunLeases(LeasesOptions options, const std::string& address, const std::string& state) {
  if (options.files.empty()) options.files = {"pair.yaml"};
  const auto pairs = std::ranges::count_if(options.files, IsPairFile);
  const auto files = static_cast<std::ptrdiff_t>(options.files.size()) - pairs;
  if (pairs > 0 && files > 0) return Refuse("give pair files or leases files, not both");
  if (pairs > 0 && !options.config.empty()) {
    return Refuse("--config is for leases files; of a pair the nodes' own dhcpd.conf are read");
  }
  if (files > 0 && options.view == LeasesView::kCompare && files != 2) {
    return Refuse("--compare takes two leases files, of the primary and of the secondary");
  }
  if (files > 0 && !options.pool.empty() && options.config.empty()) {
    return Refuse("--pool needs --config, for a leases file names no pools");
  }
  if (std::ranges::count(options.files, "-") > 1) return Refuse("standard input can be read once");
  if (options.csv && options.writes_json()) return Refuse("--csv and --json exclude each other");
  if (!address.empty()) {
    options.addresses = ParseSpan(address);
    if (!options.addresses) {
      return Refuse(
          fmt::format("--address: '{}' is no address, network or range such as "
                      "10.0.0.1-10.0.0.9",
                      text::Visible(address)));
    }
  }
  if (!state.empty()) {
    options.state = failover::BindingStateNamed(state);
    if (!options.state) {
      return Refuse(
          fmt::format("--state: '{}' is none of free, active, expired, released, "
                      "abandoned, reset, backup",
                      text::Visible(state)));
    }
  }
  return pairs > 0 ? RunOnPairs(options) : RunOnFiles(options);
}

}  // namespace

void AddLeases(CLI::App& app, ExitCode& exit_code) {
  struct Given {
    LeasesOptions options;
    std::string address;
    std::string state;
  };
  auto given = std::make_shared<Given>();
  LeasesOptions& options = given->options;
  CLI::App& command = *app.add_subcommand(
      "leases", "counts the leases of each pool, lists them, or compares those of two nodes");
  command
      .add_option("FILE", options.files,
                  "pair files (.yaml), whose nodes are asked, or leases files, or - for standard "
                  "input; pair.yaml where none is given")
      ->option_text("[FILE...]");
  command
      .add_option("--config", options.config, "the dhcpd.conf whose pools the leases files fill")
      ->option_text("FILE");
  auto* const compare = command.add_flag_callback(
      "--compare", [&options] { options.view = LeasesView::kCompare; },
      "what differs between both nodes, or two files, and what that means (exit code 1: trouble)");
  command
      .add_flag_callback(
          "--list", [&options] { options.view = LeasesView::kList; }, "each lease")
      ->excludes(compare);
  command.add_option("--pool", options.pool, "this network only, or the pool of this address")
      ->option_text("NETWORK|ADDRESS");
  command
      .add_option("--address", given->address,
                  "with --list or --compare: this address only, a network or a range")
      ->option_text("ADDRESS");
  command.add_option("--state", given->state, "with --list: leases in this state only")
      ->option_text("STATE");
  command.add_flag("--csv", options.csv, "write CSV (RFC 4180) for a spreadsheet");
  AddJobs(command, options.jobs);
  AddCommonOptions(command, options.common, Formats::kTextAndJson);
  command.callback(
      [given, &exit_code] { exit_code = RunLeases(given->options, given->address, given->state); });
}

}  // namespace dhcpair
