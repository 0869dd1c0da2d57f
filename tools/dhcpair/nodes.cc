#include "nodes.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "host/file_loader.h"
#include "pair/load.h"
#include "pair/platform.h"
#include "remote/connect.h"
#include "text/utf8.h"
#include "version.h"

namespace dhcpair {
namespace {

using pair::Role;

constexpr int kJobsMax = 256;

ExitCode ExitCodeOf(remote::Failure failure) {
  switch (failure) {
    case remote::Failure::kUnknownHost:
    case remote::Failure::kRefused:
    case remote::Failure::kHostKeyUnknown:
    case remote::Failure::kHostKeyChanged:
    case remote::Failure::kNotAuthenticated:
    case remote::Failure::kTimeout:
    case remote::Failure::kLost:
    case remote::Failure::kInterrupted:
      return ExitCode::kUnreachable;
    case remote::Failure::kNotPermitted:
    case remote::Failure::kForwardingRefused:
    case remote::Failure::kTooMuchOutput:
      return ExitCode::kRefused;
    case remote::Failure::kBadSettings:
      return ExitCode::kBadInput;
  }
  return ExitCode::kUnreachable;
}

ExitCode ExitCodeOf(sync::NodeError::Kind kind) {
  switch (kind) {
    case sync::NodeError::Kind::kUnreachable:
    case sync::NodeError::Kind::kGarbled:
      return ExitCode::kUnreachable;
    case sync::NodeError::Kind::kLocked:
    case sync::NodeError::Kind::kStale:
    case sync::NodeError::Kind::kNoSpace:
    case sync::NodeError::Kind::kNotPermitted:
    case sync::NodeError::Kind::kNotAFile:
    case sync::NodeError::Kind::kRejected:
    case sync::NodeError::Kind::kService:
    case sync::NodeError::Kind::kMissing:
    case sync::NodeError::Kind::kFailed:
      return ExitCode::kRefused;
  }
  return ExitCode::kRefused;
}

}  // namespace

std::optional<std::vector<pair::Pair>> LoadPairs(const std::vector<std::string>& files,
                                                 const CommonOptions& options,
                                                 text::Diagnostics& diagnostics) {
  host::FileLoader loader;
  std::vector<pair::Pair> pairs;
  for (const std::string& path : files) {
    text::Diagnostics found;
    if (auto pair = pair::Load(loader, path, found)) pairs.push_back(*std::move(pair));
    diagnostics.Append(found);
  }
  CheckAcrossPairs(pairs, diagnostics);
  if (options.format != Format::kJson) PrintFindings(diagnostics, options);
  if (diagnostics.has_errors()) return std::nullopt;
  return pairs;
}

std::optional<Role> NodeNamed(const pair::Pair& pair, std::string_view name) {
  for (const Role role : pair::kBothRoles) {
    const pair::Node& node = pair.node(role);
    const std::size_t at = node.host.find('@');
    const std::string_view host =
        std::string_view(node.host).substr(at == node.host.npos ? 0 : at + 1);
    if (name == Name(role) || name == node.host || name == host ||
        name == node.address.ToString()) {
      return role;
    }
  }
  return std::nullopt;
}

std::string NoSuchNode(const pair::Pair& pair, std::string_view name) {
  return fmt::format("'{}' is no node of this pair; say primary ({}) or secondary ({})",
                     text::Visible(name), text::Visible(pair.primary.node.host),
                     text::Visible(pair.secondary.node.host));
}

void AddJobs(CLI::App& command, int& jobs) {
  command
      .add_option("--jobs", jobs,
                  fmt::format("how many pairs are worked on at once (default: {})", jobs))
      ->check(CLI::Range(1, kJobsMax))
      ->option_text("N");
}

NodeProblem ProblemOf(Role role, std::string step, const remote::Error& error) {
  return {role, std::move(step), error.message, ExitCodeOf(error.failure)};
}

NodeProblem ProblemOf(Role role, std::string step, const sync::NodeError& error) {
  return {role, std::move(step), error.message, ExitCodeOf(error.kind)};
}

std::string TitleOf(const pair::Pair& pair, Role role) {
  return fmt::format("{} ({})", Name(role), text::Visible(pair.node(role).host));
}

std::string Sentence(const pair::Pair& pair, const NodeProblem& problem) {
  return fmt::format("{}, {}: {}", TitleOf(pair, problem.role), problem.step,
                     text::Visible(problem.message));
}

nlohmann::ordered_json ToJson(const pair::Pair& pair, const NodeProblem& problem) {
  return {{"node", Name(problem.role)},
          {"host", pair.node(problem.role).host},
          {"step", problem.step},
          {"message", problem.message},
          {"exit_code", static_cast<int>(problem.exit_code)}};
}

NodePair::NodePair(pair::Pair pair) : pair_(std::make_unique<const pair::Pair>(std::move(pair))) {}

NodePair NodePair::Connect(pair::Pair pair) {
  NodePair nodes(std::move(pair));
  nodes.sides_ = sync::OnBoth([&](Role role) { return nodes.ConnectSide(role); });
  bool has_asked = false;
  for (const Role role : pair::kBothRoles) {
    Side& side = nodes.sides_[role];
    has_asked = has_asked || side.platform != nullptr;
    std::ranges::move(side.problems, std::back_inserter(nodes.problems_));
    std::ranges::move(side.assumptions, std::back_inserter(nodes.assumptions_));
    std::ranges::move(side.warnings, std::back_inserter(nodes.warnings_));
  }
  if (has_asked) nodes.ReadAgain();
  return nodes;
}

NodePair::Side NodePair::ConnectSide(Role role) const {
  Side side;
  auto transport = remote::Connect(pair_->node(role));
  if (!transport) {
    side.problems.push_back(ProblemOf(role, "connect", transport.error()));
    return side;
  }
  side.transport = *std::move(transport);
  side.agent = std::make_unique<sync::NodeAgent>(*side.transport, *pair_, role);
  if (!pair_->node(role).is_platform_named) AskForPlatform(role, side);
  return side;
}

void NodePair::AskForPlatform(Role role, Side& side) const {
  const auto facts = side.agent->Inspect({});
  if (!facts) {
    side.problems.push_back(ProblemOf(role, "inspect", facts.error()));
    side.agent.reset();
    return;
  }
  const std::string system = text::Visible(
      facts->distribution.empty() ? facts->system : facts->system + ", " + facts->distribution);
  side.platform = pair::PlatformOf(facts->system, facts->distribution);
  if (side.platform != nullptr) {
    side.assumptions.push_back(fmt::format("{}: platform '{}', for it says that it is '{}'",
                                           TitleOf(*pair_, role), side.platform->name, system));
    return;
  }
  side.platform = &pair::GenericPlatform();
  side.warnings.push_back(
      fmt::format("{}: no profile fits '{}', so its paths and service commands are those of "
                  "'platform: generic'; name a platform in the pair file, or 'paths:' and "
                  "'service:'",
                  TitleOf(*pair_, role), system));
}

// Paths and service commands follow from the platform, and with them what is generated.
void NodePair::ReadAgain() {
  host::FileLoader loader;
  auto again =
      pair::Load(loader, pair_->source->name(), findings_,
                 {.primary = sides_.primary.platform, .secondary = sides_.secondary.platform});
  // Agents hold on to the pair of before.
  if (!again) {
    for (const Role role : pair::kBothRoles) sides_[role].agent.reset();
    return;
  }
  auto pair = std::make_unique<const pair::Pair>(*std::move(again));
  for (const Role role : pair::kBothRoles) {
    Side& side = sides_[role];
    if (side.agent != nullptr) {
      side.agent = std::make_unique<sync::NodeAgent>(*side.transport, *pair, role);
    }
  }
  pair_ = std::move(pair);
}

sync::PairNodes NodePair::InReach() const {
  sync::PairNodes nodes{.pair = *pair_};
  for (const Role role : pair::kBothRoles) {
    nodes.agents[role] = sides_[role].agent.get();
    if (sides_[role].agent) nodes.transports[role] = sides_[role].transport.get();
  }
  return nodes;
}

ExitCode NodePair::exit_code() const {
  ExitCode worst = findings_.has_errors() ? ExitCode::kBadInput : ExitCode::kDone;
  for (const NodeProblem& problem : problems_) worst = Worse(worst, problem.exit_code);
  return worst;
}

void PrintPairsJson(std::string_view command, nlohmann::ordered_json pairs,
                    const text::Diagnostics& findings, const CommonOptions& options) {
  PrintOut(text::PrintJsonEnvelope(
      command, kVersion,
      {{"pairs", std::move(pairs)}, {"findings", FindingsJson(Shown(findings, options))}}));
}

}  // namespace dhcpair
