#include "lint/option_rules.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <unordered_set>
#include <vector>

#include "conf/statements.h"
#include "dhcp/options.h"
#include "lint/lease_time_rules.h"
#include "lint/number_text.h"
#include "lint/settings.h"
#include "text/suggest.h"

namespace dhcpair::lint {
namespace {

using conf::DeclaredOption;
using conf::ExpressionKind;
using conf::Statement;
using conf::StatementKind;
using dhcp::OptionDefinition;
using text::Rule;
using enum text::Severity;

constexpr Rule kUnknownWord{"option-unknown-word", kWarning,
                            "a word that is no statement is taken for an expression, and does "
                            "nothing",
                            "FP239"};
constexpr Rule kOctalNumber{"option-octal-number", kWarning,
                            "a number has a leading zero, which dhcpd reads as octal"};
constexpr Rule kUnusableCode{"option-unusable-code", kAdvice,
                             "an option is declared with a code that DHCP cannot carry", "FP240"};
constexpr Rule kRedefined{"option-redefined", kAdvice,
                          "an option that dhcpd knows is declared as something else", "FP240"};

// Finding out what was meant takes a while, and nobody reads more of them.
constexpr std::size_t kSuggestionsMax = 1000;

// The codes that mean "padding" and "the end" in a packet.
constexpr long kPad = 0;
constexpr long kEnd = 255;

// What may stand where an unknown word does.
std::vector<std::string_view> StatementWords() {
  std::vector<std::string_view> words;
  for (const conf::StatementDefinition& known : conf::Statements()) {
    if (!known.contexts.Has(conf::Context::kFailover)) words.push_back(known.name);
  }
  return words;
}

class OptionChecker {
 public:
  OptionChecker(const conf::Model& model, text::Diagnostics& diagnostics)
      : model_(model), diagnostics_(diagnostics) {}

  void Check() {
    ForEachStatement(model_, [&](const Statement& statement) {
      if (statement.kind == StatementKind::kEvaluate) evaluated_.push_back(&statement);
      const bool names_something =
          statement.kind == StatementKind::kSet || statement.kind == StatementKind::kDefine;
      if (names_something) known_.insert(statement.name);
      if (statement.kind == StatementKind::kSupersede) CheckNumber(statement);
    });
    for (const Statement* const statement : evaluated_) CheckWord(*statement);
    for (const DeclaredOption& option : model_.options) {
      if (option.space == "dhcp") CheckDeclaration(option);
    }
  }

 private:
  void CheckWord(const Statement& statement) {
    if (statement.value == conf::ExpressionId::kNone) return;
    const conf::Expression& value = model_.expressions[statement.value];
    const bool is_call = value.kind == ExpressionKind::kCall;
    if (!is_call && value.kind != ExpressionKind::kVariable) return;
    // Behind 'eval' it is meant as an expression.
    if (!model_.TextOf(statement.origin).starts_with(value.text)) return;
    // In a file with mistakes, a function's definition may be what could not be read.
    if (known_.contains(value.text) || (is_call && model_.has_errors)) return;
    std::string message =
        is_call ? fmt::format(
                      "dhcpd knows no statement '{}' and takes it for the call of a "
                      "function, which is defined nowhere: it does nothing",
                      value.text)
                : fmt::format(
                      "dhcpd knows no statement '{}' and takes it for a variable: it does "
                      "nothing",
                      value.text);
    if (const auto meant = Meant(value.text))
      message += fmt::format("; did you mean '{}'?", *meant);
    conf::Origin word = statement.origin;
    word.end = word.begin + static_cast<std::uint32_t>(value.text.size());
    diagnostics_.Add({&kUnknownWord, model_.LocationOf(word), std::move(message)});
  }

  std::optional<std::string_view> Meant(std::string_view word) {
    static const std::vector<std::string_view> kWords = StatementWords();
    if (suggestions_++ >= kSuggestionsMax) return std::nullopt;
    return text::DidYouMean(word, kWords);
  }

  void CheckNumber(const Statement& statement) {
    if (IsLeaseTime(statement)) return;  // They have a rule of their own.
    const auto octets = model_.OctetsOf(statement.value);
    if (!octets || octets->empty() || octets->size() > 4) return;
    const std::string_view written = model_.TextOf(statement.value_origin);
    if (Reading(written) != NumberText::kOctal) return;
    std::uint32_t read = 0;
    for (const char octet : *octets) read = read << 8 | static_cast<std::uint8_t>(octet);
    // An octet of a string is hexadecimal: there a zero in front is usual.
    if (read != OctalValue(written)) return;
    diagnostics_.Add({&kOctalNumber, model_.LocationOf(statement.value_origin),
                      fmt::format("dhcpd reads '{}' as octal, {}; write it without the leading "
                                  "zero",
                                  written, read)});
  }

  void CheckDeclaration(const DeclaredOption& option) {
    if (option.code <= kPad || option.code >= kEnd) {
      diagnostics_.Add({&kUnusableCode, model_.LocationOf(option.origin),
                        fmt::format("option '{}' has the code {}, which no packet can carry as an "
                                    "option; codes for your own use are 128 to 254",
                                    option.name, option.code)});
      return;
    }
    // So vendors' options are sent: in a space of their own, which is what option 43 is for.
    if (option.format.starts_with('E')) return;
    const OptionDefinition* const by_name = dhcp::FindOption("dhcp", option.name);
    const OptionDefinition* const by_code = WithCode(option.code);
    if (by_name != nullptr && by_name->code != static_cast<std::uint32_t>(option.code)) {
      ReportRedefined(option, fmt::format("option '{}' is one that dhcpd knows with the code {}, "
                                          "and the declaration gives it {}",
                                          option.name, by_name->code, option.code));
    } else if (by_code != nullptr && by_code->name != option.name) {
      ReportRedefined(option, fmt::format("code {} is the one of option '{}', which needs no "
                                          "declaration; '{}' takes its place",
                                          option.code, by_code->name, option.name));
    } else if (by_code != nullptr && !IsSameFormat(by_code->format, option.format)) {
      ReportRedefined(option, fmt::format("dhcpd knows option '{}' without this declaration, with "
                                          "values of another type",
                                          option.name));
    }
  }

  static const OptionDefinition* WithCode(long code) {
    const auto options = dhcp::Options();
    const auto found = std::ranges::find_if(options, [&](const OptionDefinition& option) {
      return option.space == "dhcp" && option.code == static_cast<std::uint32_t>(code);
    });
    return found == options.end() ? nullptr : &*found;
  }

  // Whether an integer has a sign makes no difference to what is sent.
  static bool IsSameFormat(std::string_view one, std::string_view other) {
    const auto unsigned_letter = [](char c) {
      return c == 'l' || c == 's' || c == 'b' ? static_cast<char>(c - 'a' + 'A') : c;
    };
    return std::ranges::equal(one, other, {}, unsigned_letter, unsigned_letter);
  }

  void ReportRedefined(const DeclaredOption& option, std::string message) {
    diagnostics_.Add({&kRedefined, model_.LocationOf(option.origin), std::move(message)});
  }

  const conf::Model& model_;
  text::Diagnostics& diagnostics_;
  std::vector<const Statement*> evaluated_;
  std::unordered_set<std::string_view> known_;  // Variables and functions.
  std::size_t suggestions_ = 0;
};

}  // namespace

void CheckOptions(const conf::Model& model, text::Diagnostics& diagnostics) {
  OptionChecker(model, diagnostics).Check();
}

std::span<const Rule* const> OptionRules() {
  static constexpr std::array kAll{&kUnknownWord, &kOctalNumber, &kUnusableCode, &kRedefined};
  return kAll;
}

}  // namespace dhcpair::lint
