#include "host/temp_dir.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

namespace dhcpair::host {
namespace {

namespace fs = std::filesystem;

// What lies in a folder that its owner may not list or change cannot be removed. Links are left
// alone: they may lead out of the folder.
void LetOwnerRemove(const fs::path& folder) {
  std::error_code ignored;
  fs::permissions(folder, fs::perms::owner_all, ignored);
  for (fs::directory_iterator entry(folder, ignored), end; !ignored && entry != end;
       entry.increment(ignored)) {
    std::error_code unknown;
    if (entry->symlink_status(unknown).type() == fs::file_type::directory) {
      LetOwnerRemove(entry->path());
    }
  }
}

}  // namespace

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
  std::error_code error;
  fs::remove_all(path_, error);
  if (!error) return;
  LetOwnerRemove(path_);
  fs::remove_all(path_, error);  // Nothing more can be done about an error here.
}

}  // namespace dhcpair::host
