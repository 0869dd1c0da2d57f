#include "conf/option_definitions.h"

#include <fmt/core.h>

#include <algorithm>

#include "conf/rules.h"
#include "conf/values.h"

namespace dhcpair::conf {
namespace {

class OptionDefinitionParser {
 public:
  explicit OptionDefinitionParser(Parse& parse) : parse_(parse) {}

  bool Space() {
    const Token name = parse_.Next();
    if (!name.is_identifier()) return parse_.Expected(name, "the name of an option space");
    const auto number = [&](Keyword word, std::initializer_list<long> allowed) {
      const Token what = parse_.Next();
      if (!what.Is(word)) return parse_.Expected(what, fmt::format("'{}'", Name(word)));
      const Token value = parse_.Next();
      const long read = ReadDecimal(parse_.Text(value));
      const bool ok = value.kind == TokenKind::kNumber &&
                      (allowed.size() == 0 ? read >= 0 : std::ranges::count(allowed, read) > 0);
      return ok ||
             parse_.Fail(rules::kBadNumber, value, "this width or size is none that dhcpd takes");
    };
    for (;;) {
      const Token token = parse_.Next();
      if (token.Is(';')) break;
      bool ok = false;
      if (token.Is("code"_kw)) {
        ok = number("width"_kw, {1, 2, 4});
      } else if (token.Is("length"_kw)) {
        ok = number("width"_kw, {1, 2});
      } else if (token.Is("hash"_kw)) {
        ok = number("size"_kw, {});
      } else {
        ok = parse_.Expected(token, "'code width', 'length width', 'hash size' or ';'");
      }
      if (!ok) return false;
    }
    const std::string_view space = KeepLower(parse_, parse_.Text(name));
    parse_.known().option_spaces.insert(space);
    parse_.known().encapsulated.erase(std::string(space));
    parse_.model().option_spaces.push_back(space);
    return true;
  }

  bool Code(const Token& word, const OptionName& option) {
    const Token code = parse_.Next();
    if (code.kind != TokenKind::kNumber) return parse_.Expected(code, "the number of the option");
    if (!parse_.Accept('=')) return parse_.Expected(parse_.Next(), "'='");
    std::string format;
    if (!OptionType(format)) return false;
    if (!parse_.Semicolon()) return false;
    if (encapsulated_ &&
        !parse_.known().encapsulated.insert(Lower(parse_.Text(*encapsulated_))).second) {
      return parse_.Fail(rules::kBadValue, *encapsulated_,
                         fmt::format("dhcpd crashes on a second option that encapsulates '{}'",
                                     parse_.Text(*encapsulated_)));
    }
    Model& model = parse_.model();
    parse_.known().options.insert_or_assign(fmt::format("{}.{}", option.space, option.name),
                                            static_cast<Index>(model.options.size()));
    model.options.push_back({.space = option.space,
                             .name = option.name,
                             .code = ReadDecimal(parse_.Text(code)),
                             .format = model.Keep(std::move(format)),
                             .origin = parse_.OriginFrom(word)});
    return true;
  }

 private:
  // [array of] TYPE, or a record { TYPE, ... } whose last member may be an array.
  bool OptionType(std::string& format) {
    const bool is_array = parse_.Peek().Is("array"_kw);
    if (!AnyType(format)) return false;
    if (!is_array || !encapsulated_) return true;
    return parse_.Fail(rules::kBadValue, parse_.Next(), "there are no arrays of encapsulations");
  }

  bool AnyType(std::string& format) {
    const bool is_array = parse_.Accept("array"_kw);
    if (is_array && !parse_.Accept("of"_kw)) return parse_.Expected(parse_.Next(), "'of'");
    if (!parse_.Accept('{')) {
      if (!OptionAtom(format, is_array)) return false;
      if (is_array) format += 'A';
      return true;
    }
    for (bool is_last = false;;) {
      const std::size_t before = format.size();
      const bool is_member_array = parse_.Accept("array"_kw);
      if (is_member_array) {
        if (is_array)
          return parse_.Expected(parse_.Peek(), "a type that is no array, for this is one");
        if (!parse_.Accept("of"_kw)) return parse_.Expected(parse_.Next(), "'of'");
      }
      if (!OptionAtom(format, is_array || is_member_array)) return false;
      const char type = format[before];
      is_last = std::string_view("tXdDZE").contains(type);
      if (is_member_array) format += 'a';
      if (parse_.Accept('}')) break;
      if (!parse_.Accept(',')) return parse_.Expected(parse_.Next(), "',' or '}'");
      if (is_last) {
        // Behind an encapsulation dhcpd takes the next type before it complains.
        return parse_.Expected(type == 'E' ? parse_.Next() : parse_.Peek(),
                               "'}': text, string and the like come last in a record");
      }
    }
    if (is_array) format += 'A';
    return true;
  }

  bool OptionAtom(std::string& format, bool in_array) {
    const Token token = parse_.Next();
    if (token.Is("integer"_kw)) return Integer(format, true);
    if (token.Is("signed"_kw) || token.Is("unsigned"_kw)) {
      if (!parse_.Accept("integer"_kw)) return parse_.Expected(parse_.Next(), "'integer'");
      return Integer(format, token.Is("signed"_kw));
    }
    if (token.Is("boolean"_kw)) return Add(format, "f");
    if (token.Is("ip-address"_kw)) return Add(format, "I");
    if (token.Is("ip6-address"_kw)) return Add(format, "6");
    if (token.Is("encapsulate"_kw)) return Encapsulation(format);
    const std::string_view type = token.Is("text"_kw)          ? "t"
                                  : token.Is("string"_kw)      ? "X"
                                  : token.Is("domain-name"_kw) ? "d"
                                  : token.Is("domain-list"_kw) ? "D"
                                  : token.Is("zerolen"_kw)     ? "Z"
                                                               : "";
    if (type.empty()) {
      return parse_.Expected(token,
                             "a type: boolean, integer 8, 16 or 32, ip-address, ip6-address, "
                             "text, string, domain-name, domain-list or encapsulate");
    }
    if (type == "D") parse_.Accept("compressed"_kw);
    if (in_array) {
      return parse_.Fail(rules::kBadValue, token,
                         fmt::format("there are no arrays of '{}'", parse_.Text(token)));
    }
    return Add(format, type);
  }

  static bool Add(std::string& format, std::string_view type) {
    format += type;
    return true;
  }

  bool Integer(std::string& format, bool is_signed) {
    const Token bits = parse_.Next();
    if (bits.kind != TokenKind::kNumber) return parse_.Expected(bits, "8, 16 or 32");
    switch (ReadDecimal(parse_.Text(bits))) {
      case 8:
        return Add(format, is_signed ? "b" : "B");
      case 16:
        return Add(format, is_signed ? "s" : "S");
      case 32:
        return Add(format, is_signed ? "l" : "L");
      default:
        return parse_.Expected(bits, "8, 16 or 32");
    }
  }

  bool Encapsulation(std::string& format) {
    const Token space = parse_.Next();
    if (!space.is_identifier()) return parse_.Expected(space, "the name of an option space");
    if (!IsOptionSpace(parse_.known(), parse_.Text(space))) {
      return parse_.Fail(
          rules::kUnknownOption, space,
          fmt::format("there is no option space '{}' before this", parse_.Text(space)));
    }
    encapsulated_ = space;
    format += 'E';
    format += parse_.Text(space);
    return Add(format, ".");
  }

  Parse& parse_;
  std::optional<Token> encapsulated_;  // The option space that the type names.
};

}  // namespace

bool ParseOptionSpace(Parse& parse) { return OptionDefinitionParser(parse).Space(); }

bool ParseOptionCode(Parse& parse, const Token& word, const OptionName& option) {
  return OptionDefinitionParser(parse).Code(word, option);
}

}  // namespace dhcpair::conf
