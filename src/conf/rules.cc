#include "conf/rules.h"

#include <array>

namespace dhcpair::conf::rules {

using text::Rule;
using enum text::Severity;

constexpr Rule kSyntax{"conf-syntax", kError, "a word is not what the grammar wants there",
                       "FO006 FO010 FO018 FO019 FO020"};
constexpr Rule kMissingSemicolon{"conf-missing-semicolon", kError, "a statement does not end"};
constexpr Rule kUnclosedBlock{"conf-unclosed-block", kError, "a file ends inside a block"};
constexpr Rule kUnclosedString{"conf-unclosed-string", kError, "a string does not end"};
constexpr Rule kBadEscape{"conf-bad-escape", kError, "a string holds an escape that is none"};
constexpr Rule kTooLong{"conf-too-long", kError, "a word, a string or white space is too long"};
constexpr Rule kTooDeep{"conf-too-deep", kError, "blocks or expressions are nested too deeply"};
constexpr Rule kTooMuch{"conf-too-much", kError, "more is included than is read"};
constexpr Rule kBadNumber{"conf-bad-number", kError, "a number is none, or out of range"};
constexpr Rule kBadValue{"conf-bad-value", kError, "a value is not of the kind it should be"};
constexpr Rule kBadExpression{"conf-bad-expression", kError,
                              "an expression relates what cannot be related"};
constexpr Rule kMisplacedStatement{"conf-misplaced-statement", kError,
                                   "a statement stands where dhcpd does not take it",
                                   "FO012 FO022"};
constexpr Rule kRepeatedStatement{"conf-repeated-statement", kError,
                                  "what dhcpd takes once is there again"};
constexpr Rule kDroppedStatement{"conf-dropped-statement", kWarning,
                                 "dhcpd drops a statement without a word"};
constexpr Rule kEmptyValue{"conf-empty-value", kWarning,
                           "a value is missing, and dhcpd crashes when a client asks", "", kError};
constexpr Rule kTooManyMistakes{"conf-too-many-mistakes", kError,
                                "there are more mistakes in a file than are looked for"};
constexpr Rule kByteOrderMark{"conf-byte-order-mark", kError,
                              "a file begins with a byte-order mark", "FO020"};
constexpr Rule kDhcpv6Statement{"conf-dhcpv6-statement", kError,
                                "a statement of DHCPv6 in a configuration of DHCPv4"};
constexpr Rule kUnknownStatement{"conf-unknown-statement", kError, "a statement is not known"};
constexpr Rule kUnknownOption{"conf-unknown-option", kError, "an option is not declared"};
constexpr Rule kUnknownClass{"conf-unknown-class", kError, "a class is not declared"};
constexpr Rule kUnknownGroup{"conf-unknown-group", kError, "a group is not declared"};
constexpr Rule kUnknownKey{"conf-unknown-key", kError, "a key is not declared"};
constexpr Rule kBadKey{"conf-bad-key", kError, "a key cannot be used"};
constexpr Rule kUnknownPeer{"conf-unknown-peer", kError,
                            "a pool names a failover peer that is not declared", "FO009"};
constexpr Rule kPeerWithoutPool{"conf-peer-without-pool", kError, "no pool names the failover peer",
                                "FO007 FO008 FP116"};
constexpr Rule kDuplicatePeer{"conf-duplicate-peer", kError, "a failover peer is declared twice",
                              "FO011"};
constexpr Rule kPeerStatement{"conf-peer-statement", kError,
                              "a failover peer holds a statement that is none of its own", "FO013"};
constexpr Rule kSplitOnSecondary{"conf-split-on-secondary", kError,
                                 "a secondary defines the balance of load", "FO001"};
constexpr Rule kMissingSplit{"conf-missing-split", kError,
                             "a primary does not define the balance of load", "FO002"};
constexpr Rule kMissingMclt{"conf-missing-mclt", kError, "a primary has no mclt", "FO003"};
constexpr Rule kMissingPeerAddress{"conf-missing-peer-address", kError,
                                   "a failover peer has no address of its partner", "FO004"};
constexpr Rule kBadSplit{"conf-bad-split", kError, "a split is not from 0 to 256", "FO005"};
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
constexpr Rule kRangeTooLarge{"conf-range-too-large", kError,
                              "a range has more addresses than dhcpd can hold"};
constexpr Rule kPoolWithoutRange{"conf-pool-without-range", kError, "a pool has no range", "FO017"};
constexpr Rule kEmptySharedNetwork{"conf-empty-shared-network", kError,
                                   "a shared network has no subnet"};
constexpr Rule kMissingInclude{"conf-missing-include", kError, "an included file is missing",
                               "FO021"};
constexpr Rule kIncludeLoop{"conf-include-loop", kError, "a file includes itself"};
constexpr Rule kAdHoc{"conf-ad-hoc", kError, "a way of updating the DNS that is gone", "FO024"};
constexpr Rule kUnreadable{"conf-unreadable", kError, "a dhcpd.conf cannot be read"};

std::span<const Rule* const> All() {
  static constexpr std::array kAll{
      &kSyntax,
      &kMissingSemicolon,
      &kUnclosedBlock,
      &kUnclosedString,
      &kBadEscape,
      &kTooLong,
      &kTooDeep,
      &kTooMuch,
      &kBadNumber,
      &kBadValue,
      &kBadExpression,
      &kMisplacedStatement,
      &kRepeatedStatement,
      &kDroppedStatement,
      &kEmptyValue,
      &kTooManyMistakes,
      &kByteOrderMark,
      &kDhcpv6Statement,
      &kUnknownStatement,
      &kUnknownOption,
      &kUnknownClass,
      &kUnknownGroup,
      &kUnknownKey,
      &kBadKey,
      &kUnknownPeer,
      &kPeerWithoutPool,
      &kDuplicatePeer,
      &kPeerStatement,
      &kSplitOnSecondary,
      &kMissingSplit,
      &kMissingMclt,
      &kMissingPeerAddress,
      &kBadSplit,
      &kDynamicBootpRange,
      &kDuplicateHost,
      &kBadSubnet,
      &kRangeOutsideSubnet,
      &kOverlappingRanges,
      &kRangeTooLarge,
      &kPoolWithoutRange,
      &kEmptySharedNetwork,
      &kMissingInclude,
      &kIncludeLoop,
      &kAdHoc,
      &kUnreadable,
  };
  return kAll;
}

}  // namespace dhcpair::conf::rules
