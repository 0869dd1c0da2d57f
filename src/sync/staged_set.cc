#include "sync/staged_set.h"

#include <algorithm>

namespace dhcpair::sync {
namespace {

class NodeNames : public lint::StagedNames {
 public:
  explicit NodeNames(std::span<const ManagedFile> files) : files_(files) {}

  std::string NameOf(std::size_t, const std::string& node_path) const override {
    // An include of what is not managed stays what it is; lint has said what it thinks of it.
    const bool is_managed =
        std::ranges::find(files_, node_path, &ManagedFile::path) != files_.end();
    return is_managed ? StagedPath(node_path) : node_path;
  }
  bool has_unmanaged() const override { return true; }

 private:
  std::span<const ManagedFile> files_;
};

}  // namespace

StagedSet StageFiles(const pair::Pair& pair, pair::Role role, std::span<const ManagedFile> files,
                     const FileSet& present) {
  std::vector<generate::NodeFile> own;
  std::vector<lint::SharedSource> shared;
  for (const ManagedFile& file : files) {
    if (file.kind == ManagedKind::kBoot) continue;
    if (IsShared(file.kind)) {
      shared.push_back({file.path, file.from});
    } else {
      own.push_back({.name = file.path.substr(file.path.rfind('/') + 1),
                     .belongs_in = file.path,
                     .is_fragment = false,
                     .mode = file.mode,
                     .contents = file.contents()});
    }
  }
  text::Diagnostics ignored;
  StagedSet set;
  set.staging = PlanStaging(pair, role, own, shared, NodeNames(files), ignored);
  for (const ManagedFile& file : files) {
    NewFile staged{
        .path = file.path, .contents = file.contents(), .mode = file.mode, .sha256 = file.sha256};
    const auto found =
        std::ranges::find(set.staging.files, file.path, &lint::StagedFile::node_path);
    if (found != set.staging.files.end()) {
      const auto index = static_cast<std::size_t>(found - set.staging.files.begin());
      if (set.staging.contents[index] != staged.contents) {
        staged.check_contents = set.staging.contents[index];
      }
    }
    const auto there = present.find(file.path);
    if (there != present.end()) staged.present = there->second;
    set.files.push_back(std::move(staged));
  }
  return set;
}

}  // namespace dhcpair::sync
