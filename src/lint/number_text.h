#pragma once

#include <cstdint>
#include <string_view>

namespace dhcpair::lint {

/// How dhcpd's reading of a number of up to 32 bits relates to a person's.
enum class NumberText {
  kPlain,     ///< They are the same.
  kOctal,     ///< A leading zero, and another number for it.
  kNegative,  ///< A minus sign; a large number for dhcpd.
  kTooLarge,  ///< More than 32 bits.
  kOther,     ///< No number by itself: a word, an expression, several values.
};

NumberText Reading(std::string_view text);

/// What the octal digits of a kOctal mean.
std::uint32_t OctalValue(std::string_view digits);

}  // namespace dhcpair::lint
