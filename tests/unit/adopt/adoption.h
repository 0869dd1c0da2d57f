#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "adopt/plan.h"
#include "conf/conf.h"
#include "generate/node_files.h"
#include "lint/check.h"
#include "lint/registry.h"
#include "lint/selection.h"
#include "lint/staged_loader.h"
#include "lint/staging.h"
#include "lint/suppressions.h"
#include "pair/load.h"
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

/// What the rules of lint say of a pair whose files are in the loader.
inline text::Diagnostics FindingsOfLint(MapLoader& loader, const std::string& path) {
  text::Diagnostics found;
  lint::Suppressions suppressions;
  const auto pair = pair::Load(loader, path, found);
  if (!pair) return found;
  std::vector<lint::SharedSource> shared{
      {"", loader.Load(pair->master, pair::kSharedFileBytesMax).value()}};
  for (const pair::SharedFile& file : pair->files) {
    shared.push_back({file.to.text(), loader.Load(file.from, pair::kSharedFileBytesMax).value()});
  }
  std::deque<conf::Model> models;
  for (const pair::Role role : {pair::Role::kPrimary, pair::Role::kSecondary}) {
    const auto files = GenerateNode(*pair, role, generate::TemplateSet(loader), found);
    if (!files) return found;
    shared.front().node_path = pair->node(role).paths.master.text();
    const lint::Staging staging = PlanStaging(*pair, role, *files, shared, "", found);
    lint::StagedLoader staged(staging);
    models.push_back(conf::Read(staged, staging.files.front().source, found));
    for (const conf::SyntaxTree& tree : models.back().files) suppressions.Read(tree);
  }
  lint::CheckFile(models[0], &models[1], {}, found);
  lint::CheckFile(models[1], &models[0], {}, found);
  lint::CheckBothNodes(models[0], models[1], found);
  lint::CheckAgainstPair(*pair, models[0], found);
  const lint::Selection all_rules;
  const bool is_complete = !found.has_errors();
  found = suppressions.Apply(found, {lint::Context::kPair, all_rules, is_complete});
  return lint::Judged(found, {.selection = all_rules, .is_pair = true});
}

/// Adopts dhcpd.conf files of the loader. Whatever is to be written passes lint.
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
      for (const adopt::OutputFile& file : plan->files) {
        loader.Put("new/" + file.name, file.contents);
      }
      const text::Diagnostics checked = FindingsOfLint(loader, "new/pair.yaml");
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
