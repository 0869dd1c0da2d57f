#include "conf/values.h"

#include <arpa/inet.h>
#include <fmt/core.h>

#include <algorithm>
#include <limits>

#include "base/name_index.h"
#include "conf/rules.h"

namespace dhcpair::conf {
namespace {

int DigitValue(char c) {
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  if (c >= '0' && c <= '9') return c - '0';
  return 99;
}

}  // namespace

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), base::LowerAscii);
  return lower;
}

std::string_view KeepLower(Parse& parse, std::string_view text) {
  const bool is_lower = std::ranges::none_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
  return is_lower ? text : parse.model().Keep(Lower(text));
}

bool IsNumber(const Token& token) {
  return token.kind == TokenKind::kNumber || token.kind == TokenKind::kNumberOrName;
}

std::optional<std::uint32_t> ReadNumber(Parse& parse, const Token& token, int base, int bits) {
  std::string_view digits = parse.Text(token);
  const bool is_negative = digits.starts_with('-');
  if (is_negative) digits.remove_prefix(1);
  if (base == 0) {
    base = 10;
    if (digits.starts_with("0x")) {
      base = 16;
      digits.remove_prefix(2);
    } else if (digits.size() > 1 && digits[0] == '0' && DigitValue(digits[1]) < 10) {
      base = 8;
      digits.remove_prefix(1);
    }
  }
  std::uint32_t value = 0;
  for (const char c : digits) {
    const int digit = DigitValue(c);
    if (digit >= base) {
      const char* const hint = base == 8 ? "; a leading 0 makes the number octal" : "";
      parse.Fail(rules::kBadNumber, token,
                 fmt::format("'{}' has a digit that a number of base {} does not have{}",
                             parse.Text(token), base, hint));
      return std::nullopt;
    }
    value = value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit);
  }
  if (digits.empty()) {
    parse.Fail(rules::kBadNumber, token, fmt::format("'{}' is no number", parse.Text(token)));
    return std::nullopt;
  }
  const std::uint32_t half = std::uint32_t{1} << (bits - 1);
  const std::uint32_t largest = is_negative ? half : half + (half - 1);
  if (value > largest) {
    parse.Fail(rules::kBadNumber, token,
               fmt::format("'{}' does not fit into {} bits: {}{} is the most", parse.Text(token),
                           bits, is_negative ? "-" : "", largest));
    return std::nullopt;
  }
  return is_negative ? 0 - value : value;
}

long ReadDecimal(std::string_view text) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  std::int64_t value = 0;
  const bool is_negative = text.starts_with('-');
  for (const char c : text.substr(is_negative ? 1 : 0)) {
    if (c < '0' || c > '9') break;
    value = value > (kMost - 9) / 10 ? kMost : value * 10 + (c - '0');
  }
  // As atoi does where long has 64 bits, and int 32: the number stops growing, then it is cut.
  return static_cast<std::int32_t>(is_negative ? -value - (value == kMost ? 1 : 0) : value);
}

std::optional<std::string> ParseOctets(Parse& parse, std::size_t count, char separator, int base) {
  std::string octets;
  do {
    if (!octets.empty() && !parse.Accept(separator)) {
      if (count == 0) break;
      const Token found = parse.Peek();
      if (!found.Is('{') && !found.Is('}')) parse.Next();
      parse.Expected(found,
                     fmt::format("'{}': {} numbers, not {}", separator, count, octets.size()));
      return std::nullopt;
    }
    const Token token = parse.Next();
    const bool is_number =
        token.kind == TokenKind::kNumber || (base == 16 && token.kind == TokenKind::kNumberOrName);
    if (!is_number) {
      parse.Expected(token, base == 16 ? "a hexadecimal octet" : "a number from 0 to 255");
      return std::nullopt;
    }
    const auto value = ReadNumber(parse, token, base, 8);
    if (!value) return std::nullopt;
    octets += static_cast<char>(*value);
  } while (octets.size() != count);
  return octets;
}

std::optional<base::Ipv4Address> ParseIpv4(Parse& parse) {
  const auto octets = ParseOctets(parse, 4, '.', 10);
  if (!octets) return std::nullopt;
  std::uint32_t value = 0;
  for (const char octet : *octets) value = value << 8 | static_cast<std::uint8_t>(octet);
  return base::Ipv4Address(value);
}

std::optional<AddressOrName> ParseAddressOrName(Parse& parse) {
  const Token first = parse.Peek();
  const bool is_address = first.kind == TokenKind::kNumber && parse.PeekBeyond(1).Is('.') &&
                          parse.PeekBeyond(2).kind == TokenKind::kNumber;
  if (is_address) {
    const auto address = ParseIpv4(parse);
    if (!address) return std::nullopt;
    return AddressOrName{address, "", parse.OriginFrom(first)};
  }
  if (const auto name = ParseDottedName(parse)) {
    return AddressOrName{std::nullopt, *name, parse.OriginFrom(first)};
  }
  if (!first.Is('{') && !first.Is('}')) parse.Next();
  parse.Expected(first, "an IPv4 address or a host name");
  return std::nullopt;
}

std::optional<std::string> ParseIpv6(Parse& parse) {
  const Token first = parse.Peek();
  const auto is_part = [&](const Token& token) {
    if (token.Is(':') || token.Is('.') || token.kind == TokenKind::kNumber) return true;
    const bool is_hex =
        std::ranges::all_of(parse.Text(token), [](char c) { return DigitValue(c) < 16; });
    return token.is_identifier() && is_hex;
  };
  // White space ends the address.
  std::string text;
  std::uint32_t end = first.begin;
  while (is_part(parse.Peek()) && parse.Peek().begin == end) {
    end = parse.Peek().end;
    text += parse.Text(parse.Next());
  }
  std::array<char, sizeof(in6_addr)> octets;
  if (inet_pton(AF_INET6, text.c_str(), octets.data()) == 1) {
    return std::string(octets.begin(), octets.end());
  }
  parse.Fail(rules::kBadValue, text.empty() ? first.span() : text::Span{first.begin, end},
             "expected an IPv6 address");
  return std::nullopt;
}

std::optional<std::string> ParseHexList(Parse& parse) {
  std::string octets;
  do {
    const Token token = parse.Next();
    if (!IsNumber(token)) {
      parse.Expected(token, "a hexadecimal octet");
      return std::nullopt;
    }
    const auto octet = ReadNumber(parse, token, 16, 8);
    if (!octet) return std::nullopt;
    octets += static_cast<char>(*octet);
  } while (parse.Accept(':'));
  return octets;
}

std::optional<std::string_view> ParseDottedName(Parse& parse) {
  const Token first = parse.Peek();
  Token last = first;
  std::string joined;  // Empty while the name stands in one piece.
  bool is_empty = true;
  const auto take = [&] {
    const Token token = parse.Next();
    const bool has_gap = !is_empty && token.begin != last.end;
    if (has_gap && joined.empty()) joined = parse.source()->Text({first.begin, last.end});
    if (!joined.empty()) joined += parse.Text(token);
    is_empty = false;
    last = token;
  };
  while (parse.Peek().is_identifier() || parse.Peek().kind == TokenKind::kNumber) {
    take();
    if (!parse.Peek().Is('.')) break;
    take();
  }
  if (is_empty) return std::nullopt;
  if (!joined.empty()) return parse.model().Keep(joined);
  return parse.source()->Text({first.begin, last.end});
}

bool ParseDate(Parse& parse) {
  const auto number = [&](std::string_view what) {
    const Token token = parse.Peek();
    if (!token.Is(';')) parse.Next();
    return token.kind == TokenKind::kNumber || parse.Expected(token, what);
  };
  const auto separator = [&](char wanted) {
    const Token token = parse.Peek();
    if (!token.Is(';')) parse.Next();
    return token.Is(wanted) || parse.Expected(token, fmt::format("'{}'", wanted));
  };
  if (parse.Accept("never"_kw)) return true;
  if (parse.Accept("epoch"_kw)) return number("seconds since 1970");
  if (!number("a date: WEEKDAY YEAR/MONTH/DAY HOUR:MINUTE:SECOND") || !number("a year") ||
      !separator('/') || !number("a month") || !separator('/') || !number("a day") ||
      !number("an hour") || !separator(':') || !number("a minute") || !separator(':') ||
      !number("a second")) {
    return false;
  }
  const Token offset = parse.Peek();
  if (offset.Is(';')) return true;
  parse.Next();
  return offset.kind == TokenKind::kNumber || parse.Expected(offset, "an offset in seconds or ';'");
}

}  // namespace dhcpair::conf
