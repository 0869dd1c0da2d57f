#include "host/append_log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "host/unique_fd.h"

namespace dhcpair::host {
namespace {

std::unexpected<WriteError> Failed(int error) {
  auto kind = WriteError::Kind::kFailed;
  if (error == EACCES || error == EPERM || error == EROFS) kind = WriteError::Kind::kNotPermitted;
  if (error == ENOSPC || error == EDQUOT) kind = WriteError::Kind::kNoSpace;
  return std::unexpected(WriteError{kind, std::strerror(error)});
}

}  // namespace

std::expected<void, WriteError> AppendLine(const std::string& path, std::string_view line) {
  const std::size_t slash = path.rfind('/');
  if (slash != std::string::npos && slash > 0) {
    // One that is there already is somebody's own business, and keeps its mode.
    const std::string folder = path.substr(0, slash);
    if (access(folder.c_str(), F_OK) != 0) {
      if (auto made = MakePrivateFolder(folder); !made) return made;
    }
  }
  const UniqueFd fd(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (!fd.is_open()) return Failed(errno);
  while (flock(fd.get(), LOCK_EX) != 0) {
    if (errno != EINTR) return Failed(errno);
  }
  const off_t end = lseek(fd.get(), 0, SEEK_END);
  std::string rest(line);
  rest += '\n';
  for (std::size_t written = 0; written < rest.size();) {
    const ssize_t count = write(fd.get(), rest.data() + written, rest.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      const int error = errno;
      // Half a line would be glued to the next one.
      if (written > 0 && end >= 0) (void)!ftruncate(fd.get(), end);
      return Failed(error);
    }
    written += static_cast<std::size_t>(count);
  }
  if (fsync(fd.get()) != 0) return Failed(errno);
  return {};
}

std::string StateHome() {
  // The XDG base directory specification: a relative path is to be ignored.
  const char* const state = std::getenv("XDG_STATE_HOME");
  if (state != nullptr && *state == '/') return state;
  const char* const home = std::getenv("HOME");
  return home != nullptr && *home == '/' ? std::string(home) + "/.local/state" : "";
}

}  // namespace dhcpair::host
