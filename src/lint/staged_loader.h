#pragma once

#include "lint/staging.h"
#include "text/source_file.h"

namespace dhcpair::lint {

/// The files of a node as its dhcpd would find them, for conf::Read: by the paths that includes
/// name. A file that is only on the node reads as an empty one.
class StagedLoader : public text::SourceLoader {
 public:
  explicit StagedLoader(const Staging& staging) : staging_(staging) {}

  std::expected<text::SourcePtr, text::LoadError> Load(const std::string& path,
                                                       std::size_t bytes_max) override;

 private:
  const Staging& staging_;
};

}  // namespace dhcpair::lint
