#pragma once

#include "conf/expressions.h"
#include "conf/parse.h"

namespace dhcpair::conf {

enum class StatementResult {
  kNone,    ///< No such statement begins here; nothing was taken.
  kFailed,  ///< Something was reported, and the rest of the statement must be skipped.
  kOk,
};

/// A statement that may also stand in the body of an if: options, parameters, if, switch, on, set,
/// log, key, zone and the like. `cases` is what the cases of the switch around it are compared
/// with, or kAny outside of one.
StatementResult ParseExecutable(Parse& parse, Scope scope, Wanted cases);

/// "option" or "server-identifier" has been taken, and the name: the value and the ';'.
bool ParseOptionStatement(Parse& parse, std::string_view format);

/// How deep blocks may lie in each other.
inline constexpr std::size_t kBlockDepthMax = 200;

}  // namespace dhcpair::conf
