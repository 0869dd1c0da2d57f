#include "generate/node_files.h"

#include <fmt/format.h>

#include <set>

#include "generate/stamp.h"
#include "generate/stanza.h"
#include "generate/template.h"

namespace dhcpair::generate {
namespace {

using pair::Node;
using pair::Pair;
using pair::Role;

std::string BaseName(const std::string& path) { return path.substr(path.rfind('/') + 1); }

Role PartnerOf(Role role) { return role == Role::kPrimary ? Role::kSecondary : Role::kPrimary; }

std::string WithoutLastNewline(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

// All files that the node's dhcpd.conf leads to, blank-separated, for boot scripts that must copy
// them into a chroot.
std::string Includes(const Pair& pair, const Node& node) {
  std::vector<std::string> paths{node.paths.master.text()};
  if (node.omapi) paths.push_back(node.omapi_key_path());
  for (const pair::SharedFile& file : pair.files) paths.push_back(file.to.text());
  for (const pair::NodePath& path : pair.unmanaged) paths.push_back(path.text());
  return fmt::format("{}", fmt::join(paths, " "));
}

// The names for templates of node files; templates/README.md lists them.
Vocabulary NodeVocabulary(const Pair& pair, Role role) {
  const Node& node = pair.node(role);
  const Node& partner = pair.node(PartnerOf(role));
  const pair::Platform& platform = *node.platform;
  Vocabulary words;
  words.values = {
      {"pair", pair.name.text()},
      {"role", std::string(Name(role))},
      {"host", node.host},
      {"address", node.address.ToString()},
      {"port", std::to_string(node.port)},
      {"peer-address", partner.address.ToString()},
      {"peer-port", std::to_string(partner.port)},
      {"conf", node.paths.conf.text()},
      {"conf-dir", node.paths.conf.folder()},
      {"master", node.paths.master.text()},
      {"master-dir", node.paths.master.folder()},
      {"leases", node.paths.leases.text()},
      {"pid", node.paths.pid.text()},
      {"dhcpd", node.paths.dhcpd.text()},
      {"state", node.paths.state.text()},
      {"user", std::string(platform.user)},
      {"includes", Includes(pair, node)},
      {"interfaces", fmt::format("{}", fmt::join(node.interfaces, " "))},
      {"interfaces-comma", fmt::format("{}", fmt::join(node.interfaces, ","))},
      {"extra", WithoutLastNewline(node.extra)},
      {"failover", PrintStanza(pair, role)},
      {"omapi-port", node.omapi ? std::to_string(node.omapi->port) : ""},
      {"omapi-key", node.omapi_key_path()},
      {"omapi-key-name", node.omapi ? node.omapi->key : ""},
  };
  words.flags = {
      {"omapi", node.omapi.has_value()},
      {"has-extra", !node.extra.empty()},
      {"has-interfaces", !node.interfaces.empty()},
      {"user-dropped", platform.user != "root"},
      {"conf-moved", node.paths.conf.text() != platform.conf},
      {"leases-moved", node.paths.leases.text() != platform.leases},
      {"pid-moved", node.paths.pid.text() != platform.pid},
      {"dhcpd-moved", node.paths.dhcpd.text() != platform.dhcpd},
  };
  words.lists = {{"interface-list", node.interfaces}};
  return words;
}

// What dhcpd.conf cannot leave out without ceasing to be this pair's.
std::set<std::string_view> RequiredInConf(const Node& node) {
  std::set<std::string_view> required{"failover", "master"};
  if (!node.extra.empty()) required.insert("extra");
  if (node.omapi) required.insert({"omapi-port", "omapi-key", "omapi-key-name"});
  return required;
}

std::string PrintOmapiKey(const pair::Omapi& omapi) {
  return fmt::format("key {} {{\n  algorithm {};\n  secret \"{}\";\n}}\n", omapi.key,
                     omapi.algorithm, omapi.secret.reveal());
}

class NodeGenerator {
 public:
  NodeGenerator(const Pair& pair, Role role, const TemplateSet& templates,
                text::Diagnostics& diagnostics)
      : pair_(pair),
        role_(role),
        node_(pair.node(role)),
        templates_(templates),
        diagnostics_(diagnostics),
        words_(NodeVocabulary(pair, role)),
        source_name_(BaseName(pair.source->name())) {}

  std::optional<std::vector<NodeFile>> Generate() {
    const std::size_t errors_before = diagnostics_.Count(text::Severity::kError);
    NodeFile conf{.name = std::string(kConfName),
                  .belongs_in = node_.paths.conf.text(),
                  .is_fragment = false,
                  .mode = 0644,
                  .contents = {}};
    AddRendered(std::move(conf), "dhcpd.conf.mustache", RequiredInConf(node_));
    if (node_.omapi) {
      Add({.name = std::string(kOmapiKeyName),
           .belongs_in = node_.omapi_key_path(),
           .is_fragment = false,
           .mode = 0600,
           .contents = {}},
          PrintOmapiKey(*node_.omapi));
    }
    for (const pair::BootFragment& fragment : node_.platform->fragments) {
      AddRendered({.name = std::string(fragment.file),
                   .belongs_in = std::string(fragment.belongs_in),
                   .is_fragment = true,
                   .mode = 0644,
                   .contents = {}},
                  fmt::format("boot/{}/{}.mustache", node_.platform->name, fragment.file), {});
    }
    if (diagnostics_.Count(text::Severity::kError) > errors_before) return std::nullopt;
    return std::move(files_);
  }

 private:
  void AddRendered(NodeFile file, const std::string& template_name,
                   const std::set<std::string_view>& required) {
    const auto source = templates_.Find(template_name, diagnostics_);
    if (!source) return;
    const auto body = Render(*source, words_, required, diagnostics_);
    if (body) Add(std::move(file), *body);
  }

  void Add(NodeFile file, std::string_view body) {
    const StampFacts facts{
        .what = fmt::format("{}{} of the {} of {}", file.is_fragment ? "piece for " : "", file.name,
                            Name(role_), pair_.name.text()),
        .belongs_in = fmt::format("{} on {}", file.belongs_in, node_.host),
        .source_name = source_name_,
    };
    file.contents = Stamp(facts, body);
    files_.push_back(std::move(file));
  }

  const Pair& pair_;
  const Role role_;
  const Node& node_;
  const TemplateSet& templates_;
  text::Diagnostics& diagnostics_;
  const Vocabulary words_;
  const std::string source_name_;
  std::vector<NodeFile> files_;
};

}  // namespace

std::optional<std::vector<NodeFile>> GenerateNode(const Pair& pair, Role role,
                                                  const TemplateSet& templates,
                                                  text::Diagnostics& diagnostics) {
  return NodeGenerator(pair, role, templates, diagnostics).Generate();
}

}  // namespace dhcpair::generate
