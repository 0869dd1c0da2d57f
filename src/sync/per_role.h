#pragma once

#include <algorithm>
#include <future>
#include <utility>
#include <vector>

#include "pair/pair.h"

namespace dhcpair::sync {

/// The same thing of each node of a pair.
template <typename Value>
struct PerRole {
  Value primary;
  Value secondary;

  Value& operator[](pair::Role role) { return role == pair::Role::kPrimary ? primary : secondary; }
  const Value& operator[](pair::Role role) const {
    return role == pair::Role::kPrimary ? primary : secondary;
  }
};

using pair::kBothRoles;
using pair::Other;

/// Whether a node is among these.
inline bool Has(const std::vector<pair::Role>& roles, pair::Role role) {
  return std::ranges::find(roles, role) != roles.end();
}

/// Does the same with both nodes side by side: `work` is called with each role, from two threads.
template <typename Work>
auto OnBoth(Work&& work) {
  auto secondary = std::async(std::launch::async, [&] { return work(pair::Role::kSecondary); });
  auto primary = work(pair::Role::kPrimary);
  return PerRole<decltype(primary)>{std::move(primary), secondary.get()};
}

}  // namespace dhcpair::sync
