#include "conf/declarations.h"

#include <fmt/core.h>

#include <utility>

#include "conf/declaration_parser.h"
#include "conf/executable.h"
#include "conf/option_definitions.h"
#include "conf/option_values.h"
#include "conf/rules.h"
#include "conf/statements.h"
#include "conf/values.h"

namespace dhcpair::conf {
namespace {

Executed ExecutedIn(const Place& place) {
  return place.kind == ScopeKind::kGlobal ? Executed::kAtStart : Executed::kForClients;
}

}  // namespace

void DeclarationParser::File(const Place& place) {
  const std::size_t file = parse_.Open(NodeKind::kFile);
  while (parse_.Peek().kind != TokenKind::kEnd) {
    const Token token = parse_.Peek();
    const std::size_t node = parse_.Open(NodeKind::kOther);
    if (token.Is('}')) {
      parse_.Fail(rules::kSyntax, token, "this '}' closes nothing");
      parse_.Next();
      parse_.SetKind(node, NodeKind::kSkipped);
      parse_.Close(node);
    } else {
      parse_.CloseStatement(node, Statement(place, node));
    }
    if (parse_.position() == token.begin) parse_.Next();
  }
  parse_.Close(file);
}

// Takes one statement; false when something was reported and the rest must be skipped.
bool DeclarationParser::Statement(const Place& place, std::size_t node) {
  const Token token = parse_.Peek();
  if (token.kind == TokenKind::kKeyword) {
    if (const auto done = Declaration(token, place, node)) return *done;
    if (const auto done = Parameter(token, place, node)) return *done;
  }
  if (token.Is('%')) {
    SkipForeign();
    return true;
  }
  switch (ParseExecutable(parse_, place.kind, node, StatementsOf(place))) {
    case StatementResult::kOk:
      return true;
    case StatementResult::kFailed:
      return false;
    case StatementResult::kNone:
      break;
  }
  NoStatement(token);
  parse_.Next();
  return false;
}

// The slips of those who come from other languages are called by their names.
void DeclarationParser::NoStatement(const Token& token) {
  const auto rest = std::string_view(parse_.source()->contents()).substr(token.begin, 3);
  if (token.begin == 0 && rest == "\xef\xbb\xbf") {
    parse_.Fail(
        rules::kByteOrderMark, text::Span{0, 3},
        "the file begins with a byte-order mark, which dhcpd does not know; save it without");
  } else if (rest.starts_with("//") || rest.starts_with("/*")) {
    parse_.Fail(rules::kSyntax, text::Span{token.begin, token.begin + 2},
                "comments begin with '#' and end with their line");
  } else if (token.Is(';')) {
    parse_.Fail(rules::kSyntax, token, "this ';' ends nothing; there is none behind a block");
  } else {
    parse_.Expected(token, "a statement");
  }
}

// What a tool left that turned old configurations into new ones. dhcpd skips it as it does behind a
// mistake: up to a ';' or behind a block, or behind a '}' that may be the end of the block around.
void DeclarationParser::SkipForeign() {
  std::size_t depth = 0;
  for (Token token = parse_.Next(); token.kind != TokenKind::kEnd; token = parse_.Next()) {
    if (token.Is('{')) ++depth;
    if (token.Is(';') && depth == 0) return;
    if (token.Is('}') && (depth == 0 || --depth == 0)) return;
  }
}

// A declaration with a block that begins with this word, or nothing when it is none.
std::optional<bool> DeclarationParser::Declaration(const Token& word, const Place& place,
                                                   std::size_t node) {
  const auto is = [&](auto... words) { return (word.Is(words) || ...); };
  const auto take = [&](NodeKind kind, auto rule) -> std::optional<bool> {
    parse_.SetKind(node, kind);
    parse_.Next();
    return MayStand(word, place) ? rule() : Misplaced(word, place);
  };
  if (is("host"_kw)) return take(NodeKind::kHost, [&] { return HostBlock(word, place); });
  if (is("group"_kw)) return take(NodeKind::kGroup, [&] { return Group(word, place); });
  if (is("shared-network"_kw)) {
    return take(NodeKind::kSharedNetwork, [&] { return SharedNetwork(word, place); });
  }
  if (is("subnet"_kw)) return take(NodeKind::kSubnet, [&] { return SubnetBlock(word, place); });
  if (is("class"_kw, "subclass"_kw, "vendor-class"_kw, "user-class"_kw)) {
    return take(NodeKind::kClass, [&] { return ClassBlock(word, place); });
  }
  if (is("pool"_kw)) return take(NodeKind::kPool, [&] { return PoolBlock(word, place); });
  if (is("failover"_kw)) {
    // In a pool it is an item of the pool, which has been looked for already.
    parse_.SetKind(node, NodeKind::kFailoverPeer);
    if (!MayStand(word, place) || place.kind == ScopeKind::kPool) return Misplaced(word, place);
    parse_.Next();
    const bool is_shared = place.kind == ScopeKind::kSharedNetwork;
    return ParseFailoverPeer(parse_, word, is_shared ? place.network : std::nullopt);
  }
  return std::nullopt;
}

// Another statement of the language of declarations, or nothing when it is none.
std::optional<bool> DeclarationParser::Parameter(const Token& word, const Place& place,
                                                 std::size_t node) {
  const auto is = [&](auto... words) { return (word.Is(words) || ...); };
  const auto take = [&](NodeKind kind, auto rule) -> std::optional<bool> {
    parse_.SetKind(node, kind);
    parse_.Next();
    return rule();
  };
  if (is("include"_kw)) return take(NodeKind::kInclude, [&] { return Include(place); });
  if (is("hardware"_kw)) return take(NodeKind::kOther, [&] { return Hardware(word, place); });
  if (is("fixed-address"_kw, "fixed-address6"_kw)) {
    return take(NodeKind::kOther, [&] { return FixedAddress(word, place); });
  }
  if (is("range"_kw)) {
    return take(NodeKind::kRange, [&] {
      // In a pool it is an item of the pool, as above.
      const bool ok = place.kind == ScopeKind::kSubnet && place.subnet;
      return ok ? SubnetRange(word, place) : Misplaced(word, place);
    });
  }
  if (is("subnet6"_kw, "pool6"_kw, "range6"_kw, "prefix6"_kw, "fixed-prefix6"_kw)) {
    return take(NodeKind::kOther, [&] { return Dhcpv6(word); });
  }
  if (is("not"_kw)) {
    return take(NodeKind::kParameter, [&] {
      if (!parse_.Accept("authoritative"_kw)) {
        return parse_.Expected(parse_.Next(), "'authoritative' behind 'not'");
      }
      return Authoritative(word, place, false);
    });
  }
  if (is("authoritative"_kw)) {
    return take(NodeKind::kParameter, [&] { return Authoritative(word, place, true); });
  }
  if (is("server-identifier"_kw)) {
    return take(NodeKind::kOption, [&] { return ServerIdentifier(word, place); });
  }
  if (is("option"_kw)) return take(NodeKind::kOption, [&] { return Option(word, place); });
  if (is("server-duid"_kw)) return take(NodeKind::kParameter, [&] { return ServerDuid(); });
  if (is("lease-id-format"_kw)) return take(NodeKind::kParameter, [&] { return LeaseIdFormat(); });
  return std::nullopt;
}

bool DeclarationParser::MayStand(const Token& word, const Place& place) const {
  const StatementDefinition* const statement = FindStatement(parse_.Text(word));
  return statement == nullptr || statement->contexts.Has(place.kind);
}

bool DeclarationParser::Misplaced(const Token& word, const Place& place) {
  return parse_.Fail(
      rules::kMisplacedStatement, word,
      fmt::format("'{}' cannot stand in {}", parse_.Text(word), Describe(place.kind)));
}

bool DeclarationParser::Dhcpv6(const Token& word) {
  return parse_.Fail(rules::kDhcpv6Statement, word,
                     fmt::format("'{}' is a statement of DHCPv6, and failover serves IPv4; it "
                                 "takes a configuration and a dhcpd of its own",
                                 parse_.Text(word)));
}

bool DeclarationParser::Include(const Place& place) {
  const Token path = parse_.Next();
  if (path.kind != TokenKind::kString) {
    return parse_.Expected(path, "the name of a file in quotation marks");
  }
  // What only a host's own block takes is not taken in a file that it includes.
  Place inside = place;
  inside.host = nullptr;
  include_(parse_, path, inside);
  return parse_.Semicolon();
}

bool DeclarationParser::Authoritative(const Token& word, const Place& place,
                                      bool is_authoritative) {
  if (!MayStand(word, place)) {
    parse_.Fail(rules::kMisplacedStatement, word, "'authoritative' cannot stand in a host");
  } else {
    parse_.model().scopes[place.scope].authoritative = is_authoritative;
  }
  return parse_.Semicolon();
}

// A word of the leases file that says how a declaration came to be.
std::optional<bool> DeclarationParser::Marker(const Token& token,
                                              std::initializer_list<Keyword> markers) {
  for (const Keyword marker : markers) {
    if (!token.Is(marker)) continue;
    parse_.Next();
    return parse_.Semicolon();
  }
  return std::nullopt;
}

Index DeclarationParser::NewScope(ScopeKind kind, const Place& outer, const Token& word) {
  auto& scopes = parse_.model().scopes;
  scopes.push_back({.kind = kind, .parent = outer.scope, .origin = parse_.OriginOf(word)});
  return static_cast<Index>(scopes.size() - 1);
}

void DeclarationParser::CloseScope(Index scope, const Token& word) {
  parse_.model().scopes[scope].origin = parse_.OriginFrom(word);
}

Place DeclarationParser::Inside(const Place& place, ScopeKind kind, Index scope) {
  Place inside = place;
  inside.kind = kind;
  inside.scope = scope;
  inside.host = nullptr;
  ++inside.depth;
  return inside;
}

bool DeclarationParser::Group(const Token& word, const Place& place) {
  const Token name = parse_.Peek();
  std::string_view group;
  if (name.is_identifier() || name.kind == TokenKind::kString) group = parse_.Value(parse_.Next());
  const Index scope = NewScope(ScopeKind::kGroup, place, word);
  const bool ok =
      Block(Inside(place, ScopeKind::kGroup, scope), [&](const Token& token, std::size_t) {
        return Marker(token, {"deleted"_kw, "dynamic"_kw, "static"_kw});
      });
  CloseScope(scope, word);
  if (!group.empty()) {
    parse_.known().groups.insert(group);
    parse_.model().groups.push_back({group, scope});
  }
  return ok;
}

bool DeclarationParser::Option(const Token& word, const Place& place) {
  if (parse_.Peek().Is("space"_kw)) {
    if (place.kind != ScopeKind::kGlobal) {
      return parse_.Fail(rules::kMisplacedStatement, word,
                         "option spaces are declared in the global scope");
    }
    parse_.Next();
    return ParseOptionSpace(parse_);
  }
  const auto option = ParseOptionName(parse_, MayBeNew::kYes);
  if (!option) return false;
  if (parse_.Peek().Is("code"_kw)) {
    if (place.kind != ScopeKind::kGlobal) {
      return parse_.Fail(rules::kMisplacedStatement, word,
                         "options are declared in the global scope");
    }
    parse_.Next();
    return ParseOptionCode(parse_, word, *option);
  }
  if (!option->format) {
    return parse_.Fail(rules::kUnknownOption, option->span,
                       UnknownOption(option->space, option->written));
  }
  parse_.set_drops_statements(true);
  const auto value = ParseOptionValue(parse_, *option->format, ExecutedIn(place));
  parse_.set_drops_statements(false);
  if (!value) return false;
  StatementsOf(place).push_back({.kind = StatementKind::kSupersede,
                                 .origin = parse_.OriginFrom(word),
                                 .space = option->space,
                                 .name = option->name,
                                 .number = option->code,
                                 .value = value->value,
                                 .value_origin = value->origin});
  return true;
}

bool DeclarationParser::ServerIdentifier(const Token& word, const Place& place) {
  const auto value = ParseOptionValue(parse_, "I", ExecutedIn(place));
  if (!value) return false;
  StatementsOf(place).push_back({.kind = StatementKind::kSupersede,
                                 .origin = parse_.OriginFrom(word),
                                 .space = "dhcp",
                                 .name = "dhcp-server-identifier",
                                 .number = 54,
                                 .value = value->value,
                                 .value_origin = value->origin});
  return true;
}

bool DeclarationParser::ServerDuid() {
  const Token type = parse_.Next();
  if (type.Is("en"_kw)) {
    const Token enterprise = parse_.Next();
    if (enterprise.kind != TokenKind::kNumber) return parse_.Expected(enterprise, "a number");
    const Token identifier = parse_.Next();
    if (identifier.kind != TokenKind::kString) return parse_.Expected(identifier, "a string");
    return parse_.Semicolon();
  }
  if (!type.Is("ll"_kw) && !type.Is("llt"_kw)) {
    if (type.kind != TokenKind::kNumber) return parse_.Expected(type, "en, ll or llt");
    const Token data = parse_.Next();
    if (data.kind == TokenKind::kString) return parse_.Semicolon();
    return parse_.Expected(data, "a string");
  }
  if (parse_.Accept(';')) return true;
  const Token hardware = parse_.Next();
  if (!hardware.Is("ethernet"_kw) && !hardware.Is("fddi"_kw) && !hardware.Is("token-ring"_kw)) {
    return parse_.Expected(hardware, "ethernet, token-ring or fddi");
  }
  if (type.Is("llt"_kw)) {
    const Token time = parse_.Next();
    if (time.kind != TokenKind::kNumber) return parse_.Expected(time, "a time in seconds");
  }
  return ParseHexList(parse_) && parse_.Semicolon();
}

bool DeclarationParser::LeaseIdFormat() {
  const Token word = parse_.Next();
  if (!word.Is("octal"_kw) && !word.Is("hex"_kw)) return parse_.Expected(word, "octal or hex");
  return parse_.Semicolon();
}

void ParseFile(Parse& parse, const Place& place, const Includer& include) {
  DeclarationParser(parse, include).File(place);
}

}  // namespace dhcpair::conf
