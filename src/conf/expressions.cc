#include "conf/expressions.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "conf/rules.h"
#include "conf/values.h"

namespace dhcpair::conf {
namespace {

using State = Expression::State;

constexpr std::size_t kDepthMax = 500;

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

struct Operator {
  Kind kind;
  int precedence;
};

constexpr Operator kCompare{Kind::kCompare, 4};
constexpr Operator kMatch{Kind::kMatch, 4};
constexpr Operator kMatchAnyCase{Kind::kMatchAnyCase, 4};
constexpr Operator kLogic{Kind::kLogic, 3};
constexpr Operator kAdd{Kind::kArithmetic, 2};
constexpr Operator kMultiply{Kind::kArithmetic, 1};
constexpr Operator kBits{Kind::kArithmetic, 100};

Type ResultOf(const Operator& op) {
  return op.kind == Kind::kArithmetic ? Type::kNumeric : Type::kBoolean;
}

// What is wanted on the right of an operator.
Wanted WantedBy(const Operator& op) {
  switch (op.kind) {
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

constexpr Expression kNone{State::kNone};
constexpr Expression kFailed{State::kFailed};

Expression Ok(Type type) { return {State::kOk, type}; }

class ExpressionParser {
 public:
  explicit ExpressionParser(Parse& parse) : parse_(parse) {}

  Expression Run(Wanted wanted) {
    if (depth_ >= kDepthMax) {
      parse_.Fail(rules::kTooDeep, parse_.Peek(),
                  fmt::format("expressions are nested more than {} deep here", kDepthMax));
      return kFailed;
    }
    ++depth_;
    const Expression expression = Binary(wanted, std::nullopt, kCompare);
    --depth_;
    return expression;
  }

  bool Must(Wanted wanted, Type type, std::string_view what) {
    const Token& first = parse_.Peek();
    const Expression found = Run(wanted);
    if (found.state == State::kFailed) return false;
    if (found.state == State::kNone) return parse_.Expected(first, what);
    if (found.type == type || found.type == Type::kAny) return true;
    return parse_.Fail(rules::kBadExpression, first, fmt::format("expected {} here", what));
  }

  bool Data() { return Must(Wanted::kData, Type::kData, "a data expression"); }
  bool Numeric() { return Must(Wanted::kNumeric, Type::kNumeric, "a numeric expression"); }
  bool Boolean() { return Must(Wanted::kBoolean, Type::kBoolean, "a boolean expression"); }

 private:
  // Left to right; an operator of higher precedence takes what is left of it with it.
  Expression Binary(Wanted wanted, std::optional<Type> left, Operator op) {
    for (;;) {
      const Token& first = parse_.Peek();
      Expression right = Unary(wanted);
      if (!right.ok()) {
        if (!left || right.state == State::kFailed) return right;
        parse_.Expected(first, "what the operator applies to");
        return kFailed;
      }
      bool is_broken = false;
      std::optional<Operator> next = PeekOperator(is_broken);
      if (is_broken) return kFailed;
      if (next) wanted = LikeIt(right.type);
      if (!left) {
        if (!next) return right;
        left = right.type;
        op = *next;
        parse_.Next();
        continue;
      }
      if (next && op.precedence < next->precedence) {
        parse_.Next();
        right = Nested(*next, right.type);
        if (!right.ok()) return kFailed;
        next.reset();
      }
      if (!Fits(op, *left, right.type, first)) return kFailed;
      if (!next) return Ok(ResultOf(op));
      parse_.Next();
      left = ResultOf(op);
      op = *next;
    }
  }

  Expression Nested(Operator op, Type left) {
    if (depth_ >= kDepthMax) return Run(Wanted::kAny);
    ++depth_;
    const Expression expression = Binary(WantedBy(op), left, op);
    --depth_;
    return expression;
  }

  // The operator at this token, its first character taken where it has two.
  std::optional<Operator> PeekOperator(bool& is_broken) {
    const Token& token = parse_.Peek();
    if (token.Is('!')) {
      parse_.Next();
      if (parse_.Peek().Is('=')) return kCompare;
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
    if (token.Is('=')) return kCompare;
    if (token.Is("and"_kw) || token.Is("or"_kw)) return kLogic;
    if (token.Is('+')) return kAdd;
    if (token.Is('*') || token.Is('/') || token.Is('%')) return kMultiply;
    if (token.Is('&') || token.Is('|') || token.Is('^')) return kBits;
    return std::nullopt;
  }

  bool Fits(const Operator& op, Type left, Type right, const Token& at) {
    const auto wrong = [&](std::string_view what) {
      return parse_.Fail(rules::kBadExpression, at, fmt::format("expected {} here", what));
    };
    if (left != Type::kAny && right != Type::kAny && left != right) {
      return parse_.Fail(rules::kBadExpression, at,
                         "this is of another type than what stands left of the operator");
    }
    switch (op.kind) {
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

  Expression Unary(Wanted wanted) {
    const Token& token = parse_.Peek();
    switch (token.kind) {
      case TokenKind::kString:
        parse_.Next();
        return Ok(Type::kData);
      case TokenKind::kNumber:
        if (wanted == Wanted::kNumeric || wanted == Wanted::kDataOrNumeric) {
          parse_.Next();
          return Ok(Type::kNumeric);
        }
        return ParseHexList(parse_) ? Ok(Type::kData) : kFailed;
      case TokenKind::kNumberOrName:
        return ParseHexList(parse_) ? Ok(Type::kData) : kFailed;
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

  Expression Parenthesis(Wanted wanted) {
    parse_.Next();
    const Token& first = parse_.Peek();
    const Expression inner = Run(wanted);
    if (inner.state == State::kNone) parse_.Expected(first, "an expression");
    if (!inner.ok()) return kFailed;
    return Close() ? inner : kFailed;
  }

  bool Open() {
    const Token& found = parse_.Next();
    return found.Is('(') || parse_.Expected(found, "'('");
  }

  bool Close() {
    const Token& found = parse_.Next();
    return found.Is(')') || parse_.Expected(found, "')'");
  }

  bool Comma() {
    const Token& found = parse_.Next();
    return found.Is(',') || parse_.Expected(found, "','");
  }

  Expression Variable() {
    parse_.Next();
    if (!parse_.Accept('(')) return Ok(Type::kAny);
    do {
      const Token& first = parse_.Peek();
      const Expression argument = Run(Wanted::kAny);
      if (argument.state == State::kNone) parse_.Expected(first, "an expression");
      if (!argument.ok()) return kFailed;
    } while (parse_.Accept(','));
    return Close() ? Ok(Type::kAny) : kFailed;
  }

  Expression Word(const Token& token) {
    const auto form = std::ranges::find(kForms, token.keyword, &Form::keyword);
    if (form != kForms.end()) {
      parse_.Next();
      return Arguments(form->arguments) ? Ok(form->type) : kFailed;
    }
    const auto result = [](bool ok, Type type) { return ok ? Ok(type) : kFailed; };
    if (token.Is("option"_kw) || token.Is("config-option"_kw)) {
      parse_.Next();
      return result(ParseOptionName(parse_, MayBeNew::kNo).has_value(), Type::kData);
    }
    if (token.Is("exists"_kw)) {
      parse_.Next();
      return result(ParseOptionName(parse_, MayBeNew::kNo).has_value(), Type::kBoolean);
    }
    if (token.Is("not"_kw)) return Negation();
    if (token.Is("check"_kw)) return Check();
    if (token.Is("defined"_kw)) return result(Defined(), Type::kBoolean);
    if (token.Is("extract-int"_kw)) return result(IntegerOf(Type::kData), Type::kNumeric);
    if (token.Is("encode-int"_kw)) return result(IntegerOf(Type::kNumeric), Type::kData);
    if (token.Is("gethostbyname"_kw)) return result(HostByName(), Type::kData);
    return kNone;
  }

  bool Arguments(std::string_view letters) {
    if (letters == "-") return true;
    if (!Open()) return false;
    for (std::size_t i = 0; i < letters.size(); ++i) {
      if (letters[i] == '+') {
        while (parse_.Accept(',')) {
          if (!Data()) return false;
        }
        continue;
      }
      if (i > 0 && !Comma()) return false;
      if (!(letters[i] == 'D' ? Data() : Numeric())) return false;
    }
    return Close();
  }

  Expression Negation() {
    parse_.Next();
    const Token& first = parse_.Peek();
    if (depth_ >= kDepthMax) return Run(Wanted::kBoolean);
    ++depth_;
    const Expression inner = Unary(Wanted::kBoolean);
    --depth_;
    if (inner.state == State::kFailed) return kFailed;
    if (inner.ok() && inner.type == Type::kBoolean) return inner;
    parse_.Expected(first, "a boolean expression behind 'not'; comparisons go in parentheses");
    return kFailed;
  }

  // dhcpd knows one collection of classes only.
  Expression Check() {
    parse_.Next();
    const Token& name = parse_.Next();
    if (name.kind == TokenKind::kString && parse_.Value(name) == "default") {
      return Ok(Type::kBoolean);
    }
    parse_.Expected(name, "the collection \"default\"");
    return kFailed;
  }

  bool Defined() {
    parse_.Next();
    if (!Open()) return false;
    const Token& name = parse_.Next();
    const bool is_name = name.kind == TokenKind::kName || name.kind == TokenKind::kNumberOrName;
    if (!is_name) return parse_.Expected(name, "the name of a variable");
    return Close();
  }

  // extract-int(DATA, BITS) and encode-int(NUMBER, BITS).
  bool IntegerOf(Type argument) {
    parse_.Next();
    if (!Open() || !(argument == Type::kData ? Data() : Numeric()) || !Comma()) return false;
    const Token& bits = parse_.Next();
    if (bits.kind != TokenKind::kNumber) return parse_.Expected(bits, "8, 16 or 32");
    const long width = ReadDecimal(parse_.Text(bits));
    if (width != 8 && width != 16 && width != 32) return parse_.Expected(bits, "8, 16 or 32");
    return Close();
  }

  bool HostByName() {
    parse_.Next();
    if (!Open()) return false;
    const Token& name = parse_.Next();
    if (name.kind != TokenKind::kString) return parse_.Expected(name, "a name in quotation marks");
    return Close();
  }

  Parse& parse_;
  std::size_t depth_ = 0;
};

}  // namespace

Expression ParseExpression(Parse& parse, Wanted wanted) {
  return ExpressionParser(parse).Run(wanted);
}

bool ParseBoolean(Parse& parse) { return ExpressionParser(parse).Boolean(); }
bool ParseData(Parse& parse) { return ExpressionParser(parse).Data(); }
bool ParseNumeric(Parse& parse) { return ExpressionParser(parse).Numeric(); }

}  // namespace dhcpair::conf
