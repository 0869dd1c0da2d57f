#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "leases/failover_block.h"
#include "leases/lease.h"

namespace dhcpair::leases {

/// A host, group, class or subclass of a leases file. They come from OMAPI, and are on this node
/// only.
struct Declaration {
  std::string head;         ///< `host h2`, `subclass "c" 1:2`.
  std::string block;        ///< From its brace to its brace, as written.
  bool is_deleted = false;  ///< Says that an earlier one is not there any more.

  friend bool operator==(const Declaration&, const Declaration&) = default;
};

/// All that a leases file says in the end, an entry for each address. Made for millions of leases:
/// about 100 bytes each and their texts.
class Database {
 public:
  using Index = std::uint32_t;

  /// Takes a lease in the place of what was said of its address before, wholly. False when there is
  /// no room for it (limits.h).
  [[nodiscard]] bool Put(const Lease& lease);

  std::size_t size() const { return rows_.size(); }
  /// A lease by its place; its texts live until the next Put.
  Lease At(Index index) const;
  base::Ipv4Address AddressAt(Index index) const { return rows_[index].address; }
  std::optional<Index> Find(base::Ipv4Address address) const;
  /// All places in the order of their addresses.
  std::vector<Index> InOrder() const;

  /// When the running binding of an active lease began, as far as the file shows it: a declaration
  /// that follows one of another client or state, or that would fall back to another state. 0 where
  /// it does not show; a renewal is no beginning.
  Date BoundSince(Index index) const { return rows_[index].bound_since; }

  /// Takes the block in the place of the last one of this peer. False when there are too many.
  [[nodiscard]] bool Put(const FailoverBlock& block);
  const std::vector<FailoverBlock>& failover() const { return failover_; }

  /// Takes a declaration in the place of the last one of this head. False when there are too many.
  [[nodiscard]] bool Put(Declaration declaration);
  const std::vector<Declaration>& declarations() const { return declarations_; }

  /// `little-endian` or `big-endian`; empty where it is not said.
  std::string byte_order = {};
  /// Octets; empty where there are none.
  std::string server_duid = {};

  /// Whether both say the same, in whatever order.
  friend bool operator==(const Database& a, const Database& b);

 private:
  struct Row {
    Date starts, ends, tstp, tsfp, atsfp, cltt, bound_since;
    base::Ipv4Address address;
    base::HardwareAddress hardware;
    std::uint8_t state, next, rewind;  // 0 for none.
    bool is_reserved, is_dynamic_bootp;
    std::uint16_t uid_size, hostname_size;
    std::uint32_t rest_size;
    std::uint32_t texts;  // Where they begin in texts_: uid, hostname, rest.
    std::uint32_t texts_size() const { return uid_size + hostname_size + rest_size; }
  };

  struct Slot {
    base::Ipv4Address address;
    Index place;  // Plus one; 0 for none.
  };

  static Row RowOf(const Lease& lease);
  bool PlaceTexts(const Lease& lease, Row& row, const Row* before);
  void DropDeadTexts();
  std::size_t SlotOf(base::Ipv4Address address) const;
  void Grow();

  std::deque<Row> rows_;
  std::vector<Slot> slots_;  // By a hash of the address, open addressing.
  std::string texts_;
  std::size_t dead_bytes_ = 0;  // In texts_, of leases that were replaced.
  std::vector<FailoverBlock> failover_;
  std::vector<Declaration> declarations_;
  std::map<std::string, std::size_t, std::less<>> declaration_by_head_;
  std::size_t declaration_bytes_ = 0;
};

}  // namespace dhcpair::leases
