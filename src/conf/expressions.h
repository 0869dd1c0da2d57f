#pragma once

#include <optional>

#include "conf/parse.h"

namespace dhcpair::conf {

/// What is wanted where an expression stands; it decides whether 10 is a number or an octet.
enum class Wanted { kAny, kBoolean, kData, kNumeric, kDataOrNumeric };

/// What came of reading an expression.
struct Parsed {
  enum class State {
    kNone,    ///< No expression begins here, and nothing was reported.
    kFailed,  ///< Something was reported.
    kOk,
  };
  State state;
  Type type = Type::kAny;
  ExpressionId id = ExpressionId::kNone;

  bool ok() const { return state == State::kOk; }
};

Parsed ParseExpression(Parse& parse, Wanted wanted);

/// An expression that must be there, and of this type.
std::optional<ExpressionId> ParseBoolean(Parse& parse);
std::optional<ExpressionId> ParseData(Parse& parse);

}  // namespace dhcpair::conf
