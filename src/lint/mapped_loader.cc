#include "lint/mapped_loader.h"

#include <fmt/core.h>

namespace dhcpair::lint {

std::expected<IncludeMap, std::string> IncludeMap::Parse(std::span<const std::string> texts) {
  IncludeMap map;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
      return std::unexpected(fmt::format("'{}' is not REMOTE=LOCAL", text));
    }
    Entry entry{text.substr(0, equals), text.substr(equals + 1)};
    const bool is_folder = entry.remote.ends_with('/');
    if (!is_folder && entry.local.ends_with('/')) {
      return std::unexpected(fmt::format(
          "'{}' maps a file to a folder; a folder's name ends with '/' on both sides", text));
    }
    if (is_folder && !entry.local.ends_with('/')) entry.local += '/';
    for (const Entry& known : map.entries_) {
      if (known.remote == entry.remote) {
        return std::unexpected(fmt::format("'{}' is mapped twice", entry.remote));
      }
    }
    map.entries_.push_back(std::move(entry));
  }
  return map;
}

std::optional<std::string> IncludeMap::LocalPathOf(std::string_view remote) const {
  const Entry* best = nullptr;
  for (const Entry& entry : entries_) {
    const bool fits = entry.remote.ends_with('/')
                          ? remote.starts_with(entry.remote) && remote != entry.remote
                          : remote == entry.remote;
    if (fits && (best == nullptr || entry.remote.size() > best->remote.size())) best = &entry;
  }
  if (best == nullptr) return std::nullopt;
  return best->local + std::string(remote.substr(best->remote.size()));
}

std::expected<text::SourcePtr, text::LoadError> MappedLoader::Load(const std::string& path,
                                                                   std::size_t bytes_max) {
  const auto local = map_.LocalPathOf(path);
  return local ? here_.Load(*local, bytes_max) : otherwise_.Load(path, bytes_max);
}

}  // namespace dhcpair::lint
