#include "sync/pair_view.h"

#include <algorithm>
#include <utility>

namespace dhcpair::sync {
namespace {

using failover::State;
using pair::Role;

Role PartnerOf(Role role) { return role == Role::kPrimary ? Role::kSecondary : Role::kPrimary; }

bool SaysNormalOfBoth(const NodeView& node) {
  return node.facts.link.service == ServiceState::kRunning && node.reading.mine == State::kNormal &&
         node.reading.partner == State::kNormal;
}

bool SeesConnection(const std::optional<NodeView>& node) {
  return node && node->facts.link.link == LinkState::kEstablished;
}

// Why a file that says normal is not believed; empty when it is.
std::string DoubtOfNormal(const PairView& view, Role role) {
  const NodeView& node = *view.nodes[role];
  const std::optional<NodeView>& partner = view.nodes[PartnerOf(role)];
  if (node.facts.link.link == LinkState::kEstablished || SeesConnection(partner)) return "";
  const bool is_seen = node.facts.link.link == LinkState::kNone ||
                       (partner && partner->facts.link.link == LinkState::kNone);
  if (!is_seen && partner && SaysNormalOfBoth(node) && SaysNormalOfBoth(*partner)) return "";
  return is_seen
             ? "its leases file says normal, but the failover connection is not established, "
               "as in the first seconds after a start"
             : "its leases file says normal, but whether the failover connection is established "
               "cannot be seen";
}

}  // namespace

KnownState StateOf(const PairView& view, Role role) {
  const NodeView& node = *view.nodes[role];
  const FailoverReading& reading = node.reading;
  if (!reading.mine || reading.source == FailoverReading::Source::kNone) {
    return {.why_not = reading.why_not.empty() ? "its leases file has no state" : reading.why_not};
  }
  const KnownState known{.state = reading.mine, .since = reading.mine_since};
  if (reading.source == FailoverReading::Source::kOmapi) return known;
  const std::string saved(failover::Name(*reading.mine));
  switch (node.facts.link.service) {
    case ServiceState::kStopped:
      return {.why_not = "dhcpd is not running; it had saved " + saved};
    case ServiceState::kUnknown:
      return {.why_not = "whether dhcpd runs cannot be seen; it had saved " + saved};
    case ServiceState::kRunning:
      break;
  }
  if (*reading.mine != State::kNormal) return known;
  if (std::string doubt = DoubtOfNormal(view, role); !doubt.empty()) {
    return {.why_not = std::move(doubt)};
  }
  return known;
}

std::optional<std::int64_t> AgeOf(const PairView& view, Role role) {
  const KnownState known = StateOf(view, role);
  if (!known.since) return std::nullopt;
  // A clock that was set back must not make it come to pass in the future.
  return std::max<std::int64_t>(0, view.nodes[role]->facts.link.now - *known.since);
}

}  // namespace dhcpair::sync
