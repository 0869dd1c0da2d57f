#include <fmt/core.h>

#include "pair/rules.h"
#include "pair/scalars.h"
#include "pair/settings.h"

namespace dhcpair::pair {
namespace {

template <typename Value>
void Override(std::optional<Value>& to, std::optional<Value> from) {
  if (from) to = std::move(from);
}

template <typename To, typename From>
void Override(To& to, std::optional<From> from) {
  if (from) to = *std::move(from);
}

void ReadTuning(const Section& section, Settings& settings, Reporter& reporter) {
  FailoverTuning& tuning = settings.tuning;
  const auto integer = [&](std::string_view key, auto& to) {
    Override(to, ReadInteger(section.Find(key), reporter));
  };
  const auto seconds = [&](std::string_view key, auto& to) {
    Override(to, ReadSeconds(section.Find(key), reporter));
  };
  integer("port", settings.port);
  seconds("max-response-delay", tuning.max_response_delay);
  integer("max-unacked-updates", tuning.max_unacked_updates);
  seconds("load-balance-max", tuning.load_balance_max);
  seconds("auto-partner-down", tuning.auto_partner_down);
  integer("max-lease-misbalance", tuning.max_lease_misbalance);
  integer("max-lease-ownership", tuning.max_lease_ownership);
  seconds("min-balance", tuning.min_balance);
  seconds("max-balance", tuning.max_balance);
}

void ReadPaths(const Section& section, PathOverrides& paths, Reporter& reporter) {
  const Section own = section.Open("paths", Place::kPaths, reporter);
  const auto path = [&](std::string_view key, std::optional<NodePath>& to) {
    Override(to, ReadNodePath(own.Find(key), reporter));
  };
  path("conf", paths.conf);
  path("master", paths.master);
  path("leases", paths.leases);
  path("pid", paths.pid);
  path("dhcpd", paths.dhcpd);
  path("state", paths.state);
}

void ReadService(const Section& section, ServiceOverrides& service, Reporter& reporter) {
  const Section own = section.Open("service", Place::kService, reporter);
  Override(service.start, ReadCommand(own.Find("start"), reporter));
  Override(service.stop, ReadCommand(own.Find("stop"), reporter));
  Override(service.status, ReadCommand(own.Find("status"), reporter));
}

void ReadOmapi(const Section& section, std::optional<OmapiDraft>& omapi, Reporter& reporter) {
  const Section own = section.Open("omapi", Place::kOmapi, reporter);
  if (!own.is_present()) return;
  if (!omapi) omapi.emplace();
  omapi->at = own.at();
  Override(omapi->port, ReadInteger(own.Find("port"), reporter));
  Override(omapi->key, ReadKeyName(own.Find("key"), reporter));
  Override(omapi->algorithm, ReadChoice(own.Find("algorithm"), reporter));
  if (own.Lacks("secret-file")) return;
  const Field* const field = own.Find("secret-file");
  // A wrong path was reported; it is not missing on top of that.
  omapi->secret_file = ReadLocalPath(field, reporter).value_or("");
  if (field != nullptr) omapi->secret_file_at = field->value->span;
}

void ReadSsh(const Section& section, Ssh& ssh, Reporter& reporter) {
  const Section own = section.Open("ssh", Place::kSsh, reporter);
  Override(ssh.user, ReadWord(own.Find("user"), reporter));
  Override(ssh.port, ReadInteger(own.Find("port"), reporter));
  Override(ssh.identity, ReadWord(own.Find("identity"), reporter));
  Override(ssh.config, ReadLocalPath(own.Find("config"), reporter));
  Override(ssh.timeout, ReadSeconds(own.Find("timeout"), reporter));
  if (const auto become = ReadChoice(own.Find("become"), reporter)) {
    ssh.become = *become == "sudo"   ? Become::kSudo
                 : *become == "doas" ? Become::kDoas
                                     : Become::kNone;
  }
  if (const auto client = ReadChoice(own.Find("client"), reporter)) {
    ssh.client = *client == "openssh" ? SshClient::kOpenssh
                 : *client == "local" ? SshClient::kLocal
                                      : SshClient::kLibssh;
  }
}

// What stands at the top level and in a node under the same name.
void ReadSurroundings(const Section& section, Settings& settings, Reporter& reporter) {
  if (const auto name = ReadChoice(section.Find("platform"), reporter)) {
    settings.platform = FindPlatform(*name);
  }
  ReadPaths(section, settings.paths, reporter);
  ReadService(section, settings.service, reporter);
  Override(settings.interfaces, ReadInterfaces(section.Find("interfaces"), reporter));
  Override(settings.extra, ReadLines(section.Find("extra"), reporter));
  ReadOmapi(section, settings.omapi, reporter);
  ReadSsh(section, settings.ssh, reporter);
}

NodePath Default(std::string_view path) {
  auto parsed = NodePath::Parse(path);
  // The table of platforms is ours, and a test walks it.
  if (!parsed) std::abort();
  return *std::move(parsed);
}

NodePaths CompletePaths(const PathOverrides& given, const Platform& platform) {
  return {
      .conf = given.conf.value_or(Default(platform.conf)),
      .master = given.master.value_or(Default(platform.master)),
      .leases = given.leases.value_or(Default(platform.leases)),
      .pid = given.pid.value_or(Default(platform.pid)),
      .dhcpd = given.dhcpd.value_or(Default(platform.dhcpd)),
      .state = given.state.value_or(Default(platform.state)),
  };
}

Service CompleteService(const ServiceOverrides& given, const Platform& platform) {
  return {
      .start = given.start.value_or(std::string(platform.service.start)),
      .stop = given.stop.value_or(std::string(platform.service.stop)),
      .status = given.status.value_or(std::string(platform.service.status)),
  };
}

}  // namespace

Settings ReadShared(const PairSections& sections, Reporter& reporter) {
  Settings settings;
  ReadTuning(sections.failover, settings, reporter);
  ReadSurroundings(sections.top, settings, reporter);
  return settings;
}

Settings ReadNodeSettings(const Section& node, Settings shared, Reporter& reporter) {
  ReadTuning(node, shared, reporter);
  ReadSurroundings(node, shared, reporter);
  return shared;
}

std::optional<Node> BuildNode(const Section& section, const Settings& settings,
                              const Platform& unnamed, Reporter& reporter) {
  if (section.Lacks("address") && section.is_present()) {
    reporter.Report(rules::kMissingKey, section.at(),
                    "this node has no 'address': the IPv4 address at which its partner reaches it");
  }
  const auto address = ReadAddress(section.Find("address"), reporter);
  const auto host = ReadHost(section.Find("host"), reporter);
  if (!address) return std::nullopt;
  const Platform& platform = settings.platform != nullptr ? *settings.platform : unnamed;
  return Node{
      .host = host.value_or(address->ToString()),
      .address = *address,
      .port = settings.port,
      .tuning = settings.tuning,
      .platform = &platform,
      .is_platform_named = settings.platform != nullptr,
      .paths = CompletePaths(settings.paths, platform),
      .service = CompleteService(settings.service, platform),
      .interfaces = settings.interfaces,
      .extra = settings.extra,
      .omapi = std::nullopt,
      .ssh = settings.ssh,
  };
}

}  // namespace dhcpair::pair
