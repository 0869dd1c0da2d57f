#include "sync/push_files.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "base/sha256.h"
#include "sync/boot_text.h"

namespace dhcpair::sync {
namespace {

using pair::Role;

ManagedFile Managed(ManagedKind kind, const std::string& path, std::string contents, int mode) {
  ManagedFile file{.kind = kind, .path = path, .from = nullptr, .mode = mode};
  file.sha256 = base::Sha256Hex(contents);
  file.from = std::make_shared<const text::SourceFile>(path, std::move(contents));
  return file;
}

using Fetched = PerRole<std::map<std::string, std::string>>;

std::expected<Fetched, StepError> Fetch(BothNodes& nodes,
                                        const PerRole<std::vector<std::string>>& paths) {
  std::vector<Role> roles;
  for (const Role role : nodes.nodes().reached()) {
    if (!paths[role].empty()) roles.push_back(role);
  }
  auto results = nodes.Do<std::map<std::string, std::string>>(
      roles, [&](NodeAgent& agent) { return agent.Fetch(paths[agent.role()]); });
  if (auto error = nodes.ErrorIn(results, Step::kInspect))
    return std::unexpected(*std::move(error));
  Fetched fetched;
  for (const Role role : roles) fetched[role] = **std::move(results[role]);
  return fetched;
}

// The text of a boot file with a piece of ours, by the way of the system: settings go to the tool
// that looks after them, where there is one, and all else between two marks.
NodeAgent::Result<std::string> WithPiece(NodeAgent& agent, const generate::NodeFile& file,
                                         const std::string& before) {
  const auto settings = BootSettings(file.contents);
  if (!settings) return WithMarkedBlock(before, file.contents);
  const std::string others = WithoutMarkedBlock(before);
  auto edit = agent.SetBoot(file.belongs_in, others, *settings);
  if (!edit) return std::unexpected(edit.error());
  switch (edit->tool) {
    case BootTool::kNone:
      return WithMarkedBlock(before, file.contents);
    case BootTool::kRcctl:
      return WithRcctlLines(others, *settings);
    case BootTool::kSysrc:
      break;
  }
  return std::move(edit->contents);
}

}  // namespace

bool IsInstallable(const generate::NodeFile& file) {
  return file.is_fragment && file.belongs_in.starts_with('/');
}

std::optional<StepError> AddBootFiles(BothNodes& nodes,
                                      const PerRole<std::span<const generate::NodeFile>>& generated,
                                      PerRole<std::vector<ManagedFile>>& files) {
  PerRole<std::vector<std::string>> paths;
  for (const Role role : nodes.nodes().reached()) {
    for (const generate::NodeFile& file : generated[role]) {
      if (IsInstallable(file)) paths[role].push_back(file.belongs_in);
    }
  }
  const auto fetched = Fetch(nodes, paths);
  if (!fetched) return fetched.error();
  std::vector<Role> roles;
  for (const Role role : nodes.nodes().reached()) {
    if (!paths[role].empty()) roles.push_back(role);
  }
  auto added = nodes.Do<std::vector<ManagedFile>>(
      roles, [&](NodeAgent& agent) -> NodeAgent::Result<std::vector<ManagedFile>> {
        const Role role = agent.role();
        std::vector<ManagedFile> boot;
        for (const generate::NodeFile& file : generated[role]) {
          if (!IsInstallable(file)) continue;
          const auto old = (*fetched)[role].find(file.belongs_in);
          const std::string before = old == (*fetched)[role].end() ? "" : old->second;
          auto text = WithPiece(agent, file, before);
          if (!text) return std::unexpected(text.error());
          // The agent keeps the mode of a file that is there.
          boot.push_back(Managed(ManagedKind::kBoot, file.belongs_in, *std::move(text), 0644));
        }
        return boot;
      });
  if (auto error = nodes.ErrorIn(added, Step::kInspect)) return error;
  for (const Role role : roles) {
    for (ManagedFile& file : **added[role]) files[role].push_back(std::move(file));
  }
  return std::nullopt;
}

std::optional<StepError> KeepOnly(BothNodes& nodes, FilePart part,
                                  PerRole<std::vector<ManagedFile>>& files) {
  const auto is_in_part = [&](const ManagedFile& file) {
    return IsShared(file.kind) == (part == FilePart::kMaster);
  };
  PerRole<std::vector<std::string>> paths;
  for (const Role role : nodes.nodes().reached()) {
    for (const ManagedFile& file : files[role]) {
      if (!is_in_part(file)) paths[role].push_back(file.path);
    }
  }
  const auto fetched = Fetch(nodes, paths);
  if (!fetched) return fetched.error();
  for (const Role role : kBothRoles) {
    std::vector<ManagedFile> kept;
    for (ManagedFile& file : files[role]) {
      if (is_in_part(file)) {
        kept.push_back(std::move(file));
        continue;
      }
      const auto found = (*fetched)[role].find(file.path);
      if (found != (*fetched)[role].end()) {
        kept.push_back(Managed(file.kind, file.path, found->second, file.mode));
      }
    }
    files[role] = std::move(kept);
  }
  return std::nullopt;
}

}  // namespace dhcpair::sync
