#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "conf/model.h"

namespace dhcpair::lint {

/// What counts for an option in one scope.
struct Setting {
  /// Absent where nothing sets the option, and where it `depends`.
  const conf::Statement* statement = nullptr;
  conf::Index scope = 0;  ///< In which it stands.
  /// An if, a switch, a function, append or prepend decides: nothing can be said about the value.
  bool depends = false;
};

/// The space and the name of an option; "server" is the space of parameters.
struct OptionName {
  std::string_view space;
  std::string_view name;
};

/// Where some options or parameters are set, with inheritance as dhcpd resolves it: the innermost
/// scope that says something counts. Made in one pass, so that asking for many scopes stays cheap;
/// an option is asked for by its place in the list of names.
class Settings {
 public:
  Settings(const conf::Model& model, std::initializer_list<OptionName> names);

  Setting In(conf::Index scope, std::size_t name) const;
  /// What this scope itself says.
  Setting Own(conf::Index scope, std::size_t name) const;
  /// The scopes that say something themselves, in the order of the file.
  const std::vector<conf::Index>& scopes() const { return scopes_; }

 private:
  void Take(conf::Index scope, const conf::Statement& statement);
  std::uint64_t KeyOf(conf::Index scope, std::size_t name) const {
    return std::uint64_t{scope} * names_.size() + name;
  }

  const conf::Model& model_;
  const std::vector<OptionName> names_;
  // Few scopes say anything, for most of a large configuration are hosts.
  std::unordered_map<std::uint64_t, Setting> own_;
  std::vector<conf::Index> scopes_;
};

/// Calls visit(statement) for all statements of a list and for those in their bodies, however deep.
template <typename Visit>
void ForEachStatement(const std::vector<conf::Statement>& statements, const Visit& visit) {
  // A chain of 'elsif' nests as deep as it is long, so there is no recursion here.
  std::vector<const std::vector<conf::Statement>*> rest;
  for (const auto* list = &statements;; list = rest.back(), rest.pop_back()) {
    for (const conf::Statement& statement : *list) {
      visit(statement);
      if (statement.branches == nullptr) continue;
      rest.push_back(&statement.branches->body);
      rest.push_back(&statement.branches->otherwise);
    }
    if (rest.empty()) return;
  }
}

/// The same for all statements of a configuration.
template <typename Visit>
void ForEachStatement(const conf::Model& model, const Visit& visit) {
  for (const conf::Scope& scope : model.scopes) ForEachStatement(scope.statements, visit);
}

}  // namespace dhcpair::lint
