#include <fmt/core.h>

#include <map>
#include <string>
#include <utility>

#include "pair/load.h"
#include "pair/rules.h"

namespace dhcpair::pair {
namespace {

// The machine of an ssh destination: without the user, without regard to case.
std::string MachineOf(const std::string& host) {
  const auto at = host.rfind('@');
  std::string machine = at == std::string::npos ? host : host.substr(at + 1);
  for (char& c : machine) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return machine;
}

struct Claim {
  const Pair* pair;
  Role role;
};

}  // namespace

void CheckAcrossPairs(std::span<const Pair> pairs, text::Diagnostics& diagnostics) {
  std::map<std::pair<std::string, std::string>, Claim> claims;
  for (const Pair& pair : pairs) {
    for (const Role role : {Role::kPrimary, Role::kSecondary}) {
      const Node& node = pair.node(role);
      const std::string& conf = node.paths.conf.text();
      // Two names for one machine are found by its address.
      const std::string machine = MachineOf(node.host);
      const std::string address = node.address.ToString();
      const auto [by_host, host_is_new] = claims.try_emplace({machine, conf}, Claim{&pair, role});
      auto known = host_is_new ? claims.end() : by_host;
      if (address != machine) {
        const auto [by_address, is_new] = claims.try_emplace({address, conf}, Claim{&pair, role});
        if (!is_new && known == claims.end()) known = by_address;
      }
      if (known == claims.end()) continue;
      const Claim& claim = known->second;
      diagnostics.Add(
          {&rules::kSameDhcpdConf, text::WholeFile(pair.source),
           fmt::format("the {} of '{}' is {} with {}, and so is the {} of '{}'{}; a node has one "
                       "failover relationship in this version",
                       Name(role), pair.name.text(), node.host, conf, Name(claim.role),
                       claim.pair->name.text(),
                       claim.pair == &pair ? "" : " in " + claim.pair->source->name())});
    }
  }
}

}  // namespace dhcpair::pair
