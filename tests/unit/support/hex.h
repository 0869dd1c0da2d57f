#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dhcpair::test {

/// The bytes of hexadecimal digits; blanks and newlines between them are skipped.
inline std::string FromHex(std::string_view hex) {
  std::string digits;
  for (const char c : hex) {
    if (c != ' ' && c != '\n') digits += c;
  }
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

}  // namespace dhcpair::test
