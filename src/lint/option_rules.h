#pragma once

#include <span>

#include "conf/model.h"
#include "text/diagnostic.h"

namespace dhcpair::lint {

/// Options that a configuration declares, numbers in octal, and words that are no statements.
void CheckOptions(const conf::Model& model, text::Diagnostics& diagnostics);

/// The rules that CheckOptions reports.
std::span<const text::Rule* const> OptionRules();

}  // namespace dhcpair::lint
