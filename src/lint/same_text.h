#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "conf/model.h"

namespace dhcpair::lint {

/// A statement of a scope by what it sets: two scopes say the same when they have the same
/// statements under the same keys, in whatever order.
struct StatementKey {
  conf::StatementKind kind;
  std::string_view space;
  std::string_view name;
  std::size_t number;  ///< Among those that are otherwise alike.

  friend auto operator<=>(const StatementKey&, const StatementKey&) = default;
};

using StatementMap = std::map<StatementKey, const conf::Statement*>;

/// Compares parts of two configurations by what they say: neither white space nor comments nor the
/// case of words count, nor in which file they stand.
class SameText {
 public:
  SameText(const conf::Model& left, const conf::Model& right) : left_(left), right_(right) {}

  bool Says(const conf::Origin& left, const conf::Origin& right) const;
  /// The statements that stand right in two scopes.
  bool Scopes(conf::Index left, conf::Index right) const;
  /// The groups around two scopes, up to the global one.
  bool Groups(conf::Index left, conf::Index right);

 private:
  const conf::Model& left_;
  const conf::Model& right_;
  std::map<std::pair<conf::Index, conf::Index>, bool> groups_;
};

/// The statements of a scope by their keys.
StatementMap ByKey(const std::vector<conf::Statement>& statements);

}  // namespace dhcpair::lint
