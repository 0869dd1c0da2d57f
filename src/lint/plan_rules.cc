#include "lint/plan_rules.h"

#include <fmt/core.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "lint/places.h"

namespace dhcpair::lint {

using conf::Index;
using conf::Pool;
using text::Rule;
using enum text::Severity;

namespace {

constexpr Rule kPoolTooSmall{"plan-pool-too-small", kWarning,
                             "half of a network's failover pools is too small for the planned "
                             "outage"};

constexpr std::uint64_t kSecondsPerHour = 3600;

// New clients that come in an outage, rounded up.
std::uint64_t ClientsOf(const pair::Plan& plan) {
  const auto seconds = static_cast<std::uint64_t>(plan.outage.count());
  const auto per_hour = static_cast<std::uint64_t>(plan.new_clients_per_hour);
  return (seconds * per_hour + kSecondsPerHour - 1) / kSecondsPerHour;
}

// "24 h", or "90 min", or "100 s": the largest unit that says it exactly.
std::string Describe(pair::Seconds time) {
  const auto seconds = static_cast<std::uint64_t>(time.count());
  if (seconds % kSecondsPerHour == 0) return fmt::format("{} h", seconds / kSecondsPerHour);
  if (seconds % 60 == 0) return fmt::format("{} min", seconds / 60);
  return fmt::format("{} s", seconds);
}

struct Share {
  std::uint64_t addresses = 0;
  std::size_t pools = 0;
  const Pool* first = nullptr;
};

}  // namespace

void CheckPlan(const pair::Pair& pair, const conf::Model& model, text::Diagnostics& diagnostics) {
  if (!pair.plan) return;
  std::vector<Share> shares(model.networks.size());
  for (const Pool& pool : model.pools) {
    if (!pool.peer) continue;
    Share& share = shares[pool.network];
    for (const conf::Range& range : pool.ranges) share.addresses += range.size();
    ++share.pools;
    if (share.first == nullptr) share.first = &pool;
  }
  const std::uint64_t clients = ClientsOf(*pair.plan);
  for (const Share& share : shares) {
    if (share.first == nullptr || share.addresses / 2 >= clients) continue;
    diagnostics.Add(
        {.rule = &kPoolTooSmall,
         .at = FirstWord(model, share.first->origin),
         .message = fmt::format(
             "{} {} addresses, of which each node has at most {} for new clients while its partner "
             "is out; the plan expects {} of them ({} an hour for {}); if they come to this "
             "network, {} addresses are needed",
             share.pools == 1 ? "this network's failover pool has"
                              : fmt::format("this network's {} failover pools have", share.pools),
             share.addresses, share.addresses / 2, clients, pair.plan->new_clients_per_hour,
             Describe(pair.plan->outage), clients * 2),
         .notes = {{"as 'plan' says", text::WholeFile(pair.source)}}});
  }
}

std::span<const Rule* const> PlanRules() {
  static constexpr std::array kAll{&kPoolTooSmall};
  return kAll;
}

}  // namespace dhcpair::lint
