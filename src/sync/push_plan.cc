#include "sync/push_plan.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "base/sha256.h"
#include "generate/stamp.h"
#include "leases/limits.h"
#include "leases/reader.h"
#include "remote/get_put.h"
#include "sync/node_sources.h"
#include "sync/redact.h"
#include "text/unified_diff.h"
#include "text/utf8.h"

namespace dhcpair::sync {
namespace {

using pair::Role;
using enum Obstacle::Weight;

// A node that helps itself is down for the watchdog's time at most, and the primary goes 60 s
// after the secondary.
constexpr std::chrono::seconds kLongestRestart{180};
// More of them are counted and not named.
constexpr std::size_t kLeasesNamed = 5;

const FileFacts* FactsOf(const NodeLook& look, const std::string& path) {
  const auto found = std::ranges::find(look.facts.files, path, &FileFacts::path);
  return found == look.facts.files.end() ? nullptr : &*found;
}

bool IsSame(const FileFacts* facts, const ManagedFile& file) {
  return facts != nullptr && facts->kind == FileKind::kRegular && facts->sha256 == file.sha256;
}

bool IsEdited(const FileFacts* facts) {
  return facts != nullptr && facts->kind == FileKind::kRegular && !facts->pushed_sha256.empty() &&
         facts->sha256 != facts->pushed_sha256;
}

class Planner {
 public:
  Planner(BothNodes& nodes, const PlanOptions& options, PushPlan& plan)
      : nodes_(nodes), pair_(nodes.pair()), options_(options), plan_(plan) {}

  std::optional<StepError> Run() {
    if (auto error = FetchWhatDiffers()) return error;
    for (const Role role : plan_.roles) {
      for (const ManagedFile& file : plan_.files[role]) CompareFile(role, file);
    }
    FindPendingRestarts();
    if (plan_.is_empty()) return std::nullopt;
    ReadStates();
    plan_.obstacles = FindObstacles(pair_, plan_.looks, options_.allowed);
    NumberGeneration();
    if (auto error = ShowDrift()) return error;
    NameDriftThatStays();
    if (auto error = JudgeConfiguration()) return error;
    JudgeAutoPartnerDown();
    ChooseRestarts();
    return std::nullopt;
  }

 private:
  void Add(Obstacle::Weight weight, std::optional<Role> role, std::string message) {
    plan_.obstacles.push_back({weight, role, std::move(message)});
  }

  // What the nodes have in the place of `paths`, side by side; adds it to what is present.
  std::optional<StepError> Fetch(const PerRole<std::vector<std::string>>& paths) {
    std::vector<Role> roles;
    for (const Role role : plan_.roles) {
      if (!paths[role].empty()) roles.push_back(role);
    }
    if (roles.empty()) return std::nullopt;
    auto fetched = nodes_.Do<FileSet>(
        roles, [&](NodeAgent& agent) { return agent.Fetch(paths[agent.role()]); });
    if (auto error = nodes_.ErrorIn(fetched, Step::kInspect)) return error;
    for (const Role role : roles) plan_.present[role].merge(**fetched[role]);
    return std::nullopt;
  }

  std::optional<StepError> FetchWhatDiffers() {
    PerRole<std::vector<std::string>> paths;
    for (const Role role : plan_.roles) {
      for (const ManagedFile& file : plan_.files[role]) {
        const FileFacts* facts = FactsOf(*plan_.looks[role], file.path);
        if (IsSame(facts, file)) {
          plan_.present[role].emplace(file.path, file.contents());
        } else if (facts != nullptr && facts->kind == FileKind::kRegular) {
          paths[role].push_back(file.path);
        }
      }
    }
    return Fetch(paths);
  }

  void CompareFile(Role role, const ManagedFile& file) {
    if (IsSame(FactsOf(*plan_.looks[role], file.path), file)) return;
    const auto old = plan_.present[role].find(file.path);
    FileChange change{.role = role, .path = file.path, .diff = {}, .is_new = false};
    change.is_new = old == plan_.present[role].end();
    const std::string before = change.is_new ? "" : old->second;
    change.is_head_only =
        !change.is_new && generate::WithoutStamp(before) == generate::WithoutStamp(file.contents());
    change.diff = fmt::format("--- {}:{}\n", Name(role), file.path) + DiffOnce(before, file);
    plan_.changes.push_back(std::move(change));
  }

  // Without its first line, which names the node: of what both share there is one diff.
  std::string DiffOnce(const std::string& before, const ManagedFile& file) {
    std::string key = base::Sha256Hex(before) + file.sha256 + file.from->name();
    const auto known = diffs_.find(key);
    if (known != diffs_.end()) return known->second;
    const std::string diff = Diff("-", before, file.from->name(), file.contents());
    return diffs_.emplace(std::move(key), diff.substr(diff.find('\n') + 1)).first->second;
  }

  std::string Diff(const std::string& before_name, const std::string& before,
                   const std::string& after_name, const std::string& after) {
    Redactor redactor(Secrets());
    const std::string old_text = redactor.Redact(before);
    const std::string new_text = redactor.Redact(after);
    const text::TextDiff diff = text::DiffTexts({before_name, old_text, after_name, new_text},
                                                {.changed_lines_max = text::kShownLinesMax});
    if (diff.removed + diff.added <= text::kShownLinesMax) return diff.text;
    return fmt::format("--- {}\n+++ {}\n{}\n", before_name, after_name, TooManyToShow(diff));
  }

  std::vector<std::string> Secrets() const {
    std::vector<std::string> secrets;
    for (const Role role : kBothRoles) {
      const auto& omapi = pair_.node(role).omapi;
      if (omapi) secrets.push_back(omapi->secret.reveal());
    }
    return secrets;
  }

  void ReadStates() {
    OnBoth([&](Role role) {
      auto& look = plan_.looks[role];
      if (!look || nodes_.nodes().transports[role] == nullptr) return 0;
      look->reading = ReadFailover(*nodes_.nodes().transports[role], pair_, role, look->facts.link);
      return 0;
    });
    plan_.condition = ConditionOf(plan_.looks);
  }

  // A file that somebody changed on a node is shown as it was pushed and as it is now.
  std::optional<StepError> ShowDrift() {
    std::vector<Role> roles;
    for (const FileChange& change : plan_.changes) {
      if (IsEdited(FactsOf(*plan_.looks[change.role], change.path)) && !Has(roles, change.role)) {
        roles.push_back(change.role);
      }
    }
    if (roles.empty()) return std::nullopt;
    auto pushed = nodes_.Do<FileSet>(roles, [&](NodeAgent& agent) {
      return agent.FetchGeneration(plan_.looks[agent.role()]->facts.generation);
    });
    if (auto error = nodes_.ErrorIn(pushed, Step::kInspect)) return error;
    for (FileChange& change : plan_.changes) {
      if (!IsEdited(FactsOf(*plan_.looks[change.role], change.path))) continue;
      const FileSet& generation = **pushed[change.role];
      const auto old = generation.find(change.path);
      change.drift = Diff("as pushed", old == generation.end() ? "" : old->second,
                          "as it is on the node", plan_.present[change.role][change.path]);
      Add(options_.overwrite_drift ? kWarning : kRefusal, change.role,
          fmt::format("'{}' was changed on the node since the last push{}",
                      text::Visible(change.path),
                      options_.overwrite_drift
                          ? "; that change will be lost"
                          : "; take the change over into your own file, or give it up with "
                            "--overwrite-drift"));
    }
    return std::nullopt;
  }

  // With this push it becomes part of a generation, and the next one shows it no more.
  void NameDriftThatStays() {
    for (const Role role : plan_.roles) {
      for (const ManagedFile& file : plan_.files[role]) {
        const FileFacts* facts = FactsOf(*plan_.looks[role], file.path);
        if (!IsSame(facts, file) || !IsEdited(facts)) continue;
        Add(kWarning, role,
            fmt::format("'{}' was changed on the node since the last push, and that change stays",
                        text::Visible(file.path)));
      }
    }
  }

  std::optional<StepError> JudgeConfiguration() {
    auto sources = nodes_.Do<FileSet>(plan_.roles, [&](NodeAgent& agent) {
      return FetchSources(agent, std::move(plan_.present[agent.role()]), {},
                          ConfPath(agent.role()));
    });
    if (auto error = nodes_.ErrorIn(sources, Step::kInspect)) return error;
    for (const Role role : plan_.roles) plan_.present[role] = **std::move(sources[role]);
    PerRole<std::optional<conf::Model>> before;
    PerRole<std::optional<conf::Model>> after;
    PerRole<const conf::Model*> before_models{nullptr, nullptr};
    PerRole<const conf::Model*> after_models{nullptr, nullptr};
    OnBoth([&](Role role) {
      if (!Has(plan_.roles, role)) return 0;
      before_models[role] =
          &before[role].emplace(ReadNodeModel(plan_.present[role], ConfPath(role)));
      FileSet files = plan_.present[role];  // With what is not managed.
      for (const ManagedFile& file : plan_.files[role]) files[file.path] = file.contents();
      after_models[role] = &after[role].emplace(ReadNodeModel(files, ConfPath(role)));
      return 0;
    });
    for (const Role role : plan_.roles) {
      if (after[role]->peers.empty()) plan_.has_failover = false;
    }
    plan_.kind = KindOfChange(before_models, after_models);
    if (plan_.kind.change_class == ChangeClass::kJoint) JudgeJoint();
    JudgeMclt(before_models, after_models);
    std::vector<const conf::Model*> all_after;
    for (const Role role : plan_.roles) all_after.push_back(&*after[role]);
    for (const Role role : plan_.roles) {
      const auto lost = LostAddresses(*before[role], all_after);
      if (lost.empty()) continue;
      if (auto error = CountLeases(role, lost)) return error;
    }
    return std::nullopt;
  }

  std::string ConfPath(Role role) const { return pair_.node(role).paths.conf.text(); }

  void JudgeJoint() {
    plan_.expected_outage =
        "from the restart of the primary until both are in normal nobody is served: 5 to 20 s as a "
        "rule, longer where dhcpd reads many leases; clients keep their addresses meanwhile";
    if (!options_.allowed.only_node) return;
    Add(kRefusal, {},
        fmt::format("{}, which both nodes must do together; push to both when the {} is back",
                    plan_.kind.why, Name(Other(*options_.allowed.only_node))));
  }

  void JudgeMclt(const PerRole<const conf::Model*>& before,
                 const PerRole<const conf::Model*>& after) {
    if (before.primary == nullptr || plan_.condition == PairCondition::kNeverConfigured) return;
    const auto change = FindMcltChange(*before.primary, *after.primary);
    if (!change) return;
    Add(kWarning, {},
        fmt::format(
            "mclt changes from {} to {} on a live pair; leases that were given under the old "
            "one keep it, so wait {} s before either node is set to partner-down",
            change->before, change->after, std::max(change->before, change->after)));
  }

  // dhcpd forgets leases outside of its ranges at its next start, for good.
  std::optional<StepError> CountLeases(Role role, const std::vector<AddressSpan>& lost) {
    if (!plan_.looks[role]->facts.leases.is_present) return std::nullopt;
    const std::string path = pair_.node(role).paths.leases.text();
    auto contents = remote::Get(*nodes_.nodes().transports[role], path, leases::kFileBytesMax);
    if (!contents) {
      const auto kind =
          contents.error().failure ? NodeError::Kind::kUnreachable : NodeError::Kind::kFailed;
      return nodes_.ErrorAt(role, Step::kInspect,
                            {kind, "its leases cannot be counted: " + contents.error().message});
    }
    const DroppedLeases dropped =
        FindDroppedLeases(*contents, lost, plan_.looks[role]->facts.link.now);
    if (dropped.count == 0) return std::nullopt;
    std::string which;
    for (const std::string& address : dropped.first) which += (which.empty() ? "" : ", ") + address;
    if (dropped.count > dropped.first.size()) which += ", …";
    Add(options_.allow_drop_leases ? kWarning : kRefusal, role,
        fmt::format("{} {} in use would be dropped for good, for no range has {} any more: {}{}",
                    dropped.count, dropped.count == 1 ? "lease" : "leases",
                    dropped.count == 1 ? "it" : "them", which,
                    options_.allow_drop_leases
                        ? ""
                        : "; keep the range until they have ended, or say --allow-drop-leases"));
    return std::nullopt;
  }

  void JudgeAutoPartnerDown() {
    for (const Role role : plan_.roles) {
      const auto& after = pair_.node(role).tuning.auto_partner_down;
      if (!after || after->count() == 0 || after->count() >= kLongestRestart.count()) continue;
      Add(kRefusal, role,
          fmt::format("'auto-partner-down' of {} s is shorter than the longest restart of a push, "
                      "{} s: a node could take its partner for dead while it restarts; make it "
                      "longer or leave it out",
                      after->count(), kLongestRestart.count()));
    }
  }

  void ChooseRestarts() {
    for (const Role role : plan_.roles) {
      const bool is_changed = std::ranges::any_of(plan_.changes, [&](const FileChange& change) {
        return change.role == role && !change.is_head_only;
      });
      const bool is_pending = Has(plan_.restarts, role);
      if (!is_pending && (is_changed || plan_.kind.change_class == ChangeClass::kJoint)) {
        plan_.restarts.push_back(role);
      }
    }
  }

  // Where an earlier push was told not to restart dhcpd, this one makes up for it.
  void FindPendingRestarts() {
    for (const Role role : plan_.roles) {
      if (!plan_.looks[role]->facts.is_restart_pending) continue;
      plan_.restarts.push_back(role);
    }
  }

  // Beyond what either node has; an edit by hand becomes a generation of its own before it.
  void NumberGeneration() {
    int highest = 0;
    bool is_edited = false;
    for (const Role role : kBothRoles) {
      if (plan_.looks[role]) highest = std::max(highest, plan_.looks[role]->facts.generation);
    }
    for (const FileChange& change : plan_.changes) {
      is_edited = is_edited || IsEdited(FactsOf(*plan_.looks[change.role], change.path));
    }
    plan_.generation = highest + (is_edited ? 2 : 1);
  }

  BothNodes& nodes_;
  const pair::Pair& pair_;
  const PlanOptions& options_;
  PushPlan& plan_;
  std::map<std::string, std::string> diffs_;
};

}  // namespace

bool PushPlan::is_refused() const {
  return std::ranges::any_of(obstacles,
                             [](const Obstacle& obstacle) { return obstacle.weight == kRefusal; });
}

std::string Describe(const Obstacle& obstacle, const pair::Pair& pair) {
  if (!obstacle.role) return obstacle.message;
  return fmt::format("{} ({}): {}", Name(*obstacle.role),
                     text::Visible(pair.node(*obstacle.role).host), obstacle.message);
}

std::string FirstRefusal(const PushPlan& plan, const pair::Pair& pair) {
  const auto first = std::ranges::find(plan.obstacles, kRefusal, &Obstacle::weight);
  return first == plan.obstacles.end() ? "" : Describe(*first, pair);
}

DroppedLeases FindDroppedLeases(std::string_view leases_file, std::span<const AddressSpan> lost,
                                NodeTime now) {
  const leases::LeasesFile file = leases::ReadLeases(leases_file);
  DroppedLeases dropped;
  for (const leases::Database::Index index : file.database.InOrder()) {
    const leases::Lease lease = file.database.At(index);
    const bool is_lost = std::ranges::any_of(lost, [&](const AddressSpan& span) {
      return span.first <= lease.address && lease.address <= span.last;
    });
    const bool is_in_use =
        lease.is_reserved || (lease.state == failover::BindingState::kActive && lease.ends >= now);
    if (!is_lost || !is_in_use) continue;
    ++dropped.count;
    if (dropped.first.size() < kLeasesNamed) dropped.first.push_back(lease.address.ToString());
  }
  return dropped;
}

std::expected<PushPlan, StepError> PlanPush(BothNodes& nodes,
                                            const PerRole<std::vector<ManagedFile>>& files,
                                            const PerRole<std::optional<NodeLook>>& looks,
                                            const PlanOptions& options) {
  PushPlan plan;
  plan.files = files;
  plan.looks = looks;
  for (const Role role : kBothRoles) {
    if (options.allowed.only_node && role != *options.allowed.only_node) continue;
    if (looks[role]) plan.roles.push_back(role);
  }
  if (auto error = Planner(nodes, options, plan).Run()) return std::unexpected(*std::move(error));
  return plan;
}

std::expected<PerRole<std::optional<NodeLook>>, StepError> InspectNodes(
    BothNodes& nodes, const PerRole<std::vector<std::string>>& paths) {
  PerRole<std::optional<NodeLook>> looks;
  const std::vector<Role> roles = nodes.nodes().reached();
  auto results = nodes.Do<NodeLook>(roles, [&](NodeAgent& agent) -> NodeAgent::Result<NodeLook> {
    NodeLook look;
    look.asked_at = nodes.waiting().Now();
    auto facts = agent.Inspect(paths[agent.role()]);
    look.answered_at = nodes.waiting().Now();
    if (!facts) return std::unexpected(std::move(facts.error()));
    // OMAPI is asked when something is to be changed; with nothing to change this one call is all.
    look.reading = ReadSavedFailover(nodes.pair(), facts->link);
    look.facts = *std::move(facts);
    return look;
  });
  if (auto error = nodes.ErrorIn(results, Step::kInspect))
    return std::unexpected(*std::move(error));
  for (const Role role : roles) looks[role] = **std::move(results[role]);
  return looks;
}

}  // namespace dhcpair::sync
