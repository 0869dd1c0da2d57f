#include "conf/expression_tree.h"

#include <fmt/core.h>

#include "text/utf8.h"

namespace dhcpair::conf {
namespace {

std::string_view Symbol(Operator op) {
  switch (op) {
    case Operator::kEqual:
      return "=";
    case Operator::kNotEqual:
      return "!=";
    case Operator::kMatch:
      return "~=";
    case Operator::kMatchAnyCase:
      return "~~";
    case Operator::kAnd:
      return "and";
    case Operator::kOr:
      return "or";
    case Operator::kAdd:
      return "+";
    case Operator::kMultiply:
      return "*";
    case Operator::kDivide:
      return "/";
    case Operator::kRemainder:
      return "%";
    case Operator::kBitAnd:
      return "&";
    case Operator::kBitOr:
      return "|";
    case Operator::kBitXor:
      return "^";
  }
  return "";
}

std::string Octets(std::string_view text) {
  const bool is_text = !text.empty() && text::Visible(text) == text && !text.contains('"');
  if (is_text || text.empty()) return fmt::format("\"{}\"", text);
  std::string printed;
  for (const char c : text) {
    printed += fmt::format("{}{:02x}", printed.empty() ? "" : ":", static_cast<unsigned char>(c));
  }
  return printed;
}

class ExpressionPrinter {
 public:
  explicit ExpressionPrinter(const Expressions& all) : all_(all) {}

  std::string Run(ExpressionId id) const {
    const Expression& e = all_[id];
    const auto arguments = all_.ArgumentsOf(e);
    switch (e.kind) {
      case ExpressionKind::kData:
        return Octets(e.text);
      case ExpressionKind::kNumber:
        return fmt::format("{}", static_cast<std::int32_t>(e.number));
      case ExpressionKind::kHostLookup:
        return fmt::format("gethostbyname(\"{}\")", e.text);
      case ExpressionKind::kConcatenation:
        return "concat" + List(arguments);
      case ExpressionKind::kVariable:
        return std::string(e.text);
      case ExpressionKind::kCall:
        return std::string(e.text) + List(arguments);
      case ExpressionKind::kOption:
        return fmt::format("option {}.{}", e.space, e.text);
      case ExpressionKind::kConfigOption:
        return fmt::format("config-option {}.{}", e.space, e.text);
      case ExpressionKind::kExists:
        return fmt::format("exists {}.{}", e.space, e.text);
      case ExpressionKind::kNot:
        return "not " + Run(arguments[0]);
      case ExpressionKind::kCheck:
        return fmt::format("check \"{}\"", e.text);
      case ExpressionKind::kDefined:
        return fmt::format("defined({})", e.text);
      case ExpressionKind::kExtractInt:
        return fmt::format("extract-int({}, {})", Run(arguments[0]), e.number);
      case ExpressionKind::kEncodeInt:
        return fmt::format("encode-int({}, {})", Run(arguments[0]), e.number);
      case ExpressionKind::kForm:
        return std::string(Name(e.word)) + (arguments.empty() ? "" : List(arguments));
      case ExpressionKind::kBinary:
        return fmt::format("({} {} {})", Run(arguments[0]), Symbol(e.op), Run(arguments[1]));
    }
    return "";
  }

 private:
  std::string List(std::span<const ExpressionId> ids) const {
    std::string list;
    for (const ExpressionId id : ids) list += (list.empty() ? "" : ", ") + Run(id);
    return "(" + list + ")";
  }

  const Expressions& all_;
};

}  // namespace

ExpressionId Expressions::Add(Expression expression, std::span<const ExpressionId> arguments) {
  expression.first_argument = static_cast<std::uint32_t>(arguments_.size());
  expression.argument_count = static_cast<std::uint32_t>(arguments.size());
  arguments_.insert(arguments_.end(), arguments.begin(), arguments.end());
  all_.push_back(expression);
  return static_cast<ExpressionId>(all_.size() - 1);
}

std::string Print(const Expressions& all, ExpressionId id) {
  return ExpressionPrinter(all).Run(id);
}

}  // namespace dhcpair::conf
