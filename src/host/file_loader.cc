#include "host/file_loader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "host/unique_fd.h"

namespace dhcpair::host {
namespace {

text::LoadError FromErrno() {
  switch (errno) {
    case ENOENT:
    case ENOTDIR:
      return text::LoadError::kNotFound;
    case EACCES:
    case EPERM:
      return text::LoadError::kNotPermitted;
    case EISDIR:
      return text::LoadError::kIsDirectory;
    case ENXIO:
      return text::LoadError::kNotARegularFile;
    default:
      return text::LoadError::kFailed;
  }
}

std::expected<std::string, text::LoadError> ReadToTheEnd(int fd, std::size_t bytes_max) {
  std::string contents;
  for (;;) {
    char buffer[1 << 16];
    const ssize_t got = read(fd, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::unexpected(FromErrno());
    if (got == 0) return contents;
    if (contents.size() + static_cast<std::size_t>(got) > bytes_max) {
      return std::unexpected(text::LoadError::kTooLarge);
    }
    contents.append(buffer, static_cast<std::size_t>(got));
  }
}

}  // namespace

std::expected<std::string, text::LoadError> ReadFile(const std::string& path,
                                                     std::size_t bytes_max) {
  // O_NONBLOCK, because opening a FIFO for reading waits for its writer otherwise.
  const UniqueFd fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!fd.is_open()) return std::unexpected(FromErrno());
  struct stat status;
  if (fstat(fd.get(), &status) != 0) return std::unexpected(FromErrno());
  if (S_ISDIR(status.st_mode)) return std::unexpected(text::LoadError::kIsDirectory);
  if (!S_ISREG(status.st_mode)) return std::unexpected(text::LoadError::kNotARegularFile);
  // The size is only a hint (0 in /proc, and the file may grow): the limit holds for what is read.
  return ReadToTheEnd(fd.get(), bytes_max);
}

std::expected<std::string, text::LoadError> ReadStandardInput(std::size_t bytes_max) {
  return ReadToTheEnd(STDIN_FILENO, bytes_max);
}

std::expected<text::SourcePtr, text::LoadError> FileLoader::Load(const std::string& path,
                                                                 std::size_t bytes_max) {
  auto contents = ReadFile(path, bytes_max);
  if (!contents) return std::unexpected(contents.error());
  return std::make_shared<const text::SourceFile>(path, *std::move(contents));
}

}  // namespace dhcpair::host
