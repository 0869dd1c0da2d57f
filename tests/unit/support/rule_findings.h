#pragma once

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <string>

#include "conf/conf.h"
#include "support/map_loader.h"
#include "support/named.h"
#include "text/render.h"

namespace dhcpair::test {

/// A text in which the subnets, hosts and so on of a test stand, and what a family of rules finds
/// in it.
struct RuleRow : Named {
  std::string conf;
  /// "LINE rule-id" for each finding, separated by ", ".
  std::string findings = {};
};

using Checker = void (*)(const conf::Model&, text::Diagnostics&);

/// Whether a test's text is one that dhcpd takes.
enum class Dhcpd { kAccepts, kRejects };

/// The findings of one family in the order of the file; fails the test when the text is not as
/// expected.
inline text::Diagnostics Check(Checker check, const std::string& conf,
                               Dhcpd dhcpd = Dhcpd::kAccepts) {
  MapLoader loader;
  loader.Put("dhcpd.conf", conf);
  text::Diagnostics rejected;
  const auto model = conf::Read(loader, "dhcpd.conf", rejected);
  EXPECT_EQ(rejected.has_errors(), dhcpd == Dhcpd::kRejects)
      << RenderTerminal(rejected, text::Color::kNever);
  text::Diagnostics found;
  if (model) check(*model, found);
  found.Sort();
  return found;
}

/// The same as the findings of a RuleRow.
inline std::string FoundBy(Checker check, const std::string& conf, Dhcpd dhcpd = Dhcpd::kAccepts) {
  const text::Diagnostics found = Check(check, conf, dhcpd);
  std::string lines;
  for (const text::Diagnostic& one : found.all()) {
    const std::size_t line = one.at.span ? one.at.source->PositionOf(one.at.span->begin).line : 0;
    lines += fmt::format("{}{} {}", lines.empty() ? "" : ", ", line, one.rule->id);
  }
  return lines;
}

/// All of it as people see it.
inline std::string TextBy(Checker check, const std::string& conf) {
  return RenderTerminal(Check(check, conf), text::Color::kNever);
}

}  // namespace dhcpair::test
