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

/// A number as option values and server parameters take it: 10, 012 and 0x0a. `base` 0 tells these
/// apart, others are fixed. Reports bad digits and what does not fit into `bits`; past 32 bits
/// dhcpd wraps silently, and so does this.
std::optional<std::uint32_t> ReadNumber(Parse& parse, const Token& token, int base, int bits);

/// As C's atoi: what failover parameters and the like take.
long ReadDecimal(std::string_view text);

/// Octets with a separator between them, exactly `count` or, for 0, any number.
std::optional<std::vector<std::uint8_t>> ParseOctets(Parse& parse, std::size_t count,
                                                     char separator, int base);

/// Four numbers with dots; names are not taken.
std::optional<base::Ipv4Address> ParseIpv4(Parse& parse);
/// The same, or a name, which is not looked up.
bool ParseAddressOrName(Parse& parse);
bool ParseIpv6(Parse& parse);

/// Hexadecimal octets with colons.
bool ParseHexList(Parse& parse);

/// Words with dots, perhaps one at the end; absent when there is no word.
std::optional<std::string> ParseDottedName(Parse& parse);

/// "never", "epoch N", or weekday, date and time in UTC; without the ';'.
bool ParseDate(Parse& parse);

/// The name of an option and the format of its value.
struct OptionName {
  std::string space;
  std::string name;
  text::Span span;
  std::optional<std::string> format;  ///< Absent for one that is not known.
};

/// NAME or SPACE.NAME. One that is not known is reported, or handed on when it may be about to be
/// defined.
enum class MayBeNew { kNo, kYes };
std::optional<OptionName> ParseOptionName(Parse& parse, MayBeNew may_be_new);

bool IsOptionSpace(const Names& names, std::string_view name);

/// A value of this format (dhcp::OptionDefinition::format), up to its ';'.
bool ParseOptionData(Parse& parse, std::string_view format);

}  // namespace dhcpair::conf
