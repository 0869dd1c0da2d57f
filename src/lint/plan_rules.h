#pragma once

#include <span>

#include "conf/model.h"
#include "pair/pair.h"
#include "text/diagnostic.h"

namespace dhcpair::lint {

/// Whether the failover pools of each network are large enough for what the pair file's `plan:`
/// expects of an outage; nothing where it has none. While its partner is out, a node has half of
/// the free addresses of these pools for new clients: the other half is the partner's, until an
/// operator declares it down and mclt has passed.
void CheckPlan(const pair::Pair& pair, const conf::Model& model, text::Diagnostics& diagnostics);

/// The rules of CheckPlan.
std::span<const text::Rule* const> PlanRules();

}  // namespace dhcpair::lint
