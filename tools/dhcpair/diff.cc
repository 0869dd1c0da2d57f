#include <fmt/core.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "common.h"
#include "diff_pair.h"
#include "host/file_loader.h"
#include "pairs_command.h"

namespace dhcpair {
namespace {

struct Options {
  CommonOptions common;
  std::vector<std::string> files;
  std::string templates;
  int jobs = 8;
  bool stat = false;
};

}  // namespace

void AddDiff(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand(
      "diff", "what differs: the files here against each node, and node against node");
  AddPairFiles(command, options->files);
  command.add_flag("--stat", options->stat, "a line for each file instead of what differs in it");
  command
      .add_option("--templates", options->templates,
                  "folder whose templates replace ours one by one")
      ->option_text("DIR");
  AddJobs(command, options->jobs);
  AddCommonOptions(command, options->common, Formats::kTextAndJson);
  command.callback([options, &exit_code] {
    exit_code =
        RunOnPairs({"diff", options->files, options->common, options->jobs}, [&](NodePair& nodes) {
          return DiffPair(nodes, {.common = options->common,
                                  .templates = options->templates,
                                  .is_stat = options->stat});
        });
  });
}

}  // namespace dhcpair
