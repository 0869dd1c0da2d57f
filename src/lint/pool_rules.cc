#include "lint/pool_rules.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "lint/edits.h"
#include "lint/peer_view.h"
#include "lint/places.h"
#include "lint/settings.h"

namespace dhcpair::lint {

using conf::Pool;
using conf::Statement;
using text::Rule;
using conf::operator""_kw;
using enum text::Severity;

namespace {

constexpr Rule kOutsideFailover{"pool-outside-failover", kWarning,
                                "a pool of a failover server is in no failover", "FP201", kError};
// No error in a pair either: failover has no place for BOOTP, so there is no way to put it right
// that leaves its clients what they have.
constexpr Rule kBootpOutsideFailover{"pool-bootp-outside-failover", kWarning,
                                     "a pool for BOOTP clients is in no failover"};
constexpr Rule kBootpInFailover{"pool-bootp-in-failover", kWarning,
                                "a failover pool is open to BOOTP clients by name", "FP217"};
constexpr Rule kBootpNotDenied{"pool-bootp-not-denied", kAdvice,
                               "a failover pool does not deny BOOTP clients", "FP218"};
constexpr Rule kTooSmall{"pool-too-small", kWarning, "a failover pool has fewer than two addresses",
                         "FP228"};
constexpr Rule kMcltAboveLeaseTime{"pool-mclt-above-lease-time", kAdvice,
                                   "mclt is longer than the longest lease of a failover pool",
                                   "FP203"};
constexpr Rule kInfiniteLease{"pool-infinite-lease", kWarning,
                              "leases of a failover pool never end", "FP226"};

constexpr std::string_view kDenyBootp = "deny dynamic bootp clients;";
constexpr std::uint32_t kInfinite = 0xffffffff;
constexpr std::uint32_t kMaxLeaseTimeDefault = 86400;

// Addresses that a configuration gives out outside of failover.
class PlainRanges {
 public:
  explicit PlainRanges(const conf::Model& model) {
    for (const Pool& pool : model.pools) {
      if (!pool.peer) all_.insert(all_.end(), pool.ranges.begin(), pool.ranges.end());
    }
    std::ranges::sort(all_, {}, &conf::Range::first);
  }

  // They do not overlap, so the first one that does not end before this one is the one to look at.
  bool Touches(const conf::Range& range) const {
    const auto at = std::ranges::lower_bound(all_, range.first, {}, &conf::Range::last);
    return at != all_.end() && at->first <= range.last;
  }

 private:
  std::vector<conf::Range> all_;
};

std::uint64_t SizeOf(const Pool& pool) {
  std::uint64_t size = 0;
  for (const conf::Range& range : pool.ranges) size += range.size();
  return size;
}

// The places of the names in Settings.
enum Name : std::size_t {
  kMaxLeaseTime,
  kDefaultLeaseTime,
  kMinLeaseTime,
  kAllowBootp,
  kDynamicBootp,
};

class PoolCheck {
 public:
  PoolCheck(const conf::Model& model, const conf::Model* partner, text::Diagnostics& diagnostics)
      : model_(model), diagnostics_(diagnostics) {
    if (partner != nullptr) partners_.emplace(*partner);
    for (const conf::Peer& peer : model.peers) peers_.emplace_back(model, peer);
    for (const Pool& pool : model.pools) {
      const bool has_bare = std::ranges::any_of(
          pool.ranges, [](const conf::Range& range) { return range.subnet.has_value(); });
      if (has_bare) has_bare_ranges_[pool.network] = true;
    }
  }

  void Run() {
    for (const Pool& pool : model_.pools) {
      if (pool.peer) {
        CheckFailoverPool(pool, peers_[*pool.peer]);
      } else {
        CheckPlainPool(pool);
      }
    }
  }

 private:
  void CheckPlainPool(const Pool& pool) {
    // A pool that the partner does not have is this node's own, and that is well.
    const bool is_own = partners_ && std::ranges::none_of(pool.ranges, [&](const auto& range) {
                          return partners_->Touches(range);
                        });
    if (is_own || pool.ranges.empty()) return;
    const bool is_for_bootp = std::ranges::all_of(pool.ranges, &conf::Range::is_dynamic_bootp);
    const std::string_view what = pool.is_implied ? "this range stands in no pool, so it"
                                                  : "this pool names no failover peer, so it";
    const std::string_view harm =
        partners_ ? "the partner has it too, and both nodes give out the same addresses"
                  : "where the partner has it too, both nodes give out the same addresses";
    if (is_for_bootp) {
      diagnostics_.Add({&kBootpOutsideFailover, PlaceOf(pool),
                        fmt::format("{} is outside of failover, which has no place for BOOTP; {}; "
                                    "keep it in one node's file, or give these clients hosts with "
                                    "a fixed-address",
                                    what, harm)});
      return;
    }
    diagnostics_.Add({&kOutsideFailover, PlaceOf(pool),
                      fmt::format("{} is outside of failover: {}; {}, or keep it in one node's "
                                  "file only",
                                  what, harm, AdviceFor(pool))});
  }

  std::string AdviceFor(const Pool& pool) const {
    const std::string line = model_.peers.size() == 1
                                 ? fmt::format("'failover peer \"{}\";'", model_.peers[0].name)
                                 : "a 'failover peer' line";
    return pool.is_implied ? fmt::format("put it into a pool with {}", line)
                           : fmt::format("add {}", line);
  }

  void CheckFailoverPool(const Pool& pool, const PeerView& peer) {
    if (SizeOf(pool) < 2 && !pool.ranges.empty()) {
      diagnostics_.Add({&kTooSmall, model_.LocationOf(pool.ranges[0].origin),
                        "this failover pool has one address, which dhcpd gives to the primary: "
                        "the secondary has none to give out; a pool needs two or more"});
    }
    CheckBootp(pool);
    CheckLeaseTimes(pool, peer);
  }

  void CheckBootp(const Pool& pool) {
    for (const conf::Range& range : pool.ranges) {
      if (!range.is_dynamic_bootp) continue;
      diagnostics_.Add({&kBootpInFailover, model_.LocationOf(range.origin),
                        "'dynamic-bootp' in a failover pool: dhcpd rejects this behind the "
                        "'failover peer' line and lets it pass before; BOOTP leases never end, so "
                        "give such clients hosts with a fixed-address"});
    }
    bool is_denied = IsOff(kAllowBootp, pool) || IsOff(kDynamicBootp, pool);
    for (const conf::Permit& permit : pool.permits) {
      if (permit.kind != conf::PermitKind::kDynamicBootpClients) continue;
      is_denied = true;  // Or allowed, which is said right here.
      if (!permit.is_allow) continue;
      diagnostics_.Add({&kBootpInFailover, model_.LocationOf(permit.origin),
                        fmt::format("a failover pool that allows BOOTP clients: dhcpd gives them "
                                    "leases that never end, which no partner can take back; write "
                                    "'{}'",
                                    kDenyBootp)});
    }
    if (!is_denied) AdviseToDenyBootp(pool);
  }

  void AdviseToDenyBootp(const Pool& pool) {
    text::Diagnostic finding{
        &kBootpNotDenied, PlaceOf(pool),
        fmt::format("a BOOTP client would get a lease that never ends from this failover pool; "
                    "'{}' keeps it out",
                    kDenyBootp)};
    // What pools permit decides where dhcpd puts the ranges that stand in none.
    const bool is_safe = !has_bare_ranges_[pool.network];
    if (is_safe && pool.peer_origin.end > pool.peer_origin.begin) {
      const text::SourcePtr& source = model_.files[pool.peer_origin.file].source;
      const text::Span line = WithSemicolon(source, {pool.peer_origin.begin, pool.peer_origin.end});
      finding.fix =
          text::Fix{fmt::format("add '{}'", kDenyBootp), {InsertBehind(source, line, kDenyBootp)}};
    }
    diagnostics_.Add(std::move(finding));
  }

  void CheckLeaseTimes(const Pool& pool, const PeerView& peer) {
    const Setting setting = settings_.In(pool.scope, kMaxLeaseTime);
    const Statement* const max = setting.statement;
    if (setting.depends) return;
    const auto longest =
        max == nullptr ? std::optional(kMaxLeaseTimeDefault) : model_.NumberOf(max->value);
    if (!longest) return;
    CheckMclt(peer, max, *longest);
    if (*longest != kInfinite) return;
    for (const std::size_t time : {kMaxLeaseTime, kDefaultLeaseTime, kMinLeaseTime}) {
      const Statement* const statement = settings_.In(pool.scope, time).statement;
      if (statement == nullptr || model_.NumberOf(statement->value) != kInfinite) continue;
      // Said once of a statement, however many pools are below it.
      if (!reported_infinite_.insert(statement).second) continue;
      text::Diagnostic finding{
          &kInfiniteLease, model_.LocationOf(statement->origin),
          fmt::format("with '{}' leases of failover pools need not end: dhcpd never gets such an "
                      "address back, and neither node can balance it; set a time, such as 86400",
                      model_.TextOf(statement->value_origin))};
      finding.notes.push_back({"a failover pool that it holds for", PlaceOf(pool)});
      diagnostics_.Add(std::move(finding));
    }
  }

  void CheckMclt(const PeerView& peer, const Statement* max, std::uint32_t longest) {
    const auto mclt = peer.is_secondary() ? std::nullopt : peer.Value("mclt"_kw);
    if (!mclt || *mclt <= longest || !reported_mclt_.emplace(&peer, max).second) return;
    const text::Location at_mclt = peer.LocationOf(*peer.Find("mclt"_kw));
    text::Diagnostic finding{
        &kMcltAboveLeaseTime, max == nullptr ? at_mclt : model_.LocationOf(max->origin),
        fmt::format("no lease is longer than {} s{}, but mclt is {} s: dhcpd never needs so much, "
                    "and after a crash a node waits for all of it; an mclt well below the lease "
                    "time is enough",
                    longest, max == nullptr ? ", dhcpd's default for max-lease-time" : "", *mclt)};
    if (max != nullptr) finding.notes.push_back({"mclt", at_mclt});
    diagnostics_.Add(std::move(finding));
  }

  bool IsOff(std::size_t flag, const Pool& pool) const {
    const Statement* const statement = settings_.In(pool.scope, flag).statement;
    if (statement == nullptr) return false;
    return model_.OctetsOf(statement->value) == std::string_view("\0", 1);
  }

  text::Location PlaceOf(const Pool& pool) const {
    return pool.is_implied ? model_.LocationOf(pool.origin) : FirstWord(model_, pool.origin);
  }

  const conf::Model& model_;
  text::Diagnostics& diagnostics_;
  std::optional<PlainRanges> partners_;
  std::vector<PeerView> peers_;
  std::vector<bool> has_bare_ranges_ = std::vector<bool>(model_.networks.size());
  const Settings settings_{model_,
                           {{"server", "max-lease-time"},
                            {"server", "default-lease-time"},
                            {"server", "min-lease-time"},
                            {"server", "allow-bootp"},
                            {"server", "dynamic-bootp"}}};
  std::set<const Statement*> reported_infinite_;
  std::set<std::pair<const PeerView*, const Statement*>> reported_mclt_;
};

}  // namespace

void CheckPools(const conf::Model& model, text::Diagnostics& diagnostics,
                const conf::Model* partner) {
  if (!model.peers.empty()) PoolCheck(model, partner, diagnostics).Run();
}

std::span<const Rule* const> PoolRules() {
  static constexpr std::array kAll{
      &kOutsideFailover, &kBootpOutsideFailover, &kBootpInFailover, &kBootpNotDenied,
      &kTooSmall,        &kMcltAboveLeaseTime,   &kInfiniteLease,
  };
  return kAll;
}

}  // namespace dhcpair::lint
