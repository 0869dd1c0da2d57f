#include "adopt_options.h"

#include <fmt/core.h>

#include <string_view>
#include <utility>

#include "pair/keys.h"
#include "pair/values.h"

namespace dhcpair {
namespace {

// What is wrong with the command line: "--primary '10.0.0' is not an IPv4 address".
using Problem = std::string;

std::unexpected<Problem> Wrong(std::string_view option, std::string_view value,
                               std::string_view what) {
  return std::unexpected(fmt::format("{} '{}' {}", option, value, what));
}

std::expected<std::optional<base::Ipv4Address>, Problem> ReadAddress(std::string_view option,
                                                                     const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto address = base::Ipv4Address::Parse(text);
  if (!address) return Wrong(option, text, Describe(address.error()));
  if (!address->is_host_address()) return Wrong(option, text, "is no address that a host can have");
  return *address;
}

std::expected<void, Problem> CheckNames(const AdoptOptions& options) {
  for (const auto& [option, host] : {std::pair{"--primary-host", &options.primary_host},
                                     {"--secondary-host", &options.secondary_host}}) {
    if (!host->empty() && !pair::IsSshDestination(*host)) {
      return Wrong(option, *host, "is no ssh destination such as root@192.168.13.6 or an alias");
    }
  }
  for (const std::string& interface : options.interfaces) {
    if (pair::IsInterfaceName(interface)) continue;
    return Wrong("--interface", interface, "is no interface name such as em0");
  }
  if (options.pair.empty()) return {};
  const auto name = pair::PeerName::Parse(options.pair);
  if (!name) return Wrong("--pair", options.pair, name.error());
  return {};
}

std::expected<std::optional<pair::Seconds>, Problem> ReadMclt(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto mclt = pair::ParseSeconds(text);
  const pair::Key& key = *pair::FindKey("mclt", pair::Place::kFailover);
  if (!mclt || mclt->count() < key.min || mclt->count() > key.max) {
    return Wrong("--mclt", text, "is not " + pair::Takes(key));
  }
  return *mclt;
}

}  // namespace

std::expected<adopt::Given, std::string> ReadGiven(const AdoptOptions& options) {
  if (const auto names = CheckNames(options); !names) return std::unexpected(names.error());
  const auto primary = ReadAddress("--primary", options.primary);
  if (!primary) return std::unexpected(primary.error());
  const auto secondary = ReadAddress("--secondary", options.secondary);
  if (!secondary) return std::unexpected(secondary.error());
  if (*primary && *primary == *secondary) {
    return Wrong("--secondary", options.secondary, "is the primary's address too");
  }
  const auto mclt = ReadMclt(options.mclt);
  if (!mclt) return std::unexpected(mclt.error());
  return adopt::Given{
      .pair_name = options.pair.empty() ? std::nullopt : std::optional(options.pair),
      .primary = *primary,
      .secondary = *secondary,
      .primary_host = options.primary_host,
      .secondary_host = options.secondary_host,
      .mclt = *mclt,
      .split = options.split,
      .platform = options.platform,
      .interfaces = options.interfaces};
}

}  // namespace dhcpair
