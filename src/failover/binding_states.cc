#include "failover/binding_states.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace dhcpair::failover {
namespace {

constexpr std::array kBindingStates{
    BindingStateRow{BindingState::kFree, "free"},
    BindingStateRow{BindingState::kActive, "active"},
    BindingStateRow{BindingState::kExpired, "expired"},
    BindingStateRow{BindingState::kReleased, "released"},
    BindingStateRow{BindingState::kAbandoned, "abandoned"},
    BindingStateRow{BindingState::kReset, "reset"},
    BindingStateRow{BindingState::kBackup, "backup"},
};

}  // namespace

std::span<const BindingStateRow> BindingStates() { return kBindingStates; }

std::string_view Name(BindingState state) {
  const auto* const found = std::ranges::find(kBindingStates, state, &BindingStateRow::state);
  assert(found != kBindingStates.end());
  return found->name;
}

std::optional<BindingState> BindingStateNamed(std::string_view name) {
  const auto* const found = std::ranges::find(kBindingStates, name, &BindingStateRow::name);
  if (found == kBindingStates.end()) return std::nullopt;
  return found->state;
}

std::optional<BindingState> BindingStateNumbered(std::uint32_t number) {
  const auto* const found = std::ranges::find_if(kBindingStates, [&](const BindingStateRow& row) {
    return static_cast<std::uint32_t>(row.state) == number;
  });
  if (found == kBindingStates.end()) return std::nullopt;
  return found->state;
}

}  // namespace dhcpair::failover
