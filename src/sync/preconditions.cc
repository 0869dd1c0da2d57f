#include "sync/preconditions.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>

#include "sync/drift.h"
#include "text/utf8.h"

namespace dhcpair::sync {
namespace {

using failover::State;
using pair::Role;
using Looks = PerRole<std::optional<NodeLook>>;
using enum Obstacle::Weight;

constexpr std::chrono::seconds kClocksApartWarning{30};
// dhcpd refuses to talk to a partner whose clock is more than 60 s away.
constexpr std::chrono::seconds kClocksApartMax{60};

std::string StateWords(const NodeLook& look) {
  if (look.facts.link.service == ServiceState::kStopped) return "stopped";
  if (look.reading.mine) return std::string(failover::Name(*look.reading.mine));
  return look.reading.why_not.empty() ? "in no failover state" : "in a state that cannot be told";
}

bool IsNormal(const NodeLook& look, const NodeLook& partner) {
  if (look.reading.mine != State::kNormal || look.facts.link.service == ServiceState::kStopped) {
    return false;
  }
  if (look.reading.source == FailoverReading::Source::kOmapi) return true;
  // A node that was cut off keeps `normal` in its file until dhcpd has noticed, so the connection
  // must be seen, from one side at least.
  return look.facts.link.link == LinkState::kEstablished ||
         (look.facts.link.link == LinkState::kUnknown &&
          partner.facts.link.link == LinkState::kEstablished);
}

// A plain server, or one that never ran.
bool IsUnconfigured(const NodeLook& look) {
  return look.facts.link.state_block.empty() && !look.reading.mine;
}

class Search {
 public:
  Search(const pair::Pair& pair, const Looks& looks, const Allowances& allowed)
      : pair_(pair), looks_(looks), allowed_(allowed) {}

  std::vector<Obstacle> Run() && {
    for (const Role role : kBothRoles) {
      if (allowed_.only_node && role != *allowed_.only_node) continue;
      if (looks_[role]) LookAtNode(role, *looks_[role]);
    }
    if (looks_.primary && looks_.secondary && !allowed_.only_node) CompareNodes();
    LookAtCondition();
    return std::move(found_);
  }

 private:
  void Warn(std::optional<Role> role, std::string message) {
    found_.push_back({kWarning, role, std::move(message)});
  }
  void Refuse(std::optional<Role> role, std::string message) {
    found_.push_back({kRefusal, role, std::move(message)});
  }

  void LookAtNode(Role role, const NodeLook& look) {
    const NodeFacts& facts = look.facts;
    const pair::Node& node = pair_.node(role);
    if (facts.dhcpd_version.empty()) {
      Refuse(role, fmt::format("there is no ISC dhcpd at '{}'; install it, or say where it is with "
                               "'paths: {{dhcpd: PATH}}'",
                               node.paths.dhcpd.text()));
    }
    LookAtAddress(role, facts.address);
    LookAtLeases(role, facts);
    for (const FileFacts& file : facts.files) {
      if (IsReplaceable(file.kind)) continue;
      Refuse(role, fmt::format("'{}' is {}, and {}", text::Visible(file.path), Describe(file.kind),
                               kHowToMakeReplaceable));
    }
    if (!facts.lock || facts.lock->is_stale || allowed_.steal_lock) return;
    Refuse(role,
           fmt::format("{} holds the lock and was heard {} s ago; wait for that push, or take "
                       "the lock with --steal-lock if it is gone for good",
                       text::Visible(facts.lock->owner),
                       std::max<NodeTime>(facts.link.now - facts.lock->heartbeat, 0)));
  }

  void LookAtAddress(Role role, AddressState state) {
    const std::string address = pair_.node(role).address.ToString();
    switch (state) {
      case AddressState::kHeld:
        return;
      case AddressState::kMissing:
        return Refuse(role, fmt::format("it does not have its failover address {}; 'address:' is "
                                        "one that stands on an interface of this very node",
                                        address));
      case AddressState::kVirtual:
        return Refuse(role, fmt::format("{} is an address that moves between nodes (CARP, VRRP); "
                                        "failover needs one that stays on this node",
                                        address));
      case AddressState::kUnknown:
        return Warn(role,
                    fmt::format("whether it has its failover address {} cannot be told", address));
    }
  }

  void LookAtLeases(Role role, const NodeFacts& facts) {
    if (facts.leases.is_present || facts.generation == 0) return;
    Refuse(role, fmt::format(
                     "its leases file '{}' is gone, although dhcpair has pushed here before; with "
                     "an empty one in its place dhcpd asks its partner for all leases, so make "
                     "one by hand if the old one is really lost",
                     pair_.node(role).paths.leases.text()));
  }

  void CompareNodes() {
    const NodeLook& primary = *looks_.primary;
    const NodeLook& secondary = *looks_.secondary;
    const std::string& version = primary.facts.dhcpd_version;
    const std::string& other = secondary.facts.dhcpd_version;
    if (!version.empty() && !other.empty() && version != other) {
      Warn({},
           fmt::format("the primary runs dhcpd {}, the secondary {}; failover is tried with the "
                       "same version on both",
                       text::Visible(version), text::Visible(other)));
    }
    const std::chrono::seconds apart = ClocksApart(primary, secondary);
    const long seconds = std::abs(apart.count());
    if (seconds <= kClocksApartWarning.count()) return;
    const std::string message = fmt::format(
        "the primary's clock is {} s {} the secondary's; dhcpd gives up on a partner "
        "from 60 s on, so set both by NTP",
        seconds, apart.count() > 0 ? "ahead of" : "behind");
    if (seconds > kClocksApartMax.count()) {
      Refuse({}, message);
    } else {
      Warn({}, message);
    }
  }

  void LookAtCondition() {
    const PairCondition condition = ConditionOf(looks_);
    if (allowed_.only_node) {
      if (condition != PairCondition::kNormal) return;
      return Refuse({}, fmt::format("both nodes are in normal; --only-node is for a pair of which "
                                    "one is away, and would make the {} differ",
                                    Name(Other(*allowed_.only_node))));
    }
    if (condition != PairCondition::kDegraded) return;
    if (!looks_.primary || !looks_.secondary) return;  // Said already, as what it is.
    const std::string states =
        fmt::format("the primary is {}, the secondary {}", StateWords(*looks_.primary),
                    StateWords(*looks_.secondary));
    if (allowed_.degraded) {
      return Warn({}, states + "; normal will be waited for, but not demanded");
    }
    Refuse({}, states +
                   "; a push wants both in normal (see 'dhcpair status'): --only-node NODE "
                   "pushes to the one that lives, --allow-degraded to both as they are");
  }

  const pair::Pair& pair_;
  const Looks& looks_;
  const Allowances& allowed_;
  std::vector<Obstacle> found_;
};

}  // namespace

std::chrono::seconds ClocksApart(const NodeLook& primary, const NodeLook& secondary) {
  using std::chrono::milliseconds;
  // The node read its clock, which shows whole seconds, at some moment between question and answer.
  const auto earliest = [](const NodeLook& look) {
    return milliseconds(look.facts.link.now * 1000) - look.answered_at;
  };
  const auto latest = [](const NodeLook& look) {
    return milliseconds((look.facts.link.now + 1) * 1000) - look.asked_at;
  };
  const milliseconds low = earliest(primary) - latest(secondary);
  const milliseconds high = latest(primary) - earliest(secondary);
  if (low.count() > 0) return std::chrono::floor<std::chrono::seconds>(low);
  if (high.count() < 0) return std::chrono::ceil<std::chrono::seconds>(high);
  return std::chrono::seconds{0};
}

PairCondition ConditionOf(const Looks& looks) {
  if (!looks.primary || !looks.secondary) return PairCondition::kDegraded;
  if (IsNormal(*looks.primary, *looks.secondary) && IsNormal(*looks.secondary, *looks.primary)) {
    return PairCondition::kNormal;
  }
  if (IsUnconfigured(*looks.primary) && IsUnconfigured(*looks.secondary)) {
    return PairCondition::kNeverConfigured;
  }
  return PairCondition::kDegraded;
}

std::vector<Obstacle> FindObstacles(const pair::Pair& pair, const Looks& looks,
                                    const Allowances& allowed) {
  return Search(pair, looks, allowed).Run();
}

}  // namespace dhcpair::sync
