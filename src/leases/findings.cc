#include "leases/findings.h"

#include <algorithm>
#include <cassert>

#include "leases/limits.h"

namespace dhcpair::leases {
namespace {

constexpr std::array kKinds{
    FindingKindRow{FindingKind::kTorn, "torn", true, "torn ends"},
    FindingKindRow{FindingKind::kBadLease, "bad-lease", true, "leases that cannot be read"},
    FindingKindRow{FindingKind::kLeftOut, "left-out", true, "parts of leases that are left out"},
    FindingKindRow{FindingKind::kUnfinished, "unfinished", true, "declarations without an end"},
    FindingKindRow{FindingKind::kBadBlock, "bad-block", true, "declarations that cannot be read"},
    FindingKindRow{FindingKind::kJunk, "junk", true, "places with no declaration"},
    FindingKindRow{FindingKind::kDhcpv6, "dhcpv6", false, "declarations of DHCPv6"},
    FindingKindRow{FindingKind::kEndByte, "end-byte", true, "bytes that end the file for dhcpd"},
    FindingKindRow{FindingKind::kTooMuch, "too-much", true, "things beyond a limit"},
};

}  // namespace

std::span<const FindingKindRow> FindingKinds() { return kKinds; }

const FindingKindRow& RowOf(FindingKind kind) {
  const auto* const found = std::ranges::find(kKinds, kind, &FindingKindRow::kind);
  assert(found != kKinds.end());
  return *found;
}

bool Findings::IsFull(FindingKind kind) const { return CountOf(kind) >= kFindingsKept; }

void Findings::Add(FindingKind kind, std::uint64_t line, std::string message) {
  if (!IsFull(kind)) kept_.push_back({kind, line, std::move(message)});
  Count(kind);
}

bool Findings::has_damage() const {
  return std::ranges::any_of(
      kKinds, [&](const FindingKindRow& row) { return row.is_damage && CountOf(row.kind) > 0; });
}

}  // namespace dhcpair::leases
