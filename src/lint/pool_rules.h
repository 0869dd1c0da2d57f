#pragma once

#include <span>

#include "conf/model.h"
#include "text/diagnostic.h"

namespace dhcpair::lint {

/// What is wrong or doubtful in the pools of a configuration that has failover peers, though `dhcpd
/// -t` takes it; nothing where it has none. With the partner's configuration at hand, a pool
/// outside of failover is only reported when the partner gives out some of its addresses too.
void CheckPools(const conf::Model& model, text::Diagnostics& diagnostics,
                const conf::Model* partner = nullptr);

/// The rules of CheckPools.
std::span<const text::Rule* const> PoolRules();

}  // namespace dhcpair::lint
