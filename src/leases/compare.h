#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "leases/database.h"

namespace dhcpair::leases {

/// What a difference between the leases of two nodes means.
enum class Weight : std::uint8_t {
  kNormal,    ///< The nodes are meant to differ like this.
  kInFlight,  ///< An update is on its way, or waits for the link.
  kTrouble,   ///< No update explains it.
};

enum class DifferenceKind : std::uint8_t {
  kDetails,
  kUnderWay,
  kWaitsForLink,
  kTwoClients,
  kBothOwn,
  kActiveOnOne,
  kEnds,
  kStale,
};

struct DifferenceRow {
  DifferenceKind kind;
  std::string_view id;  ///< "two-clients", as JSON and CSV have it.
  Weight weight;
  std::string_view words;  ///< For people, as the end of a sentence on the address.
};

std::span<const DifferenceRow> DifferenceKinds();
const DifferenceRow& RowOf(DifferenceKind kind);
std::string_view Name(Weight weight);

struct Difference {
  base::Ipv4Address address;
  DifferenceKind kind;
  // Absent on a node whose file does not name the address: free, and never used there.
  std::optional<Database::Index> on_primary;
  std::optional<Database::Index> on_secondary;
};

/// What explains differences.
struct CompareSettings {
  Date now = 0;      ///< When both files were as they are.
  Date mclt = 3600;  ///< Seconds; no update takes longer.
  /// Since when a node is in another state than normal: what changed since then waits for the link.
  std::optional<Date> apart_since = {};
};

struct Comparison {
  std::uint64_t same = 0;  ///< Addresses of which both say the same.
  std::array<std::uint64_t, 8> by_kind = {};
  std::vector<Difference> differences;  ///< By their addresses.

  std::uint64_t CountOf(DifferenceKind kind) const {
    return by_kind[static_cast<std::size_t>(kind)];
  }
  std::uint64_t CountOf(Weight weight) const;
};

/// Compares the leases of the two nodes of a pair. Dates that belong to a node (starts, cltt, tstp,
/// tsfp, atsfp) are no differences.
Comparison Compare(const Database& primary, const Database& secondary,
                   const CompareSettings& settings);

/// Which of two databases is the primary's: only a secondary writes the `mclt` of its peer. Nothing
/// when they do not tell.
enum class Order : std::uint8_t { kPrimaryFirst, kSecondaryFirst };
std::optional<Order> OrderOf(const Database& one, const Database& other);

/// What the files themselves say: the newest date of both, the MCLT of a secondary, and since when
/// one of them is not normal.
CompareSettings SettingsOf(const Database& primary, const Database& secondary);

}  // namespace dhcpair::leases
