#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "text/quote.h"

namespace dhcpair::leases {

using text::Quote;

/// The value of one or two hexadecimal digits, or nothing.
std::optional<std::uint8_t> ReadOctet(std::string_view digits);

/// Octets as dhcpd writes them in hexadecimal: "01:2:ff". Nothing when it is anything else.
std::optional<std::string> ReadOctets(std::string_view text);

}  // namespace dhcpair::leases
