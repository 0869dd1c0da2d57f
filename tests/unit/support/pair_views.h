#pragma once

#include "sync/pair_view.h"

namespace dhcpair::test {

inline constexpr sync::NodeTime kNow = 1'800'000'000;

/// A node that has been in a state for some seconds, as OMAPI has it.
inline sync::NodeView NodeIn(failover::State state, std::int64_t seconds,
                             failover::State partner = failover::State::kNormal) {
  sync::NodeView node;
  node.facts.link = {
      .now = kNow, .service = sync::ServiceState::kRunning, .link = sync::LinkState::kEstablished};
  node.facts.dhcpd_version = "4.4.3-P1";
  node.facts.address = sync::AddressState::kHeld;
  node.facts.leases = {.is_present = true, .bytes = 5000};
  node.facts.generation = 3;
  node.reading = {.source = sync::FailoverReading::Source::kOmapi,
                  .mine = state,
                  .partner = partner,
                  .mine_since = kNow - seconds,
                  .partner_since = kNow - seconds};
  node.clock_offset = 0;
  node.newest_lease = kNow - 30;
  return node;
}

/// A pair as it should be.
inline sync::PairView HealthyPair() {
  sync::PairView view{.file = "pair.yaml",
                      .name = "dhcp-failover",
                      .host = {"root@192.168.13.6", "root@192.168.13.7"}};
  view.nodes.primary = NodeIn(failover::State::kNormal, 86400);
  view.nodes.secondary = NodeIn(failover::State::kNormal, 86400);
  view.pools = {{.name = "192.168.13.32-192.168.13.131",
                 .total = 100,
                 .free = 30,
                 .backup = 30,
                 .active = 40,
                 .bound_hour = 3,
                 .free_lasts = 72000}};
  return view;
}

}  // namespace dhcpair::test
