#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dhcpair::leases {

/// What can be wrong in a leases file.
enum class FindingKind : std::uint8_t {
  kTorn,        ///< The file ends inside a declaration.
  kBadLease,    ///< A lease that cannot be read, and dhcpd drops.
  kLeftOut,     ///< A part of a lease that is left out; the lease itself counts.
  kUnfinished,  ///< A declaration begins inside another one, whose end is missing.
  kBadBlock,    ///< Another declaration that cannot be read.
  kJunk,        ///< What is no declaration at all.
  kDhcpv6,      ///< A declaration of DHCPv6, which is skipped.
  kEndByte,     ///< The byte that ends the file for dhcpd.
  kTooMuch,     ///< Beyond a limit.
};

struct FindingKindRow {
  FindingKind kind;
  std::string_view id;       ///< "torn", as JSON has it.
  bool is_damage;            ///< Whether something is lost, or will be when dhcpd starts.
  std::string_view summary;  ///< Of several: "leases that cannot be read".
};

std::span<const FindingKindRow> FindingKinds();
const FindingKindRow& RowOf(FindingKind kind);

struct Finding {
  FindingKind kind;
  std::uint64_t line;
  std::string message;  ///< Lower case, no full stop; bytes of the file are visible.
};

/// The findings of one file. Of each kind the first ones are kept (kFindingsKept) and all are
/// counted, for a file of garbage has millions.
class Findings {
 public:
  /// Whether another one of this kind is only counted, so that it needs no words.
  bool IsFull(FindingKind kind) const;
  void Add(FindingKind kind, std::uint64_t line, std::string message);
  /// Counts one more without words.
  void Count(FindingKind kind) { ++counts_[static_cast<std::size_t>(kind)]; }

  std::uint64_t CountOf(FindingKind kind) const { return counts_[static_cast<std::size_t>(kind)]; }
  /// Those that were kept, in the order of the file.
  const std::vector<Finding>& kept() const { return kept_; }
  bool has_damage() const;

 private:
  static constexpr std::size_t kKindCount = 9;
  std::array<std::uint64_t, kKindCount> counts_{};
  std::vector<Finding> kept_;
};

}  // namespace dhcpair::leases
