#include "sync/both_nodes.h"

#include <algorithm>
#include <future>

namespace dhcpair::sync {

using pair::Role;

std::vector<Role> PairNodes::reached() const {
  std::vector<Role> roles;
  for (const Role role : kBothRoles) {
    if (agents[role] != nullptr) roles.push_back(role);
  }
  return roles;
}

void BothNodes::BeatFor(std::string push, std::vector<Role> roles, std::chrono::seconds limit) {
  push_ = std::move(push);
  beating_ = std::move(roles);
  beat_every_ = std::min<std::chrono::milliseconds>(kHeartbeat, limit / 4);
}

StepError BothNodes::ErrorAt(Role role, Step step, NodeError error) const {
  return {role, nodes_.pair.node(role).host, step, std::move(error)};
}

void BothNodes::Run(const std::vector<Role>& roles, const std::function<void(Role)>& work) {
  for (const Role role : roles) busy_[role] = true;
  waiting_.RunWith(
      [&] {
        std::vector<std::future<void>> others;
        const auto do_one = [&](Role role) {
          work(role);
          busy_[role] = false;
        };
        for (std::size_t i = 1; i < roles.size(); ++i) {
          others.push_back(std::async(std::launch::async, do_one, roles[i]));
        }
        if (!roles.empty()) do_one(roles.front());
        for (std::future<void>& other : others) other.get();
      },
      beat_every_, [&] { BeatIdle(); });
}

void BothNodes::BeatIdle() {
  for (const Role role : beating_) {
    // A node that is lost shows at its next step; nothing can be done about it here.
    if (!busy_[role]) (void)nodes_.agents[role]->Beat(push_);
  }
}

BothNodes::Looked BothNodes::Look(const std::vector<Role>& roles) {
  Looked looked;
  Run(roles, [&](Role role) {
    NodeAgent& agent = *nodes_.agents[role];
    const bool is_beating = Has(beating_, role);
    auto link = is_beating ? agent.Beat(push_) : agent.Look();
    if (!link) {
      looked.errors[role] = std::move(link.error());
      return;
    }
    FailoverReading reading = ReadFailover(*nodes_.transports[role], nodes_.pair, role, *link);
    looked.sight.nodes[role] = NodeSight{*std::move(link), std::move(reading)};
  });
  looked.sight.at = waiting_.Now();
  return looked;
}

}  // namespace dhcpair::sync
