#pragma once

#include <span>

#include "text/rule.h"

/// What can be found wrong in a dhcpd.conf.
namespace dhcpair::conf::rules {

extern const text::Rule kSyntax;
extern const text::Rule kMissingSemicolon;
extern const text::Rule kUnclosedBlock;
extern const text::Rule kUnclosedString;
extern const text::Rule kBadEscape;
extern const text::Rule kTooLong;
extern const text::Rule kTooDeep;
extern const text::Rule kTooMuch;
extern const text::Rule kBadNumber;
extern const text::Rule kBadValue;
extern const text::Rule kBadExpression;
extern const text::Rule kMisplacedStatement;
extern const text::Rule kRepeatedStatement;
extern const text::Rule kDroppedStatement;
extern const text::Rule kEmptyValue;
extern const text::Rule kTooManyMistakes;
extern const text::Rule kByteOrderMark;
extern const text::Rule kDhcpv6Statement;
extern const text::Rule kUnknownStatement;
extern const text::Rule kUnknownOption;
extern const text::Rule kUnknownClass;
extern const text::Rule kUnknownGroup;
extern const text::Rule kUnknownKey;
extern const text::Rule kBadKey;
extern const text::Rule kUnknownPeer;
extern const text::Rule kPeerWithoutPool;
extern const text::Rule kDuplicatePeer;
extern const text::Rule kPeerStatement;
extern const text::Rule kSplitOnSecondary;
extern const text::Rule kMissingSplit;
extern const text::Rule kMissingMclt;
extern const text::Rule kMissingPeerAddress;
extern const text::Rule kBadSplit;
extern const text::Rule kDynamicBootpRange;
extern const text::Rule kDuplicateHost;
extern const text::Rule kBadSubnet;
extern const text::Rule kRangeOutsideSubnet;
extern const text::Rule kOverlappingRanges;
extern const text::Rule kRangeTooLarge;
extern const text::Rule kPoolWithoutRange;
extern const text::Rule kEmptySharedNetwork;
extern const text::Rule kMissingInclude;
extern const text::Rule kIncludeLoop;
extern const text::Rule kAdHoc;
extern const text::Rule kUnreadable;

/// All of the above.
std::span<const text::Rule* const> All();

}  // namespace dhcpair::conf::rules
