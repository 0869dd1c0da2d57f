#pragma once

#include <vector>

#include "conf/expressions.h"
#include "conf/parse.h"

namespace dhcpair::conf {

enum class StatementResult {
  kNone,    ///< No such statement begins here; nothing was taken.
  kFailed,  ///< Something was reported, and the rest of the statement must be skipped.
  kOk,
};

/// A statement that may also stand in the body of an if: options, parameters, if, switch, on, set,
/// log, key, zone and the like. What is executed goes into `into`, and the kind of the node that is
/// open becomes the statement's.
StatementResult ParseExecutable(Parse& parse, ScopeKind scope, std::size_t node,
                                std::vector<Statement>& into);

}  // namespace dhcpair::conf
