#include "adopt/pair_yaml.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "generate/yaml_text.h"
#include "text/utf8.h"

namespace dhcpair::adopt {
namespace {

using generate::YamlText;
using pair::FailoverTuning;

// The keys of `failover:` that a node may have of its own; nothing where the value is absent.
struct TuningKey {
  std::string_view name;
  std::string_view comment;
  std::function<std::string(const NodeSettings&)> text;
};

std::string Text(const std::optional<int>& number) { return number ? std::to_string(*number) : ""; }
std::string Text(const std::optional<pair::Seconds>& time) {
  return time ? std::to_string(time->count()) : "";
}

template <typename Member>
std::function<std::string(const NodeSettings&)> Tuning(Member FailoverTuning::* member) {
  return [member](const NodeSettings& node) { return Text(std::optional(node.tuning.*member)); };
}
template <typename Value>
std::function<std::string(const NodeSettings&)> Tuning(
    std::optional<Value> FailoverTuning::* member) {
  return [member](const NodeSettings& node) { return Text(node.tuning.*member); };
}

const std::vector<TuningKey>& TuningKeys() {
  static const std::vector<TuningKey> keys{
      {"port", "TCP, open in both directions between the nodes.",
       [](const NodeSettings& node) { return std::to_string(node.port); }},
      {"max-response-delay", "Seconds of silence after which the partner counts as unreachable.",
       Tuning(&FailoverTuning::max_response_delay)},
      {"max-unacked-updates", "", Tuning(&FailoverTuning::max_unacked_updates)},
      {"load-balance-max", "A client that has waited this many seconds is answered by either node.",
       Tuning(&FailoverTuning::load_balance_max)},
      {"auto-partner-down", "", Tuning(&FailoverTuning::auto_partner_down)},
      {"max-lease-misbalance", "", Tuning(&FailoverTuning::max_lease_misbalance)},
      {"max-lease-ownership", "", Tuning(&FailoverTuning::max_lease_ownership)},
      {"min-balance", "", Tuning(&FailoverTuning::min_balance)},
      {"max-balance", "", Tuning(&FailoverTuning::max_balance)},
  };
  return keys;
}

bool IsSame(const std::optional<pair::Omapi>& a, const std::optional<pair::Omapi>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->port == b->port && a->key == b->key && a->algorithm == b->algorithm &&
         a->secret.reveal() == b->secret.reveal();
}

class YamlPrinter {
 public:
  explicit YamlPrinter(const PairText& pair) : pair_(pair), settings_(pair.settings) {}

  std::string Print() && {
    PrintHead();
    Line(0, "pair", YamlText(settings_.name));
    text_ +=
        "\n# host is where ssh goes; an alias of your ssh_config will do. address is the "
        "node's own IPv4\n# address, at which its partner reaches it: never one that moves "
        "(CARP, VRRP).\n";
    PrintNode("primary", settings_.primary, settings_.secondary);
    PrintNode("secondary", settings_.secondary, settings_.primary);
    PrintFailover();
    PrintFiles();
    PrintSurroundings();
    if (settings_.primary.extra == settings_.secondary.extra) PrintExtra(0, settings_.primary);
    if (IsSame(settings_.primary.omapi, settings_.secondary.omapi)) {
      PrintOmapi(0, settings_.primary, "omapi.secret");
    }
    return std::move(text_);
  }

 private:
  void PrintHead() {
    std::string sources;
    for (const std::string& source : pair_.sources) {
      sources += fmt::format("{}{}", sources.empty() ? "" : " and ", text::Visible(source));
    }
    text_ += fmt::format(
        "# What differs between the two nodes of one ISC dhcpd failover pair, taken over from\n"
        "# {}. All that both nodes share is in dhcpd.master.\n",
        sources);
    if (!pair_.comments.empty()) text_ += "#\n# Comments that stood there beside what is here:\n";
    for (const std::string& comment : pair_.comments) {
      text_ += fmt::format("#   {}\n", text::Visible(comment));
    }
    text_ += "\n";
  }

  void Line(int depth, std::string_view key, std::string_view value) {
    text_ += fmt::format("{:{}}{}: {}\n", "", depth, key, value);
  }

  void PrintNode(std::string_view name, const NodeSettings& node, const NodeSettings& partner) {
    text_ += fmt::format("{}:\n", name);
    Line(2, "host", YamlText(node.host));
    Line(2, "address", node.address.ToString());
    for (const TuningKey& key : TuningKeys()) {
      const std::string value = key.text(node);
      if (value != key.text(partner) && !value.empty()) Line(2, key.name, value);
    }
    if (node.extra != partner.extra) PrintExtra(2, node);
    if (!IsSame(node.omapi, partner.omapi)) {
      PrintOmapi(2, node, fmt::format("omapi.{}.secret", name));
    }
  }

  void PrintFailover() {
    text_ += "\nfailover:\n";
    for (const TuningKey& key : TuningKeys()) {
      const std::string value = key.text(settings_.primary);
      if (value.empty() || value != key.text(settings_.secondary)) continue;
      if (!key.comment.empty()) text_ += fmt::format("  # {}\n", key.comment);
      Line(2, key.name, value);
    }
    text_ +=
        "  # Maximum client lead time, in seconds: how far a node may extend a lease without its "
        "partner.\n";
    Line(2, "mclt", std::to_string(settings_.mclt.count()));
    if (const auto* hba = std::get_if<pair::Hba>(&settings_.balance)) {
      text_ += "  # A bit for each hash bucket that the primary serves.\n";
      Line(2, "hba", fmt::format("\"{}\"", hba->ToString()));
    } else {
      text_ += "  # Of 256 hash buckets, those that the primary serves.\n";
      Line(2, "split", std::to_string(std::get<pair::Split>(settings_.balance).buckets));
    }
  }

  void PrintFiles() {
    text_ += "\n# Relative to this file.\nmaster: dhcpd.master\n";
    if (pair_.files.empty()) return;
    text_ += "\n# What the master includes: from here, to both nodes.\nfiles:\n";
    for (const FileItem& file : pair_.files) {
      text_ += fmt::format("  - from: {}\n    to: {}\n", YamlText(file.from), YamlText(file.to));
      if (file.mode != 0644) text_ += fmt::format("    mode: {:04o}\n", file.mode);
    }
  }

  void PrintSurroundings() {
    text_ +=
        "\n# Where the nodes keep their files and how dhcpd is started there: openbsd, "
        "openbsd-legacy, freebsd,\n# netbsd, debian, rhel, suse, alpine, arch or generic.\n";
    text_ += settings_.platform.empty() ? "# platform: debian\n"
                                        : fmt::format("platform: {}\n", settings_.platform);
    if (!pair_.master_path.empty() || settings_.leases || settings_.pid) {
      text_ += "\n# Where this differs from the platform's usual places.\npaths:\n";
      if (!pair_.master_path.empty()) Line(2, "master", YamlText(pair_.master_path));
      if (settings_.leases) Line(2, "leases", YamlText(settings_.leases->text()));
      if (settings_.pid) Line(2, "pid", YamlText(settings_.pid->text()));
    }
    text_ +=
        "\n# Where dhcpd serves clients; absent: every interface that has a subnet in "
        "dhcpd.master.\n";
    std::vector<std::string> interfaces;
    for (const std::string& interface : settings_.interfaces) {
      interfaces.push_back(YamlText(interface));
    }
    text_ += interfaces.empty() ? "# interfaces: [em0]\n"
                                : fmt::format("interfaces: [{}]\n", fmt::join(interfaces, ", "));
  }

  void PrintExtra(int depth, const NodeSettings& node) {
    if (node.extra.empty()) return;
    if (depth == 0) text_ += "\n# Lines of dhcpd.conf in front of the master.\n";
    // The indentation is told, since the lines may begin with blanks of their own.
    text_ += fmt::format("{:{}}extra: |2\n", "", depth);
    for (std::size_t at = 0; at < node.extra.size();) {
      const std::size_t end = std::min(node.extra.find('\n', at), node.extra.size());
      const std::string line = node.extra.substr(at, end - at);
      text_ += line.empty() ? "\n" : fmt::format("{:{}}{}\n", "", depth + 2, line);
      at = end + 1;
    }
  }

  void PrintOmapi(int depth, const NodeSettings& node, const std::string& secret_file) {
    if (!node.omapi) return;
    if (depth == 0) text_ += "\n";
    text_ += fmt::format("{:{}}omapi:\n", "", depth);
    Line(depth + 2, "port", std::to_string(node.omapi->port));
    Line(depth + 2, "key", YamlText(node.omapi->key));
    Line(depth + 2, "algorithm", node.omapi->algorithm);
    Line(depth + 2, "secret-file", secret_file);
  }

  const PairText& pair_;
  const PairSettings& settings_;
  std::string text_;
};

}  // namespace

std::vector<SecretFile> SecretFiles(const PairSettings& settings) {
  const auto& primary = settings.primary.omapi;
  const auto& secondary = settings.secondary.omapi;
  std::vector<SecretFile> files;
  if (IsSame(primary, secondary)) {
    if (primary) files.push_back({"omapi.secret", primary->secret.reveal() + "\n"});
    return files;
  }
  if (primary) files.push_back({"omapi.primary.secret", primary->secret.reveal() + "\n"});
  if (secondary) files.push_back({"omapi.secondary.secret", secondary->secret.reveal() + "\n"});
  return files;
}

std::string PrintPairYaml(const PairText& pair) { return YamlPrinter(pair).Print(); }

}  // namespace dhcpair::adopt
