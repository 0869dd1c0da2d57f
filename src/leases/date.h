#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "leases/words.h"

namespace dhcpair::leases {

/// Seconds since 1970, UTC, by the clock of the node that wrote them. 0 stands for a date that was
/// not written, as in dhcpd.
using Date = std::int64_t;

/// A lease that does not end.
inline constexpr Date kNever = std::numeric_limits<Date>::max();

/// The last date that is understood: the end of the year 9999.
inline constexpr Date kDateMax = 253'402'300'799;

/// Takes the words of a date up to its semicolon: `never`, `epoch SECONDS`, or `W YYYY/MM/DD
/// HH:MM:SS` with an offset in seconds behind it that is added. The weekday is not checked, as in
/// dhcpd. Nothing when the words are none; some of them may be taken then.
std::optional<Date> TakeDate(Words& words);

/// A date that stands alone: "1 2026/11/23 19:27:56".
std::optional<Date> ReadDate(std::string_view text);

/// As dhcpd writes it, without the semicolon: "1 2026/11/23 19:27:56", "never".
std::string PrintDate(Date date);

/// For people: "2026-11-23 19:27:56", "never".
std::string DateForPeople(Date date);

}  // namespace dhcpair::leases
