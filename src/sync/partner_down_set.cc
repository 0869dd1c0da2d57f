#include "sync/partner_down_set.h"

#include <fmt/core.h>

#include <utility>

#include "leases/failover_block.h"
#include "sync/omapi_connection.h"

namespace dhcpair::sync {
namespace {

using failover::State;
using Kind = NodeError::Kind;

std::unexpected<NodeError> Fail(Kind kind, std::string message) {
  return std::unexpected(NodeError{kind, std::move(message)});
}

NodeError Moved(State expected, State now) {
  return {Kind::kStale, fmt::format("it went from {} to {} meanwhile; look again",
                                    failover::Name(expected), failover::Name(now))};
}

NodeAgent::Result<FailoverReading> SetByOmapi(remote::Transport& transport, const pair::Pair& pair,
                                              pair::Role role, State expected) {
  auto connection = OmapiConnection::Open(transport, pair, role);
  if (!connection) return Fail(Kind::kFailed, connection.error().message);
  if (connection->object().local_state != expected) {
    return std::unexpected(Moved(expected, connection->object().local_state));
  }
  const auto set = connection->Set(omapi::NewState::kPartnerDown);
  if (!set) return Fail(Kind::kFailed, set.error().message);
  const omapi::FailoverObject& object = connection->object();
  if (object.local_state != State::kPartnerDown) {
    return Fail(Kind::kFailed, fmt::format("it was told that its partner is down, and is in {}",
                                           failover::Name(object.local_state)));
  }
  return FailoverReading{.source = FailoverReading::Source::kOmapi,
                         .mine = object.local_state,
                         .partner = object.partner_state,
                         .mine_since = object.local_stos,
                         .partner_since = object.partner_stos,
                         .why_not = {}};
}

// The file says what was written to it until dhcpd has looked for its partner in vain. So it must
// say it still when that time is over, and dhcpd must run.
NodeAgent::Result<FailoverReading> AwaitPartnerDown(NodeAgent& agent, const pair::Pair& pair,
                                                    Waiting& waiting) {
  constexpr std::chrono::seconds kMargin{5};
  waiting.Sleep(kStartup + kMargin);
  if (waiting.IsInterrupted()) {
    return Fail(Kind::kFailed, "interrupted before it was seen whether partner-down lasts");
  }
  const auto look = agent.Look();
  if (!look) return std::unexpected(look.error());
  const FailoverReading reading = ReadSavedFailover(pair, *look);
  if (look->service == ServiceState::kStopped) {
    return Fail(Kind::kService,
                "dhcpd was started with the edited state and has ended since; its "
                "log on the node tells more");
  }
  if (reading.mine != State::kPartnerDown) {
    return Fail(Kind::kFailed,
                fmt::format("partner-down was written to its leases file, and {} is in it now",
                            reading.mine ? failover::Name(*reading.mine) : "no state"));
  }
  return reading;
}

}  // namespace

NodeAgent::Result<NodeTime> EditSavedState(NodeAgent& agent, State expected, State state,
                                           NodeAgent::Afterwards afterwards) {
  const auto look = agent.Look();
  if (!look) return std::unexpected(look.error());
  auto block = leases::ReadFailoverBlock(look->state_block);
  if (!block) return Fail(Kind::kStale, "its leases file has no whole failover state any more");
  if (block->mine != expected) return std::unexpected(Moved(expected, block->mine));
  block->mine = state;
  block->mine_since = look->now;
  return agent.WriteSavedState(*block, afterwards);
}

NodeAgent::Result<FailoverReading> SetPartnerDown(remote::Transport& transport, NodeAgent& agent,
                                                  const pair::Pair& pair,
                                                  const FailoverReading& expected,
                                                  Waiting& waiting) {
  if (!expected.mine) return Fail(Kind::kFailed, "its failover state is not known");
  if (expected.source == FailoverReading::Source::kOmapi) {
    return SetByOmapi(transport, pair, agent.role(), *expected.mine);
  }
  const auto edited =
      EditSavedState(agent, *expected.mine, State::kPartnerDown, NodeAgent::Afterwards::kAsBefore);
  if (!edited) return std::unexpected(edited.error());
  return AwaitPartnerDown(agent, pair, waiting);
}

}  // namespace dhcpair::sync
