#pragma once

#include <span>
#include <string_view>

namespace dhcpair::lint {

/// A file of src/lint/explain/, compiled into the program.
struct ExplanationText {
  std::string_view name;  ///< "conf.txt".
  std::string_view text;
};

/// All of them, by name.
std::span<const ExplanationText> ExplanationTexts();

}  // namespace dhcpair::lint
