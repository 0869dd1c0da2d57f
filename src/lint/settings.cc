#include "lint/settings.h"

namespace dhcpair::lint {

using conf::Statement;
using conf::StatementKind;

namespace {

bool Changes(const Statement& statement, const OptionName& option) {
  if (statement.name != option.name || statement.space != option.space) return false;
  return statement.kind == StatementKind::kAppend || statement.kind == StatementKind::kPrepend ||
         statement.Sets(option.space, option.name);
}

// Whether something in its bodies may change the option before an answer goes out.
bool MayChange(const Statement& statement, const OptionName& option) {
  if (statement.branches == nullptr || statement.kind == StatementKind::kOn) return false;
  bool found = false;
  const auto look = [&](const Statement& inner) { found |= Changes(inner, option); };
  ForEachStatement(statement.branches->body, look);
  ForEachStatement(statement.branches->otherwise, look);
  return found;
}

}  // namespace

Settings::Settings(const conf::Model& model, std::initializer_list<OptionName> names)
    : model_(model), names_(names) {
  for (conf::Index scope = 0; scope < model.scopes.size(); ++scope) {
    for (const Statement& statement : model.scopes[scope].statements) Take(scope, statement);
  }
}

void Settings::Take(conf::Index scope, const Statement& statement) {
  for (std::size_t name = 0; name < names_.size(); ++name) {
    const OptionName& option = names_[name];
    const bool sets = statement.Sets(option.space, option.name);
    if (!sets && !Changes(statement, option) && !MayChange(statement, option)) continue;
    Setting& own = own_[KeyOf(scope, name)];
    own.scope = scope;
    own.depends |= !sets;
    const bool counts = own.statement == nullptr || statement.kind != StatementKind::kDefault;
    if (counts) own.statement = &statement;
    if (own.depends) own.statement = nullptr;
    if (scopes_.empty() || scopes_.back() != scope) scopes_.push_back(scope);
  }
}

Setting Settings::Own(conf::Index scope, std::size_t name) const {
  const auto found = own_.find(KeyOf(scope, name));
  return found == own_.end() ? Setting{} : found->second;
}

Setting Settings::In(conf::Index scope, std::size_t name) const {
  for (std::optional<conf::Index> at = scope; at; at = model_.scopes[*at].parent) {
    const auto found = own_.find(KeyOf(*at, name));
    if (found != own_.end()) return found->second;
  }
  return {};
}

}  // namespace dhcpair::lint
