#pragma once

#include <map>
#include <string>

#include "text/source_file.h"

namespace dhcpair::lint {

/// Reads every file once, so that all checks of a run see the same, and takes contents that are not
/// on disk: those of standard input, and those that fixes would write.
class SnapshotLoader : public text::SourceLoader {
 public:
  explicit SnapshotLoader(text::SourceLoader& disk) : disk_(disk) {}

  std::expected<text::SourcePtr, text::LoadError> Load(const std::string& path,
                                                       std::size_t bytes_max) override;
  /// From now on this file has these contents.
  void Put(const std::string& path, std::string contents);
  /// From now on this file is this one.
  void Put(text::SourcePtr source);

 private:
  text::SourceLoader& disk_;
  std::map<std::string, text::SourcePtr> files_;
};

}  // namespace dhcpair::lint
