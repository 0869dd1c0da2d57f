#include "conf/failover.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "conf/rules.h"
#include "conf/values.h"

namespace dhcpair::conf {
namespace {

constexpr auto kNumbers =
    std::to_array<Keyword>({"max-lease-misbalance"_kw, "max-lease-ownership"_kw, "max-balance"_kw,
                            "min-balance"_kw, "auto-partner-down"_kw, "max-response-delay"_kw,
                            "max-unacked-updates"_kw, "port"_kw, "mclt"_kw});

constexpr auto kStates = std::to_array<Keyword>(
    {"unknown-state"_kw, "partner-down"_kw, "normal"_kw, "communications-interrupted"_kw,
     "conflict-done"_kw, "resolution-interrupted"_kw, "potential-conflict"_kw, "recover"_kw,
     "recover-wait"_kw, "recover-done"_kw, "shutdown"_kw, "paused"_kw, "startup"_kw});

class PeerParser {
 public:
  PeerParser(Parse& parse, Peer& peer) : parse_(parse), peer_(peer) {}

  // The statements up to the '}', and what they must amount to. The '{' has been taken.
  bool Run(const Token& name, const Token& brace) {
    bool ok = true;
    while (!parse_.Peek().Is('}')) {
      if (parse_.Peek().kind == TokenKind::kEnd) return parse_.Unclosed(brace);
      const std::size_t node = parse_.Open(NodeKind::kOther);
      const Token token = parse_.Next();
      PeerStatement statement{.word = token.keyword};
      const bool is_read = Item(token, statement) && parse_.Semicolon();
      if (is_read) {
        statement.origin = parse_.OriginFrom(token);
        peer_.statements.push_back(std::move(statement));
      }
      parse_.CloseStatement(node, is_read);
      ok = ok && is_read;
    }
    parse_.Next();
    return ok && Check(name);
  }

 private:
  bool Item(const Token& token, PeerStatement& statement) {
    if (token.Is("peer"_kw)) {
      statement.is_partners = true;
      const Token word = parse_.Next();
      statement.word = word.keyword;
      return Item(word, statement);
    }
    if (token.Is("primary"_kw)) {
      peer_.is_secondary = false;
      return true;
    }
    if (token.Is("secondary"_kw)) {
      peer_.is_secondary = true;
      return !HasBalance() || BalanceOnSecondary(token);
    }
    if (token.Is("address"_kw)) {
      const auto address = ParseAddressOrName(parse_);
      if (address) statement.address = *address;
      return address.has_value();
    }
    if (token.Is("split"_kw)) return Split(token, statement);
    if (token.Is("hba"_kw)) return Hba(token, statement);
    if (token.Is("load"_kw)) return LoadBalance(statement);
    const bool is_number = token.kind == TokenKind::kKeyword &&
                           std::ranges::find(kNumbers, token.keyword) != kNumbers.end();
    if (is_number) return Number(statement);
    return parse_.Fail(rules::kPeerStatement, token,
                       fmt::format("'{}' is no statement of a failover peer", parse_.Text(token)));
  }

  bool Number(PeerStatement& statement) {
    const Token token = parse_.Next();
    if (token.kind != TokenKind::kNumber) return parse_.Expected(token, "a decimal number");
    statement.number = ReadDecimal(parse_.Text(token));
    return true;
  }

  bool BalanceOnSecondary(const Token& at) {
    return parse_.Fail(rules::kSplitOnSecondary, at,
                       "split and hba stand in the primary's file only");
  }

  bool Split(const Token& token, PeerStatement& statement) {
    const Token value = parse_.Next();
    if (peer_.is_secondary) return BalanceOnSecondary(token);
    if (value.kind != TokenKind::kNumber) return parse_.Expected(value, "a number from 0 to 256");
    statement.number = ReadDecimal(parse_.Text(value));
    const bool is_in_range = statement.number >= 0 && statement.number <= 256;
    return is_in_range || parse_.Fail(rules::kBadSplit, value, "a split is a number from 0 to 256");
  }

  bool Hba(const Token& token, PeerStatement& statement) {
    if (peer_.is_secondary) return BalanceOnSecondary(token);
    auto octets = ParseOctets(parse_, 32, ':', 16);
    if (octets) statement.hba = *std::move(octets);
    return octets.has_value();
  }

  bool LoadBalance(PeerStatement& statement) {
    for (const Keyword word : {"balance"_kw, "max"_kw, "seconds"_kw}) {
      const Token token = parse_.Next();
      if (!token.Is(word)) {
        return parse_.Expected(token,
                               fmt::format("'{}', as in 'load balance max seconds 3'", Name(word)));
      }
    }
    return Number(statement);
  }

  // The statement that counts. Whose balance or mclt it is said to be, dhcpd does not mind.
  const PeerStatement* Last(Keyword word) const {
    const auto found = std::ranges::find(peer_.statements.rbegin(), peer_.statements.rend(), word,
                                         &PeerStatement::word);
    return found == peer_.statements.rend() ? nullptr : &*found;
  }

  bool HasBalance() const { return Last("split"_kw) != nullptr || Last("hba"_kw) != nullptr; }

  bool Check(const Token& name) {
    if (peer_.Last("address"_kw, true) == nullptr) {
      return parse_.Fail(rules::kMissingPeerAddress, name,
                         "this failover peer has no 'peer address', its partner's");
    }
    if (peer_.is_secondary) return true;
    if (!HasBalance()) {
      return parse_.Fail(rules::kMissingSplit, name,
                         "a primary has 'split' or 'hba'; 'split 128;' is half and half");
    }
    const PeerStatement* const mclt = Last("mclt"_kw);
    if (mclt == nullptr || mclt->number == 0) {
      return parse_.Fail(rules::kMissingMclt, name, "a primary has 'mclt', such as 'mclt 3600;'");
    }
    return true;
  }

  Parse& parse_;
  Peer& peer_;
};

// "failover peer NAME state { ... }" belongs to the leases file, but is read here too.
bool ParseState(Parse& parse, const Peer& peer) {
  if (!parse.LeftBrace()) return false;
  for (;;) {
    const Token token = parse.Next();
    if (token.Is('}')) return true;
    if (token.Is("mclt"_kw)) {
      if (!peer.is_secondary) {
        return parse.Fail(rules::kPeerStatement, token,
                          "the state of a primary has no mclt; its declaration has");
      }
      const Token number = parse.Next();
      if (number.kind != TokenKind::kNumber) return parse.Expected(number, "a number");
      if (!parse.Semicolon()) return false;
      continue;
    }
    if (!token.Is("my"_kw) && !token.Is("partner"_kw)) {
      return parse.Expected(token, "'my state', 'partner state', mclt or '}'");
    }
    if (!parse.Accept("state"_kw)) return parse.Expected(parse.Next(), "'state'");
    const Token state = parse.Next();
    const bool is_state = state.kind == TokenKind::kKeyword &&
                          std::ranges::find(kStates, state.keyword) != kStates.end();
    if (!is_state) return parse.Expected(state, "the name of a failover state");
    if (parse.Accept(';')) continue;
    if (!parse.Accept("at"_kw)) return parse.Expected(parse.Next(), "'at' and a time, or ';'");
    if (!ParseDate(parse) || !parse.Semicolon()) return false;
  }
}

}  // namespace

std::optional<Index> FindPeer(const Model& model, std::string_view name) {
  const auto found = std::ranges::find(model.peers, name, &Peer::name);
  if (found == model.peers.end()) return std::nullopt;
  return static_cast<Index>(found - model.peers.begin());
}

bool ParseFailoverPeer(Parse& parse, const Token& word, std::optional<Index> network) {
  if (!parse.Accept("peer"_kw)) return parse.Expected(parse.Next(), "'peer'");
  const Token name = parse.Next();
  if (!name.is_identifier() && name.kind != TokenKind::kString) {
    return parse.Expected(name, "the name of a failover peer");
  }
  Model& model = parse.model();
  const std::string_view peer = parse.Value(name);
  const auto known = FindPeer(model, peer);
  const auto unknown = [&] {
    return parse.Fail(rules::kUnknownPeer, name, NotDeclared("failover peer", peer, model.peers));
  };
  if (parse.Accept(';')) {
    if (!network) {
      return parse.Fail(rules::kMisplacedStatement, name,
                        "a failover peer is named in a pool or a shared-network");
    }
    if (!known) return unknown();
    model.networks[*network].peer = known;
    return true;
  }
  if (parse.Accept("state"_kw)) return known ? ParseState(parse, model.peers[*known]) : unknown();
  const Token brace = parse.Peek();
  const std::size_t block = parse.Open(NodeKind::kBlock);
  if (!parse.LeftBrace()) return false;
  if (known) {
    return parse.Fail(rules::kDuplicatePeer, name,
                      fmt::format("the failover peer '{}' is declared already", peer));
  }
  // Known from here on even when something is wrong with it: the pools are not to blame.
  model.peers.push_back({.name = peer, .origin = parse.OriginOf(name), .declaration = {}});
  if (network) model.networks[*network].peer = static_cast<Index>(model.peers.size() - 1);
  const bool ok = PeerParser(parse, model.peers.back()).Run(name, brace);
  parse.Close(block);
  model.peers.back().declaration = parse.OriginFrom(word);
  return ok;
}

}  // namespace dhcpair::conf
