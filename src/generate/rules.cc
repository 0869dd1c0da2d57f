#include "generate/rules.h"

#include <array>

namespace dhcpair::generate::rules {

using text::Rule;
using enum text::Severity;

constexpr Rule kUnreadable{"template-unreadable", kError, "a template cannot be read"};
constexpr Rule kUnknownName{"template-unknown-name", kError,
                            "a template uses a name that generate does not know"};
constexpr Rule kWrongUse{"template-wrong-use", kError,
                         "a template uses a value as a section, or a section as a value"};
constexpr Rule kBadTag{"template-bad-tag", kError,
                       "a tag is not closed, or of a kind that templates here do not have"};
constexpr Rule kUnbalanced{"template-unbalanced-section", kError,
                           "a section is not closed, or closed without being open"};
constexpr Rule kDroppedValue{"template-dropped-value", kError,
                             "a template leaves out what its file cannot do without"};

std::span<const Rule* const> All() {
  static constexpr std::array kAll{&kUnreadable, &kUnknownName, &kWrongUse,
                                   &kBadTag,     &kUnbalanced,  &kDroppedValue};
  return kAll;
}

}  // namespace dhcpair::generate::rules
