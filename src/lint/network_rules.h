#pragma once

#include <span>

#include "conf/model.h"
#include "text/diagnostic.h"

namespace dhcpair::lint {

/// Subnets that overlap, and options that do not fit the subnet for which they are sent.
void CheckNetworks(const conf::Model& model, text::Diagnostics& diagnostics);

/// The rules that CheckNetworks reports.
std::span<const text::Rule* const> NetworkRules();

}  // namespace dhcpair::lint
