#pragma once

#include "conf/model.h"
#include "text/diagnostic.h"

namespace dhcpair::lint {

/// The first word of what stands at a place: "pool" of a whole pool.
text::Location FirstWord(const conf::Model& model, const conf::Origin& origin);

}  // namespace dhcpair::lint
