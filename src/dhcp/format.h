#pragma once

#include <string_view>
#include <vector>

namespace dhcpair::dhcp {

/// One part of the format of an option: its letter as OptionDefinition has them, and what is
/// written behind it.
struct FormatPart {
  char letter;
  std::string_view name = {};  ///< Of an enumeration (N) or an option space (E).
  bool is_optional = false;    ///< May be absent.
  bool repeats = false;        ///< May come again and again.
};

/// What the value of an option is made of.
struct Format {
  std::vector<FormatPart> parts;
  bool repeats = false;  ///< All parts, again and again.
};

/// The parts of a format; names point into the text. Total: a letter that it does not know is a
/// part like any other.
Format ReadFormat(std::string_view text);

}  // namespace dhcpair::dhcp
