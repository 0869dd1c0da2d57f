#include "conf/failover.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "conf/rules.h"
#include "conf/values.h"

namespace dhcpair::conf {
namespace {

constexpr auto kNumbers = std::to_array<Keyword>(
    {"max-lease-misbalance"_kw, "max-lease-ownership"_kw, "max-balance"_kw, "min-balance"_kw,
     "auto-partner-down"_kw, "max-response-delay"_kw, "max-unacked-updates"_kw});

constexpr auto kStates = std::to_array<Keyword>(
    {"unknown-state"_kw, "partner-down"_kw, "normal"_kw, "communications-interrupted"_kw,
     "conflict-done"_kw, "resolution-interrupted"_kw, "potential-conflict"_kw, "recover"_kw,
     "recover-wait"_kw, "recover-done"_kw, "shutdown"_kw, "paused"_kw, "startup"_kw});

class PeerParser {
 public:
  // The '{' has been taken.
  PeerParser(Parse& parse, const Token& brace) : parse_(parse), brace_(brace) {}

  // The statements between the braces, and what they must amount to.
  bool Run(const Token& name) {
    bool ok = true;
    for (;;) {
      const std::size_t start = parse_.position();
      const Token& token = parse_.Next();
      if (token.Is('}')) break;
      if (token.kind == TokenKind::kEnd) {
        return parse_.Unclosed(brace_);
      }
      if (Item(token, false) && parse_.Semicolon()) continue;
      parse_.Recover(start);
      ok = false;
    }
    return ok && Check(name);
  }

 private:
  bool Item(const Token& token, bool is_partners) {
    if (token.Is("peer"_kw)) return Item(parse_.Next(), true);
    if (token.Is("primary"_kw)) {
      is_secondary_ = false;
      return true;
    }
    if (token.Is("secondary"_kw)) {
      is_secondary_ = true;
      return !has_balance_ || BalanceOnSecondary(token);
    }
    if (token.Is("address"_kw)) {
      if (!ParseAddressOrName(parse_)) return false;
      has_partner_ = has_partner_ || is_partners;
      return true;
    }
    if (token.Is("port"_kw)) return Number().has_value();
    if (token.Is("mclt"_kw)) {
      const auto mclt = Number();
      mclt_ = mclt.value_or(0);
      return mclt.has_value();
    }
    if (token.Is("split"_kw)) return Split(token);
    if (token.Is("hba"_kw)) return Hba(token);
    if (token.Is("load"_kw)) return LoadBalance();
    const bool is_number = token.kind == TokenKind::kKeyword &&
                           std::ranges::find(kNumbers, token.keyword) != kNumbers.end();
    if (is_number) return Number().has_value();
    return parse_.Fail(rules::kPeerStatement, token,
                       fmt::format("'{}' is no statement of a failover peer", parse_.Text(token)));
  }

  std::optional<long> Number() {
    const Token& token = parse_.Next();
    if (token.kind == TokenKind::kNumber) return ReadDecimal(parse_.Text(token));
    parse_.Expected(token, "a decimal number");
    return std::nullopt;
  }

  bool BalanceOnSecondary(const Token& at) {
    return parse_.Fail(rules::kSplitOnSecondary, at,
                       "split and hba stand in the primary's file only");
  }

  bool Split(const Token& token) {
    const Token& value = parse_.Next();
    if (is_secondary_) return BalanceOnSecondary(token);
    if (value.kind != TokenKind::kNumber) return parse_.Expected(value, "a number from 0 to 256");
    const long split = ReadDecimal(parse_.Text(value));
    if (split < 0 || split > 256) {
      return parse_.Fail(rules::kBadSplit, value, "a split is a number from 0 to 256");
    }
    has_balance_ = true;
    return true;
  }

  bool Hba(const Token& token) {
    if (is_secondary_) return BalanceOnSecondary(token);
    if (!ParseOctets(parse_, 32, ':', 16)) return false;
    has_balance_ = true;
    return true;
  }

  bool LoadBalance() {
    for (const Keyword word : {"balance"_kw, "max"_kw, "seconds"_kw}) {
      const Token& token = parse_.Next();
      if (!token.Is(word)) {
        return parse_.Expected(token,
                               fmt::format("'{}', as in 'load balance max seconds 3'", Name(word)));
      }
    }
    return Number().has_value();
  }

  bool Check(const Token& name) {
    if (!has_partner_) {
      return parse_.Fail(rules::kMissingPeerAddress, name,
                         "this failover peer has no 'peer address', its partner's");
    }
    if (is_secondary_) return true;
    if (!has_balance_) {
      return parse_.Fail(rules::kMissingSplit, name,
                         "a primary has 'split' or 'hba'; 'split 128;' is half and half");
    }
    if (mclt_ == 0) {
      return parse_.Fail(rules::kMissingMclt, name, "a primary has 'mclt', such as 'mclt 3600;'");
    }
    return true;
  }

  Parse& parse_;
  const Token& brace_;
  bool is_secondary_ = false;
  bool has_balance_ = false;
  bool has_partner_ = false;
  long mclt_ = 0;
};

// "failover peer NAME state { ... }" belongs to the leases file, but is read here too.
bool ParseState(Parse& parse) {
  if (!parse.LeftBrace()) return false;
  for (;;) {
    const Token& token = parse.Next();
    if (token.Is('}')) return true;
    if (token.Is("mclt"_kw)) {
      const Token& number = parse.Next();
      if (number.kind != TokenKind::kNumber) return parse.Expected(number, "a number");
      if (!parse.Semicolon()) return false;
      continue;
    }
    if (!token.Is("my"_kw) && !token.Is("partner"_kw)) {
      return parse.Expected(token, "'my state', 'partner state', mclt or '}'");
    }
    if (!parse.Accept("state"_kw)) return parse.Expected(parse.Next(), "'state'");
    const Token& state = parse.Next();
    const bool is_state = state.kind == TokenKind::kKeyword &&
                          std::ranges::find(kStates, state.keyword) != kStates.end();
    if (!is_state) return parse.Expected(state, "the name of a failover state");
    if (parse.Accept(';')) continue;
    if (!parse.Accept("at"_kw)) return parse.Expected(parse.Next(), "'at' and a time, or ';'");
    if (!ParseDate(parse) || !parse.Semicolon()) return false;
  }
}

}  // namespace

bool ParseFailoverPeer(Parse& parse, Scope scope, Network* network) {
  if (!parse.Accept("peer"_kw)) return parse.Expected(parse.Next(), "'peer'");
  const Token& name = parse.Next();
  if (!name.is_identifier() && name.kind != TokenKind::kString) {
    return parse.Expected(name, "the name of a failover peer");
  }
  const std::string peer = parse.Value(name);
  const auto known = parse.names().peers.find(peer);
  const bool is_known = known != parse.names().peers.end();
  const auto unknown = [&] {
    return parse.Fail(rules::kUnknownPeer, name,
                      NotDeclared("failover peer", peer, parse.names().peers));
  };
  if (parse.Accept(';')) {
    if (scope != Scope::kSharedNetwork) {
      return parse.Fail(rules::kMisplacedStatement, name,
                        "a failover peer is named in a pool or a shared-network");
    }
    if (!is_known) return unknown();
    if (network != nullptr) network->has_peer = true;
    return true;
  }
  if (parse.Accept("state"_kw)) return is_known ? ParseState(parse) : unknown();
  const Token& brace = parse.Peek();
  if (!parse.LeftBrace()) return false;
  if (is_known) {
    return parse.Fail(rules::kDuplicatePeer, name,
                      fmt::format("the failover peer '{}' is declared already", peer));
  }
  // Known from here on even when something is wrong with it: the pools are not to blame.
  parse.names().peers.emplace(peer, Peer{.pools = 0, .declared_at = parse.LocationOf(name.span())});
  if (scope == Scope::kSharedNetwork && network != nullptr) network->has_peer = true;
  return PeerParser(parse, brace).Run(name);
}

}  // namespace dhcpair::conf
