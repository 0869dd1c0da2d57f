#include "sync/facts_reader.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace dhcpair::sync {
namespace {

// How many files a pair can have; more lines of a manifest are not read.
constexpr std::size_t kFilesMax = 10'000;

std::string Text(const Reply& reply, std::string_view name) {
  return std::string(reply.Find(name).value_or(""));
}

int Integer(const Reply& reply, std::string_view name, int otherwise = 0) {
  const auto number = reply.FindNumber(name);
  return number && *number <= 1'000'000'000 ? static_cast<int>(*number) : otherwise;
}

template <typename Number>
Number NumberOf(std::string_view text, int base = 10) {
  Number number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number, base);
  return number;
}

std::string_view TakeWord(std::string_view& rest) {
  const auto blank = rest.find(' ');
  const std::string_view word = rest.substr(0, blank);
  rest.remove_prefix(blank == std::string_view::npos ? rest.size() : blank + 1);
  return word;
}

std::optional<FileKind> KindOf(std::string_view word) {
  if (word == "file") return FileKind::kRegular;
  if (word == "none") return FileKind::kMissing;
  if (word == "symlink") return FileKind::kSymlink;
  if (word == "other") return FileKind::kOther;
  return std::nullopt;
}

std::vector<FileFacts> ReadManifest(std::string_view text) {
  std::vector<FileFacts> files;
  while (!text.empty() && files.size() < kFilesMax) {
    const auto end = text.find('\n');
    if (auto file = ReadManifestLine(text.substr(0, end))) files.push_back(*std::move(file));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return files;
}

// How the phases of the record are called. What was cut off in the middle counts as the state from
// which the node has to be brought back or forward.
PushPhase PhaseOf(std::string_view word) {
  struct Row {
    std::string_view word;
    PushPhase phase;
  };
  static constexpr std::array kRows{
      Row{"staging", PushPhase::kStaged},
      Row{"staged", PushPhase::kStaged},
      Row{"committing", PushPhase::kCommitted},
      Row{"committed", PushPhase::kCommitted},
      Row{"rolling-back", PushPhase::kCommitted},
      Row{"rolling-forward", PushPhase::kCommitted},
      Row{"ready", PushPhase::kReady},
      Row{"confirmed", PushPhase::kConfirmed},
      Row{"rolled-back", PushPhase::kRolledBack},
  };
  const auto found = std::ranges::find(kRows, word, &Row::word);
  return found == kRows.end() ? PushPhase::kCommitted : found->phase;
}

std::optional<PushFacts> ReadPush(const Reply& reply) {
  const auto id = reply.Find("push-id");
  if (!id) return std::nullopt;
  return PushFacts{
      .id = std::string(*id),
      .phase = PhaseOf(Text(reply, "push-phase")),
      .from_generation = Integer(reply, "push-from"),
      .to_generation = Integer(reply, "push-to"),
      .restarted = Text(reply, "push-restarted") == "1",
      .is_watched = Text(reply, "push-watched") == "1",
      .deadline = reply.FindNumber("push-deadline").value_or(0),
      .owner = Text(reply, "push-owner"),
      .is_alone = Text(reply, "push-alone") == "1",
  };
}

std::optional<LockFacts> ReadLock(const Reply& reply) {
  const auto id = reply.Find("lock-id");
  if (!id) return std::nullopt;
  return LockFacts{
      .id = std::string(*id),
      .owner = Text(reply, "lock-owner"),
      .heartbeat = reply.FindNumber("lock-beat").value_or(0),
      .is_stale = Text(reply, "lock-stale") == "1",
  };
}

AddressState AddressOf(std::string_view word) {
  if (word == "held") return AddressState::kHeld;
  if (word == "missing") return AddressState::kMissing;
  if (word == "virtual") return AddressState::kVirtual;
  return AddressState::kUnknown;
}

// "4.4.3-P1"; anything else that a program of this name prints is no version of dhcpd.
std::string VersionOf(std::string_view text) {
  const auto end = text.find(' ');
  const std::string_view word = text.substr(0, end);
  const bool is_version = !word.empty() && word[0] >= '0' && word[0] <= '9';
  return is_version ? std::string(word) : "";
}

}  // namespace

std::optional<FileFacts> ReadManifestLine(std::string_view line) {
  const auto kind = KindOf(TakeWord(line));
  if (!kind) return std::nullopt;
  TakeWord(line);  // Its number.
  FileFacts file{.path = {}, .kind = *kind};
  const std::string_view sha256 = TakeWord(line);
  const std::string_view mode = TakeWord(line);
  const std::string_view owner = TakeWord(line);
  const std::string_view group = TakeWord(line);
  const std::string_view bytes = TakeWord(line);
  if (line.empty()) return std::nullopt;
  file.path = std::string(line);
  if (*kind != FileKind::kRegular) return file;
  file.sha256 = std::string(sha256);
  file.mode = NumberOf<int>(mode, 8);
  file.owner = std::string(owner);
  file.group = std::string(group);
  file.bytes = NumberOf<std::uint64_t>(bytes);
  return file;
}

LinkFacts ReadLink(const Reply& reply) {
  LinkFacts facts;
  facts.now = reply.FindNumber("now").value_or(0);
  const std::string service = Text(reply, "service");
  if (service == "running") facts.service = ServiceState::kRunning;
  if (service == "stopped") facts.service = ServiceState::kStopped;
  const std::string link = Text(reply, "link");
  if (link == "established") facts.link = LinkState::kEstablished;
  if (link == "none") facts.link = LinkState::kNone;
  facts.state_block = Text(reply, "state");
  return facts;
}

NodeFacts ReadNode(const Reply& reply) {
  NodeFacts facts;
  facts.link = ReadLink(reply);
  facts.system = Text(reply, "system");
  facts.distribution = Text(reply, "distribution");
  facts.distribution_version = Text(reply, "distribution-version");
  facts.uid = Integer(reply, "uid", -1);
  facts.dhcpd_version = VersionOf(Text(reply, "dhcpd"));
  facts.address = AddressOf(Text(reply, "address"));
  if (const auto bytes = reply.FindNumber("leases")) {
    facts.leases = {true, static_cast<std::uint64_t>(*bytes)};
  }
  facts.lock = ReadLock(reply);
  facts.push = ReadPush(reply);
  facts.is_restart_pending = Integer(reply, "restart-pending") == 1;
  facts.generation = Integer(reply, "generation");
  facts.is_generation_alone = Text(reply, "generation-alone") == "1";
  facts.files = ReadManifest(Text(reply, "files"));
  for (const FileFacts& pushed : ReadManifest(Text(reply, "pushed"))) {
    const auto file = std::ranges::find(facts.files, pushed.path, &FileFacts::path);
    if (file != facts.files.end()) file->pushed_sha256 = pushed.sha256;
  }
  return facts;
}

std::vector<GenerationFacts> ReadGenerations(const Reply& reply) {
  const int current = Integer(reply, "generation");
  std::vector<GenerationFacts> generations;
  for (const ReplyItem& item : reply.items) {
    if (item.name == "number") {
      generations.push_back({.number = NumberOf<int>(item.value)});
      generations.back().is_current = current > 0 && generations.back().number == current;
    }
    if (generations.empty()) continue;
    GenerationFacts& generation = generations.back();
    if (item.name == "made-at") generation.made_at = NumberOf<NodeTime>(item.value);
    if (item.name == "made-by") generation.made_by = std::string(item.value);
    if (item.name == "confirmed") generation.was_confirmed = item.value == "1";
    if (item.name == "files") generation.files = ReadManifest(item.value);
  }
  return generations;
}

std::map<std::string, std::string> ReadContents(const Reply& reply) {
  std::map<std::string, std::string> contents;
  std::string path;
  for (const ReplyItem& item : reply.items) {
    if (item.name == "path") path = std::string(item.value);
    if (item.name == "contents") contents[path] = std::string(item.value);
  }
  return contents;
}

}  // namespace dhcpair::sync
