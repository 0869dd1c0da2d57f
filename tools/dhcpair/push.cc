#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "common.h"
#include "host/file_loader.h"
#include "push_pair.h"
#include "sync/push_files.h"

namespace dhcpair {
namespace {

using Files = sync::PerRole<std::vector<sync::ManagedFile>>;

std::unexpected<PairReport> Refuse(const sync::StepError& error) {
  const sync::PushResult failed = sync::FailedBefore(error);
  PrintErr(fmt::format("dhcpair: {}\n", failed.why));
  return std::unexpected(
      PairReport{.outcome = std::string(sync::Name(failed.outcome)),
                 .why = failed.why,
                 .exit_code = ExitCodeOf(failed),
                 .json = {{"outcome", sync::Name(failed.outcome)}, {"why", failed.why}}});
}

// What the files here and the options make of each node.
std::expected<PushedFiles, PairReport> LocalFiles(const PushCommandOptions& options,
                                                  NodePair& nodes, sync::BothNodes& both) {
  host::FileLoader loader;
  text::Diagnostics found;
  std::optional<Files> files;
  const auto generated = GenerateBoth(nodes.pair(), options.templates, loader, found);
  if (generated) {
    files =
        sync::ManagedFiles(nodes.pair(), {generated->primary, generated->secondary}, loader, found);
  }
  if (options.common.format != Format::kJson) PrintFindings(found, options.common);
  if (!files) {
    return std::unexpected(
        PairReport{.outcome = "unfit",
                   .why = "the files here have errors",
                   .exit_code = ExitCode::kBadInput,
                   .json = {{"outcome", "unfit"}, {"findings", FindingsJson(found)}}});
  }
  if (options.install) {
    if (auto error = sync::AddBootFiles(both, {generated->primary, generated->secondary}, *files)) {
      return Refuse(*error);
    }
    for (const pair::Role role : both.nodes().reached()) {
      for (const generate::NodeFile& file : generated->files(role)) {
        if (!file.is_fragment || sync::IsInstallable(file)) continue;
        PrintErr(
            fmt::format("dhcpair: {}: '{}' is not installed: where it belongs ({}) only you know\n",
                        Name(role), file.name, file.belongs_in));
      }
    }
  }
  if (!options.only.empty()) {
    const auto part = options.only == "conf" ? sync::FilePart::kConf : sync::FilePart::kMaster;
    if (auto error = sync::KeepOnly(both, part, *files)) return Refuse(*error);
  }
  return PushedFiles{.files = *std::move(files)};
}

}  // namespace

void AddPush(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<PushCommandOptions>();
  CLI::App& command = *app.add_subcommand(
      "push", "brings both nodes to what is here, checked and proven, or leaves them as they were");
  AddPushOptions(command, *options, PushFiles::kOnCommandLine);
  command
      .add_option("--only", options->only,
                  "master: what both share; conf: each node's own dhcpd.conf")
      ->check(CLI::IsMember({"master", "conf"}))
      ->option_text("PART");
  command.add_flag("--install", options->install,
                   "put the pieces of the boot files into their places too");
  command
      .add_option("--templates", options->templates,
                  "folder whose templates replace ours one by one")
      ->option_text("DIR");
  command.callback([options, &exit_code] {
    exit_code = PushToPairs("push", *options, [&](NodePair& nodes, sync::BothNodes& both) {
      return LocalFiles(*options, nodes, both);
    });
  });
}

}  // namespace dhcpair
