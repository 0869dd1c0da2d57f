#include "adopt/pools.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <vector>

#include "adopt/wrap.h"
#include "lint/adopt_rules.h"

namespace dhcpair::adopt {
namespace {

using conf::NodeKind;
using conf::PermitKind;
using conf::Pool;
using conf::Range;

constexpr std::string_view kExcuse =
    "# dhcpair: ignore=pool-outside-failover it serves BOOTP clients, who cannot share";

class PoolPlanner {
 public:
  PoolPlanner(const conf::Model& model, const std::string& peer_name,
              text::Diagnostics& diagnostics)
      : model_(model), lines_(PeerLines(peer_name)), diagnostics_(diagnostics) {
    planned_.edits.resize(model.files.size());
    planned_.moved.resize(model.files.size());
  }

  PoolEdits Plan() {
    std::map<conf::Index, std::vector<const Range*>> bare;  // By subnet.
    for (const Pool& pool : model_.pools) {
      for (const Range& range : pool.ranges) {
        if (range.subnet) bare[*range.subnet].push_back(&range);
      }
      if (!pool.is_implied) PlanPool(pool);
    }
    for (const auto& [subnet, ranges] : bare) PlanBareRanges(ranges);
    return std::move(planned_);
  }

 private:
  void PlanPool(const Pool& pool) {
    // What was in failover is left as it was.
    if (pool.peer) return Enter(pool, LosesItsPeer(pool) ? 1 : 0);
    if (const conf::Origin* const bootp = BootpOf(pool)) {
      ReportBootp(*bootp, "this pool");
      // A pool with ranges for other clients too is an error to lint until somebody says why.
      const bool has_others = std::ranges::any_of(
          pool.ranges, [](const Range& range) { return !range.is_dynamic_bootp && !range.subnet; });
      if (has_others) ExcusePool(pool);
      return;
    }
    const bool denies = std::ranges::any_of(pool.permits, [](const conf::Permit& permit) {
      return !permit.is_allow && permit.kind == PermitKind::kDynamicBootpClients;
    });
    Enter(pool, denies ? 1 : 2);
  }

  // So many of the lines of a failover pool are new to this one.
  void Enter(const Pool& pool, std::size_t new_lines) {
    ++planned_.pools_in_failover;
    if (new_lines == 0) return;
    const conf::SyntaxTree& tree = model_.files[pool.origin.file];
    std::vector<std::string> lines = lines_;
    lines.resize(new_lines);
    planned_.edits[pool.origin.file].push_back(
        InsertIntoPool(tree, NodeOf(tree, NodeKind::kPool, pool.origin.begin), lines));
  }

  // The declaration of a peer in a shared network is also its name for the pools there, and it
  // leaves.
  bool LosesItsPeer(const Pool& pool) const {
    if (pool.peer_origin.end != 0) return false;
    const conf::Origin& declaration = model_.peers[*pool.peer].declaration;
    const conf::Origin& network = model_.scopes[model_.networks[pool.network].scope].origin;
    return declaration.file == network.file && network.begin <= declaration.begin &&
           declaration.end <= network.end;
  }

  // Where a pool speaks of BOOTP clients whom it serves.
  static const conf::Origin* BootpOf(const Pool& pool) {
    const auto range = std::ranges::find_if(
        pool.ranges, [](const Range& each) { return each.is_dynamic_bootp && !each.subnet; });
    if (range != pool.ranges.end()) return &range->origin;
    const auto permit = std::ranges::find_if(pool.permits, [](const conf::Permit& each) {
      return each.is_allow && each.kind == PermitKind::kDynamicBootpClients;
    });
    return permit == pool.permits.end() ? nullptr : &permit->origin;
  }

  void ExcusePool(const Pool& pool) {
    const conf::SyntaxTree& tree = model_.files[pool.origin.file];
    const std::string_view text = tree.source->contents();
    const std::size_t begin = pool.origin.begin;
    std::string excuse(kExcuse);
    if (BeginsLine(text, begin)) {
      excuse += fmt::format("{}{}", LineBreak(text, begin), Indentation(text, begin));
    } else {
      excuse = fmt::format("{0}{1}{0}", LineBreakOf(pool.origin.file), excuse);
    }
    planned_.edits[pool.origin.file].push_back({{begin, begin}, std::move(excuse)});
  }

  // That of the first line, looked for once.
  std::string_view LineBreakOf(conf::Index file) {
    if (line_breaks_.empty()) line_breaks_.resize(model_.files.size());
    if (line_breaks_[file].empty()) {
      line_breaks_[file] = LineBreak(model_.files[file].source->contents(), 0);
    }
    return line_breaks_[file];
  }

  // The bare ranges of one subnet that stand in one file and are for the same clients, whichever
  // pools dhcpd puts them into.
  struct BareRanges {
    conf::Index file;
    bool is_for_bootp;
    std::vector<std::size_t> nodes;
  };

  // Those for BOOTP clients get a pool too, without a peer: where such ranges stand bare behind a
  // failover pool of their network, dhcpd takes the second one for a range of that pool.
  void PlanBareRanges(const std::vector<const Range*>& ranges) {
    std::vector<BareRanges> groups;
    for (const Range* const each : ranges) {
      const Range& range = *each;
      if (range.is_dynamic_bootp) ReportBootp(range.origin, "this range");
      const conf::Index file = range.origin.file;
      auto group = std::ranges::find_if(groups, [&](const BareRanges& known) {
        return known.file == file && known.is_for_bootp == range.is_dynamic_bootp;
      });
      if (group == groups.end()) {
        group = groups.insert(group, BareRanges{file, range.is_dynamic_bootp, {}});
      }
      group->nodes.push_back(NodeOf(model_.files[file], NodeKind::kRange, range.origin.begin));
    }
    for (BareRanges& group : groups) {
      const std::vector<std::string> lines =
          group.is_for_bootp ? std::vector<std::string>{} : lines_;
      Wrapping wrapping = WrapInPool(model_.files[group.file], std::move(group.nodes), lines);
      auto& edits = planned_.edits[group.file];
      std::ranges::move(wrapping.edits, std::back_inserter(edits));
      std::ranges::copy(wrapping.moved, std::back_inserter(planned_.moved[group.file]));
      if (!group.is_for_bootp) ++planned_.pools_in_failover;
    }
  }

  void ReportBootp(const conf::Origin& at, std::string_view what) {
    diagnostics_.Add({&lint::adopt_rules::kBootp, model_.LocationOf(at),
                      fmt::format("{} serves BOOTP clients, whose leases never end, so it stays "
                                  "outside failover and both nodes give out its addresses; adopt "
                                  "takes it in once this says nothing of BOOTP",
                                  what)});
  }

  const conf::Model& model_;
  const std::vector<std::string> lines_;
  text::Diagnostics& diagnostics_;
  std::vector<std::string_view> line_breaks_;  // Of each file.
  PoolEdits planned_;
};

}  // namespace

PoolEdits PlanPools(const conf::Model& model, const std::string& peer_name,
                    text::Diagnostics& diagnostics) {
  return PoolPlanner(model, peer_name, diagnostics).Plan();
}

}  // namespace dhcpair::adopt
