#pragma once

#include <gtest/gtest.h>

#include <string>

#include "pair/load.h"
#include "support/map_loader.h"
#include "text/render.h"

namespace dhcpair::test {

/// The smallest pair file.
inline constexpr char kMinimalPair[] =
    "pair: p\n"
    "primary: {address: 10.0.0.1}\n"
    "secondary: {address: 10.0.0.2}\n";

/// The pair in a YAML text with a master beside it; fails the test when it is not clean.
inline pair::Pair LoadPair(const std::string& yaml, MapLoader loader = {}) {
  loader.Put("pair.yaml", yaml);
  loader.Put("dhcpd.master", "# shared\n");
  text::Diagnostics diagnostics;
  auto pair = pair::Load(loader, "pair.yaml", diagnostics);
  EXPECT_EQ(RenderTerminal(diagnostics, text::Color::kNever), "");
  if (!pair) throw std::runtime_error("the test's own pair file is wrong");
  return *std::move(pair);
}

/// What `lint` would print about a YAML text.
inline std::string Findings(const std::string& yaml, MapLoader loader = {}) {
  loader.Put("pair.yaml", yaml);
  loader.Put("dhcpd.master", "# shared\n");
  text::Diagnostics diagnostics;
  pair::Load(loader, "pair.yaml", diagnostics);
  return RenderTerminal(diagnostics, text::Color::kNever);
}

}  // namespace dhcpair::test
