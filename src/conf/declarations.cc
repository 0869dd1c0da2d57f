#include "conf/declarations.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "conf/executable.h"
#include "conf/failover.h"
#include "conf/option_definitions.h"
#include "conf/rules.h"
#include "conf/values.h"

namespace dhcpair::conf {
namespace {

// What a host may have once.
struct Host {
  bool has_hardware = false;
  bool has_fixed_address = false;
  bool has_uid = false;
  bool has_identifier = false;
};

struct Pool {
  bool has_peer = false;
  bool has_after = false;
  std::size_t ranges = 0;
};

class DeclarationParser {
 public:
  DeclarationParser(Parse& parse, const Includer& include) : parse_(parse), include_(include) {}

  void File(const Place& place) {
    while (parse_.Peek().kind != TokenKind::kEnd) {
      const std::size_t start = parse_.position();
      const Token& token = parse_.Peek();
      if (token.Is('}')) {
        parse_.Fail(rules::kSyntax, token, "this '}' closes nothing");
        parse_.Next();
      } else if (!Statement(place, nullptr)) {
        parse_.Recover(start);
      }
      if (parse_.position() == start) parse_.Next();
    }
  }

 private:
  // Takes one statement; false when something was reported and the rest must be skipped.
  bool Statement(const Place& place, Host* host) {
    const Token& token = parse_.Peek();
    if (token.kind == TokenKind::kKeyword) {
      if (const auto done = Declaration(token, place, host)) return *done;
    }
    if (token.Is('%')) {
      // Left by a tool that turned old configurations into new ones.
      while (!parse_.Peek().Is(';') && parse_.Peek().kind != TokenKind::kEnd) parse_.Next();
      parse_.Accept(';');
      return true;
    }
    switch (ParseExecutable(parse_, place.scope, Wanted::kAny)) {
      case StatementResult::kOk:
        return true;
      case StatementResult::kFailed:
        return false;
      case StatementResult::kNone:
        break;
    }
    parse_.Expected(token, "a statement");
    parse_.Next();
    return false;
  }

  // A statement that begins with this word, or nothing when it is none of these.
  std::optional<bool> Declaration(const Token& token, const Place& place, Host* host) {
    const auto is = [&](Keyword keyword) { return token.keyword == keyword; };
    const auto take = [&](auto rule) -> std::optional<bool> {
      parse_.Next();
      return rule();
    };
    const auto in = [&](auto... scopes) { return ((place.scope == scopes) || ...); };
    const auto misplaced = [&] {
      return parse_.Fail(
          rules::kMisplacedStatement, token,
          fmt::format("'{}' cannot stand in {}", parse_.Text(token), Describe(place.scope)));
    };

    if (is("include"_kw)) return take([&] { return Include(place); });
    if (is("host"_kw) || is("group"_kw)) {
      return take([&] {
        if (in(Scope::kHost, Scope::kClass)) return misplaced();
        return is("host"_kw) ? HostBlock(place) : Group(place);
      });
    }
    if (is("shared-network"_kw)) {
      return take([&] {
        const bool ok = !in(Scope::kSharedNetwork, Scope::kHost, Scope::kSubnet, Scope::kClass);
        return ok ? SharedNetwork(place) : misplaced();
      });
    }
    if (is("subnet"_kw) || is("subnet6"_kw)) {
      return take([&] {
        if (in(Scope::kHost, Scope::kSubnet, Scope::kClass)) return misplaced();
        return is("subnet"_kw) ? SubnetBlock(place) : Dhcpv6(token);
      });
    }
    if (is("class"_kw) || is("subclass"_kw) || is("vendor-class"_kw) || is("user-class"_kw)) {
      return take([&] { return in(Scope::kClass) ? misplaced() : Class(token, place); });
    }
    if (is("hardware"_kw)) return take([&] { return Hardware(token, host, misplaced); });
    if (is("fixed-address"_kw) || is("fixed-address6"_kw)) {
      return take([&] { return FixedAddress(token, host, misplaced); });
    }
    if (is("pool"_kw)) {
      return take([&] {
        if (!in(Scope::kSubnet, Scope::kSharedNetwork)) return misplaced();
        return PoolBlock(token, place);
      });
    }
    if (is("range"_kw)) {
      return take([&] {
        if (!in(Scope::kSubnet) || place.subnet == nullptr) return misplaced();
        return Range(place, nullptr);
      });
    }
    if (is("pool6"_kw) || is("range6"_kw) || is("prefix6"_kw) || is("fixed-prefix6"_kw)) {
      return take([&] { return Dhcpv6(token); });
    }
    if (is("not"_kw)) {
      return take([&] {
        if (!parse_.Accept("authoritative"_kw)) {
          return parse_.Expected(parse_.Next(), "'authoritative' behind 'not'");
        }
        return Authoritative(token, place);
      });
    }
    if (is("authoritative"_kw)) return take([&] { return Authoritative(token, place); });
    if (is("server-identifier"_kw)) return take([&] { return ParseOptionStatement(parse_, "I"); });
    if (is("option"_kw)) return take([&] { return Option(token, place); });
    if (is("failover"_kw)) {
      if (in(Scope::kGlobal, Scope::kSharedNetwork)) {
        return take([&] { return ParseFailoverPeer(parse_, place.scope, place.network); });
      }
      return misplaced();
    }
    if (is("server-duid"_kw)) return take([&] { return ServerDuid(); });
    if (is("lease-id-format"_kw)) {
      return take([&] {
        const Token& word = parse_.Next();
        if (!word.Is("octal"_kw) && !word.Is("hex"_kw))
          return parse_.Expected(word, "octal or hex");
        return parse_.Semicolon();
      });
    }
    return std::nullopt;
  }

  bool Dhcpv6(const Token& token) {
    return parse_.Fail(rules::kDhcpv6Statement, token,
                       fmt::format("'{}' is a statement of DHCPv6, and failover serves IPv4; it "
                                   "takes a configuration and a dhcpd of its own",
                                   parse_.Text(token)));
  }

  bool Include(const Place& place) {
    const Token& path = parse_.Next();
    if (path.kind != TokenKind::kString) {
      return parse_.Expected(path, "the name of a file in quotation marks");
    }
    include_(parse_, path, place);
    return parse_.Semicolon();
  }

  bool Authoritative(const Token& token, const Place& place) {
    if (place.scope == Scope::kHost) {
      parse_.Fail(rules::kMisplacedStatement, token, "'authoritative' cannot stand in a host");
    }
    return parse_.Semicolon();
  }

  // The statements of a block up to its '}'. `special` takes those that only this kind of block
  // has: it returns nothing for another one.
  template <typename Special>
  bool Block(const Place& place, Host* host, Special special) {
    const Token& brace = parse_.Peek();
    if (!parse_.LeftBrace()) return false;
    if (place.depth > kBlockDepthMax) {
      return parse_.Fail(rules::kTooDeep, brace,
                         fmt::format("blocks are nested more than {} deep here", kBlockDepthMax));
    }
    for (;;) {
      const Token& token = parse_.Peek();
      if (parse_.Accept('}')) return true;
      if (token.kind == TokenKind::kEnd) {
        parse_.Unclosed(brace);
        return true;
      }
      const std::size_t start = parse_.position();
      const std::optional<bool> done = special(token);
      if (!(done ? *done : Statement(place, host))) {
        parse_.Recover(start);
        if (parse_.position() == start && !parse_.Peek().Is('}')) parse_.Next();
      }
    }
  }

  static std::optional<bool> Nothing(const Token&) { return std::nullopt; }

  static Place Inside(const Place& place, Scope scope) {
    Place inside = place;
    inside.scope = scope;
    ++inside.depth;
    return inside;
  }

  bool Interface(Network& network) {
    parse_.Next();
    const Token& name = parse_.Next();
    if (std::exchange(network.has_interface, true)) {
      parse_.Fail(rules::kRepeatedStatement, name,
                  "a network has one interface; this is its second one");
    }
    return parse_.Semicolon();
  }

  bool Group(const Place& place) {
    const Token& name = parse_.Peek();
    std::string group;
    if (name.is_identifier() || name.kind == TokenKind::kString)
      group = parse_.Value(parse_.Next());
    const bool ok = Block(Inside(place, Scope::kGroup), nullptr, [&](const Token& token) {
      return Marker(token, {"deleted"_kw, "dynamic"_kw, "static"_kw});
    });
    if (!group.empty()) parse_.names().groups.insert(group);
    return ok;
  }

  // A word of the leases file that says how a declaration came to be.
  std::optional<bool> Marker(const Token& token, std::initializer_list<Keyword> markers) {
    for (const Keyword marker : markers) {
      if (!token.Is(marker)) continue;
      parse_.Next();
      return parse_.Semicolon();
    }
    return std::nullopt;
  }

  bool SharedNetwork(const Place& place) {
    const Token& name = parse_.Peek();
    if (name.kind == TokenKind::kString) {
      parse_.Next();
      if (parse_.Value(name).empty()) {
        parse_.Fail(rules::kBadValue, name, "the name of a shared network is empty");
      }
    } else if (!ParseDottedName(parse_)) {
      return parse_.Expected(name, "the name of a shared network");
    }
    Network network;
    const std::size_t errors_before = parse_.errors();
    Place inside = Inside(place, Scope::kSharedNetwork);
    inside.network = &network;
    const bool ok = Block(inside, nullptr, [&](const Token& token) -> std::optional<bool> {
      if (!token.Is("interface"_kw)) return std::nullopt;
      return Interface(network);
    });
    if (ok && network.subnets.empty() && parse_.errors() == errors_before) {
      parse_.Fail(rules::kEmptySharedNetwork, name, "a shared network has at least one subnet");
    }
    return ok;
  }

  bool SubnetBlock(const Place& place) {
    const Token& first = parse_.Peek();
    const auto number = ParseIpv4(parse_);
    if (!number) return false;
    if (!parse_.Accept("netmask"_kw)) return parse_.Expected(parse_.Next(), "'netmask'");
    const auto mask = ParseIpv4(parse_);
    if (!mask) return false;
    const Subnet subnet{*number, *mask};
    if (!subnet.Holds(*number)) {
      return parse_.Fail(
          rules::kBadSubnet, first,
          fmt::format("with the netmask {} the number of this subnet is {}", mask->ToString(),
                      base::Ipv4Address(number->value() & mask->value()).ToString()));
    }
    Network own;
    Place inside = Inside(place, Scope::kSubnet);
    inside.subnet = &subnet;
    if (inside.network == nullptr) inside.network = &own;
    const bool ok = Block(inside, nullptr, [&](const Token& token) -> std::optional<bool> {
      if (!token.Is("interface"_kw)) return std::nullopt;
      return Interface(*inside.network);
    });
    // Pools of a shared network may refer to it from here on.
    if (ok) inside.network->subnets.push_back(subnet);
    return ok;
  }

  bool PoolBlock(const Token& token, const Place& place) {
    Pool pool;
    pool.has_peer = place.network != nullptr && place.network->has_peer;
    const std::size_t errors_before = parse_.errors();
    const bool ok = Block(Inside(place, Scope::kPool), nullptr,
                          [&](const Token& word) { return PoolItem(word, place, pool); });
    // A range with a mistake in it was meant to be one.
    if (ok && pool.ranges == 0 && parse_.errors() == errors_before) {
      parse_.Fail(rules::kPoolWithoutRange, token, "this pool has no range");
    }
    return ok;
  }

  std::optional<bool> PoolItem(const Token& token, const Place& place, Pool& pool) {
    const auto take = [&](auto rule) -> std::optional<bool> {
      parse_.Next();
      return rule();
    };
    if (token.Is("range"_kw)) return take([&] { return Range(place, &pool); });
    if (token.Is("allow"_kw) || token.Is("deny"_kw)) return take([&] { return Permit(pool); });
    if (token.Is("failover"_kw)) return take([&] { return PoolPeer(pool); });
    if (token.Is("no"_kw)) {
      return take([&] {
        if (!parse_.Accept("failover"_kw) || !parse_.Accept("peer"_kw)) {
          return parse_.Expected(parse_.Next(), "'failover peer' behind 'no'");
        }
        pool.has_peer = false;
        return true;
      });
    }
    return std::nullopt;
  }

  bool PoolPeer(Pool& pool) {
    if (!parse_.Accept("peer"_kw)) return parse_.Expected(parse_.Next(), "'peer'");
    const Token& name = parse_.Next();
    if (name.kind != TokenKind::kString) {
      return parse_.Expected(name, "the name of the failover peer in quotation marks");
    }
    const auto peer = parse_.names().peers.find(parse_.Value(name));
    if (peer == parse_.names().peers.end()) {
      pool.has_peer = false;
      parse_.Fail(rules::kUnknownPeer, name,
                  NotDeclared("failover peer", parse_.Value(name), parse_.names().peers));
    } else {
      pool.has_peer = true;
      ++peer->second.pools;
    }
    return parse_.Semicolon();
  }

  bool Permit(Pool& pool) {
    const Token& word = parse_.Next();
    bool needs_clients = false;
    if (word.Is("unknown"_kw) || word.Is("known"_kw) || word.Is("authenticated"_kw) ||
        word.Is("unauthenticated"_kw) || word.Is("all"_kw)) {
      needs_clients = true;
    } else if (word.Is("dynamic"_kw)) {
      needs_clients = true;
      if (!parse_.Accept("bootp"_kw)) return parse_.Expected(parse_.Next(), "'bootp'");
    } else if (word.Is("members"_kw)) {
      if (!PermitMembers()) return false;
    } else if (word.Is("after"_kw)) {
      if (std::exchange(pool.has_after, true)) {
        return parse_.Fail(rules::kRepeatedStatement, word, "a pool has one 'after'");
      }
      if (!ParseDate(parse_)) return false;
    } else if (!word.Is("known-clients"_kw) && !word.Is("unknown-clients"_kw)) {
      return parse_.Expected(word,
                             "known-clients, unknown-clients, 'all clients', 'dynamic bootp "
                             "clients', 'members of \"CLASS\"' or 'after TIME'");
    }
    if (needs_clients && !parse_.Accept("clients"_kw)) {
      return parse_.Expected(parse_.Next(), "'clients'");
    }
    return parse_.Semicolon();
  }

  bool PermitMembers() {
    if (!parse_.Accept("of"_kw)) return parse_.Expected(parse_.Next(), "'of'");
    const Token& name = parse_.Next();
    if (name.kind != TokenKind::kString) {
      return parse_.Expected(name, "the name of a class in quotation marks");
    }
    if (!parse_.names().classes.contains(parse_.Value(name))) {
      parse_.Fail(rules::kUnknownClass, name,
                  NotDeclared("class", parse_.Value(name), parse_.names().classes));
    }
    return true;
  }

  bool Range(const Place& place, Pool* pool) {
    const Token& first = parse_.Peek();
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
    if (pool != nullptr) ++pool->ranges;
    if (is_dynamic_bootp && pool != nullptr && pool->has_peer) {
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
    EnterRange(at, std::min(low->value(), high->value()), std::max(low->value(), high->value()));
    return true;
  }

  static const Subnet* SubnetOf(base::Ipv4Address address, const Place& place) {
    if (place.subnet != nullptr) return place.subnet;
    for (const Subnet& subnet : place.network->subnets) {
      if (subnet.Holds(address)) return &subnet;
    }
    return nullptr;
  }

  void EnterRange(text::Span at, std::uint32_t low, std::uint32_t high) {
    auto& ranges = parse_.names().ranges;
    auto next = ranges.upper_bound(high);
    if (next != ranges.begin() && std::prev(next)->second >= low) {
      const std::uint32_t twice = std::max(low, std::prev(next)->first);
      parse_.Fail(rules::kOverlappingRanges, at,
                  fmt::format("{} is in another range already; keep each address in one",
                              base::Ipv4Address(twice).ToString()));
      return;
    }
    ranges.emplace(low, high);
  }

  bool HostBlock(const Place& place) {
    const Token& name = parse_.Peek();
    const auto dotted = ParseDottedName(parse_);
    if (!dotted) return parse_.Expected(name, "the name of a host, without quotation marks");
    Host host;
    bool is_deleted = false;
    const bool ok = Block(Inside(place, Scope::kHost), &host, [&](const Token& token) {
      if (token.Is("deleted"_kw)) is_deleted = true;
      return HostItem(token, host);
    });
    if (!ok) return false;
    auto& hosts = parse_.names().hosts;
    if (is_deleted) {
      hosts.erase(*dotted);
    } else if (!hosts.try_emplace(*dotted, parse_.LocationOf(name.span())).second) {
      parse_.Fail(rules::kDuplicateHost, name,
                  fmt::format("there is a host '{}' already; host names are unique", *dotted));
    }
    return true;
  }

  std::optional<bool> HostItem(const Token& token, Host& host) {
    if (const auto marker = Marker(token, {"dynamic"_kw, "deleted"_kw})) return marker;
    if (token.Is("group"_kw)) {
      parse_.Next();
      return HostGroup();
    }
    if (token.Is("uid"_kw)) {
      parse_.Next();
      if (std::exchange(host.has_uid, true)) {
        return parse_.Fail(rules::kRepeatedStatement, token, "a host has one uid");
      }
      const bool ok = parse_.Peek().kind == TokenKind::kString
                          ? (parse_.Next(), true)
                          : ParseOctets(parse_, 0, ':', 16).has_value();
      return ok && parse_.Semicolon();
    }
    if (token.Is("host-identifier"_kw)) {
      if (std::exchange(host.has_identifier, true)) {
        return parse_.Fail(rules::kRepeatedStatement, token, "a host has one host-identifier");
      }
      parse_.Next();
      return HostIdentifier();
    }
    return std::nullopt;
  }

  bool HostGroup() {
    const Token& name = parse_.Next();
    if (name.kind != TokenKind::kString && !name.is_identifier()) {
      return parse_.Expected(name, "the name of a group");
    }
    if (!parse_.names().groups.contains(parse_.Value(name))) {
      parse_.Fail(rules::kUnknownGroup, name,
                  NotDeclared("group", parse_.Value(name), parse_.names().groups));
    }
    return parse_.Semicolon();
  }

  bool HostIdentifier() {
    const Token& kind = parse_.Next();
    if (kind.Is("v6relopt"_kw)) {
      const Token& hops = parse_.Next();
      const bool ok = hops.kind == TokenKind::kNumber && ReadDecimal(parse_.Text(hops)) >= 0;
      if (!ok) return parse_.Expected(hops, "a number");
    } else if (!kind.Is("option"_kw)) {
      return parse_.Expected(kind, "'option' or 'v6relopt'");
    }
    const auto option = ParseOptionName(parse_, MayBeNew::kNo);
    return option && ParseOptionData(parse_, *option->format) && parse_.Semicolon();
  }

  template <typename Misplaced>
  bool Hardware(const Token& token, Host* host, Misplaced misplaced) {
    if (host != nullptr && host->has_hardware) {
      return parse_.Fail(rules::kRepeatedStatement, token, "a host has one hardware address");
    }
    const Token& type = parse_.Next();
    const bool is_type = type.Is("ethernet"_kw) || type.Is("token-ring"_kw) || type.Is("fddi"_kw) ||
                         type.Is("infiniband"_kw) || parse_.Text(type).starts_with("unknown-");
    if (!is_type) return parse_.Expected(type, "ethernet, token-ring, fddi or infiniband");
    const Token& first = parse_.Peek();
    if (!first.Is(';')) {
      const auto octets = ParseOctets(parse_, 0, ':', 16);
      if (!octets) return false;
      if (octets->size() > 20) {
        parse_.Fail(rules::kBadValue, first, "a hardware address has at most 20 octets");
      }
    }
    if (!parse_.Semicolon()) return false;
    if (host == nullptr) return misplaced();
    host->has_hardware = true;
    return true;
  }

  template <typename Misplaced>
  bool FixedAddress(const Token& token, Host* host, Misplaced misplaced) {
    do {
      const bool ok = token.Is("fixed-address"_kw) ? ParseAddressOrName(parse_) : ParseIpv6(parse_);
      if (!ok) return false;
    } while (parse_.Accept(','));
    if (!parse_.Semicolon()) return false;
    if (host == nullptr) return misplaced();
    if (std::exchange(host->has_fixed_address, true)) {
      parse_.Fail(rules::kRepeatedStatement, token,
                  "a host has one fixed-address; several addresses have commas between them");
    }
    return true;
  }

  // What a class may have once in one block.
  struct ClassState {
    bool is_subclass = false;
    bool has_match = false;
    bool has_submatch = false;
  };

  bool Class(const Token& kind, const Place& place) {
    const Token& name = parse_.Next();
    if (name.kind != TokenKind::kString) {
      return parse_.Expected(name, "the name of a class in quotation marks");
    }
    const std::string value = parse_.Value(name);
    const bool is_class = kind.Is("class"_kw);
    if (!is_class && !parse_.names().classes.contains(value)) {
      return parse_.Fail(rules::kUnknownClass, name,
                         NotDeclared("class", parse_.Value(name), parse_.names().classes));
    }
    if (kind.Is("subclass"_kw)) {
      const Token& data = parse_.Peek();
      if (data.kind == TokenKind::kString) {
        parse_.Next();
      } else if (data.kind != TokenKind::kNumber && data.kind != TokenKind::kNumberOrName) {
        return parse_.Expected(data, "what the class matches: a string or hexadecimal octets");
      } else if (!ParseHexList(parse_)) {
        return false;
      }
    }
    if (!is_class && parse_.Accept(';')) return true;
    ClassState state{.is_subclass = !is_class};
    const bool ok = Block(Inside(place, Scope::kClass), nullptr,
                          [&](const Token& token) { return ClassItem(token, state); });
    if (is_class) parse_.names().classes.insert(value);
    return ok;
  }

  std::optional<bool> ClassItem(const Token& token, ClassState& state) {
    if (const auto marker = Marker(token, {"dynamic"_kw, "deleted"_kw})) return marker;
    if (token.Is("match"_kw)) {
      if (state.is_subclass) return InSubclass(token);
      parse_.Next();
      if (!parse_.Accept("if"_kw)) return Submatch(token, state);
      if (std::exchange(state.has_match, true)) {
        return parse_.Fail(rules::kRepeatedStatement, token, "a class has one 'match if'");
      }
      return ParseBoolean(parse_) && parse_.Semicolon();
    }
    if (token.Is("spawn"_kw)) {
      parse_.Next();
      if (state.is_subclass) return InSubclass(token);
      if (!parse_.Accept("with"_kw)) return parse_.Expected(parse_.Next(), "'with'");
      return Submatch(token, state);
    }
    if (!token.Is("lease"_kw)) return std::nullopt;
    parse_.Next();
    if (!parse_.Accept("limit"_kw)) return parse_.Expected(parse_.Next(), "'limit'");
    const Token& limit = parse_.Next();
    if (limit.kind != TokenKind::kNumber) return parse_.Expected(limit, "a number");
    return parse_.Semicolon();
  }

  bool InSubclass(const Token& token) {
    return parse_.Fail(rules::kMisplacedStatement, token,
                       fmt::format("'{}' cannot stand in a subclass", parse_.Text(token)));
  }

  bool Submatch(const Token& token, ClassState& state) {
    if (std::exchange(state.has_submatch, true)) {
      return parse_.Fail(rules::kRepeatedStatement, token,
                         "a class has one 'match' or 'spawn with'");
    }
    return ParseData(parse_) && parse_.Semicolon();
  }

  bool Option(const Token& token, const Place& place) {
    if (parse_.Peek().Is("space"_kw)) {
      if (place.scope != Scope::kGlobal) {
        return parse_.Fail(rules::kMisplacedStatement, token,
                           "option spaces are declared in the global scope");
      }
      parse_.Next();
      return ParseOptionSpace(parse_);
    }
    const auto option = ParseOptionName(parse_, MayBeNew::kYes);
    if (!option) return false;
    if (parse_.Peek().Is("code"_kw)) {
      if (place.scope != Scope::kGlobal) {
        return parse_.Fail(rules::kMisplacedStatement, token,
                           "options are declared in the global scope");
      }
      parse_.Next();
      return ParseOptionCode(parse_, *option);
    }
    if (option->format) return ParseOptionStatement(parse_, *option->format);
    return parse_.Fail(rules::kUnknownOption, option->span,
                       fmt::format("unknown option '{}'; declare it before this: option {} code "
                                   "NUMBER = TYPE;",
                                   option->name, option->name));
  }

  bool ServerDuid() {
    const Token& type = parse_.Next();
    if (type.Is("en"_kw)) {
      const Token& enterprise = parse_.Next();
      if (enterprise.kind != TokenKind::kNumber) return parse_.Expected(enterprise, "a number");
      const Token& identifier = parse_.Next();
      if (identifier.kind != TokenKind::kString) return parse_.Expected(identifier, "a string");
      return parse_.Semicolon();
    }
    if (!type.Is("ll"_kw) && !type.Is("llt"_kw)) {
      if (type.kind != TokenKind::kNumber) return parse_.Expected(type, "en, ll or llt");
      const Token& data = parse_.Next();
      if (data.kind == TokenKind::kString) return parse_.Semicolon();
      return parse_.Expected(data, "a string");
    }
    if (parse_.Accept(';')) return true;
    const Token& hardware = parse_.Next();
    if (!hardware.Is("ethernet"_kw) && !hardware.Is("fddi"_kw) && !hardware.Is("token-ring"_kw)) {
      return parse_.Expected(hardware, "ethernet, token-ring or fddi");
    }
    if (type.Is("llt"_kw)) {
      const Token& time = parse_.Next();
      if (time.kind != TokenKind::kNumber) return parse_.Expected(time, "a time in seconds");
    }
    return ParseHexList(parse_) && parse_.Semicolon();
  }

  Parse& parse_;
  const Includer& include_;
};

}  // namespace

void ParseFile(Parse& parse, const Place& place, const Includer& include) {
  DeclarationParser(parse, include).File(place);
}

}  // namespace dhcpair::conf
