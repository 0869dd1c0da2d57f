#include "sync/managed_files.h"

#include <fmt/core.h>

#include <memory>

#include "base/sha256.h"
#include "pair/load.h"
#include "pair/rules.h"

namespace dhcpair::sync {
namespace {

using pair::Role;

constexpr int kMasterMode = 0644;

class Collector {
 public:
  Collector(const pair::Pair& pair, text::SourceLoader& loader, text::Diagnostics& diagnostics)
      : pair_(pair), loader_(loader), diagnostics_(diagnostics) {}

  void AddGenerated(Role role, std::span<const generate::NodeFile> files) {
    for (const generate::NodeFile& file : files) {
      if (file.is_fragment) continue;
      const bool is_key = file.name == generate::kOmapiKeyName;
      auto source = std::make_shared<const text::SourceFile>(
          fmt::format("{}/{}", Name(role), file.name), file.contents);
      files_[role].push_back({.kind = is_key ? ManagedKind::kOmapiKey : ManagedKind::kConf,
                              .path = file.belongs_in,
                              .from = std::move(source),
                              .mode = file.mode,
                              .sha256 = base::Sha256Hex(file.contents)});
    }
  }

  // Read, and its digest taken, once for both nodes: a master may be long.
  void AddShared(ManagedKind kind, const std::string& from, const PerRole<std::string>& to,
                 int mode) {
    auto source = loader_.Load(from, pair::kSharedFileBytesMax);
    if (!source) {
      diagnostics_.Add({&pair::rules::kMissingFile, text::WholeFile(pair_.source),
                        fmt::format("cannot read '{}': {}", from, text::Describe(source.error()))});
      is_complete_ = false;
      return;
    }
    const std::string sha256 = base::Sha256Hex((*source)->contents());
    for (const Role role : {Role::kPrimary, Role::kSecondary}) {
      files_[role].push_back(
          {.kind = kind, .path = to[role], .from = *source, .mode = mode, .sha256 = sha256});
    }
  }

  std::optional<PerRole<std::vector<ManagedFile>>> Files() && {
    if (!is_complete_) return std::nullopt;
    return std::move(files_);
  }

 private:
  const pair::Pair& pair_;
  text::SourceLoader& loader_;
  text::Diagnostics& diagnostics_;
  PerRole<std::vector<ManagedFile>> files_ = {};
  bool is_complete_ = true;
};

}  // namespace

std::optional<PerRole<std::vector<ManagedFile>>> ManagedFiles(
    const pair::Pair& pair, const PerRole<std::span<const generate::NodeFile>>& generated,
    text::SourceLoader& loader, text::Diagnostics& diagnostics) {
  Collector collector(pair, loader, diagnostics);
  for (const Role role : {Role::kPrimary, Role::kSecondary}) {
    collector.AddGenerated(role, generated[role]);
  }
  collector.AddShared(
      ManagedKind::kMaster, pair.master,
      {pair.primary.node.paths.master.text(), pair.secondary.node.paths.master.text()},
      kMasterMode);
  for (const pair::SharedFile& file : pair.files) {
    collector.AddShared(ManagedKind::kShared, file.from, {file.to.text(), file.to.text()},
                        file.mode);
  }
  return std::move(collector).Files();
}

std::vector<std::string> PathsOf(std::span<const ManagedFile> files) {
  std::vector<std::string> paths;
  for (const ManagedFile& file : files) paths.push_back(file.path);
  return paths;
}

}  // namespace dhcpair::sync
