#pragma once

#include <string>
#include <string_view>

namespace dhcpair::leases {

/// Any bytes as dhcpd writes them in quotation marks: printable ASCII as it is, `"` and `\` behind
/// a backslash, everything else as \ooo.
std::string Quote(std::string_view bytes);

}  // namespace dhcpair::leases
