#include "lint/adopt_rules.h"

#include <array>

namespace dhcpair::lint::adopt_rules {

using text::Rule;
using enum text::Severity;

constexpr Rule kNotGiven{"adopt-not-given", kError,
                         "a fact that the file does not tell has to be given as an option"};
constexpr Rule kContradiction{"adopt-contradiction", kError,
                              "an option says something else than the file"};
constexpr Rule kSeveralPeers{"adopt-several-peers", kError,
                             "the file has more than one failover relationship"};
constexpr Rule kUnkeepable{"adopt-unkeepable", kError,
                           "the failover peer says something that a pair file does not take"};
constexpr Rule kNoPool{"adopt-no-pool", kError,
                       "there is no pool that could take part in failover"};
constexpr Rule kIncludePath{"adopt-include-path", kError,
                            "an included file has no path that is the same on both nodes"};
constexpr Rule kIncludedTwice{
    "adopt-included-twice", kError,
    "a file is included in several places, and each would need another change of it"};
constexpr Rule kNoMirror{"adopt-no-mirror", kError,
                         "the two halves of a pair do not mirror each other"};
constexpr Rule kHalvesDiffer{"adopt-halves-differ", kError,
                             "what both nodes should share is not the same in both halves"};
constexpr Rule kBootp{"adopt-bootp", kWarning,
                      "a pool serves BOOTP clients and stays outside failover"};
constexpr Rule kOneNodeOnly{"adopt-one-node-only", kWarning,
                            "a statement about the server itself goes to one node only"};
constexpr Rule kOmapiStays{"adopt-omapi-stays", kWarning,
                           "OMAPI settings that a pair file does not take stay where they are"};

std::span<const Rule* const> All() {
  static constexpr std::array kAll{
      &kNotGiven,      &kContradiction, &kSeveralPeers, &kUnkeepable, &kNoPool,      &kIncludePath,
      &kIncludedTwice, &kNoMirror,      &kHalvesDiffer, &kBootp,      &kOneNodeOnly, &kOmapiStays,
  };
  return kAll;
}

bool IsAboutOptions(const Rule& rule) { return &rule == &kNotGiven || &rule == &kContradiction; }

}  // namespace dhcpair::lint::adopt_rules
