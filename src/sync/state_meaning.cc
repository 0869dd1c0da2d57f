#include "sync/state_meaning.h"

#include <algorithm>
#include <array>

namespace dhcpair::sync {
namespace {

using failover::State;

constexpr std::array kMeanings{
    StateMeaning{State::kNormal, Severity::kNote,
                 "serves its share of the clients and tells its partner of every lease", ""},
    StateMeaning{State::kCommunicationsInterrupted, Severity::kWarning,
                 "does not hear its partner, and serves all clients from its own half of the "
                 "addresses",
                 "look at the partner's dhcpd and at the network between the two; the pair comes "
                 "back by itself. Only if the partner stays switched off: 'dhcpair partner-down'"},
    StateMeaning{
        State::kPartnerDown, Severity::kCritical,
        "was told that its partner is down, and after MCLT serves from its partner's half "
        "as well",
        "mend the partner and bring it back with 'dhcpair partner-down --return NODE', which "
        "looks at its saved state before it is started"},
    StateMeaning{State::kPotentialConflict, Severity::kCritical,
                 "compares leases with its partner, for both may have given the same address away; "
                 "it serves nobody",
                 "wait some seconds; if it stays, look at the network between the two and at both "
                 "logs"},
    StateMeaning{State::kResolutionInterrupted, Severity::kCritical,
                 "lost its partner while both compared leases; it serves nobody",
                 "bring the partner back; if that is switched off: 'dhcpair partner-down'"},
    StateMeaning{State::kConflictDone, Severity::kCritical,
                 "has compared leases and waits for its partner; it serves nobody",
                 "wait some seconds; if it stays, look at both logs"},
    StateMeaning{State::kRecover, Severity::kCritical,
                 "asks its partner for all leases; it serves nobody",
                 "let both nodes run and reach each other: without its partner it waits for ever"},
    StateMeaning{State::kRecoverWait, Severity::kCritical,
                 "has all leases and waits until MCLT is over; it serves nobody",
                 "wait; it goes on by itself at most MCLT after it lost its partner"},
    StateMeaning{State::kRecoverDone, Severity::kCritical,
                 "has recovered and waits for its partner to know; it serves nobody",
                 "wait some seconds; if it stays, look at the network between the two"},
    StateMeaning{State::kStartup, Severity::kWarning,
                 "has just started and looks for its partner; it serves nobody",
                 "wait; this takes 15 s at most"},
    StateMeaning{State::kPaused, Severity::kCritical, "pauses; it serves nobody",
                 "'dhcpair resume' sets it going again"},
    StateMeaning{State::kShutdown, Severity::kCritical,
                 "was taken out of service, by a planned stop or by itself after an error; it "
                 "serves nobody, also after a restart",
                 "'dhcpair resume' ends a planned stop; otherwise look for errors in its log "
                 "first"},
    StateMeaning{State::kUnknown, Severity::kUnknown, "does not know its own state", ""},
};

}  // namespace

std::span<const StateMeaning> StateMeanings() { return kMeanings; }

const StateMeaning& MeaningOf(failover::State state) {
  return *std::ranges::find(kMeanings, state, &StateMeaning::state);
}

}  // namespace dhcpair::sync
