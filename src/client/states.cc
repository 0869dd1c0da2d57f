#include "client/states.h"

#include <algorithm>
#include <array>

namespace dhcpair::client {
namespace {

constexpr std::array kRows{
    StateRow{State::kStopped, "STOPPED"},     StateRow{State::kInit, "INIT"},
    StateRow{State::kSelecting, "SELECTING"}, StateRow{State::kRequesting, "REQUESTING"},
    StateRow{State::kBound, "BOUND"},         StateRow{State::kRenewing, "RENEWING"},
    StateRow{State::kRebinding, "REBINDING"}, StateRow{State::kRebooting, "REBOOTING"},
    StateRow{State::kInforming, "INFORMING"}, StateRow{State::kConfigured, "CONFIGURED"},
};

}  // namespace

std::span<const StateRow> States() { return kRows; }

std::string_view Name(State state) {
  return std::ranges::find(kRows, state, &StateRow::state)->name;
}

}  // namespace dhcpair::client
