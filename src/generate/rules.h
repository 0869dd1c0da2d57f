#pragma once

#include <span>

#include "text/rule.h"

/// The rules for templates.
namespace dhcpair::generate::rules {

extern const text::Rule kUnreadable;
extern const text::Rule kUnknownName;
extern const text::Rule kWrongUse;
extern const text::Rule kBadTag;
extern const text::Rule kUnbalanced;
extern const text::Rule kDroppedValue;

/// All of the above.
std::span<const text::Rule* const> All();

}  // namespace dhcpair::generate::rules
