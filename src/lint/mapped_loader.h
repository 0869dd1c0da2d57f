#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/source_file.h"

namespace dhcpair::lint {

/// Where files lie here that includes name by their path on a node.
class IncludeMap {
 public:
  IncludeMap() = default;
  /// Each text is REMOTE=LOCAL: a file, or a folder where REMOTE ends in '/'. Fails with what is
  /// wrong with one of them.
  static std::expected<IncludeMap, std::string> Parse(std::span<const std::string> texts);

  /// The local path of a remote one: by its own entry, or by that of the innermost folder.
  std::optional<std::string> LocalPathOf(std::string_view remote) const;

 private:
  struct Entry {
    std::string remote;
    std::string local;
  };

  std::vector<Entry> entries_;
};

/// Loads what is mapped from where it lies here, and everything else as `otherwise` does.
class MappedLoader : public text::SourceLoader {
 public:
  MappedLoader(const IncludeMap& map, text::SourceLoader& here, text::SourceLoader& otherwise)
      : map_(map), here_(here), otherwise_(otherwise) {}

  std::expected<text::SourcePtr, text::LoadError> Load(const std::string& path,
                                                       std::size_t bytes_max) override;

 private:
  const IncludeMap& map_;
  text::SourceLoader& here_;
  text::SourceLoader& otherwise_;
};

}  // namespace dhcpair::lint
