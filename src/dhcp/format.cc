#include "dhcp/format.h"

#include <algorithm>

namespace dhcpair::dhcp {

Format ReadFormat(std::string_view text) {
  Format format;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == 'A') {
      format.repeats = true;
    } else if (c == 'a' && !format.parts.empty()) {
      format.parts.back().repeats = true;
    } else if (c == 'o' && !format.parts.empty()) {
      format.parts.back().is_optional = true;
    } else if (c == 'c') {
      continue;  // Of a list of domain names: compressed.
    } else if (c == 'N' || c == 'E') {
      const std::size_t dot = std::min(text.find('.', at), text.size());
      format.parts.push_back({c, text.substr(at + 1, dot - at - 1)});
      at = dot;
    } else {
      format.parts.push_back({c});
    }
  }
  return format;
}

}  // namespace dhcpair::dhcp
