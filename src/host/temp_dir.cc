#include "host/temp_dir.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

namespace dhcpair::host {

std::expected<TempDir, WriteError> TempDir::Make() {
  const char* const tmpdir = std::getenv("TMPDIR");
  std::string name = tmpdir != nullptr && *tmpdir == '/' ? tmpdir : "/tmp";
  name += "/dhcpair.XXXXXX";
  if (mkdtemp(name.data()) == nullptr) {
    return std::unexpected(
        WriteError{WriteError::Kind::kFailed, std::generic_category().message(errno)});
  }
  return TempDir(name);
}

TempDir::TempDir(TempDir&& other) noexcept : path_(std::exchange(other.path_, {})) {}

TempDir::~TempDir() {
  if (path_.empty()) return;
  std::error_code ignored;  // Nothing more can be done about it here.
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace dhcpair::host
