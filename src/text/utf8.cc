#include "text/utf8.h"

#include <fmt/core.h>

#include <cassert>
#include <cstdint>

namespace dhcpair::text {
namespace {

bool IsContinuation(unsigned char byte) { return (byte & 0xc0) == 0x80; }

bool TurnsDirection(char32_t c) {
  return (c >= 0x200e && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069);
}

bool IsControl(char32_t c) { return c < 0x20 || (c >= 0x7f && c < 0xa0); }

}  // namespace

Utf8Step NextUtf8(std::string_view text) {
  assert(!text.empty());
  constexpr Utf8Step kMalformed{std::nullopt, 1};
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};
  std::size_t size = 0;
  char32_t code_point = 0;
  char32_t smallest = 0;
  if ((lead & 0xe0) == 0xc0) {
    size = 2, code_point = lead & 0x1f, smallest = 0x80;
  } else if ((lead & 0xf0) == 0xe0) {
    size = 3, code_point = lead & 0x0f, smallest = 0x800;
  } else if ((lead & 0xf8) == 0xf0) {
    size = 4, code_point = lead & 0x07, smallest = 0x10000;
  }
  if (size == 0 || text.size() < size) return kMalformed;
  for (std::size_t i = 1; i < size; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (!IsContinuation(byte)) return kMalformed;
    code_point = code_point << 6 | (byte & 0x3f);
  }
  const bool surrogate = code_point >= 0xd800 && code_point <= 0xdfff;
  if (code_point < smallest || code_point > 0x10ffff || surrogate) return kMalformed;
  return {code_point, size};
}

std::optional<std::size_t> FindInvalidUtf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Step step = NextUtf8(text.substr(at));
    if (!step.code_point) return at;
    at += step.bytes;
  }
  return std::nullopt;
}

std::size_t CountCodePoints(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    text.remove_prefix(NextUtf8(text).bytes);
    ++count;
  }
  return count;
}

std::string Visible(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const Utf8Step step = NextUtf8(text);
    if (!step.code_point || IsControl(*step.code_point)) {
      if (text[0] == '\t') {
        shown += ' ';
      } else {
        const char32_t shown_value =
            step.code_point ? *step.code_point : static_cast<unsigned char>(text[0]);
        shown += fmt::format("\\x{:02x}", static_cast<std::uint32_t>(shown_value));
      }
    } else if (TurnsDirection(*step.code_point)) {
      shown += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(*step.code_point));
    } else {
      shown += text.substr(0, step.bytes);
    }
    text.remove_prefix(step.bytes);
  }
  return shown;
}

}  // namespace dhcpair::text
