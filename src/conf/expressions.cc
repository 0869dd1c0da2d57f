#include "conf/expressions.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "conf/option_values.h"
#include "conf/rules.h"
#include "conf/values.h"

namespace dhcpair::conf {
namespace {

using State = Parsed::State;

// A word, or a word and arguments in parentheses.
struct Form {
  Keyword keyword;
  Type type;
  // Of each argument: D data, N numeric. '+': the last one may be repeated. "-" stands for a form
  // without parentheses.
  std::string_view arguments;
};

constexpr std::array kForms{
    Form{"substring"_kw, Type::kData, "DNN"},
    Form{"suffix"_kw, Type::kData, "DN"},
    Form{"lcase"_kw, Type::kData, "D"},
    Form{"ucase"_kw, Type::kData, "D"},
    Form{"concat"_kw, Type::kData, "DD+"},
    Form{"binary-to-ascii"_kw, Type::kData, "NNDD"},
    Form{"reverse"_kw, Type::kData, "ND"},
    Form{"pick"_kw, Type::kData, "D+"},
    Form{"pick-first-value"_kw, Type::kData, "D+"},
    Form{"packet"_kw, Type::kData, "NN"},
    Form{"v6relay"_kw, Type::kData, "ND"},
    Form{"gethostname"_kw, Type::kData, ""},
    Form{"hardware"_kw, Type::kData, "-"},
    Form{"leased-address"_kw, Type::kData, "-"},
    Form{"filename"_kw, Type::kData, "-"},
    Form{"server-name"_kw, Type::kData, "-"},
    Form{"null"_kw, Type::kData, "-"},
    Form{"host-decl-name"_kw, Type::kData, "-"},
    Form{"client-state"_kw, Type::kNumeric, "-"},
    Form{"lease-time"_kw, Type::kNumeric, "-"},
    Form{"known"_kw, Type::kBoolean, "-"},
    Form{"static"_kw, Type::kBoolean, "-"},
    // Results of DNS updates and states of a client.
    Form{"formerr"_kw, Type::kNumeric, "-"},
    Form{"noerror"_kw, Type::kNumeric, "-"},
    Form{"notauth"_kw, Type::kNumeric, "-"},
    Form{"notimp"_kw, Type::kNumeric, "-"},
    Form{"notzone"_kw, Type::kNumeric, "-"},
    Form{"nxdomain"_kw, Type::kNumeric, "-"},
    Form{"nxrrset"_kw, Type::kNumeric, "-"},
    Form{"refused"_kw, Type::kNumeric, "-"},
    Form{"servfail"_kw, Type::kNumeric, "-"},
    Form{"yxdomain"_kw, Type::kNumeric, "-"},
    Form{"yxrrset"_kw, Type::kNumeric, "-"},
    Form{"booting"_kw, Type::kNumeric, "-"},
    Form{"reboot"_kw, Type::kNumeric, "-"},
    Form{"select"_kw, Type::kNumeric, "-"},
    Form{"request"_kw, Type::kNumeric, "-"},
    Form{"bound"_kw, Type::kNumeric, "-"},
    Form{"renew"_kw, Type::kNumeric, "-"},
    Form{"rebind"_kw, Type::kNumeric, "-"},
};

// What binds tighter has the higher precedence; dhcpd's order is not that of other languages.
enum class Kind { kCompare, kMatch, kMatchAnyCase, kLogic, kArithmetic };

struct Sign {
  Operator op;
  Kind kind;
  int precedence;
};

constexpr Sign kEqual{Operator::kEqual, Kind::kCompare, 4};
constexpr Sign kNotEqual{Operator::kNotEqual, Kind::kCompare, 4};
constexpr Sign kMatch{Operator::kMatch, Kind::kMatch, 4};
constexpr Sign kMatchAnyCase{Operator::kMatchAnyCase, Kind::kMatchAnyCase, 4};

// An operator of one token.
std::optional<Sign> SignOf(const Token& token) {
  if (token.Is('=')) return kEqual;
  if (token.Is("and"_kw)) return Sign{Operator::kAnd, Kind::kLogic, 3};
  if (token.Is("or"_kw)) return Sign{Operator::kOr, Kind::kLogic, 3};
  if (token.Is('+')) return Sign{Operator::kAdd, Kind::kArithmetic, 2};
  if (token.Is('*')) return Sign{Operator::kMultiply, Kind::kArithmetic, 1};
  if (token.Is('/')) return Sign{Operator::kDivide, Kind::kArithmetic, 1};
  if (token.Is('%')) return Sign{Operator::kRemainder, Kind::kArithmetic, 1};
  if (token.Is('&')) return Sign{Operator::kBitAnd, Kind::kArithmetic, 100};
  if (token.Is('|')) return Sign{Operator::kBitOr, Kind::kArithmetic, 100};
  if (token.Is('^')) return Sign{Operator::kBitXor, Kind::kArithmetic, 100};
  return std::nullopt;
}

Type ResultOf(const Sign& sign) {
  return sign.kind == Kind::kArithmetic ? Type::kNumeric : Type::kBoolean;
}

// What is wanted on the right of an operator.
Wanted WantedBy(const Sign& sign) {
  switch (sign.kind) {
    case Kind::kCompare:
    case Kind::kMatch:
    case Kind::kMatchAnyCase:
      return Wanted::kData;
    case Kind::kLogic:
      return Wanted::kBoolean;
    case Kind::kArithmetic:
      return Wanted::kNumeric;
  }
  return Wanted::kAny;
}

Wanted LikeIt(Type type) {
  switch (type) {
    case Type::kBoolean:
      return Wanted::kBoolean;
    case Type::kData:
      return Wanted::kData;
    case Type::kNumeric:
      return Wanted::kNumeric;
    case Type::kAny:
      return Wanted::kAny;
  }
  return Wanted::kAny;
}

constexpr Parsed kNone{State::kNone};
constexpr Parsed kFailed{State::kFailed};

using Arguments = std::vector<ExpressionId>;

class ExpressionParser {
 public:
  explicit ExpressionParser(Parse& parse) : parse_(parse) {}

  Parsed Run(Wanted wanted) {
    if (depth_ >= kExpressionDepthMax) return TooDeep();
    ++depth_;
    const Parsed parsed = Binary(wanted, std::nullopt, kEqual);
    --depth_;
    return parsed;
  }

  std::optional<ExpressionId> Data() {
    return Must(Wanted::kData, Type::kData, "a data expression");
  }
  std::optional<ExpressionId> Numeric() {
    return Must(Wanted::kNumeric, Type::kNumeric, "a numeric expression");
  }
  std::optional<ExpressionId> Boolean() {
    return Must(Wanted::kBoolean, Type::kBoolean, "a boolean expression");
  }

 private:
  std::optional<ExpressionId> Must(Wanted wanted, Type type, std::string_view what) {
    const Token first = parse_.Peek();
    const Parsed found = Run(wanted);
    if (found.state == State::kFailed) return std::nullopt;
    if (found.state == State::kNone) {
      Missing(first, what);
      return std::nullopt;
    }
    if (found.type == type || found.type == Type::kAny) return found.id;
    parse_.Fail(rules::kBadExpression, first, fmt::format("expected {} here", what));
    return std::nullopt;
  }

  // An operand that is not there.
  Parsed Missing(const Token& found, std::string_view what) {
    if (found.kind == TokenKind::kEnd && parse_.drops_statements()) return Dropped(found);
    parse_.Expected(found, what);
    return kFailed;
  }

  Parsed Dropped(const Token& found) {
    parse_.Fail(rules::kDroppedStatement, found,
                "an expression is missing here; dhcpd drops the whole statement without a word");
    return kFailed;
  }

  Parsed TooDeep() {
    parse_.TooDeep(parse_.Peek(), fmt::format("expressions lie more than {} deep in each other",
                                              kExpressionDepthMax));
    return kFailed;
  }

  Parsed Make(const Expression& expression, std::span<const ExpressionId> arguments = {}) {
    return {State::kOk, expression.type, parse_.model().expressions.Add(expression, arguments)};
  }

  Parsed Combine(const Sign& sign, const Parsed& left, const Parsed& right) {
    return Make({.kind = ExpressionKind::kBinary, .type = ResultOf(sign), .op = sign.op},
                std::array{left.id, right.id});
  }

  // Left to right; an operator of higher precedence takes what is left of it with it.
  Parsed Binary(Wanted wanted, std::optional<Parsed> left, Sign sign) {
    for (;;) {
      const Token first = parse_.Peek();
      Parsed right = Unary(wanted);
      if (!right.ok()) {
        if (!left || right.state == State::kFailed) return right;
        return Missing(first, "what the operator applies to");
      }
      bool is_broken = false;
      std::optional<Sign> next = PeekOperator(is_broken);
      if (is_broken) return kFailed;
      if (next) wanted = LikeIt(right.type);
      if (!left) {
        if (!next) return right;
        left = right;
        sign = *next;
        parse_.Next();
        continue;
      }
      if (next && sign.precedence < next->precedence) {
        parse_.Next();
        right = Nested(*next, right);
        if (!right.ok()) return kFailed;
        next.reset();
      }
      if (!Fits(sign, left->type, right.type, first)) return kFailed;
      const Parsed both = Combine(sign, *left, right);
      if (!next) return both;
      parse_.Next();
      left = both;
      sign = *next;
    }
  }

  Parsed Nested(const Sign& sign, const Parsed& left) {
    if (depth_ >= kExpressionDepthMax) return TooDeep();
    ++depth_;
    const Parsed parsed = Binary(WantedBy(sign), left, sign);
    --depth_;
    return parsed;
  }

  // The operator at this token, its first character taken where it has two.
  std::optional<Sign> PeekOperator(bool& is_broken) {
    const Token token = parse_.Peek();
    if (token.Is('!')) {
      parse_.Next();
      if (parse_.Peek().Is('=')) return kNotEqual;
      is_broken = !parse_.Expected(parse_.Peek(), "'=': the operator is !=");
      return std::nullopt;
    }
    if (token.Is('~')) {
      parse_.Next();
      if (parse_.Peek().Is('=')) return kMatch;
      if (parse_.Peek().Is('~')) return kMatchAnyCase;
      is_broken = !parse_.Expected(parse_.Peek(), "'=' or '~': the operators are ~= and ~~");
      return std::nullopt;
    }
    return SignOf(token);
  }

  bool Fits(const Sign& sign, Type left, Type right, const Token& at) {
    const auto wrong = [&](std::string_view what) {
      return parse_.Fail(rules::kBadExpression, at, fmt::format("expected {} here", what));
    };
    if (left != Type::kAny && right != Type::kAny && left != right) {
      return parse_.Fail(rules::kBadExpression, at,
                         "this is of another type than what stands left of the operator");
    }
    switch (sign.kind) {
      case Kind::kCompare:
        return right != Type::kBoolean || wrong("data or a number");
      case Kind::kMatch:
        return right == Type::kData || wrong("data");
      case Kind::kMatchAnyCase:
        return true;
      case Kind::kLogic:
        return right == Type::kBoolean || right == Type::kAny || wrong("a boolean expression");
      case Kind::kArithmetic:
        return right == Type::kNumeric || right == Type::kAny || wrong("a numeric expression");
    }
    return true;
  }

  Parsed MakeData(std::string_view octets) {
    return Make({.kind = ExpressionKind::kData, .type = Type::kData, .text = octets});
  }

  Parsed HexList() {
    auto octets = ParseHexList(parse_);
    return octets ? MakeData(parse_.model().Keep(*std::move(octets))) : kFailed;
  }

  Parsed Unary(Wanted wanted) {
    const Token token = parse_.Peek();
    switch (token.kind) {
      case TokenKind::kString:
        return MakeData(parse_.Value(parse_.Next()));
      case TokenKind::kNumber:
        if (wanted == Wanted::kNumeric || wanted == Wanted::kDataOrNumeric) {
          parse_.Next();
          return Make({.kind = ExpressionKind::kNumber,
                       .type = Type::kNumeric,
                       .number = static_cast<std::uint32_t>(ReadDecimal(parse_.Text(token)))});
        }
        return HexList();
      case TokenKind::kNumberOrName:
        return HexList();
      case TokenKind::kName:
        return Variable();
      case TokenKind::kKeyword:
        return Word(token);
      case TokenKind::kPunctuation:
        return token.Is('(') ? Parenthesis(wanted) : kNone;
      case TokenKind::kEnd:
        return kNone;
    }
    return kNone;
  }

  Parsed Parenthesis(Wanted wanted) {
    parse_.Next();
    const Token first = parse_.Peek();
    const Parsed inner = Run(wanted);
    if (inner.state == State::kNone) return Missing(first, "an expression");
    if (!inner.ok()) return kFailed;
    return Close() ? inner : kFailed;
  }

  bool Open() {
    const Token found = parse_.Next();
    return found.Is('(') || parse_.Expected(found, "'('");
  }

  bool Close() {
    const Token found = parse_.Next();
    return found.Is(')') || parse_.Expected(found, "')'");
  }

  bool Comma() {
    const Token found = parse_.Next();
    return found.Is(',') || parse_.Expected(found, "','");
  }

  Parsed Variable() {
    const std::string_view name = parse_.Text(parse_.Next());
    if (!parse_.Accept('(')) return Make({.kind = ExpressionKind::kVariable, .text = name});
    Arguments arguments;
    do {
      const Token first = parse_.Peek();
      const Parsed argument = Run(Wanted::kAny);
      if (argument.state == State::kNone) {
        return parse_.drops_statements() ? Dropped(first) : Missing(first, "an expression");
      }
      if (!argument.ok()) return kFailed;
      arguments.push_back(argument.id);
    } while (parse_.Accept(','));
    if (!Close()) return kFailed;
    return Make({.kind = ExpressionKind::kCall, .text = name}, arguments);
  }

  Parsed Word(const Token& token) {
    const auto form = std::ranges::find(kForms, token.keyword, &Form::keyword);
    if (form != kForms.end()) return TakeForm(*form);
    if (token.Is("option"_kw)) return Option(ExpressionKind::kOption, Type::kData);
    if (token.Is("config-option"_kw)) return Option(ExpressionKind::kConfigOption, Type::kData);
    if (token.Is("exists"_kw)) return Option(ExpressionKind::kExists, Type::kBoolean);
    if (token.Is("not"_kw)) return Negation();
    if (token.Is("check"_kw)) return Check();
    if (token.Is("defined"_kw)) return Defined();
    if (token.Is("extract-int"_kw)) return ExtractInt();
    if (token.Is("encode-int"_kw)) return EncodeInt();
    if (token.Is("gethostbyname"_kw)) return HostByName();
    return kNone;
  }

  Parsed TakeForm(const Form& form) {
    parse_.Next();
    Arguments arguments;
    if (!TakeArguments(form.arguments, arguments)) return kFailed;
    return Make({.kind = ExpressionKind::kForm, .type = form.type, .word = form.keyword},
                arguments);
  }

  bool TakeArguments(std::string_view letters, Arguments& arguments) {
    const auto take = [&](const std::optional<ExpressionId>& argument) {
      if (argument) arguments.push_back(*argument);
      return argument.has_value();
    };
    if (letters == "-") return true;
    if (!Open()) return false;
    for (std::size_t i = 0; i < letters.size(); ++i) {
      if (letters[i] == '+') {
        while (parse_.Accept(',')) {
          if (!take(Data())) return false;
        }
        continue;
      }
      if (i > 0 && !Comma()) return false;
      if (!take(letters[i] == 'D' ? Data() : Numeric())) return false;
    }
    return Close();
  }

  Parsed Option(ExpressionKind kind, Type type) {
    parse_.Next();
    const auto name = ParseOptionName(parse_, MayBeNew::kNo);
    if (!name) return kFailed;
    return Make({.kind = kind,
                 .type = type,
                 .option_code = name->code,
                 .space = name->space,
                 .text = name->name});
  }

  Parsed Negation() {
    parse_.Next();
    const Token first = parse_.Peek();
    if (depth_ >= kExpressionDepthMax) return TooDeep();
    ++depth_;
    const Parsed inner = Unary(Wanted::kBoolean);
    --depth_;
    if (inner.state == State::kFailed) return kFailed;
    if (inner.ok() && inner.type == Type::kBoolean) {
      return Make({.kind = ExpressionKind::kNot, .type = Type::kBoolean}, std::array{inner.id});
    }
    return Missing(first, "a boolean expression behind 'not'; comparisons go in parentheses");
  }

  // dhcpd knows one collection of classes only.
  Parsed Check() {
    parse_.Next();
    const Token name = parse_.Next();
    if (name.kind == TokenKind::kString && parse_.Value(name) == "default") {
      return Make(
          {.kind = ExpressionKind::kCheck, .type = Type::kBoolean, .text = parse_.Value(name)});
    }
    parse_.Expected(name, "the collection \"default\"");
    return kFailed;
  }

  Parsed Defined() {
    parse_.Next();
    if (!Open()) return kFailed;
    const Token name = parse_.Next();
    const bool is_name = name.kind == TokenKind::kName || name.kind == TokenKind::kNumberOrName;
    if (!is_name) {
      parse_.Expected(name, "the name of a variable");
      return kFailed;
    }
    if (!Close()) return kFailed;
    return Make(
        {.kind = ExpressionKind::kDefined, .type = Type::kBoolean, .text = parse_.Text(name)});
  }

  // extract-int(DATA, BITS) gives a number, encode-int(NUMBER, BITS) octets.
  Parsed ExtractInt() {
    parse_.Next();
    if (!Open()) return kFailed;
    return WithBits({.kind = ExpressionKind::kExtractInt, .type = Type::kNumeric}, Data());
  }

  Parsed EncodeInt() {
    parse_.Next();
    if (!Open()) return kFailed;
    return WithBits({.kind = ExpressionKind::kEncodeInt, .type = Type::kData}, Numeric());
  }

  Parsed WithBits(Expression expression, const std::optional<ExpressionId>& argument) {
    if (!argument || !Comma()) return kFailed;
    const Token bits = parse_.Next();
    const long width = bits.kind == TokenKind::kNumber ? ReadDecimal(parse_.Text(bits)) : 0;
    if (width != 8 && width != 16 && width != 32) {
      parse_.Expected(bits, "8, 16 or 32");
      return kFailed;
    }
    if (!Close()) return kFailed;
    expression.number = static_cast<std::uint32_t>(width);
    return Make(expression, std::array{*argument});
  }

  Parsed HostByName() {
    parse_.Next();
    if (!Open()) return kFailed;
    const Token name = parse_.Next();
    if (name.kind != TokenKind::kString) {
      parse_.Expected(name, "a name in quotation marks");
      return kFailed;
    }
    if (!Close()) return kFailed;
    return Make(
        {.kind = ExpressionKind::kHostLookup, .type = Type::kData, .text = parse_.Value(name)});
  }

  Parse& parse_;
  std::size_t depth_ = 0;
};

}  // namespace

Parsed ParseExpression(Parse& parse, Wanted wanted) { return ExpressionParser(parse).Run(wanted); }

std::optional<ExpressionId> ParseBoolean(Parse& parse) { return ExpressionParser(parse).Boolean(); }

std::optional<ExpressionId> ParseData(Parse& parse) { return ExpressionParser(parse).Data(); }

}  // namespace dhcpair::conf
