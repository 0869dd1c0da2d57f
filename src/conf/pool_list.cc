#include "conf/pool_list.h"

#include <utility>

namespace dhcpair::conf {

Permit PoolList::OwnPermit(bool is_dynamic_bootp) {
  return {.is_allow = is_dynamic_bootp,
          .kind = is_dynamic_bootp ? PermitKind::kAllClients : PermitKind::kDynamicBootpClients};
}

void PoolList::Add(Index index, const Pool& pool, bool has_statements) {
  if (!has_statements) {
    Likeness likeness{pool.peer, {}};
    for (const Permit& permit : pool.permits) {
      std::get<1>(likeness).emplace(permit.is_allow, permit.kind, permit.class_name);
    }
    if (!without_statements_.insert(std::move(likeness)).second) return;
  }
  const auto has_only = [&](const Permit& wanted) {
    return pool.permits.size() == 1 && pool.permits[0].kind == wanted.kind &&
           pool.permits[0].is_allow == wanted.is_allow;
  };
  // The list only grows, so the first one that is found stays the first one.
  if (!plain_home_ && has_only(OwnPermit(false))) plain_home_ = last_.value_or(index);
  if (!bootp_home_ && has_only(OwnPermit(true))) bootp_home_ = last_.value_or(index);
  last_ = index;
}

}  // namespace dhcpair::conf
