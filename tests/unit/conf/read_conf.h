#pragma once

#include <string>
#include <string_view>

#include "conf/conf.h"
#include "support/map_loader.h"
#include "text/render.h"

namespace dhcpair::test {

/// A dhcpd.conf that was read, and what was found wrong in it.
struct ReadConf {
  conf::Model model;
  text::Diagnostics diagnostics;

  std::string findings() const { return RenderTerminal(diagnostics, text::Color::kNever); }
  std::size_t CountOf(std::string_view rule) const {
    std::size_t count = 0;
    for (const text::Diagnostic& diagnostic : diagnostics.all()) {
      count += diagnostic.rule->id == rule ? 1 : 0;
    }
    return count;
  }
};

inline ReadConf Read(const std::string& text, MapLoader loader = {}) {
  text::Diagnostics diagnostics;
  const auto source = std::make_shared<const text::SourceFile>("dhcpd.conf", text);
  conf::Model model = conf::Read(loader, source, diagnostics);
  return {std::move(model), std::move(diagnostics)};
}

}  // namespace dhcpair::test
