#include "host/atomic_write.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "host/unique_fd.h"

namespace dhcpair::host {
namespace {

std::unexpected<WriteError> FromErrno() {
  const int error = errno;
  WriteError::Kind kind = WriteError::Kind::kFailed;
  if (error == EEXIST) kind = WriteError::Kind::kExists;
  if (error == EACCES || error == EPERM || error == EROFS) kind = WriteError::Kind::kNotPermitted;
  if (error == ENOSPC || error == EDQUOT) kind = WriteError::Kind::kNoSpace;
  return std::unexpected(WriteError{kind, std::generic_category().message(error)});
}

// Removes the temporary file unless it was moved into place.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string path) : path_(std::move(path)) {}
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (!path_.empty()) unlink(path_.c_str());
  }
  const std::string& path() const { return path_; }
  void Release() { path_.clear(); }

 private:
  std::string path_;
};

bool WriteAll(int fd, std::string_view contents) {
  while (!contents.empty()) {
    const ssize_t written = write(fd, contents.data(), contents.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    contents.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::string FolderOf(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

bool SyncFolder(const std::string& folder) {
  const UniqueFd fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return fd.is_open() && fsync(fd.get()) == 0;
}

// link() is what fails when the name is taken; rename() would replace it.
bool MoveIntoPlace(TemporaryFile& temporary, const std::string& path, WriteMode mode) {
  if (mode == WriteMode::kCreate) return link(temporary.path().c_str(), path.c_str()) == 0;
  if (std::rename(temporary.path().c_str(), path.c_str()) != 0) return false;
  temporary.Release();
  return true;
}

}  // namespace

std::expected<void, WriteError> WriteFileAtomically(const std::string& path,
                                                    std::string_view contents, int permissions,
                                                    WriteMode mode) {
  std::string name = path + ".XXXXXX";
  const UniqueFd fd(mkostemp(name.data(), O_CLOEXEC));
  if (!fd.is_open()) return FromErrno();
  TemporaryFile temporary(name);
  if (!WriteAll(fd.get(), contents)) return FromErrno();
  if (fchmod(fd.get(), static_cast<mode_t>(permissions)) != 0) return FromErrno();
  if (fsync(fd.get()) != 0) return FromErrno();
  if (!MoveIntoPlace(temporary, path, mode)) return FromErrno();
  if (!SyncFolder(FolderOf(path))) return FromErrno();
  return {};
}

std::expected<void, WriteError> MakePrivateFolder(const std::string& path) {
  const std::string parent = FolderOf(path);
  std::error_code error;
  if (parent != path && !std::filesystem::is_directory(parent, error)) {
    if (auto made = MakePrivateFolder(parent); !made) return made;
  }
  if (mkdir(path.c_str(), 0700) == 0) return {};
  if (errno != EEXIST) return FromErrno();
  struct stat status;
  if (stat(path.c_str(), &status) != 0) return FromErrno();
  if (!S_ISDIR(status.st_mode)) {
    errno = ENOTDIR;
    return FromErrno();
  }
  if ((status.st_mode & 0777) != 0700 && chmod(path.c_str(), 0700) != 0) return FromErrno();
  return {};
}

}  // namespace dhcpair::host
