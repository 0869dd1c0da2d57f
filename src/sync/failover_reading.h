#pragma once
#include <optional>
#include <string>

#include "failover/states.h"
#include "pair/pair.h"
#include "remote/transport.h"
#include "sync/facts.h"
namespace dhcpair::sync {
struct FailoverReading {
  enum class Source { kOmapi, kLeasesFile, kNone } source = Source::kNone;
  std::optional<failover::State> mine = {}, partner = {};
  std::optional<NodeTime> mine_since = {}, partner_since = {};
  std::string why_not = {};
};
FailoverReading ReadFailover(remote::Transport&, const pair::Pair&, pair::Role, const LinkFacts&);
}  // namespace dhcpair::sync
