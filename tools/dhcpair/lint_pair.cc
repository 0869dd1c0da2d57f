#include "lint_pair.h"

#include <fmt/core.h>

#include <array>

#include "conf/conf.h"
#include "conf/rules.h"
#include "host/temp_dir.h"
#include "lint/check.h"
#include "lint/staged_loader.h"
#include "pair/load.h"

namespace dhcpair {
namespace {

using pair::Role;

void AddOnNode(const text::Diagnostics& found, Role role, text::Diagnostics& all) {
  for (text::Diagnostic diagnostic : found.all()) {
    diagnostic.node = Name(role);
    all.Add(std::move(diagnostic));
  }
}

// What findings in generated files call them.
std::vector<std::string> GeneratedNames(const GeneratedPair& generated) {
  std::vector<std::string> names;
  for (const Role role : {Role::kPrimary, Role::kSecondary}) {
    for (const generate::NodeFile& file : generated.files(role)) {
      names.push_back(fmt::format("{}/{}", Name(role), file.name));
    }
  }
  return names;
}

}  // namespace

std::optional<pair::Pair> LintPairCheck::Run() {
  report_.steps.push_back({"pair file"});
  std::optional<pair::Pair> pair = pair::Load(loader_, report_.path, report_.diagnostics);
  std::optional<GeneratedPair> generated;
  if (pair) {
    generated = GenerateBoth(*pair, setup_.options.templates, loader_, report_.diagnostics);
    report_.steps.push_back({"both nodes' dhcpd.conf"});
  }
  // Comments are read whatever became of the file, for they may be wrong themselves.
  if (const auto source = loader_.Load(report_.path, pair::kPairFileBytesMax)) {
    suppressions_.ReadPairFile(*source,
                               generated ? GeneratedNames(*generated) : std::vector<std::string>());
  }
  if (generated) CheckNodes(*pair, *generated);
  return pair;
}

void LintPairCheck::CheckNodes(const pair::Pair& pair, const GeneratedPair& generated) {
  std::vector<lint::SharedSource> shared = SharedSources(pair);
  if (shared.empty()) return;
  const auto read = [&](Role role) {
    // The master is where the node's platform has it.
    shared.front().node_path = pair.node(role).paths.master.text();
    return ReadNode(pair, role, generated.files(role), shared);
  };
  const std::array models{read(Role::kPrimary), read(Role::kSecondary)};
  report_.is_complete = !report_.diagnostics.has_errors();
  for (const std::size_t i : {0, 1}) {
    text::Diagnostics found;
    lint::CheckFile(models[i], &models[1 - i], report_.diagnostics, found);
    AddOnNode(found, pair::kBothRoles[i], report_.diagnostics);
  }
  lint::CheckBothNodes(models[0], models[1], report_.diagnostics);
  if (report_.is_complete) lint::CheckAgainstPair(pair, models[0], report_.diagnostics);
}

std::vector<lint::SharedSource> LintPairCheck::SharedSources(const pair::Pair& pair) {
  std::vector<lint::SharedSource> shared;
  const auto add = [&](const std::string& from, std::string to) {
    // Read a moment ago to know that it is there; if it is gone now, dhcpd will say so.
    auto source = loader_.Load(from, pair::kSharedFileBytesMax);
    if (source) shared.push_back({std::move(to), *std::move(source)});
    return source.has_value();
  };
  if (!add(pair.master, "")) return shared;
  for (const pair::SharedFile& file : pair.files) add(file.from, file.to.text());
  return shared;
}

conf::Model LintPairCheck::ReadNode(const pair::Pair& pair, Role role,
                                    const std::vector<generate::NodeFile>& files,
                                    const std::vector<lint::SharedSource>& shared) {
  LintStep step{fmt::format("dhcpd -t of the {}", Name(role))};
  const auto folder = host::TempDir::Make();
  text::Diagnostics found;
  const lint::Staging staging =
      PlanStaging(pair, role, files, shared, folder ? folder->path() : "/", found);
  for (const std::string& path : staging.unchecked) {
    if (setup_.include_map.LocalPathOf(path)) continue;
    report_.steps.push_back(
        {fmt::format("'{}' on the {}", path, Name(role)), "unmanaged: it is only on the node"});
  }
  text::Diagnostics in_files;
  conf::Model model = ReadStaged(staging, in_files);
  AddOnNode(in_files, role, found);
  step.skipped = setup_.oracle.missing();
  // Of a mistake that was found already dhcpd would only speak again, in its own words.
  if (found.has_errors()) step.skipped = "it would say the same as these errors";
  if (!folder) step.skipped = "no temporary folder: " + folder.error().reason;
  if (step.skipped.empty()) step.skipped = setup_.oracle.Ask(staging, role, found);
  if (step.skipped.empty()) ++nodes_asked_;
  report_.steps.push_back(std::move(step));
  report_.diagnostics.Append(found);
  return model;
}

conf::Model LintPairCheck::ReadStaged(const lint::Staging& staging, text::Diagnostics& found) {
  lint::StagedLoader staged(staging);
  lint::MappedLoader loader(setup_.include_map, loader_, staged);
  text::Diagnostics in_files;
  conf::Model model = conf::Read(loader, staging.files[0].source, in_files);
  for (const conf::SyntaxTree& tree : model.files) suppressions_.Read(tree);
  for (text::Diagnostic diagnostic : in_files.all()) {
    // What is missing is missing in the master, not in what was generated.
    if (diagnostic.rule == &conf::rules::kPeerWithoutPool) {
      diagnostic.at = text::WholeFile(staging.master);
    }
    found.Add(std::move(diagnostic));
  }
  return model;
}

}  // namespace dhcpair
