#include "node_folder.h"

#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "generate/stamp.h"
#include "host/file_loader.h"

namespace dhcpair {
namespace {

// No file of ours comes near it.
constexpr std::size_t kBytesMax = 16 << 20;

FileFate FateOf(const std::string& path, const generate::NodeFile& file) {
  struct stat status;
  if (lstat(path.c_str(), &status) != 0) return FileFate::kWrite;
  // A link leads to a file of somebody's choice; taking its place would surprise them.
  if (!S_ISREG(status.st_mode)) return FileFate::kForeign;
  const auto contents = host::ReadFile(path, kBytesMax);
  if (!contents) return FileFate::kForeign;
  switch (generate::AuthorshipOf(*contents)) {
    case generate::Authorship::kForeign:
      return FileFate::kForeign;
    case generate::Authorship::kEdited:
      return FileFate::kEdited;
    case generate::Authorship::kOurs:
      break;
  }
  const bool same_mode = static_cast<int>(status.st_mode & 07777) == file.mode;
  return *contents == file.contents && same_mode ? FileFate::kUnchanged : FileFate::kWrite;
}

// Files of ours that no longer belong: another platform's boot files, a key without OMAPI.
std::vector<std::string> Leftovers(const std::string& folder,
                                   const std::vector<generate::NodeFile>& files) {
  std::vector<std::string> leftovers;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    const bool is_wanted = std::ranges::find(files, name, &generate::NodeFile::name) != files.end();
    if (is_wanted || !entry.is_regular_file(error) || entry.is_symlink(error)) continue;
    const auto contents = host::ReadFile(entry.path().string(), kBytesMax);
    if (contents && generate::AuthorshipOf(*contents) == generate::Authorship::kOurs) {
      leftovers.push_back(entry.path().string());
    }
  }
  std::ranges::sort(leftovers);
  return leftovers;
}

std::string CannotWrite(const std::string& path, const host::WriteError& error) {
  return fmt::format("cannot write '{}': {}", path, error.reason);
}

}  // namespace

std::vector<FilePlan> PlanNodeFolder(const std::string& folder,
                                     const std::vector<generate::NodeFile>& files) {
  std::vector<FilePlan> plans;
  for (const generate::NodeFile& file : files) {
    std::string path = fmt::format("{}/{}", folder, file.name);
    const FileFate fate = FateOf(path, file);
    plans.push_back({std::move(path), fate, &file});
  }
  for (std::string& path : Leftovers(folder, files)) {
    plans.push_back({std::move(path), FileFate::kRemove, nullptr});
  }
  return plans;
}

std::expected<std::vector<host::PendingFile>, std::string> StageNodeFolder(
    const std::string& folder, const std::vector<FilePlan>& plans) {
  if (auto made = host::MakePrivateFolder(folder); !made) {
    return std::unexpected(
        fmt::format("cannot make the folder '{}': {}", folder, made.error().reason));
  }
  std::vector<host::PendingFile> pending;
  for (const FilePlan& plan : plans) {
    if (plan.fate == FileFate::kUnchanged || plan.fate == FileFate::kRemove) continue;
    auto written = host::PendingFile::Write(plan.path, plan.file->contents, plan.file->mode);
    if (!written) return std::unexpected(CannotWrite(plan.path, written.error()));
    pending.push_back(*std::move(written));
  }
  return pending;
}

std::expected<void, std::string> CommitNodeFolder(std::vector<host::PendingFile> pending,
                                                  const std::vector<FilePlan>& plans) {
  for (host::PendingFile& file : pending) {
    const std::string path = file.path();
    if (const auto moved = std::move(file).Commit(host::WriteMode::kReplace); !moved) {
      return std::unexpected(CannotWrite(path, moved.error()));
    }
  }
  for (const FilePlan& plan : plans) {
    if (plan.fate != FileFate::kRemove || unlink(plan.path.c_str()) == 0) continue;
    return std::unexpected(fmt::format("cannot remove '{}'", plan.path));
  }
  return {};
}

}  // namespace dhcpair
