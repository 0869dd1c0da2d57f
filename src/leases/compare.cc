#include "leases/compare.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "leases/pool_usage.h"

namespace dhcpair::leases {
namespace {

using failover::BindingState;

constexpr std::array kRows{
    DifferenceRow{
        DifferenceKind::kDetails, "details", Weight::kNormal,
        "only one node knows the name, the uid or variables, or remembers the last client"},
    DifferenceRow{DifferenceKind::kUnderWay, "under-way", Weight::kInFlight,
                  "changed a short while ago, so its update may be under way"},
    DifferenceRow{DifferenceKind::kWaitsForLink, "waits-for-link", Weight::kInFlight,
                  "changed while the nodes do not talk, so its update waits for the link"},
    DifferenceRow{DifferenceKind::kTwoClients, "two-clients", Weight::kTrouble,
                  "active for two different clients"},
    DifferenceRow{DifferenceKind::kBothOwn, "both-own", Weight::kTrouble,
                  "free on the primary and backup on the secondary: each takes it for its own"},
    DifferenceRow{DifferenceKind::kActiveOnOne, "active-on-one", Weight::kTrouble,
                  "active on one node only, and for longer than any update takes"},
    DifferenceRow{DifferenceKind::kEnds, "ends", Weight::kTrouble,
                  "ends at different times, and for longer than any update takes"},
    DifferenceRow{DifferenceKind::kStale, "stale", Weight::kTrouble,
                  "in different states, and for longer than any update takes"},
};

// Both files are copied within so many seconds, and an update between two normal nodes takes less.
constexpr Date kUpdateSeconds = 60;

bool IsSpare(BindingState state) {
  return state == BindingState::kFree || state == BindingState::kBackup;
}

// The time of the last thing that is known to have happened to a lease.
Date ChangeOf(const Lease& lease, Date now) {
  Date change = 0;
  for (const Date date : {lease.starts, lease.cltt, lease.ends}) {
    if (date <= now) change = std::max(change, date);
  }
  return change;
}

bool AreTwoClients(const Lease& a, const Lease& b) {
  const bool hardware_differs =
      a.hardware.is_present() && b.hardware.is_present() && a.hardware != b.hardware;
  const bool uid_differs = !a.uid.empty() && !b.uid.empty() && a.uid != b.uid;
  return hardware_differs || uid_differs;
}

bool HasSameDetails(const Lease& a, const Lease& b) {
  return a.ends == b.ends && a.hardware == b.hardware && a.uid == b.uid &&
         a.hostname == b.hostname && a.rest == b.rest && a.is_reserved == b.is_reserved &&
         a.is_dynamic_bootp == b.is_dynamic_bootp;
}

class Comparer {
 public:
  explicit Comparer(const CompareSettings& settings) : settings_(settings) {}

  // Nothing when both say the same.
  std::optional<DifferenceKind> Classify(const Lease& on_primary, const Lease& on_secondary) const {
    const BindingState one = StateInPool(on_primary, true, settings_.now);
    const BindingState two = StateInPool(on_secondary, true, settings_.now);
    if (one != two) return OfStates(one, two, on_primary, on_secondary);
    if (one == BindingState::kActive) {
      if (AreTwoClients(on_primary, on_secondary)) return DifferenceKind::kTwoClients;
      if (on_primary.ends != on_secondary.ends) {
        return Explained(on_primary, on_secondary).value_or(DifferenceKind::kEnds);
      }
    }
    if (HasSameDetails(on_primary, on_secondary)) return std::nullopt;
    return DifferenceKind::kDetails;
  }

 private:
  DifferenceKind OfStates(BindingState one, BindingState two, const Lease& on_primary,
                          const Lease& on_secondary) const {
    if (one == BindingState::kFree && two == BindingState::kBackup) {
      // No update leads through this: who gives an address away writes that down first.
      const Date change = LastChange(on_primary, on_secondary);
      const bool may_be_under_way = change + kUpdateSeconds >= settings_.now;
      return may_be_under_way ? DifferenceKind::kUnderWay : DifferenceKind::kBothOwn;
    }
    if (const auto explained = Explained(on_primary, on_secondary)) return *explained;
    const bool is_active = one == BindingState::kActive || two == BindingState::kActive;
    const bool is_spare = IsSpare(one) || IsSpare(two);
    return is_active && is_spare ? DifferenceKind::kActiveOnOne : DifferenceKind::kStale;
  }

  Date LastChange(const Lease& a, const Lease& b) const {
    return std::max(ChangeOf(a, settings_.now), ChangeOf(b, settings_.now));
  }

  std::optional<DifferenceKind> Explained(const Lease& a, const Lease& b) const {
    const Date change = LastChange(a, b);
    if (settings_.apart_since && change >= *settings_.apart_since) {
      return DifferenceKind::kWaitsForLink;
    }
    if (change + settings_.mclt >= settings_.now) return DifferenceKind::kUnderWay;
    return std::nullopt;
  }

  const CompareSettings& settings_;
};

Lease NeverUsed(base::Ipv4Address address) {
  return {.address = address, .state = BindingState::kFree};
}

std::optional<Date> ApartSince(const Database& database) {
  std::optional<Date> since;
  for (const FailoverBlock& block : database.failover()) {
    if (block.mine == failover::State::kNormal || !block.mine_since) continue;
    since = std::min(since.value_or(*block.mine_since), *block.mine_since);
  }
  return since;
}

std::optional<Date> MostMclt(const Database& database) {
  std::optional<Date> mclt;
  for (const FailoverBlock& block : database.failover()) {
    if (block.mclt.value_or(0) > 0) mclt = std::max<Date>(mclt.value_or(0), *block.mclt);
  }
  return mclt;
}

bool WritesMclt(const Database& database) {
  return std::ranges::any_of(database.failover(),
                             [](const FailoverBlock& block) { return block.mclt.has_value(); });
}

}  // namespace

std::span<const DifferenceRow> DifferenceKinds() { return kRows; }

const DifferenceRow& RowOf(DifferenceKind kind) {
  const auto* const found = std::ranges::find(kRows, kind, &DifferenceRow::kind);
  assert(found != kRows.end());
  return *found;
}

std::string_view Name(Weight weight) {
  switch (weight) {
    case Weight::kNormal:
      return "normal";
    case Weight::kInFlight:
      return "in flight";
    case Weight::kTrouble:
      return "trouble";
  }
  return "";
}

std::uint64_t Comparison::CountOf(Weight weight) const {
  std::uint64_t count = 0;
  for (const DifferenceRow& row : kRows) {
    if (row.weight == weight) count += CountOf(row.kind);
  }
  return count;
}

Comparison Compare(const Database& primary, const Database& secondary,
                   const CompareSettings& settings) {
  const Comparer comparer(settings);
  Comparison comparison;
  const auto take = [&](base::Ipv4Address address, std::optional<Database::Index> on_primary,
                        std::optional<Database::Index> on_secondary) {
    const auto kind =
        comparer.Classify(on_primary ? primary.At(*on_primary) : NeverUsed(address),
                          on_secondary ? secondary.At(*on_secondary) : NeverUsed(address));
    if (!kind) {
      ++comparison.same;
      return;
    }
    ++comparison.by_kind[static_cast<std::size_t>(*kind)];
    comparison.differences.push_back({address, *kind, on_primary, on_secondary});
  };
  for (Database::Index index = 0; index < primary.size(); ++index) {
    const base::Ipv4Address address = primary.AddressAt(index);
    take(address, index, secondary.Find(address));
  }
  for (Database::Index index = 0; index < secondary.size(); ++index) {
    const base::Ipv4Address address = secondary.AddressAt(index);
    if (!primary.Find(address)) take(address, std::nullopt, index);
  }
  std::ranges::sort(comparison.differences, {}, &Difference::address);
  return comparison;
}

std::optional<Order> OrderOf(const Database& one, const Database& other) {
  if (WritesMclt(one) == WritesMclt(other)) return std::nullopt;
  return WritesMclt(other) ? Order::kPrimaryFirst : Order::kSecondaryFirst;
}

CompareSettings SettingsOf(const Database& primary, const Database& secondary) {
  CompareSettings settings;
  settings.now = std::max(NewestDate(primary), NewestDate(secondary));
  if (const auto mclt = MostMclt(secondary)) settings.mclt = *mclt;
  const auto one = ApartSince(primary);
  const auto two = ApartSince(secondary);
  settings.apart_since = one && two ? std::min(*one, *two) : (one ? one : two);
  return settings;
}

}  // namespace dhcpair::leases
