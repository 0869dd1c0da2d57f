#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "conf/keyword.h"
#include "text/source_file.h"

namespace dhcpair::conf {

/// What an expression gives. A variable or a function may give anything.
enum class Type : std::uint8_t { kBoolean, kData, kNumeric, kAny };

/// The operators of two operands, in the words of dhcp-eval(5).
enum class Operator : std::uint8_t {
  kEqual,         ///< =
  kNotEqual,      ///< !=
  kMatch,         ///< ~=, a POSIX regular expression
  kMatchAnyCase,  ///< ~~
  kAnd,
  kOr,
  kAdd,
  kMultiply,
  kDivide,
  kRemainder,
  kBitAnd,
  kBitOr,
  kBitXor,
};

enum class ExpressionKind : std::uint8_t {
  kData,           ///< text: octets that stand in the file.
  kNumber,         ///< number.
  kHostLookup,     ///< text: a name whose addresses are meant; looked up when it is evaluated.
  kConcatenation,  ///< Of all arguments: a value of several parts, one of them looked up.
  kVariable,       ///< text.
  kCall,           ///< text: the function; its arguments.
  kOption,         ///< space and text: an option of the client's packet.
  kConfigOption,   ///< space and text: an option as configured for the client.
  kExists,         ///< space and text: whether the client sent this option.
  kNot,
  kCheck,       ///< text: a collection of classes.
  kDefined,     ///< text: a variable.
  kExtractInt,  ///< number: 8, 16 or 32 bits of the argument, big-endian.
  kEncodeInt,   ///< number: how many bits the argument, a number, is written with.
  kForm,        ///< word: "substring"_kw, "known"_kw and the like, with their arguments.
  kBinary,      ///< op, and two arguments.
};

/// An expression by its place in Expressions.
enum class ExpressionId : std::uint32_t { kNone = 0xffffffff };

struct Expression {
  ExpressionKind kind;
  Type type = Type::kAny;
  Operator op = Operator::kEqual;
  Keyword word = {};
  std::uint32_t number = 0;
  std::uint32_t first_argument = 0;  ///< In Expressions' own list.
  std::uint32_t argument_count = 0;
  std::uint32_t option_code = 0;
  std::string_view space = {};
  std::string_view text = {};
};

/// All expressions of a configuration. They point at each other by id, and nothing is ever taken
/// out again.
class Expressions {
 public:
  ExpressionId Add(Expression expression, std::span<const ExpressionId> arguments = {});
  const Expression& operator[](ExpressionId id) const { return all_[static_cast<std::size_t>(id)]; }
  std::span<const ExpressionId> ArgumentsOf(const Expression& expression) const {
    return std::span(arguments_).subspan(expression.first_argument, expression.argument_count);
  }
  std::size_t size() const { return all_.size(); }

 private:
  std::vector<Expression> all_;
  std::vector<ExpressionId> arguments_;
};

/// The expression as it might have been written: for messages and tests.
std::string Print(const Expressions& all, ExpressionId id);

}  // namespace dhcpair::conf
