#include "lint/rules.h"

#include <array>

namespace dhcpair::lint::rules {

using text::Rule;
using enum text::Severity;

constexpr Rule kMissingSemicolon{"conf-missing-semicolon", kError, "a statement does not end"};
constexpr Rule kUnclosedBlock{"conf-unclosed-block", kError, "a file ends inside a block"};
constexpr Rule kUnclosedString{"conf-unclosed-string", kError, "a string does not end"};
constexpr Rule kMisplacedStatement{"conf-misplaced-statement", kError,
                                   "a statement stands where dhcpd does not take it"};
constexpr Rule kDhcpv6Statement{"conf-dhcpv6-statement", kError,
                                "a statement of DHCPv6 in a configuration of DHCPv4"};
constexpr Rule kUnknownOption{"conf-unknown-option", kError, "an option is not declared"};
constexpr Rule kUnknownClass{"conf-unknown-class", kError, "a class is not declared"};
constexpr Rule kUnknownKey{"conf-unknown-key", kError, "a key is not declared"};
constexpr Rule kUnknownPeer{"conf-unknown-peer", kError,
                            "a pool names a failover peer that is not declared", "FO009"};
constexpr Rule kPeerWithoutPool{"conf-peer-without-pool", kError, "no pool names the failover peer",
                                "FO007"};
constexpr Rule kDuplicatePeer{"conf-duplicate-peer", kError, "a failover peer is declared twice",
                              "FO011"};
constexpr Rule kPeerStatement{"conf-peer-statement", kError,
                              "a failover peer holds a statement that is none of its own", "FO013"};
constexpr Rule kDynamicBootpRange{"conf-dynamic-bootp-range", kError,
                                  "a range for BOOTP in a failover pool", "FO014"};
constexpr Rule kDuplicateHost{"conf-duplicate-host", kError, "two hosts have the same name",
                              "FO023"};
constexpr Rule kBadSubnet{"conf-bad-subnet", kError,
                          "the number of a subnet does not fit its mask"};
constexpr Rule kRangeOutsideSubnet{"conf-range-outside-subnet", kError, "a range leaves its subnet",
                                   "FO016"};
constexpr Rule kOverlappingRanges{"conf-overlapping-ranges", kError, "an address is in two ranges",
                                  "FO015"};
constexpr Rule kPoolWithoutRange{"conf-pool-without-range", kError, "a pool has no range", "FO017"};
constexpr Rule kMissingInclude{"conf-missing-include", kError, "an included file is missing",
                               "FO021"};
constexpr Rule kUnlistedInclude{"conf-unlisted-include", kError,
                                "an included file is neither shared nor declared unmanaged"};
constexpr Rule kTooManyIncludes{"conf-too-many-includes", kError,
                                "more files are included than can be checked"};
constexpr Rule kDhcpdRejects{"dhcpd-rejects", kError, "the installed dhcpd rejects this"};
constexpr Rule kDhcpdWarns{"dhcpd-warns", kWarning, "the installed dhcpd warns of this"};
constexpr Rule kDhcpdFailed{"dhcpd-failed", kError, "dhcpd -t could not finish its check"};
constexpr Rule kDhcpdConfined{"dhcpd-confined", kWarning,
                              "this machine does not let dhcpd read the files to be checked"};

std::span<const Rule* const> All() {
  static constexpr std::array kAll{
      &kMissingSemicolon,  &kUnclosedBlock,    &kUnclosedString, &kMisplacedStatement,
      &kDhcpv6Statement,   &kUnknownOption,    &kUnknownClass,   &kUnknownKey,
      &kUnknownPeer,       &kPeerWithoutPool,  &kDuplicatePeer,  &kPeerStatement,
      &kDynamicBootpRange, &kDuplicateHost,    &kBadSubnet,      &kRangeOutsideSubnet,
      &kOverlappingRanges, &kPoolWithoutRange, &kMissingInclude, &kUnlistedInclude,
      &kTooManyIncludes,   &kDhcpdRejects,     &kDhcpdWarns,     &kDhcpdFailed,
      &kDhcpdConfined,
  };
  return kAll;
}

}  // namespace dhcpair::lint::rules
