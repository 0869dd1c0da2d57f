#pragma once

#include <span>

#include "conf/model.h"
#include "text/diagnostic.h"

namespace dhcpair::lint {

/// Hosts: their hardware addresses and their fixed addresses.
void CheckHosts(const conf::Model& model, text::Diagnostics& diagnostics);

/// The rules that CheckHosts reports.
std::span<const text::Rule* const> HostRules();

}  // namespace dhcpair::lint
