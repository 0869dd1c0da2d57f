#include "lint/number_text.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace dhcpair::lint {
namespace {

bool HasOnly(std::string_view text, std::string_view digits) {
  return !text.empty() && text.find_first_not_of(digits) == std::string_view::npos;
}

bool FitsInto32Bits(std::string_view digits, int base) {
  std::uint32_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, number, base);
  return error == std::errc{} && stop == end;
}

}  // namespace

NumberText Reading(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  if (text.starts_with("0x") || text.starts_with("0X")) {
    text.remove_prefix(2);
    if (is_negative || !HasOnly(text, "0123456789abcdefABCDEF")) return NumberText::kOther;
    return FitsInto32Bits(text, 16) ? NumberText::kPlain : NumberText::kTooLarge;
  }
  if (!HasOnly(text, "0123456789")) return NumberText::kOther;
  const std::string_view digits = text.substr(std::min(text.find_first_not_of('0'), text.size()));
  if (digits.empty()) return NumberText::kPlain;
  if (is_negative) return NumberText::kNegative;
  if (!FitsInto32Bits(digits, 10)) return NumberText::kTooLarge;
  // One digit is the same in both.
  return digits.size() < text.size() && digits.size() > 1 ? NumberText::kOctal : NumberText::kPlain;
}

std::uint32_t OctalValue(std::string_view digits) {
  std::uint32_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number, 8);
  return number;
}

}  // namespace dhcpair::lint
