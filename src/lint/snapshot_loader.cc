#include "lint/snapshot_loader.h"

#include <utility>

namespace dhcpair::lint {

std::expected<text::SourcePtr, text::LoadError> SnapshotLoader::Load(const std::string& path,
                                                                     std::size_t bytes_max) {
  auto known = files_.find(path);
  if (known == files_.end()) {
    auto loaded = disk_.Load(path, bytes_max);
    if (!loaded) return loaded;
    known = files_.emplace(path, *std::move(loaded)).first;
  }
  if (known->second->contents().size() > bytes_max) {
    return std::unexpected(text::LoadError::kTooLarge);
  }
  return known->second;
}

void SnapshotLoader::Put(const std::string& path, std::string contents) {
  Put(std::make_shared<const text::SourceFile>(path, std::move(contents)));
}

void SnapshotLoader::Put(text::SourcePtr source) {
  const std::string path = source->name();
  files_.insert_or_assign(path, std::move(source));
}

}  // namespace dhcpair::lint
