#include "conf/option_values.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "base/name_index.h"
#include "conf/expressions.h"
#include "conf/rules.h"
#include "conf/statements.h"
#include "conf/values.h"
#include "dhcp/format.h"
#include "dhcp/options.h"
#include "text/suggest.h"

namespace dhcpair::conf {
namespace {

using dhcp::Format;
using dhcp::FormatPart;
using dhcp::ReadFormat;

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

// The names of a list with blanks between them, as RFC 1035 writes them on the wire.
std::string DomainNames(std::string_view list) {
  std::string wire;
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t blank = std::min(list.find(' ', at), list.size());
    std::string_view name = list.substr(at, blank - at);
    at = blank + 1;
    if (name.empty()) continue;
    if (name.ends_with('.')) name.remove_suffix(1);
    while (!name.empty()) {
      const std::size_t dot = std::min(name.find('.'), name.size());
      wire += static_cast<char>(dot);
      wire += name.substr(0, dot);
      name.remove_prefix(std::min(dot + 1, name.size()));
    }
    wire += '\0';
  }
  return wire;
}

class OptionDataParser {
 public:
  explicit OptionDataParser(Parse& parse) : parse_(parse) {}

  std::optional<ExpressionId> Run(const Format& format) {
    do {
      for (const FormatPart& part : format.parts) {
        if (!RunPart(part)) return std::nullopt;
      }
    } while (format.repeats && parse_.Accept(','));
    return Value();
  }

 private:
  bool RunPart(const FormatPart& part) {
    if (part.is_optional && parse_.Peek().Is(';')) return true;
    do {
      if (!Take(part)) return false;
    } while (part.repeats && parse_.Accept(','));
    return true;
  }

  // What was read: octets, and between them names that are to be looked up.
  ExpressionId Value() {
    if (lookups_.empty()) return AddOctets();
    if (!octets_.empty()) lookups_.push_back(AddOctets());
    if (lookups_.size() == 1) return lookups_[0];
    return parse_.model().expressions.Add(
        {.kind = ExpressionKind::kConcatenation, .type = Type::kData}, lookups_);
  }

  ExpressionId AddOctets() {
    const std::string_view text = parse_.model().Keep(std::exchange(octets_, ""));
    return parse_.model().expressions.Add(
        {.kind = ExpressionKind::kData, .type = Type::kData, .text = text});
  }

  // An optional part that is something else is passed over without a word, as dhcpd does.
  bool Wrong(const FormatPart& part, const Token& token, std::string_view what) {
    return part.is_optional || parse_.Expected(token, what);
  }

  bool Append(const std::optional<std::string>& octets) {
    octets_ += octets.value_or("");
    return octets.has_value();
  }

  bool Take(const FormatPart& part) {
    switch (part.letter) {
      case 'I':
        return TakeAddress();
      case '6':
        return Append(ParseIpv6(parse_));
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
      case 't':
        return TakeText(part);
      case 'U':
        return TakeSpace(part);
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
        return parse_.Peek().Is(';') || parse_.Expected(parse_.Peek(), "no value");
      default:
        return true;
    }
  }

  bool TakeAddress() {
    const auto address = ParseAddressOrName(parse_);
    if (!address) return false;
    if (address->address) {
      AppendNumber(address->address->value(), 32);
      return true;
    }
    if (!octets_.empty()) lookups_.push_back(AddOctets());
    lookups_.push_back(parse_.model().expressions.Add(
        {.kind = ExpressionKind::kHostLookup, .type = Type::kData, .text = address->name}));
    return true;
  }

  bool TakeNumber(const FormatPart& part, int bits) {
    const Token token = parse_.Next();
    if (part.letter == 'T' && token.Is("infinite"_kw)) {
      AppendNumber(0xffffffff, 32);
      return true;
    }
    if (!IsNumber(token)) return Wrong(part, token, "a number");
    const auto number = ReadNumber(parse_, token, 0, bits);
    AppendNumber(number.value_or(0), bits);
    return number.has_value();
  }

  void AppendNumber(std::uint32_t number, int bits) {
    for (int shift = bits - 8; shift >= 0; shift -= 8) {
      octets_ += static_cast<char>(number >> shift & 0xff);
    }
  }

  bool TakeFlag(const FormatPart& part) {
    struct Flag {
      std::string_view word;
      std::uint32_t value;
    };
    const Token token = parse_.Next();
    for (const auto& [word, value] :
         {Flag{"true", 1}, Flag{"on", 1}, Flag{"false", 0}, Flag{"off", 0}, Flag{"ignore", 2}}) {
      if (!token.is_identifier() || !base::EqualsInAnyCase(word, parse_.Text(token))) continue;
      AppendNumber(value, 8);
      return true;
    }
    return Wrong(part, token, "true, false, on, off or ignore");
  }

  bool TakeText(const FormatPart& part) {
    const Token token = parse_.Next();
    const bool ok = token.kind == TokenKind::kString || token.is_identifier();
    if (!ok) return Wrong(part, token, "a text in quotation marks");
    octets_ += parse_.Value(token);
    return true;
  }

  bool TakeSpace(const FormatPart& part) {
    const Token token = parse_.Next();
    if (!token.is_identifier()) return Wrong(part, token, "the name of an option space");
    octets_ += parse_.Text(token);
    return true;
  }

  bool TakeOctets(const FormatPart& part) {
    if (IsNumber(parse_.Peek())) return Append(ParseHexList(parse_));
    const Token token = parse_.Next();
    if (token.kind != TokenKind::kString) {
      return Wrong(part, token, "a string or hexadecimal octets with colons");
    }
    octets_ += parse_.Value(token);
    return true;
  }

  bool TakeDomainName() {
    const Token first = parse_.Peek();
    const auto name = ParseDottedName(parse_);
    if (!name) return parse_.Expected(first, "a domain name");
    return CheckDomainName(first, *name) && Append(DomainNames(*name));
  }

  bool TakeDomainList() {
    do {
      const Token token = parse_.Next();
      if (token.kind != TokenKind::kString) {
        return parse_.Expected(token, "a domain name in quotation marks");
      }
      const std::string_view name = parse_.Value(token);
      if (!CheckDomainName(token, name)) return false;
      octets_ += DomainNames(name);
    } while (parse_.Accept(','));
    return true;
  }

  bool CheckDomainName(const Token& at, std::string_view name) {
    return IsDomainName(name) ||
           parse_.Fail(rules::kBadValue, at,
                       "this is no domain name: labels have 1 to 63 bytes, all of it 255");
  }

  bool TakeEnumerator(const FormatPart& part) {
    const Token token = parse_.Next();
    const auto words = Enumeration(part.name);
    const auto found = std::ranges::find(words, parse_.Text(token));
    if (token.is_identifier() && found != words.end()) {
      AppendNumber(static_cast<std::uint32_t>(found - words.begin()), 8);
      return true;
    }
    std::string list;
    for (const std::string_view word : words) {
      list += list.empty() ? "one of " : ", ";
      list += word;
    }
    return parse_.Expected(token, list);
  }

  bool TakeKeyName() {
    if (parse_.Peek().kind == TokenKind::kString) {
      octets_ += parse_.Value(parse_.Next());
      return true;
    }
    const Token first = parse_.Peek();
    const auto name = ParseDottedName(parse_);
    if (!name) return parse_.Expected(first, "the name of a key");
    octets_ += *name;
    return true;
  }

  Parse& parse_;
  std::string octets_;
  std::vector<ExpressionId> lookups_;
};

// The format and the number of an option, declared in the file or known from the start.
void Resolve(Parse& parse, OptionName& option) {
  const Known& known = parse.known();
  if (!known.options.empty()) {
    const auto declared = known.options.find(fmt::format("{}.{}", option.space, option.name));
    if (declared != known.options.end()) {
      const DeclaredOption& found = parse.model().options[declared->second];
      option.format = found.format;
      option.code = static_cast<std::uint32_t>(found.code);
      return;
    }
  }
  if (const auto* const standard = dhcp::FindOption(option.space, option.name)) {
    option.format = standard->format;
    option.code = standard->code;
  } else if (option.space == "server") {
    if (const StatementDefinition* const parameter = FindParameter(option.name)) {
      option.format = parameter->format;
    }
  }
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
  option.code = static_cast<std::uint32_t>(code);
  for (const dhcp::OptionDefinition& known : dhcp::Options()) {
    if (known.space == option.space && known.code == static_cast<std::uint32_t>(code)) {
      option.format = known.format;
    }
  }
  return true;
}

}  // namespace

std::string UnknownOption(std::string_view space, std::string_view name) {
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

std::optional<OptionName> ParseOptionName(Parse& parse, MayBeNew may_be_new) {
  const Token first = parse.Next();
  if (!first.is_identifier()) {
    parse.Expected(first, "the name of an option");
    return std::nullopt;
  }
  std::string_view space = "dhcp";
  Token last = first;
  if (parse.Accept('.')) {
    last = parse.Next();
    if (!last.is_identifier()) {
      parse.Expected(last, "the name of an option of this space");
      return std::nullopt;
    }
    space = KeepLower(parse, parse.Text(first));
    if (!IsOptionSpace(parse.known(), space)) {
      parse.Fail(rules::kUnknownOption, first,
                 fmt::format("there is no option space '{}'; declare it before this: option space "
                             "{};",
                             space, space));
      return std::nullopt;
    }
  }
  OptionName option{.space = space,
                    .name = KeepLower(parse, parse.Text(last)),
                    .written = parse.Text(last),
                    .span = {first.begin, last.end},
                    .format = {}};
  Resolve(parse, option);
  if (option.format) return option;
  if (option.name.starts_with("unknown-")) {
    if (!ReadUnknown(parse, last, option.name, option)) return std::nullopt;
    return option;
  }
  if (may_be_new == MayBeNew::kYes) return option;
  parse.Fail(rules::kUnknownOption, option.span, UnknownOption(option.space, option.written));
  return std::nullopt;
}

bool IsOptionSpace(const Known& known, std::string_view name) {
  const std::string lower = Lower(name);
  return lower == "server" || known.option_spaces.contains(lower) ||
         std::ranges::find(dhcp::OptionSpaces(), lower) != dhcp::OptionSpaces().end();
}

std::optional<ExpressionId> ParseOptionData(Parse& parse, std::string_view format) {
  return OptionDataParser(parse).Run(ReadFormat(format));
}

std::optional<OptionValue> ParseOptionValue(Parse& parse, std::string_view format,
                                            Executed executed) {
  const bool is_empty = format.starts_with('Z');
  if (parse.Peek().Is(';') && !is_empty) {
    // dhcpd takes the ';' for the value and misses the next one.
    const Token semicolon = parse.Next();
    const bool is_taken = executed == Executed::kForClients && parse.Peek().Is(';');
    parse.Next();
    if (is_taken) {
      parse.Fail(rules::kEmptyValue, semicolon,
                 "there is no value before this ';'; dhcpd starts, and crashes when a client asks");
    } else {
      parse.Expected(semicolon, "a value before the ';'");
    }
    return std::nullopt;
  }
  const bool is_computed = parse.Accept('=');
  const Token first = parse.Peek();
  const auto value = is_computed ? ParseData(parse) : ParseOptionData(parse, format);
  if (!value) return std::nullopt;
  const OptionValue found{*value, parse.OriginFrom(first)};
  if (!parse.Semicolon()) return std::nullopt;
  return found;
}

}  // namespace dhcpair::conf
