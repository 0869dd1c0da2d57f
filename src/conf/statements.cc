#include "conf/statements.h"

#include <algorithm>
#include <array>

#include "base/name_index.h"

namespace dhcpair::conf {
namespace {

using enum Context;

template <typename... Bits>
constexpr Contexts In(Bits... bits) {
  return {static_cast<std::uint16_t>((static_cast<std::uint16_t>(bits) | ...))};
}

constexpr Contexts Without(Contexts contexts, Contexts less) {
  return {static_cast<std::uint16_t>(contexts.bits & ~less.bits)};
}

constexpr Contexts kNowhere{};
// Of declarations, of what a network may hold, and of what is executed for a client.
constexpr Contexts kOutside = In(kGlobal, kSharedNetwork, kSubnet, kPool, kGroup);
constexpr Contexts kScopes = In(kGlobal, kSharedNetwork, kSubnet, kPool, kGroup, kHost, kClass);
constexpr Contexts kEverywhere =
    In(kGlobal, kSharedNetwork, kSubnet, kPool, kGroup, kHost, kClass, kBody);

// Whether a parameter counts in every scope or in the global one only.
enum class Reach { kAnyScope, kGlobalOnly };
using enum Reach;

constexpr StatementDefinition Parameter(std::string_view name, std::string_view argument,
                                        std::string_view format, std::string_view standard = {},
                                        Reach reach = kAnyScope, Family family = Family::kBoth) {
  return {.name = name,
          .argument = argument,
          .contexts = kEverywhere,
          .family = family,
          .format = format,
          .standard = standard,
          .is_global = reach == kGlobalOnly};
}

constexpr StatementDefinition Peers(std::string_view name, std::string_view argument,
                                    std::string_view standard, std::string_view example) {
  return {.name = name,
          .argument = argument,
          .contexts = In(kFailover),
          .family = Family::kV4,
          .standard = standard,
          .example = example};
}

constexpr StatementDefinition Plain(std::string_view name, std::string_view argument,
                                    Contexts contexts, std::string_view example,
                                    std::string_view standard = {}) {
  return {.name = name,
          .argument = argument,
          .contexts = contexts,
          .standard = standard,
          .example = example};
}

constexpr StatementDefinition Dhcpv6(std::string_view name, std::string_view argument) {
  return {.name = name, .argument = argument, .contexts = kNowhere, .family = Family::kV6};
}

constexpr std::array kStatements{
    Plain("add", "\"CLASS\"", Without(kEverywhere, In(kGlobal)), "add \"c\";"),
    Plain("allow", "FLAG or, in a pool, which clients", kEverywhere, "allow unknown-clients;"),
    Plain("append", "OPTION VALUE", kEverywhere, "append domain-name \"x\";"),
    Plain("authoritative", "", Without(kScopes, In(kHost)), "authoritative;", "not authoritative"),
    Plain("break", "", kEverywhere, "break;"),
    Plain("class", "\"NAME\" { }", Without(kScopes, In(kClass)), "class \"d\" { }"),
    Plain("db-time-format", "default|local", kEverywhere, "db-time-format local;", "default"),
    Plain("default", "OPTION VALUE", kEverywhere, "default domain-name \"x\";"),
    Plain("define", "NAME (ARGUMENTS) { }", kEverywhere, "define fun () { }"),
    Plain("deny", "FLAG or, in a pool, which clients", kEverywhere, "deny unknown-clients;"),
    Plain("eval", "EXPRESSION", kEverywhere, "eval hardware;"),
    Plain("execute", "(\"PROGRAM\", ARGUMENTS)", kEverywhere, "execute(\"/bin/true\");"),
    Plain("failover", "peer \"NAME\", and in the global scope or a shared-network a block",
          In(kGlobal, kSharedNetwork, kPool), ""),
    Plain("fixed-address", "ADDRESS, ...", In(kHost), "fixed-address 10.7.0.9;"),
    Dhcpv6("fixed-address6", "IPV6-ADDRESS, ..."),
    Dhcpv6("fixed-prefix6", "IPV6-PREFIX"),
    Plain("group", "[NAME] { }", kOutside, "group { }"),
    Plain("hardware", "TYPE OCTETS", In(kHost), "hardware ethernet 2:0:0:0:0:1;"),
    Plain("host", "NAME { }", kOutside, "host other { }"),
    Plain("host-identifier", "option NAME VALUE", In(kHost),
          "host-identifier option host-name \"x\";"),
    Plain("if", "BOOLEAN { } elsif BOOLEAN { } else { }", kEverywhere, "if known { }"),
    Plain("ignore", "FLAG", kEverywhere, "ignore client-updates;"),
    Plain("include", "\"FILE\"", kScopes, "include \"empty.conf\";"),
    Plain("interface", "NAME", In(kSharedNetwork, kSubnet), "interface eth0;"),
    Plain("key", "NAME { algorithm NAME; secret BASE64; }", kEverywhere,
          "key k { algorithm hmac-sha256; secret c2VjcmV0; }"),
    Plain("lease", "limit NUMBER", In(kClass), "lease limit 4;"),
    Plain("lease-id-format", "octal|hex", kScopes, "lease-id-format hex;", "octal"),
    Plain("log", "(LEVEL, DATA)", kEverywhere, "log(info, \"x\");"),
    Plain("match", "if BOOLEAN, or DATA", In(kClass), "match if known;"),
    Plain("not", "authoritative", Without(kScopes, In(kHost)), "not authoritative;"),
    Plain("on", "commit|release|expiry|transmission or ... { }", kEverywhere, "on commit { }"),
    Plain("option", "NAME VALUE; and in the global scope: space NAME, NAME code NUMBER = TYPE",
          kEverywhere, "option domain-name \"x\";"),
    Plain("parse-vendor-option", "", kEverywhere, "parse-vendor-option;"),
    Plain("pool", "{ }", In(kSharedNetwork, kSubnet), "pool { range 10.9.2.1; }"),
    Dhcpv6("pool6", "{ }"),
    Dhcpv6("prefix6", "LOW HIGH /BITS"),
    Plain("prepend", "OPTION VALUE", kEverywhere, "prepend domain-name \"x\";"),
    Plain("range", "[dynamic-bootp] LOW [HIGH]", In(kSubnet, kPool), "range 10.9.3.1 10.9.3.9;"),
    Dhcpv6("range6", "LOW HIGH"),
    Plain("return", "EXPRESSION", kEverywhere, "return hardware;"),
    Plain("send", "OPTION VALUE", kEverywhere, "send domain-name \"x\";"),
    Plain("server-duid", "TYPE ...", kScopes, "server-duid en 5 \"x\";"),
    Plain("server-identifier", "ADDRESS", kScopes, "server-identifier 10.7.0.1;"),
    Plain("set", "NAME = EXPRESSION", kEverywhere, "set x1z = \"a\";"),
    Plain("shared-network", "NAME { }", In(kGlobal, kPool, kGroup),
          "shared-network t { subnet 10.8.0.0 netmask 255.255.0.0 { } }"),
    Plain("spawn", "with DATA", In(kClass), "spawn with hardware;"),
    Plain("subclass", "\"CLASS\" DATA", Without(kScopes, In(kClass)), "subclass \"c\" \"x\";"),
    Plain("subnet", "NUMBER netmask MASK { }", In(kGlobal, kSharedNetwork, kPool, kGroup),
          "subnet 10.8.0.0 netmask 255.255.0.0 { }"),
    Dhcpv6("subnet6", "IPV6-PREFIX { }"),
    Plain("supersede", "OPTION VALUE", kEverywhere, "supersede domain-name \"x\";"),
    Plain("switch", "(EXPRESSION) { case VALUE: ... default: ... }", kEverywhere,
          "switch (hardware) { }"),
    Plain("uid", "TEXT|OCTETS", In(kHost), "uid 1:2;"),
    Plain("unset", "NAME", kEverywhere, "unset x1z;"),
    Plain("user-class", "\"CLASS\"", Without(kScopes, In(kClass)), "user-class \"c\";"),
    Plain("vendor-class", "\"CLASS\"", Without(kScopes, In(kClass)), "vendor-class \"c\";"),
    Plain("zone", "NAME { primary ADDRESS; key NAME; }", kEverywhere,
          "zone example.org. { primary 10.7.0.1; }"),

    // Of failover peers.
    Peers("primary", "", "the role of a peer that names none", "primary;"),
    Peers("secondary", "", "", ""),
    Peers("address", "ADDRESS", "", "address 10.7.0.3;"),
    Peers("peer", "address ADDRESS, or port NUMBER", "port 647", "peer port 647;"),
    Peers("port", "NUMBER", "647", "port 647;"),
    Peers("max-response-delay", "SECONDS", "20", "max-response-delay 60;"),
    Peers("max-unacked-updates", "NUMBER", "100", "max-unacked-updates 10;"),
    Peers("mclt", "SECONDS; of a primary", "", "mclt 60;"),
    Peers("split", "0 to 256; of a primary", "", "split 128;"),
    Peers("hba", "32 OCTETS; of a primary", "",
          "hba ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0;"),
    Peers("load", "balance max seconds NUMBER", "0: no load balancing",
          "load balance max seconds 3;"),
    Peers("auto-partner-down", "SECONDS", "0: never", "auto-partner-down 0;"),
    Peers("max-lease-misbalance", "PERCENT", "15", "max-lease-misbalance 15;"),
    Peers("max-lease-ownership", "PERCENT", "10", "max-lease-ownership 10;"),
    Peers("min-balance", "SECONDS", "60", "min-balance 60;"),
    Peers("max-balance", "SECONDS", "3600", "max-balance 3600;"),

    // The parameters of the server.
    Parameter("abandon-lease-time", "SECONDS|infinite", "T", "86400"),
    Parameter("adaptive-lease-time-threshold", "NUMBER", "B"),
    Parameter("allow-booting", "FLAG", "f", "true"),
    Parameter("allow-bootp", "FLAG", "f", "true", kAnyScope, Family::kV4),
    Parameter("always-broadcast", "FLAG", "f", "false"),
    Parameter("always-reply-rfc1048", "FLAG", "f", "false", kAnyScope, Family::kV4),
    Parameter("bind-local-address6", "FLAG", "f", "false", kGlobalOnly, Family::kV6),
    Parameter("boot-unknown-clients", "FLAG", "f", "true"),
    Parameter("check-secs-byte-order", "FLAG", "f", "false", kAnyScope, Family::kV4),
    Parameter("client-updates", "FLAG", "f", "true"),
    Parameter("ddns-domainname", "TEXT", "t"),
    Parameter("ddns-dual-stack-mixed-mode", "FLAG", "f", "false"),
    Parameter("ddns-guard-id-must-match", "FLAG", "f", "true"),
    Parameter("ddns-hostname", "TEXT", "t"),
    Parameter("ddns-local-address4", "ADDRESS", "I", "", kGlobalOnly, Family::kV4),
    Parameter("ddns-local-address6", "IPV6-ADDRESS", "6", "", kGlobalOnly, Family::kV6),
    Parameter("ddns-other-guard-is-dynamic", "FLAG", "f", "false"),
    Parameter("ddns-rev-domainname", "TEXT", "t", "in-addr.arpa."),
    Parameter("ddns-ttl", "SECONDS|infinite", "T", "half of the lease time, at most 3600"),
    Parameter("ddns-update-style", "none|interim|standard", "Nddns-styles.", "none", kGlobalOnly),
    Parameter("ddns-updates", "FLAG", "f", "true"),
    Parameter("declines", "FLAG", "f", "true"),
    Parameter("default-lease-time", "SECONDS|infinite", "T", "43200"),
    Parameter("delayed-ack", "NUMBER", "S", "0", kGlobalOnly),
    Parameter("dhcp-cache-threshold", "NUMBER", "B", "25", kAnyScope, Family::kV4),
    Parameter("dhcpv6-lease-file-name", "TEXT", "t", "", kGlobalOnly, Family::kV6),
    Parameter("dhcpv6-pid-file-name", "TEXT", "t", "", kGlobalOnly, Family::kV6),
    Parameter("dhcpv6-set-tee-times", "FLAG", "f", "false", kAnyScope, Family::kV6),
    Parameter("do-forward-updates", "FLAG", "f", "true"),
    Parameter("do-reverse-updates", "FLAG", "f", "true"),
    Parameter("dont-use-fsync", "FLAG", "f", "false", kGlobalOnly),
    Parameter("duplicates", "FLAG", "f", "true"),
    Parameter("dynamic-bootp", "FLAG", "f", "true", kAnyScope, Family::kV4),
    Parameter("dynamic-bootp-lease-cutoff", "SECONDS|infinite", "T"),
    Parameter("dynamic-bootp-lease-length", "NUMBER", "L", "infinite"),
    Parameter("echo-client-id", "FLAG", "f", "false"),
    Parameter("filename", "TEXT", "t", "", kAnyScope, Family::kV4),
    Parameter("fqdn-reply", "FLAG", "f", "true"),
    Parameter("get-lease-hostnames", "FLAG", "f", "false"),
    Parameter("ignore-client-uids", "FLAG", "f", "false"),
    Parameter("infinite-is-reserved", "FLAG", "f", "false"),
    Parameter("lease-file-name", "TEXT", "t", "", kGlobalOnly),
    Parameter("leasequery", "FLAG", "f", "false"),
    Parameter("limit-addrs-per-ia", "NUMBER", "L", "1", kAnyScope, Family::kV6),
    Parameter("limit-prefs-per-ia", "NUMBER", "L", "1", kAnyScope, Family::kV6),
    Parameter("limited-broadcast-address", "ADDRESS", "I", "255.255.255.255", kGlobalOnly,
              Family::kV4),
    Parameter("local-address", "ADDRESS", "I", "", kGlobalOnly, Family::kV4),
    Parameter("local-address6", "IPV6-ADDRESS", "6", "", kGlobalOnly, Family::kV6),
    Parameter("local-port", "NUMBER", "S", "67", kGlobalOnly),
    Parameter("log-facility", "FACILITY", "Nsyslog_facilities.", "daemon", kGlobalOnly),
    Parameter("log-threshold-high", "NUMBER", "B", "0", kGlobalOnly),
    Parameter("log-threshold-low", "NUMBER", "B", "0", kGlobalOnly),
    Parameter("max-ack-delay", "NUMBER", "L", "250000", kGlobalOnly),
    Parameter("max-lease-time", "SECONDS|infinite", "T", "86400"),
    Parameter("min-lease-time", "SECONDS|infinite", "T", "300"),
    Parameter("min-secs", "NUMBER", "B", "0", kAnyScope, Family::kV4),
    Parameter("next-server", "ADDRESS", "I", "", kAnyScope, Family::kV4),
    Parameter("omapi-key", "KEY", "k", "", kGlobalOnly),
    Parameter("omapi-port", "NUMBER", "S", "", kGlobalOnly),
    Parameter("one-lease-per-client", "FLAG", "f", "false"),
    Parameter("pid-file-name", "TEXT", "t", "", kGlobalOnly),
    Parameter("ping-check", "FLAG", "f", "true"),
    Parameter("ping-cltt-secs", "SECONDS|infinite", "T", "60"),
    Parameter("ping-timeout", "SECONDS|infinite", "T", "1"),
    Parameter("ping-timeout-ms", "SECONDS|infinite", "T", "0"),
    Parameter("preferred-lifetime", "SECONDS|infinite", "T", "", kAnyScope, Family::kV6),
    Parameter("prefix-length-mode", "ignore|prefer|exact|minimum|maximum", "Nprefix_length_modes.",
              "prefer", kGlobalOnly, Family::kV6),
    Parameter("release-on-roam", "FLAG", "f", "false", kGlobalOnly, Family::kV6),
    Parameter("remote-port", "NUMBER", "S", "68", kGlobalOnly),
    Parameter("server-id-check", "FLAG", "f", "false", kGlobalOnly),
    Parameter("server-name", "TEXT", "t", "", kAnyScope, Family::kV4),
    Parameter("site-option-space", "TEXT|OCTETS", "X"),
    Parameter("stash-agent-options", "FLAG", "f", "true"),
    Parameter("update-conflict-detection", "FLAG", "f", "true"),
    Parameter("update-optimization", "FLAG", "f", "true"),
    Parameter("update-static-leases", "FLAG", "f", "false"),
    Parameter("use-host-decl-names", "FLAG", "f", "false"),
    Parameter("use-lease-addr-for-default-route", "FLAG", "f", "false"),
    Parameter("vendor-option-space", "OPTION-SPACE", "U"),
};

constexpr base::NameIndex<512> kIndex(kStatements, [](const StatementDefinition& statement) {
  return statement.name;
});

constexpr std::array kContexts{kGlobal, kSharedNetwork, kSubnet, kPool,    kGroup,
                               kHost,   kClass,         kBody,   kFailover};

// Of a parameter that dhcpd looks at when it starts: how many octets its value must have then. It
// can be of another length only where it is computed.
struct Start {
  std::string_view name;
  std::size_t octets;
};

constexpr auto kAtStart = std::to_array<Start>({
    {"abandon-lease-time", 4},
    {"ddns-update-style", 1},
    {"delayed-ack", 2},
    {"limited-broadcast-address", 4},
    {"local-address", 4},
    {"local-port", 2},
    {"log-facility", 1},
    {"max-ack-delay", 4},
    {"omapi-port", 2},
    {"prefix-length-mode", 1},
    {"remote-port", 2},
});

constexpr auto kDdnsStyles =
    std::to_array<std::string_view>({"none", "ad-hoc", "interim", "standard"});
constexpr auto kSyslogFacilities = std::to_array<std::string_view>(
    {"kern",   "user",   "mail",   "daemon",   "auth",   "syslog", "lpr",
     "news",   "uucp",   "cron",   "authpriv", "ftp",    "local0", "local1",
     "local2", "local3", "local4", "local5",   "local6", "local7"});
constexpr auto kPrefixLengthModes =
    std::to_array<std::string_view>({"ignore", "prefer", "exact", "minimum", "maximum"});

constexpr Context ContextOf(ScopeKind kind) {
  switch (kind) {
    case ScopeKind::kGlobal:
      return kGlobal;
    case ScopeKind::kSharedNetwork:
      return kSharedNetwork;
    case ScopeKind::kSubnet:
      return kSubnet;
    case ScopeKind::kPool:
      return kPool;
    case ScopeKind::kGroup:
      return kGroup;
    case ScopeKind::kHost:
      return kHost;
    case ScopeKind::kClass:
      return kClass;
  }
  return kGlobal;
}

}  // namespace

std::span<const Context> AllContexts() { return kContexts; }

std::string_view Name(Context context) {
  switch (context) {
    case kGlobal:
      return "global";
    case kSharedNetwork:
      return "shared-network";
    case kSubnet:
      return "subnet";
    case kPool:
      return "pool";
    case kGroup:
      return "group";
    case kHost:
      return "host";
    case kClass:
      return "class";
    case kBody:
      return "if";
    case kFailover:
      return "failover peer";
  }
  return "";
}

bool Contexts::Has(ScopeKind kind) const { return Has(ContextOf(kind)); }

std::span<const StatementDefinition> Statements() { return kStatements; }

const StatementDefinition* FindStatement(std::string_view name) {
  const auto row = kIndex.Find(
      name, [&](std::size_t i) { return base::EqualsInAnyCase(kStatements[i].name, name); });
  return row ? &kStatements[*row] : nullptr;
}

const StatementDefinition* FindParameter(std::string_view name) {
  const StatementDefinition* const found = FindStatement(name);
  return found != nullptr && found->is_parameter() ? found : nullptr;
}

std::optional<std::size_t> OctetsAtStart(std::string_view name) {
  const auto found = std::ranges::find(kAtStart, name, &Start::name);
  if (found == kAtStart.end()) return std::nullopt;
  return found->octets;
}

std::span<const std::string_view> Enumeration(std::string_view name) {
  if (name == "ddns-styles") return kDdnsStyles;
  if (name == "syslog_facilities") return kSyslogFacilities;
  if (name == "prefix_length_modes") return kPrefixLengthModes;
  return {};
}

}  // namespace dhcpair::conf
