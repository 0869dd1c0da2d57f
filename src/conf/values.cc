#include "conf/values.h"

#include <arpa/inet.h>
#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "conf/parameters.h"
#include "conf/rules.h"
#include "dhcp/options.h"
#include "text/suggest.h"

namespace dhcpair::conf {
namespace {

int DigitValue(char c) {
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  if (c >= '0' && c <= '9') return c - '0';
  return 99;
}

bool IsNumber(const Token& token) {
  return token.kind == TokenKind::kNumber || token.kind == TokenKind::kNumberOrName;
}

// Labels of 1 to 63 bytes, 255 in all (RFC 1035).
bool IsDomainName(std::string_view name) {
  if (name.size() > 254) return false;
  if (name == ".") return true;
  std::size_t label = 0;
  for (const char c : name.ends_with('.') ? name.substr(0, name.size() - 1) : name) {
    if (c != '.') {
      ++label;
    } else if (label == 0) {
      return false;
    } else {
      label = 0;
    }
    if (label > 63) return false;
  }
  return true;
}

// One part of a format: its letter, and what is written behind it.
struct Part {
  char letter;
  std::string_view name = {};  // Of an enumeration.
  bool is_optional = false;
  bool repeats = false;
};

struct Format {
  std::vector<Part> parts;
  bool repeats = false;
};

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

enum class PartResult { kOk, kAbsent, kFailed };

class OptionDataParser {
 public:
  explicit OptionDataParser(Parse& parse) : parse_(parse) {}

  bool Run(const Format& format) {
    do {
      for (const Part& part : format.parts) {
        if (!RunPart(part)) return false;
      }
    } while (format.repeats && parse_.Accept(','));
    return true;
  }

 private:
  bool RunPart(const Part& part) {
    if (part.is_optional && parse_.Peek().Is(';')) return true;
    do {
      if (Take(part) == PartResult::kFailed) return false;
    } while (part.repeats && parse_.Accept(','));
    return true;
  }

  // An optional part that is something else is passed over without a word, as dhcpd does.
  PartResult Wrong(const Part& part, const Token& token, std::string_view what) {
    if (part.is_optional) return PartResult::kAbsent;
    parse_.Expected(token, what);
    return PartResult::kFailed;
  }

  static PartResult Of(bool ok) { return ok ? PartResult::kOk : PartResult::kFailed; }

  PartResult Take(const Part& part) {
    switch (part.letter) {
      case 'I':
        return Of(ParseAddressOrName(parse_));
      case '6':
        return Of(ParseIpv6(parse_));
      case 'T':
      case 'L':
      case 'l':
        return TakeNumber(part, 32);
      case 'S':
      case 's':
        return TakeNumber(part, 16);
      case 'B':
      case 'b':
        return TakeNumber(part, 8);
      case 'f':
        return TakeFlag(part);
      case 't': {
        const Token& token = parse_.Next();
        const bool ok = token.kind == TokenKind::kString || token.is_identifier();
        return ok ? PartResult::kOk : Wrong(part, token, "a text in quotation marks");
      }
      case 'U': {
        const Token& token = parse_.Next();
        return token.is_identifier() ? PartResult::kOk
                                     : Wrong(part, token, "the name of an option space");
      }
      case 'X':
      case 'E':
        return TakeOctets(part);
      case 'd':
        return TakeDomainName();
      case 'D':
        return TakeDomainList();
      case 'N':
        return TakeEnumerator(part);
      case 'k':
        return TakeKeyName();
      case 'Z':
        if (parse_.Peek().Is(';')) return PartResult::kOk;
        return Of(parse_.Expected(parse_.Peek(), "no value"));
      default:
        return PartResult::kOk;
    }
  }

  PartResult TakeNumber(const Part& part, int bits) {
    const Token& token = parse_.Next();
    if (part.letter == 'T' && token.Is("infinite"_kw)) return PartResult::kOk;
    if (!IsNumber(token)) return Wrong(part, token, "a number");
    return Of(ReadNumber(parse_, token, 0, bits).has_value());
  }

  PartResult TakeFlag(const Part& part) {
    const Token& token = parse_.Next();
    const std::string word = Lower(parse_.Text(token));
    for (const std::string_view known : {"true", "on", "false", "off", "ignore"}) {
      if (token.is_identifier() && word == known) return PartResult::kOk;
    }
    return Wrong(part, token, "true, false, on, off or ignore");
  }

  PartResult TakeOctets(const Part& part) {
    if (IsNumber(parse_.Peek())) return Of(ParseHexList(parse_));
    const Token& token = parse_.Next();
    if (token.kind == TokenKind::kString) return PartResult::kOk;
    return Wrong(part, token, "a string or hexadecimal octets with colons");
  }

  PartResult TakeDomainName() {
    const Token& first = parse_.Peek();
    const auto name = ParseDottedName(parse_);
    if (!name) return Of(parse_.Expected(first, "a domain name"));
    if (IsDomainName(*name)) return PartResult::kOk;
    return Of(parse_.Fail(rules::kBadValue, first,
                          "this is no domain name: labels have 1 to 63 bytes, all of it 255"));
  }

  PartResult TakeDomainList() {
    do {
      const Token& token = parse_.Next();
      if (token.kind != TokenKind::kString) {
        return Of(parse_.Expected(token, "a domain name in quotation marks"));
      }
      if (!IsDomainName(parse_.Value(token))) {
        return Of(parse_.Fail(rules::kBadValue, token,
                              "this is no domain name: labels have 1 to 63 bytes, all of it 255"));
      }
    } while (parse_.Accept(','));
    return PartResult::kOk;
  }

  PartResult TakeEnumerator(const Part& part) {
    const Token& token = parse_.Next();
    const auto words = Enumeration(part.name);
    if (token.is_identifier() && std::ranges::find(words, parse_.Text(token)) != words.end()) {
      return PartResult::kOk;
    }
    std::string list;
    for (const std::string_view word : words) {
      list += list.empty() ? "one of " : ", ";
      list += word;
    }
    return Of(parse_.Expected(token, list));
  }

  PartResult TakeKeyName() {
    if (parse_.Peek().kind == TokenKind::kString) {
      parse_.Next();
      return PartResult::kOk;
    }
    const Token& first = parse_.Peek();
    if (ParseDottedName(parse_)) return PartResult::kOk;
    return Of(parse_.Expected(first, "the name of a key"));
  }

  Parse& parse_;
};

// The format of an option, declared in the file or known from the start.
std::optional<std::string> FormatOf(Names& names, const std::string& space, std::string_view name) {
  const auto declared = names.options.find(Lower(space) + "." + Lower(name));
  if (declared != names.options.end()) return declared->second;
  if (const auto* const known = dhcp::FindOption(space, name)) return std::string(known->format);
  if (space == "server") {
    if (const Parameter* const parameter = FindParameter(name)) {
      return std::string(parameter->format);
    }
  }
  return std::nullopt;
}

// "unknown-NNN" is always known: by its number, or else as octets.
bool ReadUnknown(Parse& parse, const Token& token, std::string_view name, OptionName& option) {
  const long code = ReadDecimal(name.substr(8));
  const bool is_end = option.space == "dhcp" && code == 255;
  if (code == 0 || is_end) {
    return parse.Fail(rules::kUnknownOption, token,
                      fmt::format("'{}' does not end in the number of an option", name));
  }
  option.format = "X";
  for (const dhcp::OptionDefinition& known : dhcp::Options()) {
    if (known.space == option.space && known.code == static_cast<std::uint32_t>(code)) {
      option.format = std::string(known.format);
    }
  }
  return true;
}

std::string UnknownOption(const std::string& space, std::string_view name) {
  std::vector<std::string_view> candidates;
  for (const dhcp::OptionDefinition& option : dhcp::Options()) {
    if (option.space == space) candidates.push_back(option.name);
  }
  std::string message = fmt::format("unknown option '{}'", name);
  if (const auto meant = text::DidYouMean(name, candidates)) {
    message += fmt::format("; did you mean '{}'?", *meant);
  } else {
    message += "; declare it before this: option NAME code NUMBER = TYPE;";
  }
  return message;
}

}  // namespace

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return lower;
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
  int value = 0;
  const bool is_negative = text.starts_with('-');
  for (const char c : text.substr(is_negative ? 1 : 0)) {
    if (c < '0' || c > '9') break;
    // Numbers without end stop growing somewhere; dhcpd's wrap.
    if (value > 200'000'000) value = 200'000'000;
    value = value * 10 + (c - '0');
  }
  return is_negative ? -value : value;
}

std::optional<std::vector<std::uint8_t>> ParseOctets(Parse& parse, std::size_t count,
                                                     char separator, int base) {
  std::vector<std::uint8_t> octets;
  do {
    if (!octets.empty() && !parse.Accept(separator)) {
      if (count == 0) break;
      const Token& found = parse.Peek();
      if (!found.Is('{') && !found.Is('}')) parse.Next();
      parse.Expected(found,
                     fmt::format("'{}': {} numbers, not {}", separator, count, octets.size()));
      return std::nullopt;
    }
    const Token& token = parse.Next();
    const bool is_number =
        token.kind == TokenKind::kNumber || (base == 16 && token.kind == TokenKind::kNumberOrName);
    if (!is_number) {
      parse.Expected(token, base == 16 ? "a hexadecimal octet" : "a number from 0 to 255");
      return std::nullopt;
    }
    const auto value = ReadNumber(parse, token, base, 8);
    if (!value) return std::nullopt;
    octets.push_back(static_cast<std::uint8_t>(*value));
  } while (octets.size() != count);
  return octets;
}

std::optional<base::Ipv4Address> ParseIpv4(Parse& parse) {
  const auto octets = ParseOctets(parse, 4, '.', 10);
  if (!octets) return std::nullopt;
  std::uint32_t value = 0;
  for (const std::uint8_t octet : *octets) value = value << 8 | octet;
  return base::Ipv4Address(value);
}

bool ParseAddressOrName(Parse& parse) {
  const Token& first = parse.Peek();
  const bool is_address = first.kind == TokenKind::kNumber && parse.Peek(1).Is('.') &&
                          parse.Peek(2).kind == TokenKind::kNumber;
  if (is_address) return ParseOctets(parse, 4, '.', 10).has_value();
  if (ParseDottedName(parse)) return true;
  if (!first.Is('{') && !first.Is('}')) parse.Next();
  return parse.Expected(first, "an IPv4 address or a host name");
}

bool ParseIpv6(Parse& parse) {
  const Token& first = parse.Peek();
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
  in6_addr address;
  if (inet_pton(AF_INET6, text.c_str(), &address) == 1) return true;
  return parse.Fail(rules::kBadValue, text.empty() ? first.span() : text::Span{first.begin, end},
                    "expected an IPv6 address");
}

bool ParseHexList(Parse& parse) {
  do {
    const Token& token = parse.Next();
    if (!IsNumber(token)) return parse.Expected(token, "a hexadecimal octet");
    if (!ReadNumber(parse, token, 16, 8)) return false;
  } while (parse.Accept(':'));
  return true;
}

std::optional<std::string> ParseDottedName(Parse& parse) {
  std::string name;
  while (parse.Peek().is_identifier() || parse.Peek().kind == TokenKind::kNumber) {
    name += parse.Text(parse.Next());
    if (!parse.Accept('.')) return name;
    name += '.';
  }
  if (name.empty()) return std::nullopt;
  return name;
}

bool ParseDate(Parse& parse) {
  const auto number = [&](std::string_view what) {
    const Token& token = parse.Peek();
    if (!token.Is(';')) parse.Next();
    return token.kind == TokenKind::kNumber || parse.Expected(token, what);
  };
  const auto separator = [&](char wanted) {
    const Token& token = parse.Peek();
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
  const Token& offset = parse.Peek();
  if (offset.Is(';')) return true;
  parse.Next();
  return offset.kind == TokenKind::kNumber || parse.Expected(offset, "an offset in seconds or ';'");
}

std::optional<OptionName> ParseOptionName(Parse& parse, MayBeNew may_be_new) {
  const Token& first = parse.Next();
  if (!first.is_identifier()) {
    parse.Expected(first, "the name of an option");
    return std::nullopt;
  }
  OptionName option{
      .space = "dhcp", .name = std::string(parse.Text(first)), .span = first.span(), .format = {}};
  const Token* last = &first;
  if (parse.Accept('.')) {
    last = &parse.Next();
    if (!last->is_identifier()) {
      parse.Expected(*last, "the name of an option of this space");
      return std::nullopt;
    }
    option.space = Lower(std::exchange(option.name, std::string(parse.Text(*last))));
    option.span.end = last->end;
    if (!IsOptionSpace(parse.names(), option.space)) {
      parse.Fail(rules::kUnknownOption, first,
                 fmt::format("there is no option space '{}'; declare it before this: option space "
                             "{};",
                             option.space, option.space));
      return std::nullopt;
    }
  }
  option.format = FormatOf(parse.names(), option.space, option.name);
  if (option.format) return option;
  if (Lower(option.name).starts_with("unknown-")) {
    if (!ReadUnknown(parse, *last, option.name, option)) return std::nullopt;
    return option;
  }
  if (may_be_new == MayBeNew::kYes) return option;
  parse.Fail(rules::kUnknownOption, option.span, UnknownOption(option.space, option.name));
  return std::nullopt;
}

bool IsOptionSpace(const Names& names, std::string_view name) {
  const std::string lower = Lower(name);
  return lower == "server" || names.option_spaces.contains(lower) ||
         std::ranges::find(dhcp::OptionSpaces(), lower) != dhcp::OptionSpaces().end();
}

bool ParseOptionData(Parse& parse, std::string_view format) {
  return OptionDataParser(parse).Run(ReadFormat(format));
}

}  // namespace dhcpair::conf
