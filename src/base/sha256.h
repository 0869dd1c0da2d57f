#pragma once

#include <string>
#include <string_view>

namespace dhcpair::base {

/// The SHA-256 digest of `bytes` as 64 lower-case hexadecimal digits (FIPS 180-4).
std::string Sha256Hex(std::string_view bytes);

}  // namespace dhcpair::base
