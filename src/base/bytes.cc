#include "base/bytes.h"

namespace dhcpair::base {

std::string_view Reader::Bytes(std::size_t count) {
  if (failed_ || count > rest_.size()) {
    failed_ = true;
    return {};
  }
  const std::string_view bytes = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return bytes;
}

std::uint32_t Reader::Number(std::size_t bytes) {
  std::uint32_t value = 0;
  for (const char c : Bytes(bytes)) value = value << 8 | static_cast<std::uint8_t>(c);
  return value;
}

void Writer::Number(std::uint32_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    bytes_ += static_cast<char>(value >> shift & 0xff);
  }
}

}  // namespace dhcpair::base
