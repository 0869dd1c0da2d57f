#pragma once

#include <span>

#include "conf/model.h"
#include "text/diagnostic.h"

namespace dhcpair::lint {

/// Who may look into the server and change its leases over the network.
void CheckAccess(const conf::Model& model, text::Diagnostics& diagnostics);

/// The rules that CheckAccess reports.
std::span<const text::Rule* const> AccessRules();

}  // namespace dhcpair::lint
