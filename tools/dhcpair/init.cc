#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/prefix.h"
#include "commands.h"
#include "common.h"
#include "generate/starter.h"
#include "host/atomic_write.h"
#include "host/file_loader.h"
#include "pair/load.h"
#include "pair/platform.h"
#include "pair/values.h"
#include "version.h"

namespace dhcpair {
namespace {

using base::Ipv4Address;
using base::Prefix;

struct Options {
  CommonOptions common;
  std::string folder = ".";
  std::string pair = "dhcp-failover";
  std::string primary = "192.0.2.2";
  std::string secondary = "192.0.2.3";
  std::string primary_host;
  std::string secondary_host;
  std::string platform;
  std::vector<std::string> interfaces;
  std::string subnet;
  std::string range;
  std::string router;
  int port = 647;
  std::string mclt = "3600";
  int split = 128;
  bool dry_run = false;
};

// What is wrong with the command line: "--primary '10.0.0' is not an IPv4 address".
using Problem = std::string;

std::unexpected<Problem> Wrong(std::string_view option, std::string_view value,
                               std::string_view what) {
  return std::unexpected(fmt::format("{} '{}' {}", option, value, what));
}

std::expected<Ipv4Address, Problem> ReadAddress(std::string_view option, const std::string& text) {
  const auto address = Ipv4Address::Parse(text);
  if (!address) return Wrong(option, text, Describe(address.error()));
  if (!address->is_host_address()) {
    return Wrong(option, text, "is no address that a host can have");
  }
  return *address;
}

std::expected<Prefix, Problem> ReadSubnet(const std::string& text, Ipv4Address primary) {
  // By default the /24 around the primary.
  const Ipv4Address network(primary.value() & 0xffffff00);
  const std::string given = text.empty() ? network.ToString() + "/24" : text;
  const auto subnet = Prefix::Parse(given);
  if (!subnet) return Wrong("--subnet", given, Describe(subnet.error()));
  return *subnet;
}

std::expected<generate::AddressRange, Problem> ReadRange(const std::string& text,
                                                         const Prefix& subnet,
                                                         const std::vector<Ipv4Address>& taken) {
  if (text.empty()) {
    const auto range = generate::ChooseRange(subnet, taken);
    if (!range) {
      return std::unexpected("the subnet has no free half for the pool; say --range FIRST-LAST");
    }
    return *range;
  }
  const auto dash = text.find('-');
  const auto first = Ipv4Address::Parse(text.substr(0, dash));
  const auto last = Ipv4Address::Parse(dash == std::string::npos ? text : text.substr(dash + 1));
  if (!first || !last) return Wrong("--range", text, "is not FIRST-LAST, two IPv4 addresses");
  if (*first >= *last) return Wrong("--range", text, "does not run from the lower to the higher");
  if (!subnet.Contains(*first) || !subnet.Contains(*last)) {
    return Wrong("--range", text, "leaves the subnet");
  }
  return generate::AddressRange{*first, *last};
}

std::expected<generate::StarterFacts, Problem> ReadFacts(const Options& options) {
  const auto name = pair::PeerName::Parse(options.pair);
  if (!name) return Wrong("--pair", options.pair, name.error());
  const auto primary = ReadAddress("--primary", options.primary);
  if (!primary) return std::unexpected(primary.error());
  const auto secondary = ReadAddress("--secondary", options.secondary);
  if (!secondary) return std::unexpected(secondary.error());
  const auto subnet = ReadSubnet(options.subnet, *primary);
  if (!subnet) return std::unexpected(subnet.error());
  const Ipv4Address first_host(subnet->network().value() + 1);
  const auto router = options.router.empty() ? first_host : ReadAddress("--router", options.router);
  if (!router) return std::unexpected(router.error());
  const auto range = ReadRange(options.range, *subnet, {*primary, *secondary, *router});
  if (!range) return std::unexpected(range.error());
  const auto mclt = pair::ParseSeconds(options.mclt);
  if (!mclt) return Wrong("--mclt", options.mclt, "is not a time such as 1800, 30m or 1h");
  return generate::StarterFacts{
      .pair_name = options.pair,
      .primary = *primary,
      .secondary = *secondary,
      .primary_host =
          options.primary_host.empty() ? "root@" + options.primary : options.primary_host,
      .secondary_host =
          options.secondary_host.empty() ? "root@" + options.secondary : options.secondary_host,
      .port = options.port,
      .mclt_seconds = mclt->count(),
      .split = options.split,
      .platform = options.platform,
      .interfaces = options.interfaces,
      .subnet = *subnet,
      .range = *range,
      .router = *router,
  };
}

// The new pair file as if it lay there already, with its master.
class StarterLoader : public text::SourceLoader {
 public:
  StarterLoader(std::string pair_path, const generate::StarterFiles& files)
      : pair_path_(std::move(pair_path)), files_(files) {}

  std::expected<text::SourcePtr, text::LoadError> Load(const std::string& path,
                                                       std::size_t) override {
    return std::make_shared<const text::SourceFile>(
        path, path == pair_path_ ? files_.pair_yaml : files_.master);
  }

 private:
  std::string pair_path_;
  const generate::StarterFiles& files_;
};

class InitCommand {
 public:
  explicit InitCommand(const Options& options)
      : options_(options), pair_path_(PathOf("pair.yaml")), master_path_(PathOf("dhcpd.master")) {}

  ExitCode Run() {
    const auto facts = ReadFacts(options_);
    if (!facts) {
      PrintErr(fmt::format("dhcpair: {}\n", facts.error()));
      return ExitCode::kBadInput;
    }
    const generate::StarterFiles files = PrintStarter(*facts);
    // What the flags said together is judged as any pair file is.
    text::Diagnostics diagnostics;
    StarterLoader loader(pair_path_, files);
    const auto pair = pair::Load(loader, pair_path_, diagnostics);
    PrintFindings(diagnostics, options_.common);
    if (!pair) {
      PrintErr("dhcpair: these values do not make a pair; nothing was written\n");
      return ExitCode::kBadInput;
    }
    return Write(files);
  }

 private:
  std::string PathOf(std::string_view name) const {
    return options_.folder == "." ? std::string(name) : fmt::format("{}/{}", options_.folder, name);
  }

  ExitCode Write(const generate::StarterFiles& files) {
    for (const std::string& path : {pair_path_, master_path_}) {
      if (!Exists(path)) continue;
      PrintErr(
          fmt::format("dhcpair: '{}' is there already, and init never overwrites; nothing was "
                      "written\n",
                      path));
      return ExitCode::kRefused;
    }
    if (!options_.dry_run) {
      std::error_code error;
      std::filesystem::create_directory(options_.folder, error);
      if (error) {
        PrintErr(fmt::format("dhcpair: cannot make the folder '{}': {}\n", options_.folder,
                             error.message()));
        return ExitCode::kRefused;
      }
      for (const auto& [path, contents] :
           {std::pair{master_path_, files.master}, {pair_path_, files.pair_yaml}}) {
        const auto written =
            host::WriteFileAtomically(path, contents, 0644, host::WriteMode::kCreate);
        if (written) continue;
        PrintErr(fmt::format("dhcpair: cannot write '{}': {}\n", path, written.error().reason));
        return ExitCode::kRefused;
      }
    }
    PrintResults();
    return ExitCode::kDone;
  }

  static bool Exists(const std::string& path) {
    const auto contents = host::ReadFile(path, 0);
    return contents || contents.error() != text::LoadError::kNotFound;
  }

  void PrintResults() const {
    const std::string_view fate = options_.dry_run ? "would write" : "written";
    if (options_.common.format == Format::kJson) {
      nlohmann::ordered_json files = nlohmann::ordered_json::array();
      for (const std::string& path : {pair_path_, master_path_}) {
        files.push_back({{"path", path}, {"fate", fate}});
      }
      PrintOut(text::PrintJsonEnvelope("init", kVersion, {{"files", files}}));
      return;
    }
    if (options_.common.quiet) return;
    PrintOut(
        fmt::format("{0}  {2}: what differs between the nodes\n"
                    "{1}  {2}: what they share\n",
                    pair_path_, master_path_, fate));
    if (options_.dry_run) return;
    const std::string argument = options_.folder == "." ? "" : " " + pair_path_;
    PrintOut(fmt::format("Edit both, then: dhcpair lint{0} && dhcpair generate{0}\n", argument));
  }

  const Options& options_;
  const std::string pair_path_;
  const std::string master_path_;
};

}  // namespace

void AddInit(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command =
      *app.add_subcommand("init", "writes a commented pair.yaml and dhcpd.master to start from");
  const auto text = [&](const char* name, std::string& to, const char* help, const char* value) {
    command.add_option(name, to, help)->option_text(value);
  };
  command
      .add_option("DIR", options->folder,
                  "where to write, made if need be (default: the working directory)")
      ->option_text("[DIR]");
  text("--pair", options->pair, "name of the failover peer (default: dhcp-failover)", "NAME");
  text("--primary", options->primary, "the primary's IPv4 address", "ADDRESS");
  text("--secondary", options->secondary, "the secondary's IPv4 address", "ADDRESS");
  text("--primary-host", options->primary_host, "ssh destination (default: root@ADDRESS)", "HOST");
  text("--secondary-host", options->secondary_host, "ssh destination (default: root@ADDRESS)",
       "HOST");
  const auto names = pair::PlatformNames();
  command.add_option("--platform", options->platform, "the nodes' system")
      ->check(CLI::IsMember(std::vector<std::string>(names.begin(), names.end())))
      ->option_text("NAME");
  command.add_option("--interface", options->interfaces, "interface that dhcpd serves; repeatable")
      ->option_text("IF");
  text("--subnet", options->subnet, "the subnet to serve (default: the /24 of the primary)",
       "NETWORK/LENGTH");
  text("--range", options->range, "the pool's addresses (default: a free half of the subnet)",
       "FIRST-LAST");
  text("--router", options->router, "the clients' router (default: the subnet's first address)",
       "ADDRESS");
  command.add_option("--port", options->port, "failover port of both nodes (default: 647)")
      ->check(CLI::Range(1, 65535))
      ->option_text("PORT");
  text("--mclt", options->mclt, "maximum client lead time (default: 1h)", "TIME");
  command.add_option("--split", options->split, "of 256 buckets the primary's (default: 128)")
      ->check(CLI::Range(0, 256))
      ->option_text("N");
  command.add_flag("--dry-run", options->dry_run, "say what would be written, write nothing");
  AddCommonOptions(command, options->common, Formats::kTextAndJson);
  command.callback([options, &exit_code] { exit_code = InitCommand(*options).Run(); });
}

}  // namespace dhcpair
