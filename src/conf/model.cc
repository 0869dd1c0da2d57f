#include "conf/model.h"

#include <algorithm>

#include "base/name_index.h"

namespace dhcpair::conf {

std::string_view Describe(ScopeKind scope) {
  switch (scope) {
    case ScopeKind::kGlobal:
      return "the global scope";
    case ScopeKind::kSharedNetwork:
      return "a shared-network";
    case ScopeKind::kSubnet:
      return "a subnet";
    case ScopeKind::kPool:
      return "a pool";
    case ScopeKind::kGroup:
      return "a group";
    case ScopeKind::kHost:
      return "a host";
    case ScopeKind::kClass:
      return "a class";
  }
  return "";
}

bool Statement::Sets(std::string_view of_space, std::string_view of_name) const {
  const bool sets = kind == StatementKind::kSupersede || kind == StatementKind::kDefault ||
                    kind == StatementKind::kSend;
  return sets && name == of_name && space == of_space;
}

const PeerStatement* Peer::Last(Keyword word, bool is_partners) const {
  for (std::size_t i = statements.size(); i-- > 0;) {
    if (statements[i].word == word && statements[i].is_partners == is_partners) {
      return &statements[i];
    }
  }
  return nullptr;
}

Model::Model() { scopes.emplace_back(); }

text::Location Model::LocationOf(const Origin& origin) const {
  return {files[origin.file].source, text::Span{origin.begin, origin.end}};
}

std::string_view Model::TextOf(const Origin& origin) const {
  return files[origin.file].source->Text({origin.begin, origin.end});
}

const Statement* Model::FindHere(Index scope, std::string_view space, std::string_view name) const {
  const Statement* found = nullptr;
  for (const Statement& statement : scopes[scope].statements) {
    if (!statement.Sets(space, name)) continue;
    const bool counts = found == nullptr || statement.kind != StatementKind::kDefault;
    if (counts) found = &statement;
  }
  return found;
}

const Statement* Model::Find(Index scope, std::string_view space, std::string_view name) const {
  for (std::optional<Index> at = scope; at; at = scopes[*at].parent) {
    if (const Statement* const found = FindHere(*at, space, name)) return found;
  }
  return nullptr;
}

std::optional<std::string_view> Model::OctetsOf(ExpressionId value) const {
  if (value == ExpressionId::kNone) return std::nullopt;
  const Expression& expression = expressions[value];
  if (expression.kind != ExpressionKind::kData) return std::nullopt;
  return expression.text;
}

std::optional<std::uint32_t> Model::NumberOf(ExpressionId value) const {
  const auto octets = OctetsOf(value);
  if (!octets || octets->size() != 4) return std::nullopt;
  std::uint32_t number = 0;
  for (const char octet : *octets) number = number << 8 | static_cast<std::uint8_t>(octet);
  return number;
}

std::vector<base::Ipv4Address> Model::AddressesOf(ExpressionId value) const {
  std::vector<base::Ipv4Address> addresses;
  const auto octets = OctetsOf(value);
  if (!octets || octets->size() % 4 != 0) return addresses;
  for (std::size_t at = 0; at < octets->size(); at += 4) {
    std::uint32_t number = 0;
    for (const char octet : octets->substr(at, 4)) {
      number = number << 8 | static_cast<std::uint8_t>(octet);
    }
    addresses.emplace_back(number);
  }
  return addresses;
}

bool Model::IsInside(Index scope, Index ancestor) const {
  for (std::optional<Index> at = scope; at; at = scopes[*at].parent) {
    if (*at == ancestor) return true;
  }
  return false;
}

const Peer* Model::FindPeer(std::string_view name) const {
  const auto found = std::ranges::find(peers, name, &Peer::name);
  return found == peers.end() ? nullptr : &*found;
}

const Class* Model::FindClass(std::string_view name) const {
  const auto found = std::ranges::find(classes, name, &Class::name);
  return found == classes.end() ? nullptr : &*found;
}

const Key* Model::FindKey(std::string_view name) const {
  const auto found = std::ranges::find_if(
      keys, [&](const Key& key) { return base::EqualsInAnyCase(key.name, name); });
  return found == keys.end() ? nullptr : &*found;
}

const Subnet* Model::FindSubnet(base::Ipv4Address address) const {
  const auto found = subnet_index_.FindSmallest(address);
  return found ? &subnets[*found] : nullptr;
}

namespace {

// Appends to the last block that has room, or to a new one.
template <typename Blocks, typename Items>
auto KeepIn(Blocks& blocks, const Items& items, std::size_t block_size) {
  const bool fits =
      !blocks.empty() && blocks.back().capacity() - blocks.back().size() >= items.size();
  if (!fits) blocks.emplace_back().reserve(std::max(block_size, items.size()));
  auto& block = blocks.back();
  block.insert(block.end(), items.begin(), items.end());
  return std::span(block).last(items.size());
}

}  // namespace

std::string_view Model::Keep(std::string_view text) {
  const auto kept = KeepIn(texts_, text, 16 << 10);
  return {kept.data(), kept.size()};
}

std::span<const AddressOrName> Model::Keep(std::span<const AddressOrName> addresses) {
  return KeepIn(addresses_, addresses, 256);
}

void Model::Finish() {
  std::erase_if(hosts, [](const Host& host) { return host.is_deleted; });
  for (Index i = 0; i < subnets.size(); ++i) {
    subnet_index_.Add(subnets[i].number, subnets[i].mask, i);
  }
}

}  // namespace dhcpair::conf
