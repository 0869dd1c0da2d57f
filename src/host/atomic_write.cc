#include "host/atomic_write.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "host/file_loader.h"
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

std::unexpected<WriteError> Refused(std::string reason) {
  return std::unexpected(WriteError{WriteError::Kind::kNotPermitted, std::move(reason)});
}

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

}  // namespace

std::expected<PendingFile, WriteError> PendingFile::Write(std::string path,
                                                          std::string_view contents,
                                                          int permissions) {
  std::string name = path + ".XXXXXX";
  const UniqueFd fd(mkostemp(name.data(), O_CLOEXEC));
  if (!fd.is_open()) return FromErrno();
  PendingFile pending(std::move(path), std::move(name));
  if (!WriteAll(fd.get(), contents)) return FromErrno();
  if (fchmod(fd.get(), static_cast<mode_t>(permissions)) != 0) return FromErrno();
  if (fsync(fd.get()) != 0) return FromErrno();
  return pending;
}

std::expected<PendingFile, WriteError> PendingFile::WriteOver(std::string path,
                                                              std::string_view before,
                                                              std::string_view after) {
  struct stat status;
  if (lstat(path.c_str(), &status) != 0) return FromErrno();
  if (S_ISLNK(status.st_mode)) return Refused("it is a symbolic link; name the file itself");
  const auto now = ReadFile(path, before.size());
  if (!now || *now != before) {
    return std::unexpected(WriteError{WriteError::Kind::kChanged, "it was changed meanwhile"});
  }
  const int permissions = status.st_mode & 07777;
  auto pending = Write(std::move(path), after, permissions);
  if (!pending) return pending;
  const std::string& temporary = pending->temporary_;
  if (chown(temporary.c_str(), status.st_uid, status.st_gid) != 0) {
    return Refused("its owner cannot be kept: " + std::generic_category().message(errno));
  }
  // A change of the owner takes away set-user-ID bits.
  if (chmod(temporary.c_str(), static_cast<mode_t>(permissions)) != 0) return FromErrno();
  return pending;
}

PendingFile::PendingFile(PendingFile&& other) noexcept
    : path_(std::move(other.path_)), temporary_(std::exchange(other.temporary_, {})) {}

PendingFile::~PendingFile() {
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

std::expected<void, WriteError> PendingFile::Commit(WriteMode mode) && {
  // Before the move: where the folder may not be read, this must fail while the old file is there.
  const UniqueFd folder(open(FolderOf(path_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open()) return FromErrno();
  if (mode == WriteMode::kCreate) {
    // link() fails when the name is taken; rename() would replace it.
    if (link(temporary_.c_str(), path_.c_str()) != 0) return FromErrno();
  } else {
    if (std::rename(temporary_.c_str(), path_.c_str()) != 0) return FromErrno();
    temporary_.clear();
  }
  if (fsync(folder.get()) != 0) return FromErrno();
  return {};
}

std::expected<void, WriteError> WriteFileAtomically(const std::string& path,
                                                    std::string_view contents, int permissions,
                                                    WriteMode mode) {
  auto pending = PendingFile::Write(path, contents, permissions);
  if (!pending) return std::unexpected(pending.error());
  return (*std::move(pending)).Commit(mode);
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
