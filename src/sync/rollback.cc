#include "sync/rollback.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "base/sha256.h"

namespace dhcpair::sync {
namespace {

using pair::Role;
using Generations = std::vector<GenerationFacts>;

// The digests of the files that both nodes share, in the order of the pair file.
std::vector<std::string> SharedDigests(const GenerationFacts& generation,
                                       const std::vector<std::string>& paths) {
  std::vector<std::string> digests;
  for (const std::string& path : paths) {
    const auto file = std::ranges::find(generation.files, path, &FileFacts::path);
    digests.push_back(file == generation.files.end() ? "" : file->sha256);
  }
  return digests;
}

const GenerationFacts* Numbered(const Generations& generations, int number) {
  const auto found = std::ranges::find(generations, number, &GenerationFacts::number);
  return found == generations.end() ? nullptr : &*found;
}

int CurrentOf(const Generations& generations) {
  const auto current = std::ranges::find(generations, true, &GenerationFacts::is_current);
  return current == generations.end() ? 0 : current->number;
}

std::string NumbersOf(const Generations& generations) {
  std::string text;
  for (const GenerationFacts& generation : generations) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", generation.number);
  }
  return text.empty() ? "none" : text;
}

std::expected<int, std::string> ChooseFirst(const Generations& generations, Role role,
                                            std::optional<int> wanted) {
  const int current = CurrentOf(generations);
  if (wanted) {
    if (Numbered(generations, *wanted) == nullptr) {
      return std::unexpected(fmt::format("the {} does not keep generation {}; it has {}",
                                         Name(role), *wanted, NumbersOf(generations)));
    }
    if (*wanted == current) {
      return std::unexpected(fmt::format("generation {} is in force already", current));
    }
    return *wanted;
  }
  std::optional<int> before;  // 0 is what was there before the first push.
  for (const GenerationFacts& generation : generations) {
    if (generation.number < current) before = std::max(before.value_or(0), generation.number);
  }
  if (before) return *before;
  return std::unexpected(
      fmt::format("the {} keeps no generation before the one in force", Name(role)));
}

ManagedKind KindOf(const pair::Node& node, const std::vector<std::string>& shared,
                   const std::string& path) {
  if (path == node.paths.conf.text()) return ManagedKind::kConf;
  if (path == node.paths.master.text()) return ManagedKind::kMaster;
  if (path == node.omapi_key_path()) return ManagedKind::kOmapiKey;
  return std::ranges::find(shared, path) != shared.end() ? ManagedKind::kShared
                                                         : ManagedKind::kBoot;
}

}  // namespace

std::expected<PerRole<int>, std::string> ChooseGenerations(const KeptGenerations& generations,
                                                           std::optional<int> wanted) {
  PerRole<int> numbers{0, 0};
  // A node that is left out keeps nothing.
  const bool has_primary = !generations.kept.primary.empty();
  const Role first = has_primary ? Role::kPrimary : Role::kSecondary;
  auto chosen = ChooseFirst(generations.kept[first], first, wanted);
  if (!chosen) return std::unexpected(std::move(chosen.error()));
  numbers[first] = *chosen;
  const Role second = Other(first);
  const Generations& others = generations.kept[second];
  if (others.empty()) return numbers;
  const auto digests =
      SharedDigests(*Numbered(generations.kept[first], *chosen), generations.shared_paths[first]);
  const auto is_same = [&](const GenerationFacts& generation) {
    return SharedDigests(generation, generations.shared_paths[second]) == digests;
  };
  const GenerationFacts* same_number = Numbered(others, *chosen);
  if (same_number != nullptr && is_same(*same_number)) {
    numbers[second] = *chosen;
    return numbers;
  }
  std::optional<int> newest;
  for (const GenerationFacts& generation : others) {
    if (is_same(generation)) newest = std::max(newest.value_or(0), generation.number);
  }
  if (newest) {
    numbers[second] = *newest;
    return numbers;
  }
  return std::unexpected(
      fmt::format("the {} keeps no generation with the same master as the {}'s {}; it has {}",
                  Name(second), Name(first), *chosen, NumbersOf(others)));
}

std::expected<KeptGenerations, StepError> ReadGenerations(BothNodes& nodes) {
  KeptGenerations generations;
  const std::vector<Role> roles = nodes.nodes().reached();
  auto results = nodes.Do<Generations>(roles, [](NodeAgent& agent) { return agent.Generations(); });
  if (auto error = nodes.ErrorIn(results, Step::kInspect))
    return std::unexpected(*std::move(error));
  for (const Role role : kBothRoles) {
    auto& paths = generations.shared_paths[role];
    paths.push_back(nodes.pair().node(role).paths.master.text());
    for (const pair::SharedFile& file : nodes.pair().files) paths.push_back(file.to.text());
    if (results[role]) generations.kept[role] = **std::move(results[role]);
  }
  return generations;
}

std::expected<PerRole<std::vector<ManagedFile>>, StepError> GenerationFiles(
    BothNodes& nodes, const KeptGenerations& generations, const PerRole<int>& numbers) {
  using Contents = std::map<std::string, std::string>;
  const std::vector<Role> roles = nodes.nodes().reached();
  auto fetched = nodes.Do<Contents>(
      roles, [&](NodeAgent& agent) { return agent.FetchGeneration(numbers[agent.role()]); });
  if (auto error = nodes.ErrorIn(fetched, Step::kInspect))
    return std::unexpected(*std::move(error));
  PerRole<std::vector<ManagedFile>> files;
  for (const Role role : roles) {
    const pair::Node& node = nodes.pair().node(role);
    const GenerationFacts* const facts = Numbered(generations.kept[role], numbers[role]);
    for (auto& [path, contents] : **fetched[role]) {
      ManagedFile file{.kind = KindOf(node, generations.shared_paths[role], path),
                       .path = path,
                       .from = nullptr};
      const auto known = std::ranges::find(facts->files, path, &FileFacts::path);
      if (known != facts->files.end()) file.mode = known->mode;
      file.sha256 = base::Sha256Hex(contents);
      file.from = std::make_shared<const text::SourceFile>(
          fmt::format("{} (generation {})", path, numbers[role]), contents);
      files[role].push_back(std::move(file));
    }
    std::ranges::sort(files[role], [](const ManagedFile& a, const ManagedFile& b) {
      return std::tie(a.kind, a.path) < std::tie(b.kind, b.path);
    });
  }
  return files;
}

}  // namespace dhcpair::sync
