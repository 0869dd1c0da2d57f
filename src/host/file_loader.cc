#include "host/file_loader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

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

using Take = std::function<bool(std::string_view)>;

std::expected<void, text::LoadError> ReadOn(int fd, const Take& take) {
  std::vector<char> buffer(1 << 16);
  for (;;) {
    const ssize_t got = read(fd, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::unexpected(FromErrno());
    if (got == 0) return {};
    if (!take({buffer.data(), static_cast<std::size_t>(got)})) return {};
  }
}

std::expected<std::string, text::LoadError> ReadToTheEnd(int fd, std::size_t bytes_max) {
  std::string contents;
  bool is_too_large = false;
  const auto read = ReadOn(fd, [&](std::string_view piece) {
    is_too_large = contents.size() + piece.size() > bytes_max;
    if (!is_too_large) contents += piece;
    return !is_too_large;
  });
  if (!read) return std::unexpected(read.error());
  if (is_too_large) return std::unexpected(text::LoadError::kTooLarge);
  return contents;
}

// A regular file, open for reading.
std::expected<UniqueFd, text::LoadError> OpenFile(const std::string& path) {
  // O_NONBLOCK, because opening a FIFO for reading waits for its writer otherwise.
  UniqueFd fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!fd.is_open()) return std::unexpected(FromErrno());
  struct stat status;
  if (fstat(fd.get(), &status) != 0) return std::unexpected(FromErrno());
  if (S_ISDIR(status.st_mode)) return std::unexpected(text::LoadError::kIsDirectory);
  if (!S_ISREG(status.st_mode)) return std::unexpected(text::LoadError::kNotARegularFile);
  return fd;
}

}  // namespace

std::expected<std::string, text::LoadError> ReadFile(const std::string& path,
                                                     std::size_t bytes_max) {
  const auto fd = OpenFile(path);
  if (!fd) return std::unexpected(fd.error());
  // The size is only a hint (0 in /proc, and the file may grow): the limit holds for what is read.
  return ReadToTheEnd(fd->get(), bytes_max);
}

std::expected<void, text::LoadError> ReadPieces(const std::string& path, const Take& take) {
  const auto fd = OpenFile(path);
  if (!fd) return std::unexpected(fd.error());
  return ReadOn(fd->get(), take);
}

std::expected<void, text::LoadError> ReadStandardInputPieces(const Take& take) {
  return ReadOn(STDIN_FILENO, take);
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
