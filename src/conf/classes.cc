// Classes and subclasses.
#include <fmt/core.h>

#include <utility>

#include "conf/declaration_parser.h"
#include "conf/expressions.h"
#include "conf/rules.h"
#include "conf/values.h"

namespace dhcpair::conf {

bool DeclarationParser::ClassBlock(const Token& word, const Place& place) {
  const Token name = parse_.Next();
  if (name.kind != TokenKind::kString) {
    return parse_.Expected(name, "the name of a class in quotation marks");
  }
  if (!word.Is("class"_kw)) return SubclassBlock(word, name, place);
  Model& model = parse_.model();
  const std::string_view value = parse_.Value(name);
  // A second block of the same name goes on with the class.
  const auto known = parse_.known().classes.find(value);
  const bool is_new = known == parse_.known().classes.end();
  const Index index = is_new ? static_cast<Index>(model.classes.size()) : known->second;
  if (is_new) model.classes.push_back({.name = value, .origin = parse_.OriginOf(name)});
  std::optional<Index> scope;
  if (!is_new) scope = model.classes[index].scope;
  const bool ok = ClassBody(word, place, {.index = index}, scope);
  model.classes[index].scope = *scope;
  // Known only now: it cannot be named in its own block.
  parse_.known().classes.emplace(value, index);
  return ok;
}

bool DeclarationParser::SubclassBlock(const Token& word, const Token& name, const Place& place) {
  Subclass subclass{.class_name = parse_.Value(name), .data = {}, .scope = {}, .origin = {}};
  if (!parse_.known().classes.contains(subclass.class_name)) {
    return parse_.Fail(rules::kUnknownClass, name,
                       NotDeclared("class", subclass.class_name, parse_.known().classes));
  }
  if (word.Is("subclass"_kw)) {
    const Token data = parse_.Peek();
    if (data.kind == TokenKind::kString) {
      subclass.data = parse_.Value(parse_.Next());
    } else if (!IsNumber(data)) {
      return parse_.Expected(data, "what the class matches: a string or hexadecimal octets");
    } else {
      auto octets = ParseHexList(parse_);
      if (!octets) return false;
      subclass.data = *std::move(octets);
    }
  }
  const bool is_short = parse_.Accept(';');
  const bool ok = is_short || ClassBody(word, place, {}, subclass.scope);
  subclass.origin = parse_.OriginFrom(word);
  parse_.model().subclasses.push_back(std::move(subclass));
  return ok;
}

bool DeclarationParser::ClassBody(const Token& word, const Place& place, ClassState state,
                                  std::optional<Index>& scope) {
  const bool is_new = !scope.has_value();
  if (is_new) scope = NewScope(ScopeKind::kClass, place, word);
  const bool ok = Block(Inside(place, ScopeKind::kClass, *scope),
                        [&](const Token& token, std::size_t) { return ClassItem(token, state); });
  if (is_new) CloseScope(*scope, word);
  return ok;
}

std::optional<bool> DeclarationParser::ClassItem(const Token& token, ClassState& state) {
  if (const auto marker = Marker(token, {"dynamic"_kw, "deleted"_kw})) return marker;
  if (token.Is("match"_kw)) {
    if (!state.index) return InSubclass(token);
    parse_.Next();
    return parse_.Accept("if"_kw) ? MatchIf(token, state) : Submatch(token, state, false);
  }
  if (token.Is("spawn"_kw)) {
    parse_.Next();
    if (!state.index) return InSubclass(token);
    if (!parse_.Accept("with"_kw)) return parse_.Expected(parse_.Next(), "'with'");
    return Submatch(token, state, true);
  }
  if (!token.Is("lease"_kw)) return std::nullopt;
  parse_.Next();
  return LeaseLimit(state);
}

bool DeclarationParser::MatchIf(const Token& word, ClassState& state) {
  if (std::exchange(state.has_match, true)) {
    return parse_.Fail(rules::kRepeatedStatement, word, "a class has one 'match if'");
  }
  const auto condition = ParseBoolean(parse_);
  if (!condition || !parse_.Semicolon()) return false;
  parse_.model().classes[*state.index].match_if = *condition;
  return true;
}

bool DeclarationParser::LeaseLimit(const ClassState& state) {
  if (!parse_.Accept("limit"_kw)) return parse_.Expected(parse_.Next(), "'limit'");
  const Token limit = parse_.Next();
  if (limit.kind != TokenKind::kNumber) return parse_.Expected(limit, "a number");
  if (!parse_.Semicolon()) return false;
  const long leases = ReadDecimal(parse_.Text(limit));
  if (leases < 0) {
    return parse_.Fail(rules::kBadNumber, limit, "dhcpd ends on a negative limit of leases");
  }
  if (state.index) parse_.model().classes[*state.index].lease_limit = leases;
  return true;
}

bool DeclarationParser::InSubclass(const Token& token) {
  return parse_.Fail(rules::kMisplacedStatement, token,
                     fmt::format("'{}' cannot stand in a subclass", parse_.Text(token)));
}

bool DeclarationParser::Submatch(const Token& token, ClassState& state, bool spawns) {
  if (std::exchange(state.has_submatch, true)) {
    return parse_.Fail(rules::kRepeatedStatement, token, "a class has one 'match' or 'spawn with'");
  }
  const auto data = ParseData(parse_);
  if (!data || !parse_.Semicolon()) return false;
  Class& parsed = parse_.model().classes[*state.index];
  parsed.match = *data;
  parsed.spawns = spawns;
  return true;
}

}  // namespace dhcpair::conf
