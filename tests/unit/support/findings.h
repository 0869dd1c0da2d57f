#pragma once

#include <memory>
#include <string>

#include "text/diagnostic.h"

namespace dhcpair::test {

inline constexpr text::Rule kErrorRule{
    .id = "pair-an-error", .severity = text::Severity::kError, .summary = "An error."};
inline constexpr text::Rule kWarningRule{.id = "conf-a-warning",
                                         .severity = text::Severity::kWarning,
                                         .summary = "A warning.",
                                         .alias = "FO001"};
inline constexpr text::Rule kAdviceRule{
    .id = "pair-an-advice", .severity = text::Severity::kAdvice, .summary = "An advice."};

inline text::SourcePtr Source(std::string name, std::string contents) {
  return std::make_shared<const text::SourceFile>(std::move(name), std::move(contents));
}

/// A finding about the first place in the source where the text stands.
inline text::Diagnostic FindingAt(const text::SourcePtr& source, const std::string& text,
                                  const text::Rule& rule = kErrorRule) {
  const std::size_t begin = source->contents().find(text);
  return {&rule, {source, text::Span{begin, begin + text.size()}}, "it is wrong"};
}

inline text::Diagnostics Only(text::Diagnostic diagnostic) {
  text::Diagnostics diagnostics;
  diagnostics.Add(std::move(diagnostic));
  return diagnostics;
}

}  // namespace dhcpair::test
