#include "lint/same_text.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace dhcpair::lint {

using conf::Index;
using conf::Origin;
using conf::ScopeKind;
using conf::Statement;
using conf::Token;
using conf::TokenKind;

namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool AreSame(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, Lower, Lower);
}

std::vector<Token> TokensOf(const conf::Model& model, const Origin& origin) {
  return model.files[origin.file].TokensOf({origin.begin, origin.end});
}

// The innermost group around a scope, not counting itself.
std::optional<Index> GroupAround(const conf::Model& model, Index scope) {
  for (std::optional<Index> at = model.scopes[scope].parent; at; at = model.scopes[*at].parent) {
    if (model.scopes[*at].kind == ScopeKind::kGroup) return at;
  }
  return std::nullopt;
}

}  // namespace

bool SameText::Says(const Origin& left, const Origin& right) const {
  if (left_.TextOf(left) == right_.TextOf(right)) return true;
  const std::vector<Token> ours = TokensOf(left_, left);
  const std::vector<Token> theirs = TokensOf(right_, right);
  return std::ranges::equal(ours, theirs, [&](const Token& a, const Token& b) {
    if (a.kind != b.kind) return false;
    const std::string_view our_text = left_.files[left.file].Text(a);
    const std::string_view their_text = right_.files[right.file].Text(b);
    return a.kind == TokenKind::kString ? our_text == their_text : AreSame(our_text, their_text);
  });
}

bool SameText::Scopes(Index left, Index right) const {
  const auto& ours = left_.scopes[left];
  const auto& theirs = right_.scopes[right];
  if (ours.authoritative != theirs.authoritative) return false;
  if (ours.statements.size() != theirs.statements.size()) return false;
  const auto say_the_same = [&](const Statement& a, const Statement& b) {
    return a.kind == b.kind && Says(a.origin, b.origin);
  };
  if (std::ranges::equal(ours.statements, theirs.statements, say_the_same)) return true;
  const StatementMap our_map = ByKey(ours.statements);
  const StatementMap their_map = ByKey(theirs.statements);
  return std::ranges::equal(our_map, their_map, [&](const auto& a, const auto& b) {
    return a.first == b.first && Says(a.second->origin, b.second->origin);
  });
}

bool SameText::Groups(Index left, Index right) {
  auto ours = GroupAround(left_, left);
  auto theirs = GroupAround(right_, right);
  // From the inside out, until a pair of groups is known.
  std::vector<std::pair<Index, Index>> path;
  bool are_same = true;
  while (ours || theirs) {
    if (!ours || !theirs) {
      are_same = false;
      break;
    }
    const std::pair groups(*ours, *theirs);
    if (const auto known = groups_.find(groups); known != groups_.end()) {
      are_same = known->second;
      break;
    }
    path.push_back(groups);
    ours = GroupAround(left_, *ours);
    theirs = GroupAround(right_, *theirs);
  }
  for (auto at = path.rbegin(); at != path.rend(); ++at) {
    are_same = are_same && Scopes(at->first, at->second);
    groups_.emplace(*at, are_same);
  }
  return are_same;
}

StatementMap ByKey(const std::vector<Statement>& statements) {
  StatementMap map;
  std::map<StatementKey, std::size_t> counts;
  for (const Statement& statement : statements) {
    StatementKey key{statement.kind, statement.space, statement.name, 0};
    key.number = counts[key]++;
    map.emplace(key, &statement);
  }
  return map;
}

}  // namespace dhcpair::lint
