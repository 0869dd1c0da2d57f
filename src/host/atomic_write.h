#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace dhcpair::host {

/// Why a file or folder could not be written. The old state is whole in every case.
struct WriteError {
  enum class Kind {
    kExists,        ///< WriteMode::kCreate, and the path is taken.
    kNotPermitted,  ///< Permissions, or a read-only file system.
    kNoSpace,       ///< The disk or the quota is full.
    kFailed,        ///< Anything else; `reason` tells.
  };
  Kind kind;
  std::string reason;  ///< The system's own words, "Permission denied".
};

enum class WriteMode {
  kReplace,  ///< Takes the place of whatever file was there.
  kCreate,   ///< Fails with kExists when the path is taken, also when it was taken just now.
};

/// Writes a whole file or nothing: into a temporary file beside it, synced, then moved into place,
/// and the folder synced. `permissions` as chmod takes them, whatever the umask.
[[nodiscard]] std::expected<void, WriteError> WriteFileAtomically(const std::string& path,
                                                                  std::string_view contents,
                                                                  int permissions, WriteMode mode);

/// Makes a folder of mode 0700, and its parents where they are missing. An existing folder is
/// tightened to 0700, since the files in it may hold a secret.
[[nodiscard]] std::expected<void, WriteError> MakePrivateFolder(const std::string& path);

}  // namespace dhcpair::host
