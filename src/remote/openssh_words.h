#pragma once

#include <string_view>

#include "pair/pair.h"
#include "remote/transport.h"

namespace dhcpair::remote {

/// What OpenSSH's ssh means by its complaints (of OpenSSH 7 to 10, in the C locale) when it exits
/// with 255.
Error ExplainSsh(std::string_view complaints, const pair::Node& node);

}  // namespace dhcpair::remote
