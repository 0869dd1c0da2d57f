#include "pair/values.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

namespace dhcpair::pair {
namespace {

// Larger than any key's range, small enough that minutes, hours and days of it fit 64 bits.
constexpr std::int64_t kNumberMax = 1'000'000'000'000;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsWordCharacter(char c, std::string_view more) {
  return IsDigit(c) || IsLetter(c) || more.contains(c);
}
bool AllDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, IsDigit);
}

bool LooksBoolean(std::string_view text) {
  std::string lower;
  for (const char c : text) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  constexpr std::array<std::string_view, 8> kWords{"y",  "n",   "yes",  "no",
                                                   "on", "off", "true", "false"};
  return std::ranges::find(kWords, lower) != kWords.end();
}

}  // namespace

std::expected<std::int64_t, NumberError> ParseNumber(std::string_view text) {
  if (LooksBoolean(text)) return std::unexpected(NumberError::kLooksBoolean);
  if (text.starts_with('-') && AllDigits(text.substr(1))) {
    return std::unexpected(NumberError::kOutOfRange);
  }
  const bool octal_prefix = text.starts_with("0o") && AllDigits(text.substr(2));
  if (octal_prefix) return std::unexpected(NumberError::kLooksOctal);
  if (!AllDigits(text)) return std::unexpected(NumberError::kNotDecimal);
  if (text.size() > 1 && text[0] == '0') return std::unexpected(NumberError::kLooksOctal);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || value > kNumberMax) return std::unexpected(NumberError::kOutOfRange);
  return value;
}

std::expected<Seconds, NumberError> ParseSeconds(std::string_view text) {
  std::int64_t unit = 1;
  if (text.size() > 1 && IsDigit(text[text.size() - 2])) {
    switch (text.back()) {
      case 's':
        unit = 1;
        break;
      case 'm':
        unit = 60;
        break;
      case 'h':
        unit = 3600;
        break;
      case 'd':
        unit = 86400;
        break;
      default:
        unit = 0;
    }
    if (unit != 0) text.remove_suffix(1);
  }
  const auto number = ParseNumber(text);
  if (!number) return std::unexpected(number.error());
  return Seconds(*number * std::max<std::int64_t>(unit, 1));
}

std::expected<PeerName, std::string> PeerName::Parse(std::string_view text) {
  if (text.empty()) return std::unexpected("is empty");
  if (text.size() > kBytesMax) {
    return std::unexpected(fmt::format("is longer than {} characters", kBytesMax));
  }
  for (const char c : text) {
    if (c < ' ' || c > '~' || c == '"' || c == '\\') {
      return std::unexpected(
          "has a character other than printable ASCII without quotes and "
          "backslashes");
    }
  }
  return PeerName(std::string(text));
}

std::expected<Hba, std::string> Hba::Parse(std::string_view text) {
  Hba hba;
  std::size_t count = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (;;) {
    unsigned octet = 0;
    const auto [next, error] = std::from_chars(at, end, octet, 16);
    if (error != std::errc() || next - at > 2) {
      return std::unexpected(fmt::format("has no hexadecimal octet at its place {}", count + 1));
    }
    if (count < hba.octets_.size()) hba.octets_[count] = static_cast<std::uint8_t>(octet);
    ++count;
    if (next == end) break;
    if (*next != ':') return std::unexpected("has something else than ':' between its octets");
    at = next + 1;
  }
  if (count != hba.octets_.size()) {
    return std::unexpected(
        fmt::format("has {} octet{}; it takes 32", count, count == 1 ? "" : "s"));
  }
  return hba;
}

std::string Hba::ToString() const {
  std::string text;
  for (const std::uint8_t octet : octets_) {
    text += fmt::format("{}{:02x}", text.empty() ? "" : ":", octet);
  }
  return text;
}

std::expected<NodePath, std::string> NodePath::Parse(std::string_view text) {
  if (!text.starts_with('/')) return std::unexpected("is not absolute; it starts with '/'");
  if (text.size() > 1023) return std::unexpected("is longer than 1023 characters");
  const auto odd =
      std::ranges::find_if(text, [](char c) { return !IsWordCharacter(c, "/._+,@=:-"); });
  if (odd != text.end()) {
    return std::unexpected("has a character other than letters, digits and / . _ + , @ = : -");
  }
  if (text.ends_with('/')) return std::unexpected("names a folder, not a file");
  const std::string wrapped = std::string(text) + "/";
  if (wrapped.contains("/../") || wrapped.contains("/./") || wrapped.contains("//")) {
    return std::unexpected("is not in its shortest form: no '//', '/./' or '/../'");
  }
  return NodePath(std::string(text));
}

std::string NodePath::folder() const {
  const auto slash = text_.rfind('/');
  return slash == 0 ? "/" : text_.substr(0, slash);
}

std::expected<Secret, std::string> Secret::Parse(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return std::unexpected("is empty");
  text = text.substr(first, text.find_last_not_of(kSpace) + 1 - first);
  const std::string_view digits = text.substr(0, text.find('='));
  const std::string_view padding = text.substr(digits.size());
  const bool well_formed =
      std::ranges::all_of(digits, [](char c) { return IsWordCharacter(c, "+/"); }) &&
      text.size() % 4 == 0 && (padding.empty() || padding == "=" || padding == "==") &&
      !digits.empty();
  if (!well_formed) return std::unexpected("is not one word of base64");
  return Secret(std::string(text));
}

bool IsInterfaceName(std::string_view text) {
  // 15 is Linux's limit and the BSDs'; a dash first would be an option to dhcpd.
  return !text.empty() && text.size() <= 15 && text[0] != '-' &&
         std::ranges::all_of(text, [](char c) { return IsWordCharacter(c, "._:@-"); });
}

bool IsKeyName(std::string_view text) {
  return !text.empty() && text.size() <= 63 && IsLetter(text[0]) &&
         std::ranges::all_of(text, [](char c) { return IsWordCharacter(c, "._-"); });
}

bool IsSshDestination(std::string_view text) {
  // One colon is a port, which ssh would take for a part of the name; an IPv6 address has more.
  if (std::ranges::count(text, ':') == 1) return false;
  return !text.empty() && text.size() <= 255 && text[0] != '-' && !text.contains("@-") &&
         !text.starts_with('@') && !text.ends_with('@') &&
         std::ranges::all_of(text, [](char c) { return IsWordCharacter(c, "._:@%-[]"); });
}

std::expected<int, NumberError> ParseMode(std::string_view text) {
  if (!AllDigits(text)) return std::unexpected(NumberError::kNotDecimal);
  int mode = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mode, 8);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::unexpected(NumberError::kNotDecimal);
  }
  if (text.size() < 3 || text.size() > 4 || mode > 0777) {
    return std::unexpected(NumberError::kOutOfRange);
  }
  return mode;
}

}  // namespace dhcpair::pair
