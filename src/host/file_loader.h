#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <string>
#include <string_view>

#include "text/source_file.h"

namespace dhcpair::host {

/// Reads a whole regular file of at most `bytes_max` bytes. Never blocks on a FIFO or a device:
/// those are refused before they are read.
[[nodiscard]] std::expected<std::string, text::LoadError> ReadFile(const std::string& path,
                                                                   std::size_t bytes_max);

/// Hands a regular file of any length to `take`, piece by piece, until that says that it has
/// enough. As ReadFile, it never blocks on a FIFO or a device.
[[nodiscard]] std::expected<void, text::LoadError> ReadPieces(
    const std::string& path, const std::function<bool(std::string_view)>& take);

/// The same of standard input.
[[nodiscard]] std::expected<void, text::LoadError> ReadStandardInputPieces(
    const std::function<bool(std::string_view)>& take);

/// Reads standard input to its end, as long as it is not longer than `bytes_max` bytes.
[[nodiscard]] std::expected<std::string, text::LoadError> ReadStandardInput(std::size_t bytes_max);

/// The files of this machine.
class FileLoader : public text::SourceLoader {
 public:
  std::expected<text::SourcePtr, text::LoadError> Load(const std::string& path,
                                                       std::size_t bytes_max) override;
};

}  // namespace dhcpair::host
