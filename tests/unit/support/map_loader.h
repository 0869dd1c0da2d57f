#pragma once

#include <map>
#include <string>

#include "text/source_file.h"

namespace dhcpair::test {

/// Files in a map; what is not there is not found.
class MapLoader : public text::SourceLoader {
 public:
  MapLoader() = default;
  explicit MapLoader(std::map<std::string, std::string> files) : files_(std::move(files)) {}

  void Put(const std::string& path, std::string contents) { files_[path] = std::move(contents); }
  void Fail(const std::string& path, text::LoadError error) { errors_[path] = error; }

  std::expected<text::SourcePtr, text::LoadError> Load(const std::string& path,
                                                       std::size_t bytes_max) override {
    if (const auto error = errors_.find(path); error != errors_.end()) {
      return std::unexpected(error->second);
    }
    const auto found = files_.find(path);
    if (found == files_.end()) return std::unexpected(text::LoadError::kNotFound);
    if (found->second.size() > bytes_max) return std::unexpected(text::LoadError::kTooLarge);
    return std::make_shared<const text::SourceFile>(path, found->second);
  }

 private:
  std::map<std::string, std::string> files_;
  std::map<std::string, text::LoadError> errors_;
};

}  // namespace dhcpair::test
