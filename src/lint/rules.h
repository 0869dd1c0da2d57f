#pragma once

#include <span>

#include "text/rule.h"

/// The rules for dhcpd.conf, and for what the installed dhcpd says about it.
namespace dhcpair::lint::rules {

extern const text::Rule kMissingSemicolon;
extern const text::Rule kUnclosedBlock;
extern const text::Rule kUnclosedString;
extern const text::Rule kMisplacedStatement;
extern const text::Rule kDhcpv6Statement;
extern const text::Rule kUnknownOption;
extern const text::Rule kUnknownClass;
extern const text::Rule kUnknownKey;
extern const text::Rule kUnknownPeer;
extern const text::Rule kPeerWithoutPool;
extern const text::Rule kDuplicatePeer;
extern const text::Rule kPeerStatement;
extern const text::Rule kDynamicBootpRange;
extern const text::Rule kDuplicateHost;
extern const text::Rule kBadSubnet;
extern const text::Rule kRangeOutsideSubnet;
extern const text::Rule kOverlappingRanges;
extern const text::Rule kPoolWithoutRange;
extern const text::Rule kMissingInclude;
extern const text::Rule kUnlistedInclude;
extern const text::Rule kTooManyIncludes;
extern const text::Rule kDhcpdRejects;
extern const text::Rule kDhcpdWarns;
extern const text::Rule kDhcpdFailed;
extern const text::Rule kDhcpdConfined;

/// All of the above.
std::span<const text::Rule* const> All();

}  // namespace dhcpair::lint::rules
