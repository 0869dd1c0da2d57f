#pragma once

#include <span>

#include "text/rule.h"

/// The rules for what a pair's files include, and for what the installed dhcpd says about them.
namespace dhcpair::lint::rules {

extern const text::Rule kUnlistedInclude;
extern const text::Rule kTooManyIncludes;
extern const text::Rule kDhcpdRejects;
extern const text::Rule kDhcpdWarns;
extern const text::Rule kDhcpdFailed;
extern const text::Rule kDhcpdConfined;

/// All of the above.
std::span<const text::Rule* const> All();

}  // namespace dhcpair::lint::rules
