#include "pair/load.h"

#include <fmt/core.h>

#include "pair/rules.h"
#include "pair/scalars.h"
#include "pair/section.h"
#include "pair/settings.h"
#include "pair/yaml_tree.h"

namespace dhcpair::pair {
namespace {

constexpr std::size_t kSecretBytesMax = 4096;

// Reads one pair file from its tree. Goes on after each mistake, so that one run shows them all.
class PairReader {
 public:
  PairReader(const YamlNode& root, text::SourceLoader& loader, const AskedPlatforms& asked,
             Reporter& reporter)
      : loader_(loader), asked_(asked), reporter_(reporter) {
    sections_.top = Section(root, root.span, Place::kTop, std::nullopt, reporter);
    sections_.failover = sections_.top.Open("failover", Place::kFailover, reporter);
    sections_.primary = sections_.top.Open("primary", Place::kNode, reporter, Role::kPrimary);
    sections_.secondary = sections_.top.Open("secondary", Place::kNode, reporter, Role::kSecondary);
  }

  std::optional<Pair> Read() {
    const Settings shared = ReadShared(sections_, reporter_);
    auto name = ReadPairName();
    auto primary = ReadNode(Role::kPrimary, shared);
    auto secondary = ReadNode(Role::kSecondary, shared);
    const auto mclt = ReadSeconds(sections_.failover.Find("mclt"), reporter_);
    auto balance = ReadBalance();
    auto master = ReadMaster();
    auto files = ReadFiles();
    auto unmanaged = ReadNodePaths(sections_.top.Find("unmanaged"), reporter_);
    auto templates = ReadTemplates();
    auto plan = ReadPlan();
    if (!name || !primary || !secondary) return std::nullopt;
    Pair pair{
        .source = reporter_.source(),
        .name = *std::move(name),
        .primary = {.node = *std::move(primary),
                    .mclt = mclt.value_or(Seconds(3600)),
                    .balance = balance},
        .secondary = {.node = *std::move(secondary)},
        .master = std::move(master),
        .files = std::move(files),
        .unmanaged = std::move(unmanaged).value_or(std::vector<NodePath>{}),
        .templates = std::move(templates),
        .plan = plan,
    };
    CrossCheck(pair, sections_, reporter_);
    return pair;
  }

 private:
  std::optional<PeerName> ReadPairName() {
    const Field* const field = sections_.top.Find("pair");
    if (sections_.top.Lacks("pair")) {
      reporter_.Report(rules::kMissingKey,
                       "'pair' is missing: the name of the failover peer, the same on both nodes "
                       "and in every pool, as in 'pair: dhcp-failover'");
    }
    return ReadName(field, reporter_);
  }

  std::optional<Node> ReadNode(Role role, const Settings& shared) {
    const Section& section = sections_.node(role);
    if (sections_.top.Lacks(Name(role))) {
      reporter_.Report(rules::kMissingRole,
                       fmt::format("there is no '{}:'; a pair has both nodes, each with at least "
                                   "its 'address'",
                                   Name(role)));
    }
    const Settings settings = ReadNodeSettings(section, shared, reporter_);
    const Platform* const asked = role == Role::kPrimary ? asked_.primary : asked_.secondary;
    std::optional<Node> node =
        BuildNode(section, settings, asked != nullptr ? *asked : GenericPlatform(), reporter_);
    std::optional<Omapi> omapi = ReadSecret(settings.omapi);
    if (node) node->omapi = std::move(omapi);
    return node;
  }

  std::optional<Omapi> ReadSecret(const std::optional<OmapiDraft>& draft) {
    if (!draft) return std::nullopt;
    if (!draft->secret_file) {
      reporter_.Report(rules::kMissingKey, draft->at,
                       "'omapi' has no 'secret-file': a local file with the key's base64 secret; "
                       "without a key anybody may change leases");
      return std::nullopt;
    }
    if (draft->secret_file->empty()) return std::nullopt;
    const auto source = loader_.Load(*draft->secret_file, kSecretBytesMax);
    if (!source) {
      ReportMissing(draft->secret_file_at, *draft->secret_file, source.error());
      return std::nullopt;
    }
    auto secret = Secret::Parse((*source)->contents());
    if (!secret) {
      reporter_.Report(rules::kBadSecret, draft->secret_file_at,
                       fmt::format("the secret in '{}' {}; `openssl rand -base64 32` makes one",
                                   *draft->secret_file, secret.error()));
      return std::nullopt;
    }
    return Omapi{draft->port, draft->key, draft->algorithm, *std::move(secret)};
  }

  std::variant<Split, Hba> ReadBalance() {
    const Field* const split_field = sections_.failover.Find("split");
    const Field* const hba_field = sections_.failover.Find("hba");
    if (split_field != nullptr && hba_field != nullptr) {
      reporter_.Report(rules::kSplitAndHba, hba_field->key_span,
                       "'hba' and 'split' both say which clients the primary serves; keep one",
                       {reporter_.NoteAt(split_field->key_span, "'split' is here")});
    }
    const auto split = ReadInteger(split_field, reporter_);
    const auto hba = ReadHba(hba_field, reporter_);
    if (hba) return *hba;
    return Split{split.value_or(128)};
  }

  void ReportMissing(text::Span at, const std::string& path, text::LoadError error) {
    reporter_.Report(rules::kMissingFile, at,
                     fmt::format("cannot read '{}': {}", path, Describe(error)));
  }

  // Reads a file only to know that it is there and may be read.
  void CheckReadable(text::Span at, const std::string& path) {
    const auto source = loader_.Load(path, kSharedFileBytesMax);
    if (!source) ReportMissing(at, path, source.error());
  }

  std::string ReadMaster() {
    const Field* const field = sections_.top.Find("master");
    if (sections_.top.Lacks("master")) {
      const std::string& pair_file = reporter_.source()->name();
      const auto slash = pair_file.rfind('/');
      std::string path = slash == std::string::npos ? "" : pair_file.substr(0, slash + 1);
      path += "dhcpd.master";
      if (const auto source = loader_.Load(path, kSharedFileBytesMax); !source) {
        reporter_.Report(rules::kMissingFile,
                         fmt::format("cannot read '{}': {}; it holds what both nodes share, and "
                                     "'master:' names another file",
                                     path, Describe(source.error())));
      }
      return path;
    }
    const auto path = ReadLocalPath(field, reporter_);
    if (path) CheckReadable(field->value->span, *path);
    return path.value_or("");
  }

  std::optional<std::string> ReadTemplates() {
    const Field* const field = sections_.top.Find("templates");
    auto folder = ReadLocalPath(field, reporter_);
    if (folder && !loader_.IsFolder(*folder)) {
      reporter_.Report(rules::kMissingFile, field->value->span,
                       fmt::format("there is no folder '{}'; 'templates' names one whose files "
                                   "take the place of dhcpair's own",
                                   *folder));
    }
    return folder;
  }

  std::vector<SharedFile> ReadFiles() {
    const Field* const field = sections_.top.Find("files");
    if (field == nullptr) return {};
    if (field->value->kind != YamlNode::Kind::kList) {
      ReportWrongType(*field, *field->value, reporter_);
      return {};
    }
    std::vector<SharedFile> files;
    for (const YamlNode& item : field->value->items) {
      if (item.kind != YamlNode::Kind::kMap) {
        ReportWrongType(*field, item, reporter_);
      } else if (auto file = ReadFile(item)) {
        files.push_back(*std::move(file));
      }
    }
    return files;
  }

  std::optional<SharedFile> ReadFile(const YamlNode& item) {
    const Section section(item, item.span, Place::kFile, std::nullopt, reporter_);
    for (const std::string_view key : {"from", "to"}) {
      if (section.Lacks(key)) {
        reporter_.Report(
            rules::kMissingKey, item.span,
            fmt::format("this file has no '{}': {}", key, Takes(*FindKey(key, Place::kFile))));
      }
    }
    auto from = ReadLocalPath(section.Find("from"), reporter_);
    auto to = ReadNodePath(section.Find("to"), reporter_);
    const auto mode = ReadMode(section.Find("mode"), reporter_);
    if (from) CheckReadable(section.Find("from")->value->span, *from);
    if (!from || !to) return std::nullopt;
    return SharedFile{*std::move(from), *std::move(to), mode.value_or(0644)};
  }

  std::optional<Plan> ReadPlan() {
    const Section section = sections_.top.Open("plan", Place::kPlan, reporter_);
    if (!section.is_present()) return std::nullopt;
    for (const std::string_view key : {"outage", "new-clients-per-hour"}) {
      if (section.Lacks(key)) {
        reporter_.Report(
            rules::kMissingKey, section.at(),
            fmt::format("'plan' has no '{}': {}", key, Takes(*FindKey(key, Place::kPlan))));
      }
    }
    const auto outage = ReadSeconds(section.Find("outage"), reporter_);
    const auto clients = ReadInteger(section.Find("new-clients-per-hour"), reporter_);
    if (!outage || !clients) return std::nullopt;
    return Plan{*outage, *clients};
  }

  text::SourceLoader& loader_;
  const AskedPlatforms& asked_;
  Reporter& reporter_;
  PairSections sections_;
};

text::SourcePtr EmptySource(const std::string& path) {
  return std::make_shared<const text::SourceFile>(path, "");
}

}  // namespace

std::optional<Pair> Load(text::SourceLoader& loader, const std::string& path,
                         text::Diagnostics& diagnostics, const AskedPlatforms& asked) {
  const auto source = loader.Load(path, kPairFileBytesMax);
  if (!source) {
    const text::Location whole_file = text::WholeFile(EmptySource(path));
    if (source.error() == text::LoadError::kTooLarge) {
      diagnostics.Add(
          {&rules::kTooLarge, whole_file, "the file is over 1 MiB; no pair file is that long"});
    } else {
      const bool is_missing = source.error() == text::LoadError::kNotFound;
      diagnostics.Add({&rules::kUnreadable, whole_file,
                       fmt::format("cannot read the pair file: {}{}", Describe(source.error()),
                                   is_missing ? "; 'dhcpair init' writes one to start from" : "")});
    }
    return std::nullopt;
  }
  Reporter reporter(*source, diagnostics);
  const auto root = ReadYaml(*source, diagnostics);
  if (!root) return std::nullopt;
  std::optional<Pair> pair = PairReader(*root, loader, asked, reporter).Read();
  diagnostics.Sort();
  if (diagnostics.has_errors()) return std::nullopt;
  return pair;
}

bool IsUnreadable(const text::Diagnostic& diagnostic) {
  return diagnostic.rule == &rules::kUnreadable || diagnostic.rule == &rules::kTooLarge;
}

}  // namespace dhcpair::pair
