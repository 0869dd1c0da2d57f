#pragma once

#include <span>

#include "text/rule.h"

/// The rules for what a pair's files include, for what the installed dhcpd says about them, and for
/// the comments that ask us to pass over a finding.
namespace dhcpair::lint::rules {

extern const text::Rule kUnlistedInclude;
extern const text::Rule kTooManyIncludes;
extern const text::Rule kDhcpdRejects;
extern const text::Rule kDhcpdWarns;
extern const text::Rule kDhcpdFailed;
extern const text::Rule kDhcpdConfined;
extern const text::Rule kIgnoreBadComment;
extern const text::Rule kIgnoreWithoutReason;
extern const text::Rule kIgnoreUnknownRule;
extern const text::Rule kIgnoreOfError;
extern const text::Rule kIgnoreUnused;

/// Those of what a pair's files include.
std::span<const text::Rule* const> OfIncludes();
/// Those of what the installed dhcpd says.
std::span<const text::Rule* const> OfDhcpd();
/// Those of comments.
std::span<const text::Rule* const> OfIgnoring();
/// All of the above.
std::span<const text::Rule* const> All();

}  // namespace dhcpair::lint::rules
