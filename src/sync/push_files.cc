#include "sync/push_files.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "base/sha256.h"

namespace dhcpair::sync {
namespace {

using pair::Role;

constexpr std::string_view kBegin = "# dhcpair: begin (dhcpair push --install writes this)\n";
constexpr std::string_view kEnd = "# dhcpair: end\n";

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

}  // namespace

std::string WithMarkedBlock(std::string_view file, std::string_view piece) {
  std::string block(kBegin);
  block += piece;
  if (!piece.empty() && !piece.ends_with('\n')) block += '\n';
  block += kEnd;
  const auto at_line_start = [&](std::string_view mark, std::size_t from) {
    std::size_t at = file.find(mark, from);
    while (at != std::string_view::npos && at > 0 && file[at - 1] != '\n') {
      at = file.find(mark, at + 1);
    }
    return at;
  };
  const std::size_t begin = at_line_start(kBegin, 0);
  const std::size_t end =
      begin == std::string_view::npos ? begin : at_line_start(kEnd, begin + kBegin.size());
  if (end != std::string_view::npos) {
    return std::string(file.substr(0, begin)) + block + std::string(file.substr(end + kEnd.size()));
  }
  std::string text(file);
  if (!text.empty() && !text.ends_with('\n')) text += '\n';
  return text + block;
}

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
  for (const Role role : nodes.nodes().reached()) {
    for (const generate::NodeFile& file : generated[role]) {
      if (!IsInstallable(file)) continue;
      const auto old = (*fetched)[role].find(file.belongs_in);
      const std::string before = old == (*fetched)[role].end() ? "" : old->second;
      // The agent keeps the mode of a file that is there.
      files[role].push_back(Managed(ManagedKind::kBoot, file.belongs_in,
                                    WithMarkedBlock(before, file.contents), 0644));
    }
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
