#include "lint/host_rules.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "lint/address_space.h"

namespace dhcpair::lint {
namespace {

using base::Ipv4Address;
using conf::Host;
using conf::Index;
using text::Rule;
using enum text::Severity;

constexpr Rule kFixedAddressInRange{"host-fixed-address-in-range", kWarning,
                                    "a fixed-address lies in a range", "FP219"};
constexpr Rule kDuplicateHardware{"host-duplicate-hardware", kWarning,
                                  "two hosts of one network have the same hardware address",
                                  "FP220"};
constexpr Rule kSharedFixedAddress{"host-shared-fixed-address", kAdvice,
                                   "two hosts have the same fixed-address", "FP221"};
constexpr Rule kOffSubnet{"host-fixed-address-off-subnet", kWarning,
                          "a fixed-address lies in no subnet", "FP222"};
constexpr Rule kNotGlobal{"host-in-subnet", kWarning,
                          "a host stands in a subnet, but counts everywhere", "FP231"};
constexpr Rule kNotChecked{"host-name-not-checked", kAdvice,
                           "a fixed-address is a name, which is not looked up here"};

// For hosts without a fixed-address.
constexpr Index kNoNetwork = 0xffffffff;

// A hardware address as a number: itself if it is an Ethernet one, else one of a list.
class HardwareNumbers {
 public:
  std::uint64_t Of(const conf::HardwareAddress& hardware) {
    if (hardware.type == "ethernet" && hardware.octets.size() == 6) {
      std::uint64_t number = 0;
      for (const char octet : hardware.octets) {
        number = number << 8 | static_cast<std::uint8_t>(octet);
      }
      return number;
    }
    std::string other(hardware.type);
    other.push_back('\0');
    other += hardware.octets;
    return others_.try_emplace(std::move(other), kFirstOther + others_.size()).first->second;
  }

 private:
  static constexpr std::uint64_t kFirstOther = std::uint64_t{1} << 48;
  std::unordered_map<std::string, std::uint64_t> others_;
};

// One fixed address of a host.
struct Fixed {
  Ipv4Address address;
  Index host;
  const conf::AddressOrName* written;
};

// A host that a client with this hardware address gets in this network.
struct Claim {
  std::uint64_t hardware;
  Index network;
  Index host;
};

class HostChecker {
 public:
  HostChecker(const conf::Model& model, text::Diagnostics& diagnostics)
      : model_(model), diagnostics_(diagnostics) {}

  void Check() {
    for (Index host = 0; host < model_.hosts.size(); ++host) Collect(host);
    CheckFixedAddresses();
    CheckHardware();
    ReportNotGlobal();
    ReportNames();
  }

 private:
  void Collect(Index index) {
    const Host& host = model_.hosts[index];
    const auto number = ClaimedHardware(host);
    for (const conf::AddressOrName& fixed : host.fixed_addresses) {
      if (!fixed.address) {
        if (names_++ == 0) first_name_ = &fixed;
        continue;
      }
      fixed_.push_back({*fixed.address, index, &fixed});
      const conf::Subnet* const subnet = model_.FindSubnet(*fixed.address);
      if (subnet == nullptr) {
        ReportOffSubnet(host, fixed);
      } else if (number) {
        claims_.push_back({*number, subnet->network, index});
      }
    }
    if (number && host.fixed_addresses.empty()) claims_.push_back({*number, kNoNetwork, index});
    if (IsInNetwork(host) && in_network_++ == 0) first_in_network_ = &host;
  }

  // Of hosts that clients are told apart by nothing else. Clients are first looked up by their
  // identifier, so two hosts of one machine that boots two systems are not in each other's way.
  std::optional<std::uint64_t> ClaimedHardware(const Host& host) {
    if (!host.hardware || host.hardware->octets.empty()) return std::nullopt;
    if (host.has_uid || host.has_identifier) return std::nullopt;
    if (model_.FindHere(host.scope, "dhcp", "dhcp-client-identifier") != nullptr) {
      return std::nullopt;
    }
    return hardware_.Of(*host.hardware);
  }

  // As dhcpd says it: right in the block of a subnet or shared network, not in a group there.
  bool IsInNetwork(const Host& host) const {
    const auto& parent = model_.scopes[host.scope].parent;
    if (!parent) return false;
    const conf::ScopeKind kind = model_.scopes[*parent].kind;
    return kind == conf::ScopeKind::kSubnet || kind == conf::ScopeKind::kSharedNetwork;
  }

  void CheckFixedAddresses() {
    std::ranges::sort(fixed_, {},
                      [](const Fixed& fixed) { return std::tuple(fixed.address, fixed.host); });
    const RangeIndex ranges(model_);
    for (std::size_t i = 0; i < fixed_.size(); ++i) {
      const Fixed& fixed = fixed_[i];
      if (const PooledRange* const pooled = ranges.Find(fixed.address)) {
        ReportInRange(fixed, *pooled->range);
      }
      if (i > 0 && fixed_[i - 1].address == fixed.address) CheckShared(fixed_[i - 1], fixed);
    }
  }

  // Of two hosts with one hardware address is said what is wrong elsewhere; where one of them is
  // known by an identifier, they may be one machine.
  void CheckShared(const Fixed& before, const Fixed& fixed) {
    const auto& one = model_.hosts[before.host].hardware;
    const auto& other = model_.hosts[fixed.host].hardware;
    if (!one || !other) return;
    if (one->octets == other->octets && one->type == other->type) return;
    const Host& host = model_.hosts[fixed.host];
    diagnostics_.Add(
        {&kSharedFixedAddress,
         model_.LocationOf(fixed.written->origin),
         fmt::format("hosts '{}' and '{}' have the address {}, but not the same hardware; that "
                     "works only if they are never on the network together",
                     model_.hosts[before.host].name, host.name, fixed.address.ToString()),
         {{"given to the other one here", model_.LocationOf(before.written->origin)}}});
  }

  void CheckHardware() {
    std::ranges::sort(claims_, {}, [](const Claim& claim) {
      return std::tuple(claim.hardware, claim.network, claim.host);
    });
    const Claim* first = nullptr;
    for (const Claim& claim : claims_) {
      const bool is_same =
          first != nullptr && first->hardware == claim.hardware && first->network == claim.network;
      if (!is_same) {
        first = &claim;
      } else if (first->host != claim.host) {
        ReportDuplicate(model_.hosts[first->host], model_.hosts[claim.host], claim.network);
      }
    }
  }

  void ReportDuplicate(const Host& first, const Host& host, Index network) {
    const std::string what =
        network == kNoNetwork
            ? "both without a fixed-address"
            : fmt::format("both with a fixed-address in the same {}",
                          model_.networks[network].name.empty() ? "subnet" : "shared-network");
    diagnostics_.Add(
        {&kDuplicateHardware,
         model_.LocationOf(host.hardware->origin),
         fmt::format("hosts '{}' and '{}' have the same hardware address, {}: dhcpd always takes "
                     "the first one",
                     first.name, host.name, what),
         {{"first given here", model_.LocationOf(first.hardware->origin)}}});
  }

  void ReportInRange(const Fixed& fixed, const conf::Range& range) {
    diagnostics_.Add(
        {&kFixedAddressInRange,
         model_.LocationOf(fixed.written->origin),
         fmt::format("the fixed-address {} of host '{}' lies in the range {}, from which dhcpd "
                     "gives it to others too; leave it out of the range",
                     fixed.address.ToString(), model_.hosts[fixed.host].name, Name(range)),
         {{"the range", model_.LocationOf(range.origin)}}});
  }

  void ReportOffSubnet(const Host& host, const conf::AddressOrName& fixed) {
    // A file of hosts alone is read by one that has the subnets.
    if (model_.subnets.empty() || model_.has_errors) return;
    diagnostics_.Add({&kOffSubnet, model_.LocationOf(fixed.origin),
                      fmt::format("the fixed-address {} of host '{}' is in no subnet, so dhcpd "
                                  "never gives it out",
                                  fixed.address->ToString(), host.name)});
  }

  // Once, as dhcpd does: it is one misunderstanding, however many hosts there are.
  void ReportNotGlobal() {
    if (in_network_ == 0) return;
    const Host& host = *first_in_network_;
    diagnostics_.Add(
        {&kNotGlobal, model_.LocationOf(host.origin),
         fmt::format("host '{}' stands in {}{}, but hosts count everywhere, and take the options "
                     "from here with them; declare hosts outside",
                     host.name,
                     conf::Describe(model_.scopes[*model_.scopes[host.scope].parent].kind),
                     More(in_network_, "host"))});
  }

  void ReportNames() {
    if (names_ == 0) return;
    diagnostics_.Add({&kNotChecked, model_.LocationOf(first_name_->origin),
                      fmt::format("'{}' is a name{}, which is not looked up: its address is not "
                                  "checked",
                                  first_name_->name, More(names_, "name"))});
  }

  // " (and 2 more hosts)".
  static std::string More(std::size_t count, std::string_view what) {
    if (count == 1) return "";
    return fmt::format(" (and {} more {}{})", count - 1, what, count == 2 ? "" : "s");
  }

  const conf::Model& model_;
  text::Diagnostics& diagnostics_;
  HardwareNumbers hardware_;
  std::vector<Fixed> fixed_;
  std::vector<Claim> claims_;
  std::size_t in_network_ = 0;
  const Host* first_in_network_ = nullptr;
  std::size_t names_ = 0;
  const conf::AddressOrName* first_name_ = nullptr;
};

}  // namespace

void CheckHosts(const conf::Model& model, text::Diagnostics& diagnostics) {
  HostChecker(model, diagnostics).Check();
}

std::span<const Rule* const> HostRules() {
  static constexpr std::array kAll{&kFixedAddressInRange, &kDuplicateHardware, &kSharedFixedAddress,
                                   &kOffSubnet,           &kNotGlobal,         &kNotChecked};
  return kAll;
}

}  // namespace dhcpair::lint
