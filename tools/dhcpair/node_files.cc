#include "node_files.h"

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <expected>

#include "host/file_loader.h"
#include "text/render.h"

namespace dhcpair {
namespace {

using pair::Role;
using sync::NodeFacts;

std::optional<sync::PerRole<std::vector<sync::ManagedFile>>> WantedFiles(
    const pair::Pair& pair, const CommonOptions& options, const std::string& templates,
    PairOutcome& outcome) {
  host::FileLoader loader;
  text::Diagnostics found;
  std::optional<sync::PerRole<std::vector<sync::ManagedFile>>> files;
  if (const auto generated = GenerateBoth(pair, templates, loader, found)) {
    files = sync::ManagedFiles(pair, {generated->primary, generated->secondary}, loader, found);
  }
  if (options.format != Format::kJson) {
    outcome.err += RenderTerminal(Shown(found, options), ColorFor(options, STDERR_FILENO));
  } else {
    outcome.json["findings"] = FindingsJson(Shown(found, options));
  }
  if (!files) outcome.exit_code = ExitCode::kBadInput;
  return files;
}

double Seconds(std::chrono::system_clock::time_point time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

// The look happened somewhere between the two moments.
sync::NodeTime OffsetOf(sync::NodeTime node, std::chrono::system_clock::time_point before,
                        std::chrono::system_clock::time_point after) {
  const double here = (Seconds(before) + Seconds(after)) / 2;
  const auto offset = static_cast<sync::NodeTime>(static_cast<double>(node) + 0.5 - here);
  // Clocks of whole seconds cannot be told apart closer than that.
  return std::abs(offset) <= 1 ? 0 : offset;
}

struct Look {
  NodeFacts facts;
  sync::NodeTime clock_offset;
};

std::expected<Look, sync::NodeError> LookAt(sync::NodeAgent& agent,
                                            std::span<const std::string> paths) {
  const auto before = std::chrono::system_clock::now();
  auto facts = agent.Inspect(paths);
  if (!facts) return std::unexpected(std::move(facts).error());
  const sync::NodeTime now = facts->link.now;
  return Look{*std::move(facts), OffsetOf(now, before, std::chrono::system_clock::now())};
}

}  // namespace

std::optional<NodeFiles> LookAtFiles(NodePair& nodes, const CommonOptions& options,
                                     const std::string& templates, PairOutcome& outcome) {
  auto wanted = WantedFiles(nodes.pair(), options, templates, outcome);
  if (!wanted) return std::nullopt;
  NodeFiles files{.wanted = *std::move(wanted)};
  using Looked = std::optional<std::expected<Look, sync::NodeError>>;
  auto looks = sync::OnBoth([&](Role role) -> Looked {
    if (!nodes.is_reached(role)) return std::nullopt;
    return LookAt(nodes.agent(role), sync::PathsOf(files.wanted[role]));
  });
  for (const Role role : pair::kBothRoles) {
    Looked& look = looks[role];
    if (!look) continue;
    if (!*look) {
      AddProblem(nodes.pair(), ProblemOf(role, "inspect", look->error()), outcome);
      continue;
    }
    files.facts[role] = std::move((*look)->facts);
    files.clock_offset[role] = (*look)->clock_offset;
    files.drifts[role] = CompareWithLocal(files.wanted[role], *files.facts[role]);
  }
  if (files.facts.primary && files.facts.secondary) files.between = CompareNodes(files.drifts);
  return files;
}

}  // namespace dhcpair
