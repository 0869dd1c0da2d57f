#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "adopt/plan.h"
#include "adopt/self_check.h"
#include "conf/conf.h"
#include "support/map_loader.h"
#include "text/render.h"

namespace dhcpair::test {

/// What comes of files in a map.
struct Adoption {
  std::map<std::string, std::string> files;
  std::map<std::string, int> modes;
  std::vector<adopt::Change> changes;
  std::vector<adopt::Change> differences;
  std::string findings;
  bool has_plan = false;

  const std::string& master() { return files["dhcpd.master"]; }
  const std::string& pair() { return files["pair.yaml"]; }
};

/// A single server gets these partners.
inline adopt::Given Partners() {
  return {.pair_name = "p",
          .primary = base::Ipv4Address::Parse("10.9.9.1").value(),
          .secondary = base::Ipv4Address::Parse("10.9.9.2").value(),
          .primary_host = {},
          .secondary_host = {},
          .mclt = {},
          .split = {},
          .platform = {},
          .interfaces = {}};
}

/// Adopts dhcpd.conf files of the loader. Whatever is to be written passes the check of itself.
inline Adoption Adopt(MapLoader loader, const std::vector<std::string>& paths,
                      const adopt::Given& given) {
  text::Diagnostics diagnostics;
  std::deque<conf::Model> models;
  std::vector<adopt::Source> sources;
  for (const std::string& path : paths) {
    auto model = conf::Read(loader, path, diagnostics);
    EXPECT_FALSE(diagnostics.has_errors()) << RenderTerminal(diagnostics, text::Color::kNever);
    if (!model || diagnostics.has_errors()) return {};
    models.push_back(*std::move(model));
    adopt::Source source{.model = models.back(), .includes = {}};
    for (const conf::SyntaxTree& tree : models.back().files) {
      source.includes[tree.source->name()] = {tree.source->name(), tree.source->name()};
    }
    sources.push_back(std::move(source));
  }
  diagnostics = {};
  const auto plan = adopt::PlanAdoption(sources, given, diagnostics);
  Adoption adoption;
  adoption.has_plan = plan.has_value();
  if (plan) {
    for (const adopt::OutputFile& file : plan->files) {
      adoption.files[file.name] = file.contents;
      adoption.modes[file.name] = file.mode;
    }
    adoption.changes = plan->changes;
    adoption.differences = plan->differences;
    if (!plan->files.empty()) {
      const text::Diagnostics checked = adopt::SelfCheck(*plan, "new/", loader);
      EXPECT_FALSE(checked.has_errors()) << RenderTerminal(checked, text::Color::kNever);
    }
  }
  diagnostics.Sort();
  adoption.findings = RenderTerminal(diagnostics, text::Color::kNever);
  return adoption;
}

inline Adoption Adopt(const std::string& text, const adopt::Given& given = Partners()) {
  return Adopt(MapLoader({{"dhcpd.conf", text}}), {"dhcpd.conf"}, given);
}

}  // namespace dhcpair::test
