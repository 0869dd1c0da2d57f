#include "conf/executable.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "conf/parameters.h"
#include "conf/rules.h"
#include "conf/values.h"

namespace dhcpair::conf {
namespace {

// What may stand behind allow, deny and ignore outside of a pool.
constexpr auto kFlags =
    std::to_array<Keyword>({"bootp"_kw, "booting"_kw, "dynamic-bootp"_kw, "unknown-clients"_kw,
                            "duplicates"_kw, "declines"_kw, "client-updates"_kw, "leasequery"_kw});

// The statements that change an option: NAME VALUE;
constexpr auto kOptionVerbs =
    std::to_array<Keyword>({"send"_kw, "supersede"_kw, "option"_kw, "append"_kw, "prepend"_kw});

class ExecutableParser {
 public:
  ExecutableParser(Parse& parse, Scope scope) : parse_(parse), scope_(scope) {}

  StatementResult Run(Wanted cases) {
    const Token& token = parse_.Peek();
    if (token.kind != TokenKind::kKeyword) return Other(token);
    if (std::ranges::find(kOptionVerbs, token.keyword) != kOptionVerbs.end()) {
      parse_.Next();
      return Result(Option());
    }
    const auto is = [&](Keyword keyword) { return token.keyword == keyword; };
    if (is("if"_kw)) return Take([&] { return If(); });
    if (is("switch"_kw)) return Take([&] { return Switch(); });
    if (is("case"_kw)) return Take([&] { return Case(token, cases); });
    if (is("default"_kw)) return Take([&] { return Default(token, cases); });
    if (is("on"_kw)) return Take([&] { return On(); });
    if (is("set"_kw) || is("define"_kw)) return Take([&] { return Set(); });
    if (is("unset"_kw)) return Take([&] { return VariableName() && parse_.Semicolon(); });
    if (is("eval"_kw) || is("return"_kw)) return Take([&] { return Evaluated(); });
    if (is("log"_kw)) return Take([&] { return Log(); });
    if (is("execute"_kw)) return Take([&] { return Execute(); });
    if (is("add"_kw)) return Take([&] { return Add(token); });
    if (is("break"_kw)) return Take([&] { return parse_.Semicolon(); });
    if (is("parse-vendor-option"_kw)) return Take([&] { return parse_.Semicolon(); });
    if (is("db-time-format"_kw)) return Take([&] { return DbTimeFormat(); });
    if (is("allow"_kw) || is("deny"_kw) || is("ignore"_kw)) return Take([&] { return Flag(); });
    if (is("key"_kw)) return Take([&] { return Key(token); });
    if (is("zone"_kw)) return Take([&] { return Zone(); });
    return Other(token);
  }

 private:
  static StatementResult Result(bool ok) {
    return ok ? StatementResult::kOk : StatementResult::kFailed;
  }

  template <typename Rule>
  StatementResult Take(Rule rule) {
    parse_.Next();
    return Result(rule());
  }

  // A parameter of the server, or an expression for what it does.
  StatementResult Other(const Token& token) {
    if (!token.is_identifier()) return StatementResult::kNone;
    if (const Parameter* const parameter = FindParameter(parse_.Text(token))) {
      parse_.Next();
      return Result(ServerParameter(*parameter));
    }
    if (token.kind == TokenKind::kKeyword) return StatementResult::kNone;
    const Expression expression = ParseExpression(parse_, Wanted::kData);
    if (!expression.ok()) return StatementResult::kFailed;
    if (parse_.Peek().Is(';')) return Result(parse_.Semicolon());
    return Result(UnknownStatement(token));
  }

  // A misspelled statement reads as a variable with something odd behind it.
  bool UnknownStatement(const Token& word) {
    const Token& found = parse_.Next();
    if (found.line > word.line) return parse_.Expected(found, "';' behind the line before");
    return parse_.Fail(rules::kUnknownStatement, word,
                       fmt::format("dhcpd knows no statement '{}'", parse_.Text(word)));
  }

  bool ServerParameter(const Parameter& parameter) {
    const Token& value = parse_.Peek();
    const std::string key_name = parameter.name == "omapi-key" ? DottedAhead() : "";
    if (!ParseOptionStatement(parse_, parameter.format)) return false;
    // dhcpd executes the global statements once when it has read all.
    if (scope_ != Scope::kGlobal || depth_ > 0) return true;
    if (parameter.name == "ddns-update-style") {
      const bool is_ad_hoc = parse_.Text(value) == "ad-hoc";
      parse_.names().ad_hoc.reset();
      if (is_ad_hoc) parse_.names().ad_hoc = parse_.LocationOf(value.span());
    }
    if (parameter.name == "omapi-key") {
      parse_.names().omapi_key = parse_.LocationOf(value.span());
      parse_.names().omapi_key_name = key_name;
    }
    return true;
  }

  // The words up to the ';' as one name.
  std::string DottedAhead() const {
    std::string name;
    for (std::size_t i = 0; !parse_.Peek(i).Is(';') && parse_.Peek(i).kind != TokenKind::kEnd;
         ++i) {
      name += parse_.Value(parse_.Peek(i));
    }
    return name;
  }

  bool Option() {
    const auto name = ParseOptionName(parse_, MayBeNew::kNo);
    return name && ParseOptionStatement(parse_, *name->format);
  }

  bool Flag() {
    const Token& flag = parse_.Next();
    const bool is_known =
        flag.kind == TokenKind::kKeyword && std::ranges::find(kFlags, flag.keyword) != kFlags.end();
    if (is_known) return parse_.Semicolon();
    if (flag.Is("dynamic"_kw) || flag.Is("known-clients"_kw) || flag.Is("members"_kw) ||
        flag.Is("unknown"_kw) || flag.Is("known"_kw) || flag.Is("all"_kw)) {
      return parse_.Fail(rules::kMisplacedStatement, flag,
                         "which clients a pool serves is said in the pool");
    }
    return parse_.Expected(flag,
                           "bootp, booting, dynamic-bootp, unknown-clients, duplicates, "
                           "declines, client-updates or leasequery");
  }

  bool DbTimeFormat() {
    const Token& word = parse_.Next();
    if (!word.Is("default"_kw) && !word.Is("local"_kw)) {
      return parse_.Expected(word, "default or local");
    }
    return parse_.Semicolon();
  }

  // What stands between braces, up to and with the '}'.
  bool Body(Wanted cases = Wanted::kAny) {
    const Token& brace = parse_.Peek();
    if (!parse_.LeftBrace()) return false;
    if (++depth_ > kBlockDepthMax) {
      return parse_.Fail(rules::kTooDeep, parse_.Peek(),
                         fmt::format("blocks are nested more than {} deep here", kBlockDepthMax));
    }
    for (;;) {
      const std::size_t start = parse_.position();
      const StatementResult result = Run(cases);
      if (result == StatementResult::kOk) continue;
      if (result == StatementResult::kFailed) {
        parse_.Recover(start);
        continue;
      }
      if (parse_.Accept('}')) break;
      const Token& found = parse_.Peek();
      if (found.kind == TokenKind::kEnd) {
        parse_.Unclosed(brace);
        break;
      }
      parse_.Next();
      parse_.Fail(rules::kMisplacedStatement, found,
                  fmt::format("'{}' is no statement that can stand here", parse_.Text(found)));
      parse_.Recover(start);
    }
    --depth_;
    return true;
  }

  bool If() {
    const bool in_parentheses = parse_.Accept('(');
    if (!ParseBoolean(parse_)) return false;
    if (in_parentheses && !parse_.Accept(')')) return parse_.Expected(parse_.Next(), "')'");
    if (!Body()) return false;
    if (parse_.Accept("elsif"_kw)) return If();
    if (!parse_.Accept("else"_kw)) return true;
    if (parse_.Accept("if"_kw)) return If();
    if (!parse_.Peek().Is('{')) return parse_.Expected(parse_.Peek(), "'{' or if");
    return Body();
  }

  bool Switch() {
    if (!parse_.Accept('(')) return parse_.Expected(parse_.Next(), "'('");
    const Token& first = parse_.Peek();
    const Expression value = ParseExpression(parse_, Wanted::kDataOrNumeric);
    if (value.state == Expression::State::kNone) {
      return parse_.Expected(first, "a data or numeric expression");
    }
    if (!value.ok()) return false;
    if (!parse_.Accept(')')) return parse_.Expected(parse_.Next(), "')'");
    return Body(value.type == Type::kData ? Wanted::kData : Wanted::kNumeric);
  }

  bool Case(const Token& token, Wanted cases) {
    if (cases == Wanted::kAny) {
      return parse_.Fail(rules::kMisplacedStatement, token, "a case stands in a switch only");
    }
    const Token& first = parse_.Peek();
    const Expression value = ParseExpression(parse_, cases);
    if (value.state == Expression::State::kNone) {
      return parse_.Expected(first,
                             cases == Wanted::kData ? "a data expression" : "a numeric expression");
    }
    return value.ok() && Colon();
  }

  bool Colon() {
    const Token& found = parse_.Next();
    return found.Is(':') || parse_.Expected(found, "':'");
  }

  // Of a switch, or the statement that sets an option unless it is there already.
  bool Default(const Token& token, Wanted cases) {
    if (!parse_.Peek().Is(':')) return Option();
    parse_.Next();
    return cases != Wanted::kAny ||
           parse_.Fail(rules::kMisplacedStatement, token, "'default:' stands in a switch only");
  }

  bool On() {
    do {
      const Token& event = parse_.Next();
      if (!event.Is("commit"_kw) && !event.Is("release"_kw) && !event.Is("expiry"_kw) &&
          !event.Is("transmission"_kw)) {
        return parse_.Expected(event, "commit, release, expiry or transmission");
      }
    } while (parse_.Accept("or"_kw));
    return parse_.Accept(';') || Body();
  }

  bool VariableName() {
    const Token& name = parse_.Next();
    if (name.kind == TokenKind::kName || name.kind == TokenKind::kNumberOrName) return true;
    return parse_.Expected(name, "the name of a variable, which no word of the language can be");
  }

  bool Set() {
    if (!VariableName()) return false;
    const Token& token = parse_.Next();
    if (token.Is('(')) return Function();
    if (!token.Is('=')) return parse_.Expected(token, "'='");
    return Evaluated(Wanted::kAny);
  }

  bool Function() {
    if (!parse_.Accept(')')) {
      do {
        if (!VariableName()) return false;
      } while (parse_.Accept(','));
      if (!parse_.Accept(')')) return parse_.Expected(parse_.Next(), "')'");
    }
    return Body();
  }

  bool Evaluated(Wanted wanted = Wanted::kData) {
    const Token& first = parse_.Peek();
    const Expression expression = ParseExpression(parse_, wanted);
    if (expression.state == Expression::State::kNone) {
      return parse_.Expected(first, "an expression");
    }
    return expression.ok() && parse_.Semicolon();
  }

  bool Log() {
    if (!parse_.Accept('(')) return parse_.Expected(parse_.Next(), "'('");
    const Token& level = parse_.Peek();
    if (level.Is("fatal"_kw) || level.Is("error"_kw) || level.Is("debug"_kw) ||
        level.Is("info"_kw)) {
      parse_.Next();
      if (!parse_.Accept(',')) return parse_.Expected(parse_.Next(), "','");
    }
    if (!ParseData(parse_)) return false;
    if (!parse_.Accept(')')) return parse_.Expected(parse_.Next(), "')'");
    return parse_.Semicolon();
  }

  bool Execute() {
    if (!parse_.Accept('(')) return parse_.Expected(parse_.Next(), "'('");
    const Token& program = parse_.Next();
    if (program.kind != TokenKind::kString) {
      return parse_.Expected(program, "the program in quotation marks");
    }
    while (parse_.Accept(',')) {
      if (!ParseData(parse_)) return false;
    }
    if (!parse_.Accept(')')) return parse_.Expected(parse_.Next(), "')' or ','");
    return parse_.Semicolon();
  }

  bool Add(const Token& token) {
    const Token& name = parse_.Next();
    if (name.kind != TokenKind::kString) {
      return parse_.Expected(name, "the name of a class in quotation marks");
    }
    if (!parse_.names().classes.contains(parse_.Value(name))) {
      return parse_.Fail(rules::kUnknownClass, name,
                         NotDeclared("class", parse_.Value(name), parse_.names().classes));
    }
    if (scope_ == Scope::kGlobal && depth_ == 0) {
      return parse_.Fail(rules::kMisplacedStatement, token,
                         "dhcpd crashes on 'add' in the global scope; put it into an if");
    }
    return parse_.Semicolon();
  }

  bool Key(const Token& token) {
    std::string name;
    if (!KeyName(name)) return false;
    if (!parse_.LeftBrace()) return false;
    bool has_algorithm = false;
    bool has_secret = false;
    for (;;) {
      const Token& item = parse_.Next();
      if (item.Is("algorithm"_kw) && !std::exchange(has_algorithm, true)) {
        const Token& first = parse_.Peek();
        if (!ParseDottedName(parse_)) return parse_.Expected(first, "an algorithm: hmac-sha256");
        if (!parse_.Semicolon()) return false;
      } else if (item.Is("secret"_kw) && !std::exchange(has_secret, true)) {
        if (!Secret() || !parse_.Semicolon()) return false;
      } else if (item.Is('}')) {
        break;
      } else {
        return parse_.Expected(item, "one algorithm, one secret, and '}'");
      }
    }
    parse_.Accept(';');
    if (!has_secret || !has_algorithm) {
      return parse_.Fail(rules::kBadKey, token,
                         "dhcpd crashes on a key without an algorithm or without a secret");
    }
    parse_.names().keys.insert(name);
    return true;
  }

  bool KeyName(std::string& name) {
    const Token& first = parse_.Peek();
    if (first.kind == TokenKind::kString) {
      name = parse_.Value(parse_.Next());
      return true;
    }
    const auto dotted = ParseDottedName(parse_);
    if (!dotted) return parse_.Expected(first, "the name of a key");
    name = *dotted;
    return true;
  }

  // '+', '/' and '=' are tokens of their own, so one secret is many tokens.
  bool Secret() {
    const Token& first = parse_.Peek();
    std::string base64;
    do {
      base64 += parse_.Value(parse_.Next());
    } while (IsBase64(parse_.Peek()));
    const std::size_t padding = std::min(base64.find('='), base64.size());
    const bool is_clean =
        base64.find_first_not_of(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") >= padding &&
        base64.find_first_not_of('=', padding) == std::string::npos;
    if (!is_clean || padding == 0) {
      return parse_.Fail(rules::kBadKey, first, "the secret of a key is base64");
    }
    if (base64.size() % 4 != 0 && LeftOver(base64.substr(0, padding)) != 0) {
      return parse_.Fail(rules::kBadKey, first, "this base64 text ends in the middle of an octet");
    }
    return true;
  }

  bool IsBase64(const Token& token) const {
    if (token.kind == TokenKind::kEnd) return false;
    const std::string text = parse_.Value(token);
    return text.find_first_not_of(
               "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") ==
           std::string::npos;
  }

  // The bits behind the last whole octet.
  static unsigned LeftOver(std::string_view digits) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if (digits.size() % 4 == 0) return 0;
    const auto last = static_cast<unsigned>(kDigits.find(digits.back()));
    switch (digits.size() % 4) {
      case 1:
        return last;
      case 2:
        return last & 0x0f;
      default:
        return last & 0x03;
    }
  }

  bool Zone() {
    const Token& first = parse_.Peek();
    if (first.kind == TokenKind::kString || !ParseDottedName(parse_)) {
      return parse_.Expected(first, "the name of a zone");
    }
    if (!parse_.Accept('{')) return parse_.Expected(parse_.Next(), "'{'");
    bool has_key = false;
    std::set<std::string_view> servers;
    for (;;) {
      const Token& item = parse_.Peek();
      if (item.Is("primary"_kw) || item.Is("secondary"_kw) || item.Is("primary6"_kw) ||
          item.Is("secondary6"_kw)) {
        if (!servers.insert(Name(item.keyword)).second) {
          return parse_.Fail(rules::kRepeatedStatement, item, "a zone has one of each");
        }
        parse_.Next();
        if (!Servers(item.Is("primary6"_kw) || item.Is("secondary6"_kw))) return false;
      } else if (item.Is("key"_kw)) {
        parse_.Next();
        if (std::exchange(has_key, true)) {
          return parse_.Fail(rules::kRepeatedStatement, item, "a zone has one key");
        }
        if (!ZoneKey()) return false;
      } else {
        parse_.Next();
        return item.Is('}') || parse_.Expected(item, "primary, secondary, key or '}'");
      }
    }
  }

  bool Servers(bool is_ipv6) {
    do {
      if (!(is_ipv6 ? ParseIpv6(parse_) : ParseAddressOrName(parse_))) return false;
    } while (parse_.Accept(','));
    return parse_.Semicolon();
  }

  bool ZoneKey() {
    const Token& first = parse_.Peek();
    std::string name;
    if (!KeyName(name)) return false;
    if (!parse_.names().keys.contains(name)) {
      parse_.Fail(rules::kUnknownKey, first, NotDeclared("key", name, parse_.names().keys));
    }
    return parse_.Semicolon();
  }

  Parse& parse_;
  const Scope scope_;
  std::size_t depth_ = 0;
};

}  // namespace

StatementResult ParseExecutable(Parse& parse, Scope scope, Wanted cases) {
  return ExecutableParser(parse, scope).Run(cases);
}

bool ParseOptionStatement(Parse& parse, std::string_view format) {
  const bool is_empty = format.starts_with('Z');
  if (parse.Peek().Is(';') && !is_empty) {
    // dhcpd takes the ';' for the value and misses the next one; where that is there, it crashes.
    const Token& semicolon = parse.Next();
    parse.Next();
    return parse.Expected(semicolon, "a value before the ';'");
  }
  if (parse.Accept('=')) {
    if (!ParseData(parse)) return false;
  } else if (!ParseOptionData(parse, format)) {
    return false;
  }
  return parse.Semicolon();
}

}  // namespace dhcpair::conf
