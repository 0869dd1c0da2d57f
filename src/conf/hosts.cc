// Hosts, and what stands in them.
#include <fmt/core.h>

#include <utility>

#include "conf/declaration_parser.h"
#include "conf/option_values.h"
#include "conf/rules.h"
#include "conf/values.h"

namespace dhcpair::conf {

bool DeclarationParser::HostBlock(const Token& word, const Place& place) {
  const Token first = parse_.Peek();
  const auto name = ParseDottedName(parse_);
  if (!name) return parse_.Expected(first, "the name of a host, without quotation marks");
  Model& model = parse_.model();
  Host host{.name = *name, .origin = parse_.OriginFrom(first)};
  host.scope = NewScope(ScopeKind::kHost, place, word);
  Place inside = Inside(place, ScopeKind::kHost, host.scope);
  inside.host = &host;
  bool is_deleted = false;
  const bool ok = Block(inside, [&](const Token& token, std::size_t) {
    if (token.Is("deleted"_kw)) is_deleted = true;
    return HostItem(token, host);
  });
  CloseScope(host.scope, word);
  if (!ok) return false;
  const auto known = parse_.known().hosts.Find(*name, model.hosts);
  if (is_deleted) {
    if (known) model.hosts[*known].is_deleted = true;
  } else if (known) {
    parse_.Fail(rules::kDuplicateHost, first,
                fmt::format("there is a host '{}' already; host names are unique", *name));
  } else {
    model.hosts.push_back(std::move(host));
    parse_.known().hosts.Add(static_cast<Index>(model.hosts.size() - 1), model.hosts);
  }
  return true;
}

std::optional<bool> DeclarationParser::HostItem(const Token& token, Host& host) {
  if (const auto marker = Marker(token, {"dynamic"_kw, "deleted"_kw})) return marker;
  if (token.Is("group"_kw)) {
    parse_.Next();
    return HostGroup(host);
  }
  if (token.Is("uid"_kw)) {
    parse_.Next();
    return HostUid(token, host);
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

bool DeclarationParser::HostUid(const Token& word, Host& host) {
  if (std::exchange(host.has_uid, true)) {
    return parse_.Fail(rules::kRepeatedStatement, word, "a host has one uid");
  }
  if (parse_.Peek().kind == TokenKind::kString) {
    host.uid = parse_.Value(parse_.Next());
  } else {
    auto octets = ParseOctets(parse_, 0, ':', 16);
    if (!octets) return false;
    host.uid = parse_.model().Keep(*std::move(octets));
  }
  return parse_.Semicolon();
}

bool DeclarationParser::HostGroup(Host& host) {
  const Token name = parse_.Next();
  if (name.kind != TokenKind::kString && !name.is_identifier()) {
    return parse_.Expected(name, "the name of a group");
  }
  host.group = parse_.Value(name);
  if (!parse_.known().groups.contains(host.group)) {
    parse_.Fail(rules::kUnknownGroup, name,
                NotDeclared("group", host.group, parse_.known().groups));
  }
  return parse_.Semicolon();
}

bool DeclarationParser::HostIdentifier() {
  const Token kind = parse_.Next();
  if (kind.Is("v6relopt"_kw)) {
    const Token hops = parse_.Next();
    const bool ok = hops.kind == TokenKind::kNumber && ReadDecimal(parse_.Text(hops)) >= 0;
    if (!ok) return parse_.Expected(hops, "a number");
  } else if (!kind.Is("option"_kw)) {
    return parse_.Expected(kind, "'option' or 'v6relopt'");
  }
  const auto option = ParseOptionName(parse_, MayBeNew::kNo);
  return option && ParseOptionData(parse_, *option->format) && parse_.Semicolon();
}

bool DeclarationParser::Hardware(const Token& word, const Place& place) {
  Host* const host = place.host;
  if (host != nullptr && host->hardware) {
    return parse_.Fail(rules::kRepeatedStatement, word, "a host has one hardware address");
  }
  const Token type = parse_.Next();
  const bool is_type = type.Is("ethernet"_kw) || type.Is("token-ring"_kw) || type.Is("fddi"_kw) ||
                       type.Is("infiniband"_kw) || parse_.Text(type).starts_with("unknown-");
  if (!is_type) return parse_.Expected(type, "ethernet, token-ring, fddi or infiniband");
  const Token first = parse_.Peek();
  HardwareAddress address{.type = parse_.Text(type), .octets = "", .origin = {}};
  if (!first.Is(';')) {
    auto octets = ParseOctets(parse_, 0, ':', 16);
    if (!octets) return false;
    if (octets->size() > 20) {
      parse_.Fail(rules::kBadValue, first, "a hardware address has at most 20 octets");
    }
    address.octets = *std::move(octets);
  }
  address.origin = parse_.OriginFrom(type);
  if (!parse_.Semicolon()) return false;
  if (host == nullptr) return Misplaced(word, place);
  host->hardware = std::move(address);
  return true;
}

bool DeclarationParser::FixedAddress(const Token& word, const Place& place) {
  // Nearly all hosts have one.
  std::optional<AddressOrName> only;
  std::vector<AddressOrName> addresses;
  do {
    if (word.Is("fixed-address6"_kw)) {
      if (!ParseIpv6(parse_)) return false;
      continue;
    }
    const auto address = ParseAddressOrName(parse_);
    if (!address) return false;
    if (only && addresses.empty()) addresses.push_back(*only);
    if (only) addresses.push_back(*address);
    only = address;
  } while (parse_.Accept(','));
  if (!parse_.Semicolon()) return false;
  if (place.host == nullptr) return Misplaced(word, place);
  if (std::exchange(place.host->has_fixed_address, true)) {
    parse_.Fail(rules::kRepeatedStatement, word,
                "a host has one fixed-address; several addresses have commas between them");
    return true;
  }
  if (!addresses.empty()) {
    place.host->fixed_addresses = parse_.model().Keep(addresses);
  } else if (only) {
    place.host->fixed_addresses = parse_.model().Keep(std::span(&*only, 1));
  }
  return true;
}

}  // namespace dhcpair::conf
