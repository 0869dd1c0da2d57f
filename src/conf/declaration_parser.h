#pragma once

#include <optional>
#include <vector>

#include "conf/declarations.h"
#include "conf/failover.h"
#include "conf/parse.h"

namespace dhcpair::conf {

/// The grammar of declarations; for the files that it is spread over: declarations.cc, networks.cc,
/// hosts.cc and classes.cc.
class DeclarationParser {
 public:
  DeclarationParser(Parse& parse, const Includer& include) : parse_(parse), include_(include) {}

  void File(const Place& place);

 private:
  /// What a class may have once in one block.
  struct ClassState {
    std::optional<Index> index;  // Of a class, not of a subclass.
    bool has_match = false;
    bool has_submatch = false;
  };

  // declarations.cc
  bool Statement(const Place& place, std::size_t node);
  void NoStatement(const Token& token);
  void SkipForeign();
  std::optional<bool> Declaration(const Token& word, const Place& place, std::size_t node);
  std::optional<bool> Parameter(const Token& word, const Place& place, std::size_t node);
  bool MayStand(const Token& word, const Place& place) const;
  bool Misplaced(const Token& word, const Place& place);
  bool Dhcpv6(const Token& word);
  bool Include(const Place& place);
  bool Authoritative(const Token& word, const Place& place, bool is_authoritative);
  bool Group(const Token& word, const Place& place);
  bool Option(const Token& word, const Place& place);
  bool ServerIdentifier(const Token& word, const Place& place);
  bool ServerDuid();
  bool LeaseIdFormat();
  std::optional<bool> Marker(const Token& token, std::initializer_list<Keyword> markers);
  Index NewScope(ScopeKind kind, const Place& outer, const Token& word);
  static Place Inside(const Place& place, ScopeKind kind, Index scope);
  std::vector<conf::Statement>& StatementsOf(const Place& place) {
    return parse_.model().scopes[place.scope].statements;
  }
  void CloseScope(Index scope, const Token& word);
  /// The statements of a block up to its '}'. `special` takes those that only this kind of block
  /// has: it returns nothing for another one.
  template <typename Special>
  bool Block(const Place& place, Special special);

  // networks.cc
  bool SharedNetwork(const Token& word, const Place& place);
  bool SubnetBlock(const Token& word, const Place& place);
  bool Interface(Network& network);
  bool PoolBlock(const Token& word, const Place& place);
  std::optional<bool> PoolItem(const Token& token, std::size_t node, const Place& place,
                               Pool& pool);
  bool PoolPeer(const Token& word, Pool& pool);
  bool PoolPermit(const Token& word, Pool& pool);
  bool PermitMembers(Permit& permit);
  bool SubnetRange(const Token& word, const Place& place);
  bool TakeRange(const Token& word, const Place& place, Pool& pool);
  const Subnet* SubnetOf(base::Ipv4Address address, const Place& place);
  bool EnterRange(const Range& range);

  // hosts.cc
  bool HostBlock(const Token& word, const Place& place);
  std::optional<bool> HostItem(const Token& token, Host& host);
  bool HostUid(const Token& word, Host& host);
  bool HostGroup(Host& host);
  bool HostIdentifier();
  bool Hardware(const Token& word, const Place& place);
  bool FixedAddress(const Token& word, const Place& place);

  // classes.cc
  bool ClassBlock(const Token& word, const Place& place);
  bool SubclassBlock(const Token& word, const Token& name, const Place& place);
  bool ClassBody(const Token& word, const Place& place, ClassState state,
                 std::optional<Index>& scope);
  std::optional<bool> ClassItem(const Token& token, ClassState& state);
  bool MatchIf(const Token& word, ClassState& state);
  bool LeaseLimit(const ClassState& state);
  bool InSubclass(const Token& token);
  bool Submatch(const Token& token, ClassState& state, bool spawns);

  Parse& parse_;
  const Includer& include_;
};

template <typename Special>
bool DeclarationParser::Block(const Place& place, Special special) {
  const Token brace = parse_.Peek();
  const std::size_t block = parse_.Open(NodeKind::kBlock);
  if (!parse_.LeftBrace()) return false;
  if (place.depth > kBlockDepthMax) return parse_.TooManyBlocks(brace);
  while (!parse_.Accept('}')) {
    const Token token = parse_.Peek();
    if (token.kind == TokenKind::kEnd) {
      parse_.Unclosed(brace);
      break;
    }
    const std::size_t node = parse_.Open(NodeKind::kOther);
    const std::optional<bool> done = special(token, node);
    parse_.CloseStatement(node, done ? *done : Statement(place, node));
    if (parse_.position() == token.begin && !parse_.Peek().Is('}')) parse_.Next();
  }
  parse_.Close(block);
  return true;
}

}  // namespace dhcpair::conf
