#include "lint/rules.h"

#include <array>

namespace dhcpair::lint::rules {

using text::Rule;
using enum text::Severity;

constexpr Rule kMissingSemicolon{"conf-missing-semicolon", kError, "a statement does not end"};
constexpr Rule kUnknownPeer{"conf-unknown-peer", kError,
                            "a pool names a failover peer that is not declared", "FO009"};
constexpr Rule kPeerWithoutPool{"conf-peer-without-pool", kError, "no pool names the failover peer",
                                "FO007"};
constexpr Rule kDuplicateHost{"conf-duplicate-host", kError, "two hosts have the same name",
                              "FO023"};
constexpr Rule kRangeOutsideSubnet{"conf-range-outside-subnet", kError, "a range leaves its subnet",
                                   "FO016"};
constexpr Rule kOverlappingRanges{"conf-overlapping-ranges", kError, "an address is in two ranges",
                                  "FO015"};
constexpr Rule kPoolWithoutRange{"conf-pool-without-range", kError, "a pool has no range", "FO017"};
constexpr Rule kMissingInclude{"conf-missing-include", kError, "an included file is missing",
                               "FO021"};
constexpr Rule kUnlistedInclude{"conf-unlisted-include", kError,
                                "an included file is neither shared nor declared unmanaged"};
constexpr Rule kDhcpdRejects{"dhcpd-rejects", kError, "the installed dhcpd rejects this"};
constexpr Rule kDhcpdWarns{"dhcpd-warns", kWarning, "the installed dhcpd warns of this"};
constexpr Rule kDhcpdFailed{"dhcpd-failed", kError, "dhcpd -t could not finish its check"};
constexpr Rule kDhcpdConfined{"dhcpd-confined", kWarning,
                              "this machine does not let dhcpd read the files to be checked"};

std::span<const Rule* const> All() {
  static constexpr std::array kAll{
      &kMissingSemicolon,   &kUnknownPeer,       &kPeerWithoutPool,  &kDuplicateHost,
      &kRangeOutsideSubnet, &kOverlappingRanges, &kPoolWithoutRange, &kMissingInclude,
      &kUnlistedInclude,    &kDhcpdRejects,      &kDhcpdWarns,       &kDhcpdFailed,
      &kDhcpdConfined,
  };
  return kAll;
}

}  // namespace dhcpair::lint::rules
