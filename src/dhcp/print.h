#pragma once

#include <string>
#include <string_view>

#include "dhcp/options.h"

namespace dhcpair::dhcp {

/// The value of an option as a dhcpd.conf would have it behind the name: `10.0.0.1, 10.0.0.2` or
/// `"pxelinux.0"`. Total: bytes that do not fit the format are printed as octets, `0a:00:01`, and
/// so are values of spaces and other bytes that are no text. Printable ASCII alone. Routes (R), for
/// which dhcpd.conf has no words, look like `10.0.0.0/8 via 10.0.0.1`.
std::string PrintOption(const OptionDefinition& definition, std::string_view bytes);

/// Octets as dhcpd.conf has them: `0a:00:01`. Of none, `""`.
std::string PrintOctets(std::string_view bytes);

}  // namespace dhcpair::dhcp
