#pragma once

#include <span>

#include "conf/model.h"
#include "text/diagnostic.h"

namespace dhcpair::lint {

/// What does not fit together between the configurations of both nodes of a pair: peers that are no
/// mirror images, pools that differ, and a shared rest that is not the same. What both say in the
/// same words is not looked at twice, wherever they say it. Findings name the node in whose file
/// they point. Peers of third servers, and what belongs to them, are left alone.
void CheckNodes(const conf::Model& primary, const conf::Model& secondary,
                text::Diagnostics& diagnostics);

/// The rules of CheckNodes.
std::span<const text::Rule* const> NodeRules();

}  // namespace dhcpair::lint
