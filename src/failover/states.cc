#include "failover/states.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace dhcpair::failover {
namespace {

constexpr std::array kStates{
    StateRow{State::kUnknown, "unknown-state", false},
    StateRow{State::kStartup, "startup", false},
    StateRow{State::kNormal, "normal", true},
    StateRow{State::kCommunicationsInterrupted, "communications-interrupted", true},
    StateRow{State::kPartnerDown, "partner-down", true},
    StateRow{State::kPotentialConflict, "potential-conflict", false},
    StateRow{State::kRecover, "recover", false},
    StateRow{State::kPaused, "paused", false},
    StateRow{State::kShutdown, "shutdown", false},
    StateRow{State::kRecoverDone, "recover-done", false},
    StateRow{State::kResolutionInterrupted, "resolution-interrupted", false},
    StateRow{State::kConflictDone, "conflict-done", false},
    StateRow{State::kRecoverWait, "recover-wait", false},
};

}  // namespace

std::span<const StateRow> States() { return kStates; }

const StateRow& RowOf(State state) {
  const auto* const found = std::ranges::find(kStates, state, &StateRow::state);
  assert(found != kStates.end());
  return *found;
}

std::optional<State> StateNamed(std::string_view name) {
  const auto* const found = std::ranges::find(kStates, name, &StateRow::name);
  if (found == kStates.end()) return std::nullopt;
  return found->state;
}

std::optional<State> StateNumbered(std::uint32_t number) {
  const auto* const found = std::ranges::find_if(kStates, [&](const StateRow& row) {
    return static_cast<std::uint32_t>(row.state) == number;
  });
  if (found == kStates.end()) return std::nullopt;
  return found->state;
}

}  // namespace dhcpair::failover
