#pragma once

#include "conf/model.h"
#include "text/diagnostic.h"

namespace dhcpair::lint {

/// What rules found in a model that could not be read without errors, without what may only follow
/// from these: findings about a statement in whose words or block there is such an error.
text::Diagnostics WithoutFollowUps(const text::Diagnostics& found, const text::Diagnostics& read,
                                   const conf::Model& model);

}  // namespace dhcpair::lint
