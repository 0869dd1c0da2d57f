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
    kChanged,       ///< It does not hold any more what it is said to hold.
    kFailed,        ///< Anything else; `reason` tells.
  };
  Kind kind;
  std::string reason;  ///< The system's own words, "Permission denied".
};

enum class WriteMode {
  kReplace,  ///< Takes the place of whatever file was there.
  kCreate,   ///< Fails with kExists when the path is taken, also when it was taken just now.
};

/// A file that is whole and on disk, but not yet in its place: it lies beside it under a name of
/// its own, which goes away with this object. Where several files belong together, all are written
/// before the first is moved, for a full disk must not leave half of them new.
class PendingFile {
 public:
  /// `permissions` as chmod takes them, whatever the umask.
  [[nodiscard]] static std::expected<PendingFile, WriteError> Write(std::string path,
                                                                    std::string_view contents,
                                                                    int permissions);
  /// New contents for a file that is there: its owner and permissions stay. Fails with kChanged
  /// when it does not hold `before`. A symbolic link is refused: it would be replaced by a file, or
  /// a file be changed that nobody named.
  [[nodiscard]] static std::expected<PendingFile, WriteError> WriteOver(std::string path,
                                                                        std::string_view before,
                                                                        std::string_view after);
  PendingFile(PendingFile&& other) noexcept;
  PendingFile& operator=(PendingFile&&) = delete;
  ~PendingFile();

  const std::string& path() const { return path_; }
  /// Moves it into place and syncs the folder.
  [[nodiscard]] std::expected<void, WriteError> Commit(WriteMode mode) &&;

 private:
  PendingFile(std::string path, std::string temporary)
      : path_(std::move(path)), temporary_(std::move(temporary)) {}

  std::string path_;
  std::string temporary_;  // Empty once it is in place.
};

/// Writes a whole file or nothing: PendingFile in one step.
[[nodiscard]] std::expected<void, WriteError> WriteFileAtomically(const std::string& path,
                                                                  std::string_view contents,
                                                                  int permissions, WriteMode mode);

/// Makes a folder of mode 0700, and its parents where they are missing. An existing folder is
/// tightened to 0700, since the files in it may hold a secret.
[[nodiscard]] std::expected<void, WriteError> MakePrivateFolder(const std::string& path);

}  // namespace dhcpair::host
