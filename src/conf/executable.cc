#include "conf/executable.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "conf/keys.h"
#include "conf/option_values.h"
#include "conf/rules.h"
#include "conf/statements.h"
#include "conf/values.h"

namespace dhcpair::conf {
namespace {

// What may stand behind allow, deny and ignore outside of a pool, and the parameter that it sets.
struct Flag {
  Keyword word;
  std::string_view parameter;
};

constexpr std::array kFlags{
    Flag{"bootp"_kw, "allow-bootp"},
    Flag{"booting"_kw, "allow-booting"},
    Flag{"dynamic-bootp"_kw, "dynamic-bootp"},
    Flag{"unknown-clients"_kw, "boot-unknown-clients"},
    Flag{"duplicates"_kw, "duplicates"},
    Flag{"declines"_kw, "declines"},
    Flag{"client-updates"_kw, "client-updates"},
    Flag{"leasequery"_kw, "leasequery"},
};

// The statements that change an option: NAME VALUE;
struct OptionVerb {
  Keyword word;
  StatementKind kind;
};

constexpr std::array kOptionVerbs{
    OptionVerb{"send"_kw, StatementKind::kSend},
    OptionVerb{"supersede"_kw, StatementKind::kSupersede},
    OptionVerb{"option"_kw, StatementKind::kSupersede},
    OptionVerb{"append"_kw, StatementKind::kAppend},
    OptionVerb{"prepend"_kw, StatementKind::kPrepend},
};

struct Event {
  Keyword word;
  std::uint32_t bit;
};

constexpr std::array kEvents{
    Event{"commit"_kw, kOnCommit},
    Event{"release"_kw, kOnRelease},
    Event{"expiry"_kw, kOnExpiry},
    Event{"transmission"_kw, kOnTransmission},
};

constexpr auto kLogLevels = std::to_array<Keyword>({"fatal"_kw, "error"_kw, "info"_kw, "debug"_kw});

class ExecutableParser {
 public:
  ExecutableParser(Parse& parse, ScopeKind scope) : parse_(parse), scope_(scope) {}

  // `cases` is what the cases of the switch around it are compared with, or kAny outside of one.
  StatementResult Run(std::size_t node, Wanted cases, std::vector<Statement>& into) {
    const Token token = parse_.Peek();
    if (token.kind != TokenKind::kKeyword) return Other(token, node, into);
    const auto verb = std::ranges::find(kOptionVerbs, token.keyword, &OptionVerb::word);
    if (verb != kOptionVerbs.end()) {
      return Take(node, NodeKind::kOption, into, verb->kind,
                  [&](Statement& statement) { return Option(statement); });
    }
    const auto is = [&](Keyword keyword) { return token.keyword == keyword; };
    const auto take = [&](StatementKind kind, auto rule) {
      return Take(node, NodeKind::kExecutable, into, kind, rule);
    };
    using enum StatementKind;
    if (is("if"_kw)) return take(kIf, [&](Statement& s) { return If(s); });
    if (is("switch"_kw)) return take(kSwitch, [&](Statement& s) { return Switch(s); });
    if (is("case"_kw)) return take(kCase, [&](Statement& s) { return Case(s, token, cases); });
    if (is("default"_kw))
      return take(kDefault, [&](Statement& s) { return Default(s, token, cases); });
    if (is("on"_kw)) return take(kOn, [&](Statement& s) { return On(s); });
    if (is("set"_kw) || is("define"_kw)) return take(kSet, [&](Statement& s) { return Set(s); });
    if (is("unset"_kw)) {
      return take(kUnset, [&](Statement& s) { return VariableName(s.name) && parse_.Semicolon(); });
    }
    if (is("eval"_kw)) return take(kEvaluate, [&](Statement& s) { return Evaluated(s); });
    if (is("return"_kw)) return take(kReturn, [&](Statement& s) { return Evaluated(s); });
    if (is("log"_kw)) return take(kLog, [&](Statement& s) { return Log(s); });
    if (is("execute"_kw)) return take(kExecute, [&](Statement& s) { return Execute(s); });
    if (is("add"_kw)) return take(kAdd, [&](Statement& s) { return Add(s, token); });
    if (is("break"_kw)) return take(kBreak, [&](Statement&) { return parse_.Semicolon(); });
    if (is("parse-vendor-option"_kw)) {
      return take(kParseVendorOption, [&](Statement&) { return parse_.Semicolon(); });
    }
    if (is("allow"_kw) || is("deny"_kw) || is("ignore"_kw)) {
      return Take(node, NodeKind::kPermission, into, kSupersede,
                  [&](Statement& s) { return Permission(s, token); });
    }
    if (is("db-time-format"_kw)) {
      return Declare(node, NodeKind::kParameter, [&] { return DbTimeFormat(); });
    }
    if (is("key"_kw)) return Declare(node, NodeKind::kKey, [&] { return ParseKey(parse_, token); });
    if (is("zone"_kw)) {
      return Declare(node, NodeKind::kZone, [&] { return ParseZone(parse_, token); });
    }
    return Other(token, node, into);
  }

 private:
  static StatementResult Result(bool ok) {
    return ok ? StatementResult::kOk : StatementResult::kFailed;
  }

  // Takes the word, reads the rest and keeps the statement.
  template <typename Rule>
  StatementResult Take(std::size_t node, NodeKind node_kind, std::vector<Statement>& into,
                       StatementKind kind, Rule rule) {
    const Token first = parse_.Next();
    parse_.SetKind(node, node_kind);
    Statement statement{.kind = kind, .origin = {}};
    if (!rule(statement)) return StatementResult::kFailed;
    statement.origin = parse_.OriginFrom(first);
    into.push_back(std::move(statement));
    return StatementResult::kOk;
  }

  // The same of what is declared and not executed.
  template <typename Rule>
  StatementResult Declare(std::size_t node, NodeKind node_kind, Rule rule) {
    parse_.Next();
    parse_.SetKind(node, node_kind);
    return Result(rule());
  }

  // A parameter of the server, or an expression for what it does.
  StatementResult Other(const Token& token, std::size_t node, std::vector<Statement>& into) {
    if (!token.is_identifier()) return StatementResult::kNone;
    if (const StatementDefinition* const parameter = FindParameter(parse_.Text(token))) {
      return Take(node, NodeKind::kParameter, into, StatementKind::kSupersede,
                  [&](Statement& statement) { return ServerParameter(statement, *parameter); });
    }
    if (token.kind == TokenKind::kKeyword) return StatementResult::kNone;
    parse_.SetKind(node, NodeKind::kExecutable);
    const Parsed parsed = ParseExpression(parse_, Wanted::kData);
    if (!parsed.ok()) return StatementResult::kFailed;
    Statement statement{.kind = StatementKind::kEvaluate, .origin = {}};
    statement.value = parsed.id;
    statement.value_origin = parse_.OriginFrom(token);
    if (!parse_.Accept(';')) return Result(UnknownStatement(token));
    statement.origin = parse_.OriginFrom(token);
    into.push_back(std::move(statement));
    return StatementResult::kOk;
  }

  // A misspelled statement reads as a variable with something odd behind it.
  bool UnknownStatement(const Token& word) {
    const Token found = parse_.Next();
    if (found.line > word.line) return parse_.Expected(found, "';' behind the line before");
    return parse_.Fail(rules::kUnknownStatement, word, NoSuchStatement(parse_.Text(word)));
  }

  std::string NoSuchStatement(std::string_view word) const {
    std::vector<std::string_view> candidates;
    for (const StatementDefinition& known : Statements()) {
      const bool fits =
          depth_ > 0 ? known.contexts.Has(Context::kBody) : known.contexts.Has(scope_);
      if (fits) candidates.push_back(known.name);
    }
    std::string message = fmt::format("dhcpd knows no statement '{}'", word);
    if (const auto meant = text::DidYouMean(word, candidates)) {
      message += fmt::format("; did you mean '{}'?", *meant);
    }
    return message;
  }

  bool Value(Statement& statement, std::string_view format) {
    const bool at_start = scope_ == ScopeKind::kGlobal && depth_ == 0;
    const auto value =
        ParseOptionValue(parse_, format, at_start ? Executed::kAtStart : Executed::kForClients);
    if (!value) return false;
    statement.value = value->value;
    statement.value_origin = value->origin;
    return true;
  }

  bool ServerParameter(Statement& statement, const StatementDefinition& parameter) {
    if (!Value(statement, parameter.format)) return false;
    statement.space = "server";
    statement.name = parameter.name;
    // dhcpd executes the global statements once when it has read all.
    if (scope_ != ScopeKind::kGlobal || depth_ > 0) return true;
    const text::Location at = parse_.model().LocationOf(statement.value_origin);
    if (const auto octets = OctetsAtStart(parameter.name)) {
      const auto value = parse_.model().OctetsOf(statement.value);
      parse_.known().bad_at_start.erase(parameter.name);
      if (value && value->size() != *octets) {
        parse_.known().bad_at_start.emplace(parameter.name, at);
      }
    }
    if (parameter.name == "ddns-update-style") {
      parse_.known().ad_hoc.reset();
      if (parse_.source()->Text(*at.span) == "ad-hoc") parse_.known().ad_hoc = at;
    }
    if (parameter.name == "omapi-key") {
      parse_.known().omapi_key = at;
      parse_.known().omapi_key_name = parse_.model().OctetsOf(statement.value).value_or("");
    }
    return true;
  }

  bool Option(Statement& statement) {
    const auto name = ParseOptionName(parse_, MayBeNew::kNo);
    if (!name) return false;
    statement.space = name->space;
    statement.name = name->name;
    statement.number = name->code;
    return Value(statement, *name->format);
  }

  bool Permission(Statement& statement, const Token& verb) {
    const Token word = parse_.Next();
    const auto flag = word.kind == TokenKind::kKeyword
                          ? std::ranges::find(kFlags, word.keyword, &Flag::word)
                          : kFlags.end();
    if (flag == kFlags.end()) return NoFlag(word);
    statement.space = "server";
    statement.name = flag->parameter;
    statement.value_origin = parse_.OriginOf(word);
    const std::string_view value = verb.Is("allow"_kw)  ? std::string_view("\1", 1)
                                   : verb.Is("deny"_kw) ? std::string_view("\0", 1)
                                                        : std::string_view("\2", 1);
    statement.value = parse_.model().expressions.Add(
        {.kind = ExpressionKind::kData, .type = Type::kData, .text = value});
    return parse_.Semicolon();
  }

  bool NoFlag(const Token& word) {
    if (word.Is("dynamic"_kw) || word.Is("known-clients"_kw) || word.Is("members"_kw) ||
        word.Is("unknown"_kw) || word.Is("known"_kw) || word.Is("all"_kw)) {
      return parse_.Fail(rules::kMisplacedStatement, word,
                         "which clients a pool serves is said in the pool");
    }
    return parse_.Expected(word,
                           "bootp, booting, dynamic-bootp, unknown-clients, duplicates, "
                           "declines, client-updates or leasequery");
  }

  bool DbTimeFormat() {
    const Token word = parse_.Next();
    if (!word.Is("default"_kw) && !word.Is("local"_kw)) {
      return parse_.Expected(word, "default or local");
    }
    return parse_.Semicolon();
  }

  // What stands between braces, up to and with the '}'.
  bool Body(std::vector<Statement>& into, Wanted cases = Wanted::kAny) {
    const Token brace = parse_.Peek();
    const std::size_t block = parse_.Open(NodeKind::kBlock);
    if (!parse_.LeftBrace()) return false;
    if (depth_ >= kBlockDepthMax) return parse_.TooManyBlocks(brace);
    ++depth_;
    std::optional<Token> declaration;
    while (!parse_.Accept('}')) {
      const Token first = parse_.Peek();
      if (first.kind == TokenKind::kEnd) {
        parse_.Unclosed(brace);
        break;
      }
      const std::size_t node = parse_.Open(NodeKind::kOther);
      const std::size_t errors_before = parse_.errors();
      const std::size_t statements_before = into.size();
      const StatementResult result = Run(node, cases, into);
      if (result == StatementResult::kFailed && parse_.errors() == errors_before) {
        --depth_;
        return SkipBody(node);
      }
      if (declaration && result == StatementResult::kOk) CrashBehind(*declaration);
      const bool is_declaration =
          result == StatementResult::kOk && into.size() == statements_before;
      declaration = is_declaration ? std::optional(first) : std::nullopt;
      if (result == StatementResult::kNone) {
        const Token found = parse_.Next();
        parse_.Fail(rules::kMisplacedStatement, found,
                    fmt::format("'{}' is no statement that can stand here", parse_.Text(found)));
      }
      parse_.CloseStatement(node, result == StatementResult::kOk);
    }
    parse_.Close(block);
    --depth_;
    return true;
  }

  void CrashBehind(const Token& declaration) {
    parse_.Fail(rules::kMisplacedStatement, declaration,
                fmt::format("dhcpd crashes when something follows '{}' here; put it outside of the "
                            "block, or last",
                            parse_.Text(declaration)));
  }

  // A statement was dropped without a word: so is what is left up to the next '}', whatever that
  // one closes, and then the statement with this body.
  bool SkipBody(std::size_t node) {
    parse_.CloseStatement(node, false);
    while (!parse_.Peek().Is('}') && parse_.Peek().kind != TokenKind::kEnd) parse_.Next();
    parse_.Accept('}');
    parse_.SkipNoMore();
    return false;
  }

  bool If(Statement& statement) {
    const std::size_t elsifs_before = elsifs_;
    const bool ok = Arms(statement);
    elsifs_ = elsifs_before;
    return ok;
  }

  // Each elsif is an if of its own in the other branch of the one before it.
  bool Arms(Statement& first) {
    Statement* arm = &first;
    for (;;) {
      arm->branches = std::make_unique<Branches>();
      if (!Arm(*arm)) return false;
      const Token word = parse_.Peek();
      const bool is_else = parse_.Accept("else"_kw);
      const bool goes_on = is_else ? parse_.Accept("if"_kw) : parse_.Accept("elsif"_kw);
      if (!goes_on) {
        if (!is_else) return true;
        if (!parse_.Peek().Is('{')) return parse_.Expected(parse_.Peek(), "'{' or if");
        return Body(arm->branches->otherwise);
      }
      if (++elsifs_ > kElsifMax) {
        return parse_.TooDeep(word, fmt::format("more than {} elsif in a row", kElsifMax));
      }
      arm->branches->otherwise.push_back(
          {.kind = StatementKind::kIf, .origin = parse_.OriginOf(word)});
      arm = &arm->branches->otherwise.back();
    }
  }

  bool Arm(Statement& arm) {
    const bool in_parentheses = parse_.Accept('(');
    const Token first = parse_.Peek();
    const auto condition = ParseBoolean(parse_);
    if (!condition) return false;
    arm.value = *condition;
    arm.value_origin = parse_.OriginFrom(first);
    if (in_parentheses && !parse_.Accept(')')) return parse_.Expected(parse_.Next(), "')'");
    return Body(arm.branches->body);
  }

  bool Switch(Statement& statement) {
    if (!parse_.Accept('(')) return parse_.Expected(parse_.Next(), "'('");
    const Token first = parse_.Peek();
    const Parsed value = ParseExpression(parse_, Wanted::kDataOrNumeric);
    if (value.state == Parsed::State::kNone) {
      return parse_.Expected(first, "a data or numeric expression");
    }
    if (!value.ok()) return false;
    statement.value = value.id;
    statement.value_origin = parse_.OriginFrom(first);
    statement.branches = std::make_unique<Branches>();
    if (!parse_.Accept(')')) return parse_.Expected(parse_.Next(), "')'");
    std::vector<conf::Statement>& body = statement.branches->body;
    if (!Body(body, value.type == Type::kData ? Wanted::kData : Wanted::kNumeric)) return false;
    const auto last = std::ranges::find(body, StatementKind::kDefaultCase, &conf::Statement::kind);
    const bool is_executed = scope_ == ScopeKind::kGlobal && depth_ == 0;
    if (is_executed && last != body.end() && std::next(last) == body.end()) {
      parse_.known().empty_default = parse_.model().LocationOf(last->origin);
    }
    return true;
  }

  bool Case(Statement& statement, const Token& token, Wanted cases) {
    if (cases == Wanted::kAny) {
      return parse_.Fail(rules::kMisplacedStatement, token, "a case stands in a switch only");
    }
    const Token first = parse_.Peek();
    const Parsed value = ParseExpression(parse_, cases);
    if (value.state == Parsed::State::kNone) {
      return parse_.Expected(first,
                             cases == Wanted::kData ? "a data expression" : "a numeric expression");
    }
    statement.value = value.id;
    return value.ok() && Colon();
  }

  bool Colon() {
    const Token found = parse_.Next();
    return found.Is(':') || parse_.Expected(found, "':'");
  }

  // Of a switch, or the statement that sets an option unless it is there already.
  bool Default(Statement& statement, const Token& token, Wanted cases) {
    if (!parse_.Peek().Is(':')) return Option(statement);
    parse_.Next();
    statement.kind = StatementKind::kDefaultCase;
    return cases != Wanted::kAny ||
           parse_.Fail(rules::kMisplacedStatement, token, "'default:' stands in a switch only");
  }

  bool On(Statement& statement) {
    do {
      const Token word = parse_.Next();
      const auto event = word.kind == TokenKind::kKeyword
                             ? std::ranges::find(kEvents, word.keyword, &Event::word)
                             : kEvents.end();
      if (event == kEvents.end()) {
        return parse_.Expected(word, "commit, release, expiry or transmission");
      }
      statement.number |= event->bit;
    } while (parse_.Accept("or"_kw));
    statement.branches = std::make_unique<Branches>();
    return parse_.Accept(';') || Body(statement.branches->body);
  }

  bool VariableName(std::string_view& name) {
    const Token word = parse_.Next();
    name = parse_.Text(word);
    if (word.kind == TokenKind::kName || word.kind == TokenKind::kNumberOrName) return true;
    return parse_.Expected(word, "the name of a variable, which no word of the language can be");
  }

  bool Set(Statement& statement) {
    if (!VariableName(statement.name)) return false;
    const Token token = parse_.Next();
    if (token.Is('(')) return Function(statement);
    if (!token.Is('=')) return parse_.Expected(token, "'='");
    return Evaluated(statement, Wanted::kAny);
  }

  bool Function(Statement& statement) {
    statement.kind = StatementKind::kDefine;
    statement.branches = std::make_unique<Branches>();
    if (!parse_.Accept(')')) {
      do {
        if (!VariableName(statement.branches->names.emplace_back())) return false;
      } while (parse_.Accept(','));
      if (!parse_.Accept(')')) return parse_.Expected(parse_.Next(), "')'");
    }
    return Body(statement.branches->body);
  }

  bool Evaluated(Statement& statement, Wanted wanted = Wanted::kData) {
    const Token first = parse_.Peek();
    const Parsed parsed = ParseExpression(parse_, wanted);
    if (parsed.state == Parsed::State::kNone) return parse_.Expected(first, "an expression");
    if (!parsed.ok()) return false;
    statement.value = parsed.id;
    statement.value_origin = parse_.OriginFrom(first);
    return parse_.Semicolon();
  }

  // A data expression among the arguments of a statement.
  std::optional<ExpressionId> Argument(Statement& statement) {
    const Token first = parse_.Peek();
    const auto data = ParseData(parse_);
    if (data) statement.value_origin = parse_.OriginFrom(first);
    return data;
  }

  bool Log(Statement& statement) {
    if (!parse_.Accept('(')) return parse_.Expected(parse_.Next(), "'('");
    const Token word = parse_.Peek();
    const auto level = word.kind == TokenKind::kKeyword
                           ? std::ranges::find(kLogLevels, word.keyword)
                           : kLogLevels.end();
    statement.number = kLogInfo;
    if (level != kLogLevels.end()) {
      parse_.Next();
      statement.number = static_cast<std::uint32_t>(level - kLogLevels.begin());
      if (!parse_.Accept(',')) return parse_.Expected(parse_.Next(), "','");
    }
    const Token first = parse_.Peek();
    const Parsed data = ParseExpression(parse_, Wanted::kData);
    if (data.state == Parsed::State::kNone) {
      return parse_.Fail(rules::kDroppedStatement, first,
                         "there is nothing to log here; dhcpd drops the whole statement, and the "
                         "block around it, without a word");
    }
    if (!data.ok()) return false;
    if (data.type != Type::kData && data.type != Type::kAny) {
      return parse_.Fail(rules::kBadExpression, first, "expected a data expression here");
    }
    statement.value = data.id;
    statement.value_origin = parse_.OriginFrom(first);
    if (!parse_.Accept(')')) return parse_.Expected(parse_.Next(), "')'");
    return parse_.Semicolon();
  }

  bool Execute(Statement& statement) {
    if (!parse_.Accept('(')) return parse_.Expected(parse_.Next(), "'('");
    const Token program = parse_.Next();
    if (program.kind != TokenKind::kString) {
      return parse_.Expected(program, "the program in quotation marks");
    }
    statement.name = parse_.Value(program);
    statement.branches = std::make_unique<Branches>();
    while (parse_.Accept(',')) {
      const auto data = Argument(statement);
      if (!data) return false;
      statement.branches->arguments.push_back(*data);
    }
    if (!parse_.Accept(')')) return parse_.Expected(parse_.Next(), "')' or ','");
    return parse_.Semicolon();
  }

  bool Add(Statement& statement, const Token& token) {
    const Token name = parse_.Next();
    if (name.kind != TokenKind::kString) {
      return parse_.Expected(name, "the name of a class in quotation marks");
    }
    statement.name = parse_.Value(name);
    if (!parse_.known().classes.contains(statement.name)) {
      return parse_.Fail(rules::kUnknownClass, name,
                         NotDeclared("class", statement.name, parse_.known().classes));
    }
    if (scope_ == ScopeKind::kGlobal && depth_ == 0) {
      return parse_.Fail(rules::kMisplacedStatement, token,
                         "dhcpd crashes on 'add' in the global scope; put it into an if");
    }
    return parse_.Semicolon();
  }

  Parse& parse_;
  const ScopeKind scope_;
  std::size_t depth_ = 0;
  std::size_t elsifs_ = 0;
};

}  // namespace

StatementResult ParseExecutable(Parse& parse, ScopeKind scope, std::size_t node,
                                std::vector<Statement>& into) {
  return ExecutableParser(parse, scope).Run(node, Wanted::kAny, into);
}

}  // namespace dhcpair::conf
