#include "leases_input.h"

#include <fmt/core.h>

#include <map>

#include "conf/conf.h"
#include "host/file_loader.h"
#include "leases/limits.h"
#include "remote/get_put.h"
#include "sync/node_sources.h"
#include "text/utf8.h"

namespace dhcpair {
namespace {

constexpr char kStandardInput[] = "-";

std::expected<leases::LeasesFile, std::string> ReadLeasesFile(const std::string& path) {
  leases::Reader reader;
  const auto take = [&](std::string_view piece) {
    reader.Feed(piece);
    return !reader.is_done();
  };
  const auto read =
      path == kStandardInput ? host::ReadStandardInputPieces(take) : host::ReadPieces(path, take);
  if (read) return reader.Finish();
  std::string message =
      fmt::format("cannot read '{}': {}", text::Visible(path), Describe(read.error()));
  const std::string before = path + "~";
  if (read.error() == text::LoadError::kNotFound &&
      host::ReadPieces(before, [](std::string_view) { return false; })) {
    message += fmt::format("; '{}' is there, the file before dhcpd last wrote it anew",
                           text::Visible(before));
  }
  return std::unexpected(message);
}

// "FILE:LINE: what is wrong", and of many a count.
std::string Describe(const leases::Findings& findings, const std::string& title) {
  std::string out;
  for (const leases::Finding& finding : findings.kept()) {
    out += fmt::format("{}:{}: {}\n", text::Visible(title), finding.line, finding.message);
  }
  std::map<leases::FindingKind, std::size_t> shown;
  for (const leases::Finding& finding : findings.kept()) ++shown[finding.kind];
  for (const leases::FindingKindRow& row : leases::FindingKinds()) {
    const std::uint64_t more = findings.CountOf(row.kind) - shown[row.kind];
    if (more > 0) {
      out += fmt::format("{}: {} more {}\n", text::Visible(title), more, row.summary);
    }
  }
  return out;
}

// What every reader of a leases file should hear.
void Judge(const NodeLeases& node, LeasesReport& report) {
  report.messages += Describe(node.file.findings, node.title);
  if (node.file.findings.has_damage()) {
    report.exit_code = Worse(report.exit_code, ExitCode::kFallsShort);
    report.messages += fmt::format(
        "{}: dhcpd drops what it cannot read, for good, when it starts; keep a copy first\n",
        text::Visible(node.title));
  }
  if (node.file.bytes == 0) {
    report.messages += fmt::format(
        "{}: the file is empty; dhcpd of a failover pair starts in state recover with it\n",
        text::Visible(node.title));
  }
}

void CompareNodes(const leases::CompareSettings& settings, LeasesReport& report) {
  const NodeLeases& primary = report.nodes[0];
  const NodeLeases& secondary = report.nodes[1];
  report.comparison = Compare(primary.file.database, secondary.file.database, settings);
  if (report.comparison->CountOf(leases::Weight::kTrouble) > 0) {
    report.exit_code = Worse(report.exit_code, ExitCode::kFallsShort);
  }
}

void Count(NodeLeases& node) {
  if (node.model) node.usage = CountPools(*node.model, node.file.database, node.now);
}

ExitCode ExitCodeOf(const remote::FileError& error) {
  return error.kind == remote::FileError::Kind::kRemote ||
                 error.kind == remote::FileError::Kind::kGarbled
             ? ExitCode::kUnreachable
             : ExitCode::kRefused;
}

// One node of a pair.
struct FetchedNode {
  std::optional<NodeLeases> leases = {};
  std::optional<NodeProblem> problem = {};
};

std::expected<std::unique_ptr<const conf::Model>, NodeProblem> FetchModel(NodePair& nodes,
                                                                          pair::Role role) {
  const pair::NodePaths& paths = nodes.pair().node(role).paths;
  const std::string conf = paths.conf.text();
  const auto sources = FetchSources(nodes.agent(role), {}, {conf, paths.master.text()}, conf);
  if (!sources) return std::unexpected(ProblemOf(role, "dhcpd.conf", sources.error()));
  auto model = std::make_unique<const conf::Model>(sync::ReadNodeModel(*sources, conf));
  if (model->pools.empty()) {
    return std::unexpected(
        NodeProblem{role, "dhcpd.conf",
                    fmt::format("'{}' names no pools; is this the dhcpd.conf of the pair?", conf),
                    ExitCode::kRefused});
  }
  return model;
}

FetchedNode FetchNode(NodePair& nodes, pair::Role role) {
  const auto link = nodes.agent(role).Look();
  if (!link) return {.problem = ProblemOf(role, "look", link.error())};
  const std::string path = nodes.pair().node(role).paths.leases.text();
  const auto contents = remote::Get(nodes.transport(role), path, leases::kFileBytesMax);
  if (!contents) {
    return {.problem = NodeProblem{role, "leases", contents.error().message,
                                   ExitCodeOf(contents.error())}};
  }
  auto model = FetchModel(nodes, role);
  if (!model) return {.problem = model.error()};
  NodeLeases node{.title = TitleOf(nodes.pair(), role),
                  .pair = nodes.pair().name.text(),
                  .node = std::string(Name(role)),
                  .file = leases::ReadLeases(*contents),
                  .model = *std::move(model),
                  .now = link->now};
  Count(node);
  return {.leases = std::move(node)};
}

}  // namespace

std::expected<LeasesReport, std::string> ReadLeasesFiles(const LeasesOptions& options) {
  LeasesReport report;
  for (const std::string& path : options.files) {
    NodeLeases node{.title = path == kStandardInput ? "<stdin>" : path};
    if (!options.config.empty()) {
      host::FileLoader loader;
      text::Diagnostics diagnostics;
      auto model = conf::Read(loader, options.config, diagnostics);
      if (!model || diagnostics.has_errors()) {
        return std::unexpected(
            fmt::format("cannot count by '{}', for it has errors; 'dhcpair lint' shows them",
                        text::Visible(options.config)));
      }
      node.model = std::make_unique<const conf::Model>(*std::move(model));
    }
    auto file = ReadLeasesFile(path);
    if (!file) return std::unexpected(file.error());
    node.file = *std::move(file);
    node.now = NewestDate(node.file.database);
    Count(node);
    report.nodes.push_back(std::move(node));
  }
  if (options.view == LeasesView::kCompare) {
    // However they were given.
    if (OrderOf(report.nodes[0].file.database, report.nodes[1].file.database) ==
        leases::Order::kSecondaryFirst) {
      std::swap(report.nodes[0], report.nodes[1]);
    }
    CompareNodes(SettingsOf(report.nodes[0].file.database, report.nodes[1].file.database), report);
  }
  for (const NodeLeases& node : report.nodes) Judge(node, report);
  return report;
}

LeasesReport FetchLeases(pair::Pair pair, const LeasesOptions& options) {
  NodePair nodes = NodePair::Connect(std::move(pair));
  LeasesReport report{.pair = nodes.pair().name.text(),
                      .problems = nlohmann::ordered_json::array(),
                      .exit_code = nodes.exit_code()};
  const auto add = [&](const NodeProblem& problem) {
    report.problems.push_back(ToJson(nodes.pair(), problem));
    report.messages += Sentence(nodes.pair(), problem) + "\n";
    report.exit_code = Worse(report.exit_code, problem.exit_code);
  };
  for (const NodeProblem& problem : nodes.problems()) add(problem);
  for (const std::string& warning : nodes.warnings()) report.messages += warning + "\n";
  report.messages += RenderTerminal(nodes.findings(), text::Color::kNever);
  auto fetched = sync::OnBoth([&](pair::Role role) {
    return nodes.is_reached(role) ? FetchNode(nodes, role) : FetchedNode{};
  });
  for (const pair::Role role : {pair::Role::kPrimary, pair::Role::kSecondary}) {
    FetchedNode& node = fetched[role];
    if (node.problem) add(*node.problem);
    if (node.leases) report.nodes.push_back(*std::move(node.leases));
  }
  if (options.view == LeasesView::kCompare && report.nodes.size() == 2) {
    leases::CompareSettings settings =
        SettingsOf(report.nodes[0].file.database, report.nodes[1].file.database);
    settings.mclt = nodes.pair().primary.mclt.count();
    CompareNodes(settings, report);
  }
  for (const NodeLeases& node : report.nodes) Judge(node, report);
  return report;
}

}  // namespace dhcpair
