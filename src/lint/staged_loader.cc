#include "lint/staged_loader.h"

#include <algorithm>

namespace dhcpair::lint {

std::expected<text::SourcePtr, text::LoadError> StagedLoader::Load(const std::string& path,
                                                                   std::size_t bytes_max) {
  const auto file = std::ranges::find(staging_.files, path, &StagedFile::node_path);
  if (file == staging_.files.end()) return std::unexpected(text::LoadError::kNotFound);
  if (file->source == nullptr) return std::make_shared<const text::SourceFile>(path, "");
  if (file->source->contents().size() > bytes_max) {
    return std::unexpected(text::LoadError::kTooLarge);
  }
  return file->source;
}

}  // namespace dhcpair::lint
