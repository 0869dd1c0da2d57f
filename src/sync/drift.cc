#include "sync/drift.h"

#include <fmt/format.h>

#include <algorithm>

namespace dhcpair::sync {

namespace {

// What a push has put into place before it is confirmed is no generation's yet.
bool HasUnconfirmedFiles(const NodeFacts& node) {
  return node.push &&
         (node.push->phase == PushPhase::kCommitted || node.push->phase == PushPhase::kReady);
}

}  // namespace

std::vector<FileDrift> CompareWithLocal(std::span<const ManagedFile> files, const NodeFacts& node) {
  const std::vector<FileFacts>& found = node.files;
  std::vector<FileDrift> drifts;
  for (const ManagedFile& file : files) {
    FileDrift& drift = drifts.emplace_back(FileDrift{.kind = file.kind,
                                                     .path = file.path,
                                                     .wanted_mode = file.mode,
                                                     .wanted_sha256 = file.sha256});
    const auto facts = std::ranges::find(found, file.path, &FileFacts::path);
    if (facts == found.end()) continue;
    drift.found = facts->kind;
    if (!facts->pushed_sha256.empty()) {
      const bool is_other = facts->sha256 != facts->pushed_sha256;
      drift.is_of_unfinished_push = is_other && HasUnconfirmedFiles(node);
      drift.is_edited = is_other && !drift.is_of_unfinished_push;
      drift.is_unpushed = file.sha256 != facts->pushed_sha256;
    }
    if (facts->kind != FileKind::kRegular) continue;
    drift.mode = facts->mode;
    drift.sha256 = facts->sha256;
    drift.has_other_contents = facts->sha256 != file.sha256;
    drift.has_wider_mode = (facts->mode & ~file.mode) != 0;
  }
  return drifts;
}

std::vector<SharedDrift> CompareNodes(const PerRole<std::vector<FileDrift>>& drifts) {
  std::vector<SharedDrift> shared;
  const auto is_shared = [](const FileDrift& drift) { return IsShared(drift.kind); };
  // Shared files stand in one order on both sides; a secondary may have no key file, or be the only
  // one that has one.
  auto secondary = std::ranges::find_if(drifts.secondary, is_shared);
  for (const FileDrift& primary : drifts.primary) {
    if (!is_shared(primary) || secondary == drifts.secondary.end()) continue;
    if (primary.found != secondary->found || primary.sha256 != secondary->sha256) {
      shared.push_back(
          {primary.kind, {primary.path, secondary->path}, {primary.found, secondary->found}});
    }
    ++secondary;
  }
  return shared;
}

bool IsReplaceable(FileKind kind) {
  return kind == FileKind::kRegular || kind == FileKind::kMissing;
}

std::string_view Describe(FileKind kind) {
  switch (kind) {
    case FileKind::kMissing:
      return "missing";
    case FileKind::kRegular:
      return "a file";
    case FileKind::kSymlink:
      return "a symbolic link";
    case FileKind::kOther:
      return "neither a file nor a link";
  }
  return "";
}

std::string Describe(const FileDrift& drift) {
  std::vector<std::string> words;
  if (drift.found != FileKind::kRegular) {
    words.push_back(fmt::format("is {}", Describe(drift.found)));
  }
  if (drift.has_other_contents) words.emplace_back("differs from what is here");
  if (drift.has_wider_mode) {
    words.push_back(
        fmt::format("has mode {:04o} instead of {:04o}", drift.mode, drift.wanted_mode));
  }
  if (words.empty()) return "same";
  if (drift.is_of_unfinished_push) words.emplace_back("is from a push that has not ended");
  if (drift.is_edited) words.emplace_back("was changed by hand since the last push");
  return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace dhcpair::sync
