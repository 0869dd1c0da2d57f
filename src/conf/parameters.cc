#include "conf/parameters.h"

#include <array>

#include "base/name_index.h"

namespace dhcpair::conf {
namespace {

constexpr std::array kParameters{
    Parameter{"abandon-lease-time", "T"},
    Parameter{"adaptive-lease-time-threshold", "B"},
    Parameter{"allow-booting", "f"},
    Parameter{"allow-bootp", "f"},
    Parameter{"always-broadcast", "f"},
    Parameter{"always-reply-rfc1048", "f"},
    Parameter{"bind-local-address6", "f"},
    Parameter{"boot-unknown-clients", "f"},
    Parameter{"check-secs-byte-order", "f"},
    Parameter{"client-updates", "f"},
    Parameter{"ddns-domainname", "t"},
    Parameter{"ddns-dual-stack-mixed-mode", "f"},
    Parameter{"ddns-guard-id-must-match", "f"},
    Parameter{"ddns-hostname", "t"},
    Parameter{"ddns-local-address4", "I"},
    Parameter{"ddns-local-address6", "6"},
    Parameter{"ddns-other-guard-is-dynamic", "f"},
    Parameter{"ddns-rev-domainname", "t"},
    Parameter{"ddns-ttl", "T"},
    Parameter{"ddns-update-style", "Nddns-styles."},
    Parameter{"ddns-updates", "f"},
    Parameter{"declines", "f"},
    Parameter{"default-lease-time", "T"},
    Parameter{"delayed-ack", "S"},
    Parameter{"dhcp-cache-threshold", "B"},
    Parameter{"dhcpv6-lease-file-name", "t"},
    Parameter{"dhcpv6-pid-file-name", "t"},
    Parameter{"dhcpv6-set-tee-times", "f"},
    Parameter{"do-forward-updates", "f"},
    Parameter{"do-reverse-updates", "f"},
    Parameter{"dont-use-fsync", "f"},
    Parameter{"duplicates", "f"},
    Parameter{"dynamic-bootp", "f"},
    Parameter{"dynamic-bootp-lease-cutoff", "T"},
    Parameter{"dynamic-bootp-lease-length", "L"},
    Parameter{"echo-client-id", "f"},
    Parameter{"filename", "t"},
    Parameter{"fqdn-reply", "f"},
    Parameter{"get-lease-hostnames", "f"},
    Parameter{"ignore-client-uids", "f"},
    Parameter{"infinite-is-reserved", "f"},
    Parameter{"lease-file-name", "t"},
    Parameter{"leasequery", "f"},
    Parameter{"limit-addrs-per-ia", "L"},
    Parameter{"limit-prefs-per-ia", "L"},
    Parameter{"limited-broadcast-address", "I"},
    Parameter{"local-address", "I"},
    Parameter{"local-address6", "6"},
    Parameter{"local-port", "S"},
    Parameter{"log-facility", "Nsyslog_facilities."},
    Parameter{"log-threshold-high", "B"},
    Parameter{"log-threshold-low", "B"},
    Parameter{"max-ack-delay", "L"},
    Parameter{"max-lease-time", "T"},
    Parameter{"min-lease-time", "T"},
    Parameter{"min-secs", "B"},
    Parameter{"next-server", "I"},
    Parameter{"omapi-key", "k"},
    Parameter{"omapi-port", "S"},
    Parameter{"one-lease-per-client", "f"},
    Parameter{"pid-file-name", "t"},
    Parameter{"ping-check", "f"},
    Parameter{"ping-cltt-secs", "T"},
    Parameter{"ping-timeout", "T"},
    Parameter{"ping-timeout-ms", "T"},
    Parameter{"preferred-lifetime", "T"},
    Parameter{"prefix-length-mode", "Nprefix_length_modes."},
    Parameter{"release-on-roam", "f"},
    Parameter{"remote-port", "S"},
    Parameter{"server-id-check", "f"},
    Parameter{"server-name", "t"},
    Parameter{"site-option-space", "X"},
    Parameter{"stash-agent-options", "f"},
    Parameter{"update-conflict-detection", "f"},
    Parameter{"update-optimization", "f"},
    Parameter{"update-static-leases", "f"},
    Parameter{"use-host-decl-names", "f"},
    Parameter{"use-lease-addr-for-default-route", "f"},
    Parameter{"vendor-option-space", "U"},
};

constexpr auto kDdnsStyles =
    std::to_array<std::string_view>({"none", "ad-hoc", "interim", "standard"});
constexpr auto kSyslogFacilities = std::to_array<std::string_view>(
    {"kern",   "user",   "mail",   "daemon",   "auth",   "syslog", "lpr",
     "news",   "uucp",   "cron",   "authpriv", "ftp",    "local0", "local1",
     "local2", "local3", "local4", "local5",   "local6", "local7"});
constexpr auto kPrefixLengthModes =
    std::to_array<std::string_view>({"ignore", "prefer", "exact", "minimum", "maximum"});

constexpr base::NameIndex<256> kIndex(kParameters,
                                      [](const Parameter& parameter) { return parameter.name; });

}  // namespace

std::span<const Parameter> Parameters() { return kParameters; }

const Parameter* FindParameter(std::string_view name) {
  const auto row = kIndex.Find(
      name, [&](std::size_t i) { return base::EqualsInAnyCase(kParameters[i].name, name); });
  return row ? &kParameters[*row] : nullptr;
}

std::span<const std::string_view> Enumeration(std::string_view name) {
  if (name == "ddns-styles") return kDdnsStyles;
  if (name == "syslog_facilities") return kSyslogFacilities;
  if (name == "prefix_length_modes") return kPrefixLengthModes;
  return {};
}

}  // namespace dhcpair::conf
