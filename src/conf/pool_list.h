#pragma once

#include <optional>
#include <set>
#include <string_view>
#include <tuple>

#include "conf/model.h"

namespace dhcpair::conf {

/// The pools of one network in the order of dhcpd's own list, for the ranges that stand right in a
/// subnet. For such a range dhcpd looks for the first pool that denies dynamic BOOTP clients and
/// says nothing else; for one with `dynamic-bootp`, that allows all clients and says nothing else.
/// Then it takes not this pool, but the one before it in the list, if there is one. Only where it
/// finds none does it make a pool with that permit, one that is in no failover.
class PoolList {
 public:
  /// What dhcpd gives to a pool that it makes itself.
  static Permit OwnPermit(bool is_dynamic_bootp);

  /// The next pool: its block has ended, or dhcpd has made it. One that has no statements and is
  /// like another one before it has no place of its own: dhcpd puts its addresses there.
  void Add(Index index, const Pool& pool, bool has_statements);

  /// Where a range right in a subnet goes from here on; absent when dhcpd makes a pool for it.
  std::optional<Index> HomeOf(bool is_dynamic_bootp) const {
    return is_dynamic_bootp ? bootp_home_ : plain_home_;
  }

 private:
  using Likeness =
      std::tuple<std::optional<Index>, std::set<std::tuple<bool, PermitKind, std::string_view>>>;

  std::optional<Index> last_;
  std::optional<Index> plain_home_;
  std::optional<Index> bootp_home_;
  std::set<Likeness> without_statements_;
};

}  // namespace dhcpair::conf
