#include "sync/failover_reading.h"

#include <fmt/core.h>

#include "leases/failover_block.h"
#include "sync/omapi_connection.h"

namespace dhcpair::sync {
namespace {

FailoverReading FromObject(const omapi::FailoverObject& object) {
  return {.source = FailoverReading::Source::kOmapi,
          .mine = object.local_state,
          .partner = object.partner_state,
          .mine_since = object.local_stos,
          .partner_since = object.partner_stos,
          .why_not = {}};
}

}  // namespace

FailoverReading ReadSavedFailover(const pair::Pair& pair, const LinkFacts& facts) {
  FailoverReading reading;
  if (facts.state_block.empty()) {
    reading.why_not =
        fmt::format("its leases file has no state of the peer '{}'", pair.name.text());
    return reading;
  }
  const auto block = leases::ReadFailoverBlock(facts.state_block);
  if (!block || block->peer != pair.name.text()) {
    reading.why_not =
        fmt::format("its leases file has no whole state of the peer '{}'", pair.name.text());
    return reading;
  }
  reading.source = FailoverReading::Source::kLeasesFile;
  reading.mine = block->mine;
  reading.partner = block->partner;
  // dhcpd takes a state without a date for one of just now.
  reading.mine_since = block->mine_since.value_or(facts.now);
  reading.partner_since = block->partner_since.value_or(facts.now);
  return reading;
}

FailoverReading ReadFailover(remote::Transport& transport, const pair::Pair& pair, pair::Role role,
                             const LinkFacts& facts) {
  FailoverReading saved = ReadSavedFailover(pair, facts);
  if (!pair.node(role).omapi) return saved;
  std::string why_not = "dhcpd does not run there";
  if (facts.service != ServiceState::kStopped) {
    const auto connection = OmapiConnection::Open(transport, pair, role);
    if (connection) return FromObject(connection->object());
    why_not = connection.error().message;
  }
  saved.why_not = saved.why_not.empty() ? why_not : why_not + "; " + saved.why_not;
  return saved;
}

}  // namespace dhcpair::sync
