#include "sync/normal_wait.h"

#include <algorithm>

namespace dhcpair::sync {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

seconds MaxClientLeadTime(const pair::Pair& pair) { return pair.primary.mclt; }

}  // namespace

std::optional<NodeSight> LookAt(remote::Transport& transport, NodeAgent& agent,
                                const pair::Pair& pair) {
  auto link = agent.Look();
  if (!link) return std::nullopt;
  FailoverReading reading = ReadFailover(transport, pair, agent.role(), *link);
  return NodeSight{*std::move(link), std::move(reading)};
}

NormalOutcome WaitForNormal(const NodesInReach& nodes, pair::Role returning,
                            NodeTime partner_not_before, seconds limit,
                            const std::function<void(const NormalNews&)>& tell, Waiting& waiting) {
  using enum NormalOutcome::Kind;
  ProofOfNormal::Terms terms;
  terms.not_before[Other(returning)] = partner_not_before;
  ProofOfNormal proof(terms);
  std::optional<failover::State> told;
  milliseconds deadline = waiting.Now() + limit;
  for (;;) {
    Sight sight{.at = waiting.Now(), .nodes = {}};
    sight.nodes = OnBoth([&](pair::Role role) {
      return LookAt(*nodes.transports[role], *nodes.agents[role], nodes.pair);
    });
    if (proof.Add(sight) == ProofOfNormal::Verdict::kProven) return {kNormal};
    const auto& seen = sight.nodes[returning];
    if (seen && seen->reading.mine && seen->reading.mine != told) {
      told = seen->reading.mine;
      NormalNews news{.state = *told,
                      .wait_ends = EndOfRecoverWait(seen->reading, MaxClientLeadTime(nodes.pair))};
      if (news.wait_ends) {
        news.wait_left = seconds(std::max<NodeTime>(*news.wait_ends - seen->link.now, 0));
      }
      deadline = waiting.Now() + limit + news.wait_left;
      tell(news);
    }
    if (waiting.IsInterrupted()) return {kInterrupted, proof.why_not()};
    if (waiting.Now() >= deadline) return {kTimedOut, proof.why_not()};
    waiting.Sleep(seconds(1));
  }
}

}  // namespace dhcpair::sync
