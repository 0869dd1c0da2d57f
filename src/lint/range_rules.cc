#include "lint/range_rules.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>

#include "conf/keyword.h"
#include "lint/address_space.h"
#include "lint/settings.h"

namespace dhcpair::lint {
namespace {

using base::Ipv4Address;
using conf::Range;
using conf::operator""_kw;
using text::Rule;
using enum text::Severity;

constexpr Rule kCoversNetworkAddress{"range-covers-network-address", kWarning,
                                     "a range holds the first address of its subnet, which is the "
                                     "network's own",
                                     "FP223"};
constexpr Rule kCoversBroadcastAddress{"range-covers-broadcast-address", kWarning,
                                       "a range holds the broadcast address of its subnet",
                                       "FP223"};
constexpr Rule kCoversRouter{"range-covers-router", kWarning,
                             "a range holds the address of the router of its clients", "FP223"};
constexpr Rule kCoversServer{"range-covers-server", kWarning,
                             "a range holds an address of a DHCP server", "FP223"};
constexpr Rule kReversed{"range-reversed", kAdvice, "a range is written from high to low", "FP224"};

class RangeChecker {
 public:
  RangeChecker(const conf::Model& model, text::Diagnostics& diagnostics)
      : model_(model), diagnostics_(diagnostics), ranges_(model) {}

  void Check() {
    const Settings settings(model_, {{"dhcp", "subnet-mask"}, {"dhcp", "routers"}});
    for (const PooledRange& pooled : ranges_.all()) {
      const conf::Index scope = ScopeOf(model_, pooled);
      CheckEnds(pooled, settings.In(scope, 0));
      CheckRouters(pooled, settings.In(scope, 1));
      if (pooled.range->is_reversed) ReportReversed(*pooled.range);
    }
    CheckServers();
  }

 private:
  void CheckEnds(const PooledRange& pooled, const Setting& mask_option) {
    const conf::Subnet* const subnet = SubnetOf(model_, pooled);
    if (subnet == nullptr) return;
    // Where clients are told of a larger network than the subnet, its ends are ordinary addresses.
    std::uint32_t mask = subnet->mask.value();
    if (mask_option.statement != nullptr) {
      mask = model_.NumberOf(mask_option.statement->value).value_or(mask);
    }
    // Networks of two addresses have no others (RFC 3021), and those of one address neither.
    if (!IsNetmask(mask) || ~mask <= 1) return;
    const Range& range = *pooled.range;
    const Ipv4Address network(range.first.value() & mask);
    const Ipv4Address broadcast(range.last.value() | ~mask);
    const conf::Subnet told{network, Ipv4Address(mask)};
    if (range.Holds(network)) {
      ReportHeld(kCoversNetworkAddress, range, network,
                 fmt::format("the network address of {}", Name(told)));
    }
    if (range.Holds(broadcast)) {
      ReportHeld(kCoversBroadcastAddress, range, broadcast,
                 fmt::format("the broadcast address of {}", Name(told)));
    }
  }

  void CheckRouters(const PooledRange& pooled, const Setting& routers) {
    if (routers.statement == nullptr) return;
    for (const Ipv4Address router : RoutersOf(model_, *routers.statement)) {
      if (!pooled.range->Holds(router)) continue;
      ReportHeld(kCoversRouter, *pooled.range, router, "the router of its clients",
                 {{"it is the router by this", model_.LocationOf(routers.statement->origin)}});
      return;
    }
  }

  void CheckServers() {
    for (const conf::Peer& peer : model_.peers) {
      for (const bool is_partners : {false, true}) {
        const conf::PeerStatement* const said = peer.Last("address"_kw, is_partners);
        if (said == nullptr || !said->address.address) continue;
        CheckServer(
            *said->address.address, said->address.origin,
            is_partners ? "the address of the failover partner" : "this server's own address");
      }
    }
    ForEachStatement(model_, [&](const conf::Statement& statement) {
      const bool is_own = statement.Sets("server", "local-address") ||
                          statement.Sets("server", "server-identifier") ||
                          statement.Sets("dhcp", "dhcp-server-identifier");
      if (!is_own) return;
      for (const Ipv4Address address : model_.AddressesOf(statement.value)) {
        CheckServer(address, statement.value_origin, "this server's own address");
      }
    });
  }

  void CheckServer(Ipv4Address address, const conf::Origin& origin, std::string_view whose) {
    const PooledRange* const pooled = ranges_.Find(address);
    if (pooled == nullptr || !servers_.insert(address).second) return;
    ReportHeld(kCoversServer, *pooled->range, address, whose,
               {{"the address stands here", model_.LocationOf(origin)}});
  }

  void ReportHeld(const Rule& rule, const Range& range, Ipv4Address address, std::string_view what,
                  std::vector<text::Note> notes = {}) {
    // Before an offer dhcpd pings the address, which saves those of machines that are up.
    const bool may_answer = &rule == &kCoversRouter || &rule == &kCoversServer;
    diagnostics_.Add(
        {&rule, model_.LocationOf(range.origin),
         fmt::format("range {} holds {}, {}, which dhcpd gives to a client{}; leave it out of the "
                     "range",
                     Name(range), address.ToString(), what,
                     may_answer ? " as soon as it does not answer a ping" : " like any other"),
         std::move(notes)});
  }

  void ReportReversed(const Range& range) {
    diagnostics_.Add({.rule = &kReversed,
                      .at = model_.LocationOf(range.origin),
                      .message = fmt::format("the range runs from high to low; dhcpd takes it as "
                                             "{}, and it is easier to read that way",
                                             Name(range)),
                      .fix = Swapped(range)});
  }

  // The ends as they are written change places; what stands between them stays.
  std::optional<text::Fix> Swapped(const Range& range) const {
    constexpr std::ptrdiff_t kTokensOfAddress = 7;
    const conf::SyntaxTree& tree = model_.files[range.origin.file];
    const auto tokens = tree.TokensOf({range.origin.begin, range.origin.end});
    const auto first = std::ranges::find(tokens, conf::TokenKind::kNumber, &conf::Token::kind);
    if (tokens.end() - first < 2 * kTokensOfAddress) return {};
    const auto address = [&](std::ptrdiff_t token) {
      return text::Span{first[token].begin, first[token + kTokensOfAddress - 1].end};
    };
    const text::Span high = address(0);
    const text::Span low = address(kTokensOfAddress);
    return text::Fix{
        fmt::format("write 'range {} {}'", range.first.ToString(), range.last.ToString()),
        {{{tree.source, high}, std::string(tree.source->Text(low))},
         {{tree.source, low}, std::string(tree.source->Text(high))}}};
  }

  const conf::Model& model_;
  text::Diagnostics& diagnostics_;
  const RangeIndex ranges_;
  std::set<Ipv4Address> servers_;  // That were found in a range.
};

}  // namespace

void CheckRanges(const conf::Model& model, text::Diagnostics& diagnostics) {
  RangeChecker(model, diagnostics).Check();
}

std::span<const Rule* const> RangeRules() {
  static constexpr std::array kAll{&kCoversNetworkAddress, &kCoversBroadcastAddress, &kCoversRouter,
                                   &kCoversServer, &kReversed};
  return kAll;
}

}  // namespace dhcpair::lint
