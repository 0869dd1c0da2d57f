#include "diff_pair.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "node_files.h"
#include "pair/load.h"
#include "sync/redact.h"
#include "text/table.h"
#include "text/unified_diff.h"
#include "text/utf8.h"

namespace dhcpair {
namespace {

using pair::Role;
using sync::FileDrift;
using sync::FileKind;
using sync::ManagedFile;
using sync::ManagedKind;
using Json = nlohmann::ordered_json;

std::string_view Name(ManagedKind kind) {
  switch (kind) {
    case ManagedKind::kConf:
      return "conf";
    case ManagedKind::kOmapiKey:
      return "omapi-key";
    case ManagedKind::kMaster:
      return "master";
    case ManagedKind::kShared:
      return "shared";
    case ManagedKind::kBoot:
      return "boot";
  }
  return "";
}

// What differs between two texts, and why it is not shown where it is not.
struct Shown {
  std::optional<text::TextDiff> diff = {};
  std::string why_not = {};
};

// Files of a node by their paths.
using Contents = std::map<std::string, std::string>;

class PairDiff {
 public:
  PairDiff(NodePair& nodes, const NodeFiles& files, const DiffPairOptions& options,
           PairOutcome& outcome)
      : nodes_(nodes), files_(files), options_(options), outcome_(outcome) {
    std::vector<std::string> known;
    for (const Role role : pair::kBothRoles) {
      const auto& omapi = nodes.pair().node(role).omapi;
      if (omapi) known.push_back(omapi->secret.reveal());
    }
    redactor_ = sync::Redactor(std::move(known));
  }

  void Run() {
    Fetch();
    for (const Role role : pair::kBothRoles) {
      if (files_.facts[role]) ShowNode(role);
    }
    for (const sync::SharedDrift& drift : files_.between) ShowBetween(drift);
    if (options_.is_stat) outcome_.out += text::FormatTable(rows_);
    if (has_differences_) outcome_.exit_code = Worse(outcome_.exit_code, ExitCode::kFallsShort);
  }

  bool has_differences() const { return has_differences_; }

 private:
  // What has the same digest as here is known; what is secret, or too long, does not travel.
  void Fetch() {
    using Fetched = std::optional<sync::NodeAgent::Result<Contents>>;
    auto fetched = sync::OnBoth([&](Role role) -> Fetched {
      std::vector<std::string> paths;
      if (!files_.facts[role]) return std::nullopt;
      for (const FileDrift& drift : files_.drifts[role]) {
        if (drift.has_other_contents && WhyNotShown(role, drift).empty()) {
          paths.push_back(drift.path);
        }
      }
      if (paths.empty()) return Contents();
      return nodes_.agent(role).Fetch(paths);
    });
    for (const Role role : pair::kBothRoles) {
      if (!fetched[role]) continue;
      if (*fetched[role]) {
        contents_[role] = **std::move(fetched[role]);
      } else {
        AddProblem(nodes_.pair(), ProblemOf(role, "fetch", fetched[role]->error()), outcome_);
      }
    }
  }

  std::string WhyNotShown(Role role, const FileDrift& drift) const {
    if (drift.kind == ManagedKind::kOmapiKey) return "it is secret and not shown";
    const auto& all = files_.facts[role]->files;
    const auto facts = std::ranges::find(all, drift.path, &sync::FileFacts::path);
    if (facts != all.end() && facts->bytes > pair::kSharedFileBytesMax) {
      return fmt::format("{} bytes are too many to show", facts->bytes);
    }
    return "";
  }

  const ManagedFile& WantedOf(Role role, const std::string& path) const {
    return *std::ranges::find(files_.wanted[role], path, &ManagedFile::path);
  }

  std::string NodeName(Role role, const std::string& path) const {
    return fmt::format("{} on {}", path, TitleOf(nodes_.pair(), role));
  }

  // Nothing where the node does not have it as a file, or it was not fetched.
  const std::string* ContentsOf(Role role, const FileDrift& drift) const {
    if (drift.found != FileKind::kRegular) return nullptr;
    if (!drift.has_other_contents) return &WantedOf(role, drift.path).contents();
    const auto found = contents_[role].find(drift.path);
    return found == contents_[role].end() ? nullptr : &found->second;
  }

  Shown Compare(const std::string& before_name, const std::string& before,
                const std::string& after_name, const std::string& after) {
    const bool is_terminal = isatty(STDOUT_FILENO) == 1;
    const bool is_json = options_.common.format == Format::kJson;
    const std::string redacted_before = redactor_.Redact(before);
    const std::string redacted_after = redactor_.Redact(after);
    Shown shown{
        .diff = text::DiffTexts(
            {before_name, redacted_before, after_name, redacted_after},
            {.color = is_json ? text::Color::kNever : ColorFor(options_.common, STDOUT_FILENO),
             .is_visible = is_terminal && !is_json,
             .changed_lines_max = text::kShownLinesMax})};
    const std::size_t changed = shown.diff->removed + shown.diff->added;
    if (changed > text::kShownLinesMax) {
      shown.why_not = TooManyToShow(*shown.diff);
    } else if (changed == 0) {
      shown.why_not = "the file has changed since it was looked at";
    }
    return shown;
  }

  void ShowNode(Role role) {
    Json files = Json::array();
    for (const FileDrift& drift : files_.drifts[role]) {
      Shown shown;
      if (drift.has_other_contents) {
        shown.why_not = WhyNotShown(role, drift);
        const std::string* const found = ContentsOf(role, drift);
        const ManagedFile& wanted = WantedOf(role, drift.path);
        if (shown.why_not.empty() && found != nullptr) {
          shown =
              Compare(NodeName(role, drift.path), *found, wanted.from->name(), wanted.contents());
        }
      }
      Print(TitleOf(nodes_.pair(), role), drift.path, Describe(drift), drift.differs(), shown);
      files.push_back(FileJson(drift, shown));
    }
    outcome_.json["nodes"][std::string(pair::Name(role))]["files"] = std::move(files);
  }

  static void AddShown(const Shown& shown, Json& json) {
    if (shown.diff) {
      json["lines_removed"] = shown.diff->removed;
      json["lines_added"] = shown.diff->added;
      if (!shown.diff->text.empty()) json["diff"] = shown.diff->text;
    }
    if (!shown.why_not.empty()) json["why_no_diff"] = shown.why_not;
  }

  static Json FileJson(const FileDrift& drift, const Shown& shown) {
    Json json{{"path", drift.path},
              {"kind", Name(drift.kind)},
              {"found", Describe(drift.found)},
              {"differs", drift.differs()},
              {"edited_by_hand", drift.is_edited},
              {"unpushed", drift.is_unpushed},
              {"wanted_sha256", drift.wanted_sha256},
              {"wanted_mode", fmt::format("{:04o}", drift.wanted_mode)}};
    if (drift.found == FileKind::kRegular) {
      json["sha256"] = drift.sha256;
      json["mode"] = fmt::format("{:04o}", drift.mode);
    }
    AddShown(shown, json);
    return json;
  }

  void ShowBetween(const sync::SharedDrift& between) {
    const auto drift_of = [&](Role role) -> const FileDrift& {
      return *std::ranges::find(files_.drifts[role], between.path[role], &FileDrift::path);
    };
    const FileDrift& primary = drift_of(Role::kPrimary);
    const FileDrift& secondary = drift_of(Role::kSecondary);
    Shown shown;
    const std::string* const before = ContentsOf(Role::kPrimary, primary);
    const std::string* const after = ContentsOf(Role::kSecondary, secondary);
    if (before != nullptr && after != nullptr) {
      shown = Compare(NodeName(Role::kPrimary, primary.path), *before,
                      NodeName(Role::kSecondary, secondary.path), *after);
    }
    Print("both nodes", primary.path, "differs between the nodes", true, shown);
    Json json{{"kind", Name(between.kind)},
              {"paths", {{"primary", primary.path}, {"secondary", secondary.path}}}};
    AddShown(shown, json);
    outcome_.json["between_nodes"].push_back(std::move(json));
  }

  void Print(const std::string& where, const std::string& path, const std::string& what,
             bool differs, const Shown& shown) {
    has_differences_ = has_differences_ || differs;
    std::string said = what;
    if (!shown.why_not.empty()) said += ": " + shown.why_not;
    if (options_.is_stat) {
      const std::string counts =
          shown.diff ? fmt::format("-{} +{}", shown.diff->removed, shown.diff->added) : "";
      rows_.push_back({where, path, counts, said});
    } else if (differs) {
      outcome_.out += fmt::format("{}: {} {}\n", where, text::Visible(path), text::Visible(said));
      if (shown.diff) outcome_.out += shown.diff->text;
    }
  }

  NodePair& nodes_;
  const NodeFiles& files_;
  const DiffPairOptions& options_;
  PairOutcome& outcome_;
  sync::Redactor redactor_;
  sync::PerRole<Contents> contents_ = {};
  std::vector<std::vector<std::string>> rows_;
  bool has_differences_ = false;
};

// What can be said without a lie when nothing differs.
std::string Verdict(const NodeFiles& files) {
  const bool has_primary = files.facts.primary.has_value();
  const bool has_secondary = files.facts.secondary.has_value();
  if (has_primary && has_secondary) return "both nodes have what is here";
  if (has_primary) return "the primary has what is here; the secondary was not looked at";
  if (has_secondary) return "the secondary has what is here; the primary was not looked at";
  return "";
}

}  // namespace

PairOutcome DiffPair(NodePair& nodes, const DiffPairOptions& options) {
  PairOutcome outcome{.json = PairJson(nodes.pair())};
  outcome.json["between_nodes"] = Json::array();
  const auto files = LookAtFiles(nodes, options.common, options.templates, outcome);
  if (!files) return outcome;
  PairDiff diff(nodes, *files, options, outcome);
  diff.Run();
  const std::string verdict = Verdict(*files);
  if (!diff.has_differences() && !verdict.empty() && !options.common.quiet) {
    outcome.out += fmt::format("{}: {}\n", text::Visible(nodes.pair().source->name()), verdict);
  }
  return outcome;
}

}  // namespace dhcpair
