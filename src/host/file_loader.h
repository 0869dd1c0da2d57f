#pragma once

#include <cstddef>
#include <expected>
#include <string>

#include "text/source_file.h"

namespace dhcpair::host {

/// Reads a whole regular file of at most `bytes_max` bytes. Never blocks on a FIFO or a device:
/// those are refused before they are read.
[[nodiscard]] std::expected<std::string, text::LoadError> ReadFile(const std::string& path,
                                                                   std::size_t bytes_max);

/// Reads standard input to its end, as long as it is not longer than `bytes_max` bytes.
[[nodiscard]] std::expected<std::string, text::LoadError> ReadStandardInput(std::size_t bytes_max);

/// The files of this machine.
class FileLoader : public text::SourceLoader {
 public:
  std::expected<text::SourcePtr, text::LoadError> Load(const std::string& path,
                                                       std::size_t bytes_max) override;
};

}  // namespace dhcpair::host
