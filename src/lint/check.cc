#include "lint/check.h"

#include <array>

#include "lint/follow_ups.h"

namespace dhcpair::lint {

std::span<const FileFamily> FileFamilies() {
  static constexpr std::array<FileFamily, 0> kAll{};
  return kAll;
}

std::span<const NodesFamily> NodesFamilies() {
  static constexpr std::array<NodesFamily, 0> kAll{};
  return kAll;
}

std::span<const PairFamily> PairFamilies() {
  static constexpr std::array<PairFamily, 0> kAll{};
  return kAll;
}

void CheckFile(const conf::Model& model, const conf::Model* partner, const text::Diagnostics& read,
               text::Diagnostics& diagnostics) {
  text::Diagnostics found;
  for (const FileFamily& family : FileFamilies()) family.check(model, partner, found);
  diagnostics.Append(model.has_errors ? WithoutFollowUps(found, read, model) : found);
}

void CheckBothNodes(const conf::Model& primary, const conf::Model& secondary,
                    text::Diagnostics& diagnostics) {
  for (const NodesFamily& family : NodesFamilies()) family.check(primary, secondary, diagnostics);
}

void CheckAgainstPair(const pair::Pair& pair, const conf::Model& model,
                      text::Diagnostics& diagnostics) {
  for (const PairFamily& family : PairFamilies()) family.check(pair, model, diagnostics);
}

}  // namespace dhcpair::lint
