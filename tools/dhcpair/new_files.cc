#include "new_files.h"

#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "host/atomic_write.h"
#include "host/file_loader.h"

namespace dhcpair {
namespace {

NewFilesError ErrorOf(const std::string& path, const host::WriteError& error) {
  return {error.kind == host::WriteError::Kind::kExists, path, error.reason};
}

std::expected<void, NewFilesError> Write(const std::vector<NewFile>& files) {
  std::vector<host::PendingFile> pending;
  for (const NewFile& file : files) {
    auto written = host::PendingFile::Write(file.path, file.contents, file.mode);
    if (!written) return std::unexpected(ErrorOf(file.path, written.error()));
    pending.push_back(*std::move(written));
  }
  std::vector<std::string> made;
  for (host::PendingFile& file : pending) {
    const std::string path = file.path();
    if (const auto moved = std::move(file).Commit(host::WriteMode::kCreate); !moved) {
      // What was made a moment ago is ours to take away again.
      for (const std::string& mine : made) unlink(mine.c_str());
      return std::unexpected(ErrorOf(path, moved.error()));
    }
    made.push_back(path);
  }
  return {};
}

}  // namespace

std::string FirstTaken(const std::vector<NewFile>& files) {
  for (const NewFile& file : files) {
    const auto contents = host::ReadFile(file.path, 0);
    if (contents || contents.error() != text::LoadError::kNotFound) return file.path;
  }
  return "";
}

std::expected<void, NewFilesError> MakeNewFiles(const std::string& folder,
                                                const std::vector<NewFile>& files) {
  std::error_code error;
  const bool is_new = std::filesystem::create_directory(folder, error);
  if (error) return std::unexpected(NewFilesError{false, folder, error.message()});
  auto written = Write(files);
  if (!written && is_new) std::filesystem::remove(folder, error);
  return written;
}

}  // namespace dhcpair
