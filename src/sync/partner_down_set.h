#pragma once

#include "failover/states.h"
#include "pair/pair.h"
#include "remote/transport.h"
#include "sync/failover_reading.h"
#include "sync/node_agent.h"
#include "sync/waiting.h"

namespace dhcpair::sync {

/// Puts a node into partner-down: over OMAPI where `expected` was read so, else by stop, edit and
/// start on its leases file. `expected` is what the decision rests on: a node that is in another
/// state by now is left alone (kStale). Reads the state again and fails unless it is partner-down.
NodeAgent::Result<FailoverReading> SetPartnerDown(remote::Transport& transport, NodeAgent& agent,
                                                  const pair::Pair& pair,
                                                  const FailoverReading& expected,
                                                  Waiting& waiting);

/// Appends a state to the leases file of a node, everything else in its last block as it was. The
/// state counts from now. `expected` is the one that is to be there until then.
NodeAgent::Result<NodeTime> EditSavedState(NodeAgent& agent, failover::State expected,
                                           failover::State state, NodeAgent::Afterwards afterwards);

/// How long a dhcpd looks for its partner before it takes its saved state into force.
inline constexpr std::chrono::seconds kStartup{15};

}  // namespace dhcpair::sync
