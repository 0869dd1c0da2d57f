#pragma once

#include <span>

#include "text/rule.h"

/// The rules for what `adopt` finds in a dhcpd.conf that it takes over. They are here, and not in
/// its own room above this one, so that they are explained as all others are.
namespace dhcpair::lint::adopt_rules {

extern const text::Rule kNotGiven;
extern const text::Rule kContradiction;
extern const text::Rule kSeveralPeers;
extern const text::Rule kUnkeepable;
extern const text::Rule kNoPool;
extern const text::Rule kIncludePath;
extern const text::Rule kIncludedTwice;
extern const text::Rule kNoMirror;
extern const text::Rule kHalvesDiffer;
extern const text::Rule kBootp;
extern const text::Rule kOneNodeOnly;
extern const text::Rule kOmapiStays;

/// All of the above.
std::span<const text::Rule* const> All();

/// Whether the command line is to blame rather than the file.
bool IsAboutOptions(const text::Rule& rule);

}  // namespace dhcpair::lint::adopt_rules
