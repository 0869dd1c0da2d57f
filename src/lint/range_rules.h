#pragma once

#include <span>

#include "conf/model.h"
#include "text/diagnostic.h"

namespace dhcpair::lint {

/// Ranges: the order of their ends, and addresses in them that no client may get.
void CheckRanges(const conf::Model& model, text::Diagnostics& diagnostics);

/// The rules that CheckRanges reports.
std::span<const text::Rule* const> RangeRules();

}  // namespace dhcpair::lint
