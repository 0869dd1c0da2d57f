#pragma once

#include <string>
#include <string_view>

namespace dhcpair::text {

/// Any bytes as dhcpd writes and reads them in quotation marks: printable ASCII as it is, `"` and
/// `\` behind a backslash, everything else as \ooo.
std::string Quote(std::string_view bytes);

}  // namespace dhcpair::text
