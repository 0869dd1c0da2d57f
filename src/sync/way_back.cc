#include "sync/way_back.h"

#include <fmt/core.h>

#include <algorithm>

namespace dhcpair::sync {
namespace {

using pair::Role;
using std::chrono::seconds;

// How long a node that came back may take to be connected to its partner again.
constexpr seconds kReturnMax{60};
constexpr seconds kLookEvery{2};

class Returner {
 public:
  Returner(BothNodes& nodes, const std::string& push, const PushReach& reach, StepTalk& talk)
      : nodes_(nodes), push_(push), reach_(reach), talk_(talk) {}

  WayBack Run() && {
    std::vector<Role> files_only;
    for (const Role role : reach_.touched) {
      if (!Has(reach_.restarted, role)) files_only.push_back(role);
    }
    Back(files_only);
    std::vector<Role> waiting = InOrder();
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      const Role role = waiting[i];
      if (!IsDown(role) && !PartnerServes(role)) {
        talk_.Progress(Step::kRollBack,
                       fmt::format("the {} may be the only one that serves, and is left to its "
                                   "watchdog",
                                   Name(role)));
        result_.left_alone.push_back(role);
        continue;
      }
      Back({role});
      if (i + 1 < waiting.size() && !reach_.is_joint) AwaitReturn(role);
    }
    return std::move(result_);
  }

 private:
  // Those that are down first, then the secondary, then the primary.
  std::vector<Role> InOrder() {
    std::vector<Role> roles;
    if (reach_.restarted.empty()) return roles;
    if (Has(reach_.restarted, Role::kSecondary)) roles.push_back(Role::kSecondary);
    if (Has(reach_.restarted, Role::kPrimary)) roles.push_back(Role::kPrimary);
    sight_ = nodes_.Look(nodes_.nodes().reached()).sight;
    if (roles.size() == 2 && !IsDown(roles.front()) && IsDown(roles.back())) {
      std::swap(roles.front(), roles.back());
    }
    return roles;
  }

  bool IsDown(Role role) const {
    return sight_.nodes[role] && sight_.nodes[role]->link.service == ServiceState::kStopped;
  }

  bool PartnerServes(Role role) {
    // Of a pair whose other half was left out there is no partner to wait for.
    if (nodes_.nodes().agents[Other(role)] == nullptr) return true;
    sight_ = nodes_.Look(nodes_.nodes().reached()).sight;
    const auto& partner = sight_.nodes[Other(role)];
    if (partner) return partner->link.service != ServiceState::kStopped;
    // It cannot be looked at, but its partner may still be connected to it.
    return sight_.nodes[role] && sight_.nodes[role]->link.link == LinkState::kEstablished;
  }

  void Back(const std::vector<Role>& roles) {
    if (roles.empty()) return;
    for (const Role role : roles) {
      talk_.Progress(Step::kRollBack, fmt::format("the {}", Name(role)));
    }
    auto results = nodes_.Do<void>(roles, [&](NodeAgent& agent) -> NodeAgent::Result<void> {
      if (auto back = agent.RollBack(push_); !back) return back;
      auto finished = agent.Finish(push_);
      // A disk too full for a line of the audit log is no reason to call the way back incomplete.
      if (finished && !reach_.audit.empty()) (void)agent.Record(reach_.audit);
      return finished;
    });
    for (const Role role : roles) {
      if (*results[role]) {
        nodes_.StopBeating(role);
      } else {
        result_.errors.push_back(nodes_.ErrorAt(role, Step::kRollBack, results[role]->error()));
      }
    }
  }

  // Both are never away at once: the next one waits until this one has its partner again.
  void AwaitReturn(Role role) {
    const auto until = nodes_.waiting().Now() + kReturnMax;
    while (nodes_.waiting().Now() < until) {
      sight_ = nodes_.Look(nodes_.nodes().reached()).sight;
      const auto& node = sight_.nodes[role];
      if (!node || node->link.link == LinkState::kEstablished || !sight_.nodes[Other(role)] ||
          IsDown(Other(role))) {
        return;
      }
      nodes_.waiting().Sleep(kLookEvery);
    }
  }

  BothNodes& nodes_;
  const std::string& push_;
  const PushReach& reach_;
  StepTalk& talk_;
  Sight sight_;
  WayBack result_;
};

}  // namespace

WayBack TakeBack(BothNodes& nodes, const std::string& push, const PushReach& reach,
                 StepTalk& talk) {
  return Returner(nodes, push, reach, talk).Run();
}

}  // namespace dhcpair::sync
