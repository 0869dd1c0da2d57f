#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "conf/conf.h"
#include "support/findings.h"
#include "support/map_loader.h"
#include "text/diagnostic.h"
#include "text/render.h"

namespace dhcpair::test {

/// The Model of a dhcpd.conf in a text; fails the test when dhcpd would reject it.
inline conf::Model ReadModel(const std::string& text, const std::string& name = "dhcpd.conf",
                             MapLoader loader = {}) {
  text::Diagnostics diagnostics;
  conf::Model model = conf::Read(loader, Source(name, text), diagnostics);
  EXPECT_EQ(RenderTerminal(diagnostics, text::Color::kNever), "") << text;
  return model;
}

/// Every finding as "ID:LINE", in the order of the file; ":0" for a file as a whole.
inline std::vector<std::string> Seen(text::Diagnostics diagnostics) {
  diagnostics.Sort();
  std::vector<std::string> seen;
  for (const text::Diagnostic& finding : diagnostics.all()) {
    const text::Location& at = finding.at;
    const std::size_t line = at.span ? at.source->PositionOf(at.span->begin).line : 0;
    seen.push_back(std::string(finding.rule->id) + ":" + std::to_string(line));
  }
  return seen;
}

/// The text after all fixes; it must be one file, and fixes must not overlap.
inline std::string Fixed(std::string text, const text::Diagnostics& diagnostics) {
  std::vector<text::Edit> edits;
  for (const text::Diagnostic& finding : diagnostics.all()) {
    if (!finding.fix) continue;
    edits.insert(edits.end(), finding.fix->edits.begin(), finding.fix->edits.end());
  }
  // From the end, so that the places before it stay what they are.
  std::ranges::sort(edits, std::ranges::greater{},
                    [](const text::Edit& edit) { return edit.at.span->begin; });
  for (const text::Edit& edit : edits) {
    const text::Span span = *edit.at.span;
    text.replace(span.begin, span.end - span.begin, edit.replacement);
  }
  return text;
}

}  // namespace dhcpair::test
