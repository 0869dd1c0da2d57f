#include "sync/proof_wait.h"

#include <fmt/core.h>

#include <algorithm>
#include <string>

#include "leases/date.h"

namespace dhcpair::sync {
namespace {

using pair::Role;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kLookEvery{2};
// An init system may show a service as ended for a moment while it starts it.
constexpr int kStoppedLooksMax = 3;

class Waiter {
 public:
  Waiter(BothNodes& nodes, const ProofWait& wait, StepTalk& talk)
      : nodes_(nodes), wait_(wait), talk_(talk), proof_(wait.terms) {}

  std::optional<StepError> Run() {
    talk_.Progress(wait_.step, "");
    until_ = nodes_.waiting().Now() + wait_.patience + wait_.terms.unbroken;
    while (true) {
      const BothNodes::Looked looked = nodes_.Look(wait_.roles);
      for (const Role role : wait_.roles) {
        if (looked.errors[role]) return nodes_.ErrorAt(role, wait_.step, *looked.errors[role]);
      }
      const auto verdict = proof_.Add(looked.sight);
      if (verdict == ProofOfNormal::Verdict::kProven) return std::nullopt;
      if (HasEnded(looked.sight)) return Failed("dhcpd has ended; its log on the node tells why");
      ExtendForRecoverWait(looked.sight);
      Say(verdict);
      if (nodes_.waiting().Now() >= until_) return TimeIsOver(looked.sight);
      if (nodes_.waiting().IsInterrupted()) return Failed("this push was asked to end");
      nodes_.waiting().Sleep(kLookEvery);
    }
  }

 private:
  StepError Failed(std::string message) const {
    return nodes_.ErrorAt(wait_.role, wait_.step, {NodeError::Kind::kFailed, std::move(message)});
  }

  bool HasEnded(const Sight& sight) {
    const auto& node = sight.nodes[wait_.role];
    const bool is_stopped = node && node->link.service == ServiceState::kStopped;
    stopped_looks_ = is_stopped ? stopped_looks_ + 1 : 0;
    return stopped_looks_ >= kStoppedLooksMax;
  }

  void ExtendForRecoverWait(const Sight& sight) {
    for (const Role role : wait_.roles) {
      const auto& node = sight.nodes[role];
      if (!node) continue;
      const auto end = EndOfRecoverWait(node->reading, nodes_.pair().primary.mclt);
      if (!end || end == recover_end_) continue;
      recover_end_ = end;
      const NodeTime left = std::max<NodeTime>(*end - node->link.now, 0);
      until_ = std::max(
          until_, nodes_.waiting().Now() + seconds(left) + wait_.patience + wait_.terms.unbroken);
      talk_.Progress(wait_.step,
                     fmt::format("the {} is in recover-wait until {} by its clock, {} s from now",
                                 Name(role), leases::DateForPeople(*end), left));
    }
  }

  void Say(ProofOfNormal::Verdict verdict) {
    std::string text = proof_.why_not();
    if (verdict == ProofOfNormal::Verdict::kHolding) {
      text = fmt::format("shown; must hold for {} s",
                         std::chrono::duration_cast<seconds>(wait_.terms.unbroken).count());
    }
    if (text != said_) talk_.Progress(wait_.step, text);
    said_ = std::move(text);
  }

  std::optional<StepError> TimeIsOver(const Sight& sight) {
    const auto& node = sight.nodes[wait_.role];
    if (wait_.may_settle_for_running && node && node->link.service == ServiceState::kRunning) {
      talk_.Warn(fmt::format("the {} runs, but normal was not reached: {}", Name(wait_.role),
                             proof_.why_not()));
      return std::nullopt;
    }
    return Failed(fmt::format("not proven good in time: {}",
                              proof_.why_not().empty()
                                  ? std::string("normal did not hold for long enough")
                                  : proof_.why_not()));
  }

  BothNodes& nodes_;
  const ProofWait& wait_;
  StepTalk& talk_;
  ProofOfNormal proof_;
  milliseconds until_{0};
  std::optional<NodeTime> recover_end_;
  std::string said_;
  int stopped_looks_ = 0;
};

}  // namespace

std::optional<StepError> AwaitProof(BothNodes& nodes, const ProofWait& wait, StepTalk& talk) {
  return Waiter(nodes, wait, talk).Run();
}

}  // namespace dhcpair::sync
