#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conf/parse.h"

namespace dhcpair::conf {

/// ASCII letters in lower case: names of options compare so.
std::string Lower(std::string_view text);
/// The same as a text of the Model's own, or the text itself where it has none in upper case.
std::string_view KeepLower(Parse& parse, std::string_view text);

/// A number as option values and server parameters take it: 10, 012 and 0x0a. `base` 0 tells these
/// apart, others are fixed. Reports bad digits and what does not fit into `bits`; past 32 bits
/// dhcpd wraps silently, and so does this.
std::optional<std::uint32_t> ReadNumber(Parse& parse, const Token& token, int base, int bits);

/// As C's atoi: what failover parameters and the like take.
long ReadDecimal(std::string_view text);

/// Whether a token can be a number in some base.
bool IsNumber(const Token& token);

/// Octets with a separator between them, exactly `count` or, for 0, any number.
std::optional<std::string> ParseOctets(Parse& parse, std::size_t count, char separator, int base);

/// Four numbers with dots; names are not taken.
std::optional<base::Ipv4Address> ParseIpv4(Parse& parse);
/// The same, or a name, which is not looked up.
std::optional<AddressOrName> ParseAddressOrName(Parse& parse);
/// Its 16 octets.
std::optional<std::string> ParseIpv6(Parse& parse);

/// Hexadecimal octets with colons.
std::optional<std::string> ParseHexList(Parse& parse);

/// Words with dots, perhaps one at the end; absent when there is no word.
std::optional<std::string_view> ParseDottedName(Parse& parse);

/// "never", "epoch N", or weekday, date and time in UTC; without the ';'.
bool ParseDate(Parse& parse);

}  // namespace dhcpair::conf
