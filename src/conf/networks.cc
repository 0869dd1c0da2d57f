// Shared networks, subnets, pools and ranges.
#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "conf/declaration_parser.h"
#include "conf/rules.h"
#include "conf/values.h"

namespace dhcpair::conf {

namespace {

// dhcpd keeps 304 bytes for each address of a range, and for one more, and counts them in 32 bits.
constexpr std::uint64_t kRangeSizeMax = (std::uint64_t{1} << 32) / 304 - 1;
static_assert(kRangeSizeMax == 14'128'180);

}  // namespace

bool DeclarationParser::SharedNetwork(const Token& word, const Place& place) {
  const Token first = parse_.Peek();
  std::string_view name;
  if (first.kind == TokenKind::kString) {
    name = parse_.Value(parse_.Next());
    if (name.empty()) {
      parse_.Fail(rules::kBadValue, first, "the name of a shared network is empty");
    }
  } else if (const auto dotted = ParseDottedName(parse_)) {
    name = *dotted;
  } else {
    return parse_.Expected(first, "the name of a shared network");
  }
  const Origin origin = parse_.OriginFrom(first);
  const std::size_t errors_before = parse_.errors();
  auto& networks = parse_.model().networks;
  const auto index = static_cast<Index>(networks.size());
  Network& network = networks.emplace_back();
  network.name = name;
  network.origin = origin;
  network.scope = NewScope(ScopeKind::kSharedNetwork, place, word);
  Place inside = Inside(place, ScopeKind::kSharedNetwork, network.scope);
  inside.network = index;
  const bool ok = Block(inside, [&](const Token& token, std::size_t) -> std::optional<bool> {
    if (!token.Is("interface"_kw)) return std::nullopt;
    return Interface(network);
  });
  CloseScope(network.scope, word);
  if (ok && network.subnets.empty() && parse_.errors() == errors_before) {
    parse_.Fail(rules::kEmptySharedNetwork, first, "a shared network has at least one subnet");
  }
  return ok;
}

bool DeclarationParser::SubnetBlock(const Token& word, const Place& place) {
  const Token first = parse_.Peek();
  const auto number = ParseIpv4(parse_);
  if (!number) return false;
  if (!parse_.Accept("netmask"_kw)) return parse_.Expected(parse_.Next(), "'netmask'");
  const auto mask = ParseIpv4(parse_);
  if (!mask) return false;
  if ((number->value() & mask->value()) != number->value()) {
    return parse_.Fail(
        rules::kBadSubnet, first,
        fmt::format("with the netmask {} the number of this subnet is {}", mask->ToString(),
                    base::Ipv4Address(number->value() & mask->value()).ToString()));
  }
  Model& model = parse_.model();
  const auto index = static_cast<Index>(model.subnets.size());
  const Index scope = NewScope(ScopeKind::kSubnet, place, word);
  Place inside = Inside(place, ScopeKind::kSubnet, scope);
  inside.subnet = index;
  if (!inside.network) {
    inside.network = static_cast<Index>(model.networks.size());
    model.networks.push_back({.scope = scope, .origin = parse_.OriginFrom(word)});
  }
  model.subnets.push_back({.number = *number,
                           .mask = *mask,
                           .scope = scope,
                           .network = *inside.network,
                           .origin = parse_.OriginFrom(word)});
  const bool ok = Block(inside, [&](const Token& token, std::size_t) -> std::optional<bool> {
    if (!token.Is("interface"_kw)) return std::nullopt;
    return Interface(model.networks[*inside.network]);
  });
  CloseScope(scope, word);
  if (!ok) return false;
  model.networks[*inside.network].subnets.push_back(index);
  // Pools of a shared network may refer to it from here on.
  if (!place.network) return true;
  return parse_.known().subnets[*place.network].Add(*number, *mask, index) ||
         parse_.Fail(rules::kBadSubnet, first,
                     fmt::format("more than {} netmasks with holes in them are not followed",
                                 SubnetIndex::kOddMasksMax));
}

bool DeclarationParser::Interface(Network& network) {
  parse_.Next();
  const Token name = parse_.Next();
  if (std::exchange(network.has_interface, true)) {
    parse_.Fail(rules::kRepeatedStatement, name,
                "a network has one interface; this is its second one");
  }
  return parse_.Semicolon();
}

bool DeclarationParser::PoolBlock(const Token& word, const Place& place) {
  Model& model = parse_.model();
  const auto index = static_cast<Index>(model.pools.size());
  Pool& pool = model.pools.emplace_back();
  pool.scope = NewScope(ScopeKind::kPool, place, word);
  pool.network = *place.network;
  pool.subnet = place.subnet;
  pool.peer = model.networks[*place.network].peer;
  const std::size_t errors_before = parse_.errors();
  const bool ok = Block(
      Inside(place, ScopeKind::kPool, pool.scope),
      [&](const Token& token, std::size_t node) { return PoolItem(token, node, place, pool); });
  CloseScope(pool.scope, word);
  pool.origin = model.scopes[pool.scope].origin;
  model.networks[*place.network].pools.push_back(index);
  parse_.known().pools[*place.network].Add(index, pool,
                                           !model.scopes[pool.scope].statements.empty());
  // A range with a mistake in it was meant to be one.
  if (ok && pool.ranges.empty() && parse_.errors() == errors_before) {
    parse_.Fail(rules::kPoolWithoutRange, word, "this pool has no range");
  }
  return ok;
}

std::optional<bool> DeclarationParser::PoolItem(const Token& token, std::size_t node,
                                                const Place& place, Pool& pool) {
  const auto take = [&](NodeKind kind, auto rule) -> std::optional<bool> {
    parse_.SetKind(node, kind);
    parse_.Next();
    return rule();
  };
  if (token.Is("range"_kw)) {
    return take(NodeKind::kRange, [&] { return TakeRange(token, place, pool); });
  }
  if (token.Is("allow"_kw) || token.Is("deny"_kw)) {
    return take(NodeKind::kPermission, [&] { return PoolPermit(token, pool); });
  }
  if (token.Is("failover"_kw)) {
    return take(NodeKind::kFailoverPeer, [&] { return PoolPeer(token, pool); });
  }
  if (token.Is("no"_kw)) {
    return take(NodeKind::kFailoverPeer, [&] {
      if (!parse_.Accept("failover"_kw) || !parse_.Accept("peer"_kw)) {
        return parse_.Expected(parse_.Next(), "'failover peer' behind 'no'");
      }
      pool.peer.reset();
      return true;
    });
  }
  return std::nullopt;
}

bool DeclarationParser::PoolPeer(const Token& word, Pool& pool) {
  if (!parse_.Accept("peer"_kw)) return parse_.Expected(parse_.Next(), "'peer'");
  const Token name = parse_.Next();
  if (name.kind != TokenKind::kString) {
    return parse_.Expected(name, "the name of the failover peer in quotation marks");
  }
  Model& model = parse_.model();
  pool.peer = FindPeer(model, parse_.Value(name));
  if (!pool.peer) {
    parse_.Fail(rules::kUnknownPeer, name,
                NotDeclared("failover peer", parse_.Value(name), model.peers));
  } else {
    ++model.peers[*pool.peer].pools;
  }
  if (!parse_.Semicolon()) return false;
  pool.peer_origin = parse_.OriginFrom(word);
  return true;
}

bool DeclarationParser::PoolPermit(const Token& word, Pool& pool) {
  Permit permit{.is_allow = word.Is("allow"_kw), .kind = PermitKind::kAllClients};
  const Token who = parse_.Next();
  bool needs_clients = false;
  const auto clients = [&](PermitKind kind) {
    permit.kind = kind;
    needs_clients = true;
  };
  if (who.Is("unknown"_kw)) {
    clients(PermitKind::kUnknownClients);
  } else if (who.Is("known"_kw)) {
    clients(PermitKind::kKnownClients);
  } else if (who.Is("authenticated"_kw)) {
    clients(PermitKind::kAuthenticatedClients);
  } else if (who.Is("unauthenticated"_kw)) {
    clients(PermitKind::kUnauthenticatedClients);
  } else if (who.Is("all"_kw)) {
    clients(PermitKind::kAllClients);
  } else if (who.Is("dynamic"_kw)) {
    clients(PermitKind::kDynamicBootpClients);
    if (!parse_.Accept("bootp"_kw)) return parse_.Expected(parse_.Next(), "'bootp'");
  } else if (who.Is("members"_kw)) {
    if (!PermitMembers(permit)) return false;
  } else if (who.Is("after"_kw)) {
    permit.kind = PermitKind::kAfter;
    if (std::ranges::count(pool.permits, PermitKind::kAfter, &Permit::kind) > 0) {
      return parse_.Fail(rules::kRepeatedStatement, who, "a pool has one 'after'");
    }
    if (!ParseDate(parse_)) return false;
  } else if (who.Is("known-clients"_kw)) {
    permit.kind = PermitKind::kKnownClients;
  } else if (who.Is("unknown-clients"_kw)) {
    permit.kind = PermitKind::kUnknownClients;
  } else {
    return parse_.Expected(who,
                           "known-clients, unknown-clients, 'all clients', 'dynamic bootp "
                           "clients', 'members of \"CLASS\"' or 'after TIME'");
  }
  if (needs_clients && !parse_.Accept("clients"_kw)) {
    return parse_.Expected(parse_.Next(), "'clients'");
  }
  if (!parse_.Semicolon()) return false;
  permit.origin = parse_.OriginFrom(word);
  pool.permits.push_back(permit);
  return true;
}

bool DeclarationParser::PermitMembers(Permit& permit) {
  permit.kind = PermitKind::kMembersOf;
  if (!parse_.Accept("of"_kw)) return parse_.Expected(parse_.Next(), "'of'");
  const Token name = parse_.Next();
  if (name.kind != TokenKind::kString) {
    return parse_.Expected(name, "the name of a class in quotation marks");
  }
  permit.class_name = parse_.Value(name);
  if (!parse_.known().classes.contains(permit.class_name)) {
    parse_.Fail(rules::kUnknownClass, name,
                NotDeclared("class", permit.class_name, parse_.known().classes));
  }
  return true;
}

// A range that stands in no pool.
bool DeclarationParser::SubnetRange(const Token& word, const Place& place) {
  Model& model = parse_.model();
  const bool is_dynamic_bootp = parse_.Peek().Is("dynamic-bootp"_kw);
  PoolList& list = parse_.known().pools[*place.network];
  const auto home = list.HomeOf(is_dynamic_bootp);
  const auto take = [&](Pool& pool) {
    const std::size_t before = pool.ranges.size();
    const bool ok = TakeRange(word, place, pool);
    if (pool.ranges.size() > before) pool.ranges.back().subnet = place.subnet;
    return ok;
  };
  if (home && !model.pools[*home].is_implied) return take(model.pools[*home]);
  auto& implied = parse_.known().implied_pools;
  if (home) {
    const auto known = implied.find({*place.subnet, *home});
    if (known != implied.end()) return take(model.pools[known->second]);
  }
  Pool pool{.scope = place.scope, .network = *place.network, .subnet = place.subnet};
  pool.is_implied = true;
  const bool ok = take(pool);
  if (pool.ranges.empty()) return ok;
  pool.origin = pool.ranges[0].origin;
  pool.permits = {home ? model.pools[*home].permits[0] : PoolList::OwnPermit(is_dynamic_bootp)};
  pool.permits[0].origin = pool.origin;
  const auto index = static_cast<Index>(model.pools.size());
  implied.emplace(std::pair(*place.subnet, home.value_or(index)), index);
  if (!home) list.Add(index, pool, /*has_statements=*/false);
  model.networks[*place.network].pools.push_back(index);
  model.pools.push_back(std::move(pool));
  return ok;
}

// "range" has been taken.
bool DeclarationParser::TakeRange(const Token& word, const Place& place, Pool& pool) {
  const Token first = parse_.Peek();
  const bool is_dynamic_bootp = parse_.Accept("dynamic-bootp"_kw);
  const auto low = ParseIpv4(parse_);
  if (!low) return false;
  std::optional<base::Ipv4Address> high = low;
  if (!parse_.Peek().Is(';')) high = ParseIpv4(parse_);
  if (!high || !parse_.Semicolon()) return false;
  const text::Span at{first.begin, first.end};
  const Subnet* const subnet = SubnetOf(*low, place);
  if (subnet == nullptr) {
    return parse_.Fail(rules::kRangeOutsideSubnet, at,
                       "no subnet before this holds the range; a pool stands behind its subnet");
  }
  Range range{.first = std::min(*low, *high),
              .last = std::max(*low, *high),
              .is_dynamic_bootp = is_dynamic_bootp,
              .is_reversed = *high < *low,
              .origin = parse_.OriginFrom(word),
              .addresses = parse_.OriginOf(at)};
  if (is_dynamic_bootp && pool.peer) {
    parse_.Fail(rules::kDynamicBootpRange, at,
                "BOOTP leases never end, so the pools of a failover pair have plain ranges");
  }
  for (const base::Ipv4Address end : {*low, *high}) {
    if (subnet->Holds(end)) continue;
    parse_.Fail(rules::kRangeOutsideSubnet, at,
                fmt::format("{} is not in the subnet {} netmask {}", end.ToString(),
                            subnet->number.ToString(), subnet->mask.ToString()));
    return true;
  }
  if (range.size() > kRangeSizeMax) {
    parse_.Fail(rules::kRangeTooLarge, at,
                fmt::format("these are {} addresses, and dhcpd takes up to {} in a range; write "
                            "several ranges",
                            range.size(), kRangeSizeMax));
    return true;
  }
  if (EnterRange(range)) pool.ranges.push_back(range);
  return true;
}

const Subnet* DeclarationParser::SubnetOf(base::Ipv4Address address, const Place& place) {
  const Model& model = parse_.model();
  if (place.subnet) return &model.subnets[*place.subnet];
  const auto found = parse_.known().subnets[*place.network].FindFirst(address);
  return found ? &model.subnets[*found] : nullptr;
}

bool DeclarationParser::EnterRange(const Range& range) {
  auto& ranges = parse_.known().ranges;
  const auto next = ranges.upper_bound(range.last.value());
  if (next != ranges.begin() && std::prev(next)->second >= range.first.value()) {
    const std::uint32_t twice = std::max(range.first.value(), std::prev(next)->first);
    return parse_.Fail(rules::kOverlappingRanges,
                       text::Span{range.addresses.begin, range.addresses.end},
                       fmt::format("{} is in another range already; keep each address in one",
                                   base::Ipv4Address(twice).ToString()));
  }
  ranges.emplace(range.first.value(), range.last.value());
  return true;
}

}  // namespace dhcpair::conf
