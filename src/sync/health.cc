#include "sync/health.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "sync/drift.h"
#include "sync/proof.h"

namespace dhcpair::sync {
namespace {

using failover::State;
using pair::Role;

constexpr std::string_view kPushBeforeStart = "push to both before this node's dhcpd is started";
constexpr std::string_view kHowToEndDrift =
    "'dhcpair diff' shows what differs, 'dhcpair push' brings both nodes to what is here";

bool IsFirstStart(State state) {
  return state == State::kRecover || state == State::kRecoverDone || state == State::kStartup;
}

class Weighing {
 public:
  explicit Weighing(const PairView& view) : view_(view) {}

  Health Run() && {
    if (!view_.is_reached(Role::kPrimary) && !view_.is_reached(Role::kSecondary)) {
      NobodyAnswers();
      return std::move(health_);
    }
    for (const Role role : kBothRoles) WeighNode(role);
    WeighBoth();
    for (const PoolView& pool : view_.pools) WeighPool(pool);
    // The worst first; else as they were found.
    Health sorted;
    for (const Severity severity :
         {Severity::kCritical, Severity::kUnknown, Severity::kWarning, Severity::kNote}) {
      for (Finding& finding : health_.findings) {
        if (finding.severity == severity) sorted.findings.push_back(std::move(finding));
      }
    }
    return sorted;
  }

 private:
  void Add(Severity severity, std::string_view id, std::optional<Role> role, std::string message,
           std::string_view advice = "") {
    health_.findings.push_back({severity, id, role, std::move(message), std::string(advice)});
  }

  void NobodyAnswers() {
    Add(Severity::kUnknown, "nobody-answers", std::nullopt,
        fmt::format("neither node answers: the primary, {}; the secondary, {}",
                    view_.unreachable.primary, view_.unreachable.secondary),
        "look at the network between here and both nodes");
  }

  void WeighNode(Role role) {
    if (!view_.is_reached(role)) {
      Add(Severity::kCritical, "node-unreachable", role, view_.unreachable[role],
          "look at the node itself; what its partner says of it is above");
      return;
    }
    const NodeView& node = *view_.nodes[role];
    if (node.facts.link.service == ServiceState::kStopped) {
      Add(Severity::kCritical, "service-stopped", role, "dhcpd is not running",
          "look at its log for the reason; never start it on an older copy of its leases file");
    }
    WeighState(role, node);
    WeighFiles(role, node);
    WeighRest(role, node);
  }

  void WeighState(Role role, const NodeView& node) {
    const KnownState known = StateOf(view_, role);
    if (!known.state || *known.state == State::kUnknown) {
      // That dhcpd does not run was said, and is the worse of the two.
      if (node.facts.link.service == ServiceState::kStopped) return;
      Add(Severity::kUnknown, "state-unknown", role,
          "its failover state cannot be shown: " +
              (known.state ? std::string("it says unknown-state") : known.why_not),
          "look again in 20 s; 'omapi:' in the pair file lets dhcpd itself be asked");
      return;
    }
    if (*known.state == State::kNormal) return;
    const StateMeaning& meaning = MeaningOf(*known.state);
    const auto age = AgeOf(view_, role);
    const std::string since = age ? fmt::format(" for {}", ForPeople(*age)) : "";
    if (IsFirstStart(*known.state) && BothStartForTheFirstTime()) {
      Add(Severity::kNote, "first-start", role,
          fmt::format("{}{}: the first start of a new pair", failover::Name(*known.state), since),
          "look again in a minute");
      return;
    }
    Add(SeverityOf(*known.state, age), "state", role,
        fmt::format("{}{}: it {}{}", failover::Name(*known.state), since, meaning.meaning,
                    EndOfWait(node)),
        meaning.advice);
  }

  // A wait is easier to bear when its end is known.
  std::string EndOfWait(const NodeView& node) const {
    const auto end = EndOfRecoverWait(node.reading, view_.mclt);
    if (!end) return "";
    return fmt::format(", for another {}",
                       ForPeople(std::max<NodeTime>(0, *end - node.facts.link.now)));
  }

  // How long an interruption has lasted must be known to be taken for a short one.
  static Severity SeverityOf(State state, std::optional<std::int64_t> age) {
    if (state == State::kCommunicationsInterrupted && (!age || *age >= kInterruptedMax)) {
      return Severity::kCritical;
    }
    return MeaningOf(state).severity;
  }

  // Both in recover is how every new pair begins; a node that lost its leases is in recover alone.
  bool BothStartForTheFirstTime() const {
    return std::ranges::all_of(kBothRoles, [&](Role role) {
      if (!view_.is_reached(role)) return false;
      const KnownState known = StateOf(view_, role);
      const auto age = AgeOf(view_, role);
      return known.state && IsFirstStart(*known.state) && age && *age < kSettlingMax;
    });
  }

  void WeighFiles(Role role, const NodeView& node) {
    for (const FileDrift& file : node.files) {
      if (!file.differs()) continue;
      Add(Severity::kWarning, "drift", role, fmt::format("{} {}", file.path, Describe(file)),
          IsReplaceable(file.found) ? kHowToEndDrift : kHowToMakeReplaceable);
    }
  }

  void WeighRest(Role role, const NodeView& node) {
    const NodeFacts& facts = node.facts;
    if (!facts.leases.is_present) {
      const bool runs = facts.link.service == ServiceState::kRunning;
      Add(runs ? Severity::kCritical : Severity::kNote, "no-leases-file", role,
          runs ? "the leases file of a running dhcpd is gone"
               : "it has no leases file, without which dhcpd does not start",
          runs ? "do not restart dhcpd: it would forget all leases; find out who removed the file"
               : "");
    }
    if (facts.address == AddressState::kMissing) {
      Add(Severity::kNote, "address-missing", role,
          "it does not hold its failover address, so its partner cannot reach it");
    }
    if (facts.address == AddressState::kVirtual) {
      Add(Severity::kNote, "address-virtual", role,
          "its failover address is one that moves between nodes (CARP, VRRP)");
    }
    if (node.facts.is_restart_pending) {
      Add(Severity::kWarning, "restart-pending", role,
          "dhcpd still runs on the files before the last push, which was told not to restart it",
          "'dhcpair push' restarts it");
    }
    if (!node.leases_problem.empty()) {
      Add(Severity::kNote, "leases-not-read", role, node.leases_problem);
    }
  }

  void WeighBoth() {
    if (!view_.push.empty()) {
      Add(Severity::kCritical, "push-unfinished", std::nullopt, "unfinished push: " + view_.push);
    }
    for (const SharedDrift& drift : view_.between) {
      const std::string paths = drift.path.primary == drift.path.secondary
                                    ? drift.path.primary
                                    : drift.path.primary + " and " + drift.path.secondary;
      const bool can_push =
          IsReplaceable(drift.found.primary) && IsReplaceable(drift.found.secondary);
      Add(Severity::kWarning, "drift-between-nodes", std::nullopt,
          fmt::format("{} must be the same on both nodes, and {}", paths,
                      drift.path.primary == drift.path.secondary ? "is not" : "are not"),
          can_push ? kHowToEndDrift : kHowToMakeReplaceable);
    }
    if (!view_.is_reached(Role::kPrimary) || !view_.is_reached(Role::kSecondary)) {
      WeighLonelyGeneration();
      return;
    }
    WeighGenerations();
    WeighClocks();
    WeighNewestLeases();
    WeighVersions();
  }

  void WeighGenerations() {
    const int primary = view_.nodes.primary->facts.generation;
    const int secondary = view_.nodes.secondary->facts.generation;
    if (primary == secondary) return;
    const Role behind = primary < secondary ? Role::kPrimary : Role::kSecondary;
    Add(Severity::kWarning, "generation-pending", behind,
        fmt::format("it has generation {}, its partner {}: a push went to one node only",
                    std::min(primary, secondary), std::max(primary, secondary)),
        kPushBeforeStart);
  }

  // What the node that answers knows of one that does not: whoever repairs that one reads this
  // before it is switched on.
  void WeighLonelyGeneration() {
    for (const Role role : kBothRoles) {
      if (!view_.is_reached(role) || !view_.nodes[role]->facts.is_generation_alone) continue;
      Add(Severity::kWarning, "generation-pending", Other(role),
          fmt::format("generation {} was pushed to its partner alone, so it has older files",
                      view_.nodes[role]->facts.generation),
          kPushBeforeStart);
    }
  }

  void WeighClocks() {
    const auto& primary = view_.nodes.primary->clock_offset;
    const auto& secondary = view_.nodes.secondary->clock_offset;
    if (!primary || !secondary) return;
    const std::int64_t apart = std::abs(*primary - *secondary);
    if (apart < kClocksApartWarning) return;
    const bool is_too_far = apart > kClocksApartMax;
    Add(is_too_far ? Severity::kCritical : Severity::kWarning, "clocks-apart", std::nullopt,
        fmt::format("the clocks of the nodes are {} s apart{}", apart,
                    is_too_far
                        ? fmt::format(", and they refuse each other over {} s", kClocksApartMax)
                        : ""),
        "set both clocks by NTP");
  }

  // A node that is started on an older copy of its leases file goes straight to normal, and gives
  // away addresses that are in use.
  void WeighNewestLeases() {
    const auto& primary = *view_.nodes.primary;
    const auto& secondary = *view_.nodes.secondary;
    if (!primary.newest_lease || !secondary.newest_lease) return;
    if (StateOf(view_, Role::kPrimary).state != State::kNormal ||
        StateOf(view_, Role::kSecondary).state != State::kNormal) {
      return;
    }
    const std::int64_t lag = (*primary.newest_lease - primary.clock_offset.value_or(0)) -
                             (*secondary.newest_lease - secondary.clock_offset.value_or(0));
    if (std::abs(lag) <= kNewestLeaseLagMax) return;
    Add(Severity::kNote, "leases-older", lag < 0 ? Role::kPrimary : Role::kSecondary,
        fmt::format("its newest lease is {} older than its partner's: was an old leases file put "
                    "back?",
                    ForPeople(std::abs(lag))),
        "'dhcpair leases --compare' shows what each node knows; a node that was started on an old "
        "file is best stopped and started again on an empty one");
  }

  void WeighVersions() {
    const std::string& primary = view_.nodes.primary->facts.dhcpd_version;
    const std::string& secondary = view_.nodes.secondary->facts.dhcpd_version;
    if (primary.empty() || secondary.empty() || primary == secondary) return;
    Add(Severity::kNote, "versions-differ", std::nullopt,
        fmt::format("the nodes run different versions of dhcpd: {} and {}", primary, secondary));
  }

  // The pools of a pair that has just become normal are not shared yet.
  bool IsSettling() const {
    return std::ranges::any_of(kBothRoles, [&](Role role) {
      if (!view_.is_reached(role)) return false;
      const auto state = StateOf(view_, role).state;
      const auto age = AgeOf(view_, role);
      if (state && IsFirstStart(*state) && BothStartForTheFirstTime()) return true;
      return state == State::kNormal && age && *age < kSettlingMax;
    });
  }

  bool IsInPartnerDown() const {
    return std::ranges::any_of(kBothRoles, [&](Role role) {
      return view_.is_reached(role) && StateOf(view_, role).state == State::kPartnerDown;
    });
  }

  void WeighPool(const PoolView& pool) {
    if (pool.total == 0) return;
    const std::uint64_t left = pool.free + pool.backup;
    if (left * 100 < kPoolLeftMin * pool.total) {
      Add(Severity::kWarning, "pool-low", std::nullopt,
          fmt::format("pool {}: {} of {} addresses are left", pool.name, left, pool.total),
          "enlarge the range, or shorten the leases");
    }
    // A survivor takes from both halves, and one address cannot be shared.
    if (!pool.is_in_failover || pool.total == 1 || IsInPartnerDown()) return;
    WeighHalf(pool, "free", Role::kPrimary, pool.free);
    WeighHalf(pool, "backup", Role::kSecondary, pool.backup);
  }

  void WeighHalf(const PoolView& pool, std::string_view name, Role role, std::uint64_t half) {
    if (half * 100 >= kHalfLeftMin * pool.total) return;
    const bool is_settling = IsSettling();
    Add(is_settling ? Severity::kNote : Severity::kCritical, "half-low", role,
        fmt::format("pool {}: its half ({}) has {} of {} addresses{}", pool.name, name, half,
                    pool.total, is_settling ? "; the pair has just begun to share the pool" : ""),
        is_settling ? "look again in a minute" : "enlarge the range, or shorten the leases");
  }

  const PairView& view_;
  Health health_;
};

}  // namespace

Health Weigh(const PairView& view) { return Weighing(view).Run(); }

Severity Health::severity() const {
  Severity worst = Severity::kNote;
  for (const Finding& finding : findings) worst = std::max(worst, finding.severity);
  return worst;
}

int Health::monitoring_code() const {
  switch (severity()) {
    case Severity::kNote:
      return 0;
    case Severity::kWarning:
      return 1;
    case Severity::kCritical:
      return 2;
    case Severity::kUnknown:
      return 3;
  }
  return 3;
}

std::string_view Name(Severity severity) {
  switch (severity) {
    case Severity::kNote:
      return "note";
    case Severity::kWarning:
      return "warning";
    case Severity::kUnknown:
      return "unknown";
    case Severity::kCritical:
      return "critical";
  }
  return "";
}

std::string ForPeople(std::int64_t seconds) {
  constexpr std::int64_t kMinute = 60;
  constexpr std::int64_t kHour = 60 * kMinute;
  constexpr std::int64_t kDay = 24 * kHour;
  if (seconds < 2 * kMinute) return fmt::format("{} s", seconds);
  if (seconds < 2 * kHour) return fmt::format("{} min", seconds / kMinute);
  if (seconds < 2 * kDay) {
    return fmt::format("{} h {} min", seconds / kHour, seconds % kHour / kMinute);
  }
  return fmt::format("{} d {} h", seconds / kDay, seconds % kDay / kHour);
}

}  // namespace dhcpair::sync
