#include "lint/network_rules.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "lint/address_space.h"
#include "lint/settings.h"

namespace dhcpair::lint {
namespace {

using base::Ipv4Address;
using conf::Index;
using conf::Subnet;
using text::Rule;
using enum text::Severity;

constexpr Rule kOverlap{"network-subnets-overlap", kWarning,
                        "two subnets overlap, or one is declared twice", "FP229"};
constexpr Rule kRouterOutside{"network-router-outside-subnet", kWarning,
                              "clients get a router that is in no subnet of their network",
                              "FP234"};
constexpr Rule kWrongMask{"network-wrong-subnet-mask", kWarning,
                          "option subnet-mask is not the netmask of the subnet", "FP234"};
constexpr Rule kWrongBroadcast{"network-wrong-broadcast-address", kWarning,
                               "option broadcast-address is not that of the subnet", "FP234"};
constexpr Rule kNotAuthoritative{"network-not-authoritative", kAdvice,
                                 "nothing says authoritative, so wrong addresses are not refused",
                                 "FP230"};

// Places in the list of what is asked for.
enum : std::size_t { kMask, kBroadcast, kRouters };

// Which options are looked at.
enum class From { kAnywhere, kNetwork };

constexpr std::uint32_t kAllOnes = 0xffffffff;

class NetworkChecker {
 public:
  NetworkChecker(const conf::Model& model, text::Diagnostics& diagnostics)
      : model_(model),
        diagnostics_(diagnostics),
        settings_(model,
                  {{"dhcp", "subnet-mask"}, {"dhcp", "broadcast-address"}, {"dhcp", "routers"}}) {}

  void Check() {
    CheckOverlap();
    // What a subnet or its shared network says itself holds even where there is no range: hosts may
    // have addresses there. What is inherited from further out may be meant for others.
    for (const Subnet& subnet : model_.subnets) CheckOptions(subnet, subnet.scope, From::kNetwork);
    for (const conf::Pool& pool : model_.pools) {
      for (const conf::Range& range : pool.ranges) {
        const PooledRange pooled{&range, &pool};
        const Subnet* const subnet = SubnetOf(model_, pooled);
        if (subnet != nullptr) CheckOptions(*subnet, ScopeOf(model_, pooled), From::kAnywhere);
      }
    }
    CheckAuthoritative();
  }

 private:
  // In the order of their numbers, larger ones first, all subnets around one are before it.
  void CheckOverlap() {
    std::vector<Index> sorted;
    for (Index i = 0; i < model_.subnets.size(); ++i) {
      if (IsNetmask(model_.subnets[i].mask.value())) sorted.push_back(i);
    }
    std::ranges::sort(sorted, {}, [&](Index i) {
      return std::tuple(model_.subnets[i].number, model_.subnets[i].mask, i);
    });
    std::vector<Index> around;
    for (const Index i : sorted) {
      const Ipv4Address number = model_.subnets[i].number;
      while (!around.empty() && model_.subnets[around.back()].broadcast() < number) {
        around.pop_back();
      }
      if (!around.empty()) ReportOverlap(std::minmax(around.back(), i));
      around.push_back(i);
    }
  }

  void ReportOverlap(std::pair<Index, Index> indices) {
    has_overlap_ = true;
    const Subnet& earlier = model_.subnets[indices.first];
    const Subnet& later = model_.subnets[indices.second];
    const bool is_same = earlier.mask == later.mask;
    diagnostics_.Add(
        {&kOverlap,
         model_.LocationOf(later.origin),
         is_same ? fmt::format("subnet {} is declared twice; make one of the two", Name(later))
                 : fmt::format("subnets {} and {} overlap, and dhcpd may take either for an "
                               "address in both; declare each network once, with its real netmask",
                               Name(later), Name(earlier)),
         {{is_same ? "first declared here" : "the other one", model_.LocationOf(earlier.origin)}}});
  }

  void CheckOptions(const Subnet& subnet, Index scope, From from) {
    if (!IsNetmask(subnet.mask.value())) return;
    const auto is_to_check = [&](const Setting& setting) {
      if (setting.statement == nullptr || reported_.contains(setting.statement)) return false;
      const conf::ScopeKind kind = model_.scopes[setting.scope].kind;
      return from == From::kAnywhere || kind == conf::ScopeKind::kSubnet ||
             kind == conf::ScopeKind::kSharedNetwork;
    };
    const Setting mask = settings_.In(scope, kMask);
    // A computed mask may be anything, and what else is right depends on it.
    if (mask.depends) return;
    std::uint32_t told = subnet.mask.value();
    if (mask.statement != nullptr) {
      const auto written = model_.NumberOf(mask.statement->value);
      if (!written) return;
      told = *written;
      if (is_to_check(mask)) CheckMask(subnet, *mask.statement, told);
    }
    const Setting broadcast = settings_.In(scope, kBroadcast);
    if (is_to_check(broadcast)) CheckBroadcast(subnet, *broadcast.statement, told);
    const Setting routers = settings_.In(scope, kRouters);
    if (is_to_check(routers)) CheckRouters(subnet, *routers.statement, told);
  }

  void CheckMask(const Subnet& subnet, const conf::Statement& option, std::uint32_t mask) {
    // A mask of all ones is a way of keeping clients apart.
    if (mask == subnet.mask.value() || mask == kAllOnes) return;
    Report(kWrongMask, option, subnet,
           fmt::format("clients in subnet {} are told the netmask {}, but it is {}; dhcpd sends "
                       "the right one when there is no 'option subnet-mask'",
                       Name(subnet), Ipv4Address(mask).ToString(), subnet.mask.ToString()));
  }

  void CheckBroadcast(const Subnet& subnet, const conf::Statement& option, std::uint32_t told) {
    const auto written = model_.NumberOf(option.value);
    if (!written) return;
    // The limited broadcast address reaches everyone on the link too.
    const bool is_right = *written == kAllOnes || *written == subnet.broadcast().value() ||
                          *written == (subnet.number.value() | ~told);
    // There is no such address in networks of one or two.
    if (is_right || ~told <= 1) return;
    Report(
        kWrongBroadcast, option, subnet,
        fmt::format("clients in subnet {} are told the broadcast address {}, but it is {}",
                    Name(subnet), Ipv4Address(*written).ToString(), subnet.broadcast().ToString()));
  }

  void CheckRouters(const Subnet& subnet, const conf::Statement& option, std::uint32_t told) {
    // With a mask of all ones every router is outside, and clients are used to it. In a file with
    // mistakes, the router's subnet may be what could not be read.
    if (told == kAllOnes || model_.has_errors) return;
    for (const Ipv4Address router : RoutersOf(model_, option)) {
      // 0.0.0.0 is written where clients shall have no router.
      if (!router.is_host_address() || IsInNetwork(router, subnet.network)) continue;
      if ((router.value() & told) == (subnet.number.value() & told)) continue;
      Report(kRouterOutside, option, subnet,
             fmt::format("clients in subnet {} are told the router {}, which they cannot reach: it "
                         "is in no subnet of their network",
                         Name(subnet), router.ToString()));
      return;
    }
  }

  bool IsInNetwork(Ipv4Address address, Index network) const {
    const Subnet* const found = model_.FindSubnet(address);
    // Where subnets overlap, the smallest one may be another network's.
    return found != nullptr && (found->network == network || has_overlap_);
  }

  // Once for each option, however many subnets inherit it.
  void Report(const Rule& rule, const conf::Statement& option, const Subnet& subnet,
              std::string message) {
    reported_.insert(&option);
    diagnostics_.Add({&rule,
                      model_.LocationOf(option.value_origin),
                      std::move(message),
                      {{"the subnet is declared here", model_.LocationOf(subnet.origin)}}});
  }

  void CheckAuthoritative() {
    if (model_.has_errors) return;
    const bool is_said = std::ranges::any_of(
        model_.scopes, [](const conf::Scope& scope) { return scope.authoritative.has_value(); });
    const auto served = std::ranges::find_if(
        model_.networks, [](const conf::Network& network) { return !network.pools.empty(); });
    if (is_said || served == model_.networks.end()) return;
    diagnostics_.Add({&kNotAuthoritative, model_.LocationOf(served->origin),
                      "without 'authoritative;' dhcpd does not refuse addresses that are wrong "
                      "here, and clients that bring one wait for a long time; say it if this "
                      "server is the one that decides"});
  }

  const conf::Model& model_;
  text::Diagnostics& diagnostics_;
  const Settings settings_;
  bool has_overlap_ = false;  // Some subnets do.
  std::set<const conf::Statement*> reported_;
};

}  // namespace

void CheckNetworks(const conf::Model& model, text::Diagnostics& diagnostics) {
  NetworkChecker(model, diagnostics).Check();
}

std::span<const Rule* const> NetworkRules() {
  static constexpr std::array kAll{&kOverlap, &kRouterOutside, &kWrongMask, &kWrongBroadcast,
                                   &kNotAuthoritative};
  return kAll;
}

}  // namespace dhcpair::lint
