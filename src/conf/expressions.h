#pragma once

#include "conf/parse.h"

namespace dhcpair::conf {

/// What an expression gives. A variable or a function may give anything.
enum class Type { kBoolean, kData, kNumeric, kAny };

/// What is wanted where an expression stands; it decides whether 10 is a number or an octet.
enum class Wanted { kAny, kBoolean, kData, kNumeric, kDataOrNumeric };

struct Expression {
  enum class State {
    kNone,    ///< No expression begins here, and nothing was reported.
    kFailed,  ///< Something was reported.
    kOk,
  };
  State state;
  Type type = Type::kAny;

  bool ok() const { return state == State::kOk; }
};

Expression ParseExpression(Parse& parse, Wanted wanted);

/// An expression that must be there, and of this type.
bool ParseBoolean(Parse& parse);
bool ParseData(Parse& parse);
bool ParseNumeric(Parse& parse);

}  // namespace dhcpair::conf
