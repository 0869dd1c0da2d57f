#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string_view>
#include <vector>

#include "commands.h"
#include "common.h"
#include "host/interrupt.h"
#include "text/suggest.h"
#include "version.h"

namespace dhcpair {
namespace {

constexpr char kDescription[] =
    "looks after pairs of ISC dhcpd servers in failover: one pair.yaml and one dhcpd.master\n"
    "give both nodes their dhcpd.conf, checked before anything restarts and kept the same over SSH";
constexpr char kExitCodes[] =
    "Exit codes: 0 done and clean, 1 the thing checked falls short, 2 the command line or an "
    "input\n"
    "file is wrong, 3 a node cannot be reached, 4 refused (by a node, a rule or a lock, a file "
    "that\n"
    "dhcpair did not write, permissions, a full disk), 5 rolled back, 6 waited too long for a "
    "state,\n"
    "nothing undone, 128+n ended by signal n.";

// The words of the command line that was refused, with a better guess than "not expected".
std::string Explain(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  std::string message = error.what();
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  const std::string_view first = argc > 1 ? argv[1] : "";
  const bool is_command = std::ranges::find(views, first) != views.end();
  if (!first.empty() && !first.starts_with('-') && !is_command) {
    message = fmt::format("unknown command '{}'", first);
    if (const auto meant = text::DidYouMean(first, views)) {
      message += fmt::format("; did you mean '{}'?", *meant);
    }
  }
  const std::string command = is_command ? fmt::format(" {}", first) : "";
  return fmt::format("dhcpair: {}\nTry 'dhcpair{} --help'.\n", message, command);
}

int Main(int argc, char** argv) {
  host::CatchInterrupts();
  ExitCode exit_code = ExitCode::kDone;
  CLI::App app(kDescription, "dhcpair");
  app.footer(kExitCodes);
  app.require_subcommand(1);
  app.set_version_flag("--version", fmt::format("dhcpair {}", kVersion));
  AddInit(app, exit_code);
  AddAdopt(app, exit_code);
  AddGenerate(app, exit_code);
  AddLint(app, exit_code);
  AddExplain(app, exit_code);
  AddDiff(app, exit_code);
  AddPush(app, exit_code);
  AddConfirm(app, exit_code);
  AddRollback(app, exit_code);
  AddStatus(app, exit_code);
  AddLeases(app, exit_code);
  AddPartnerDown(app, exit_code);
  AddDrain(app, exit_code);
  AddResume(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // --help and --version come this way too.
    if (error.get_exit_code() == 0) return app.exit(error);
    PrintErr(argc == 1 ? app.help() : Explain(app, error, argc, argv));
    return static_cast<int>(ExitCode::kBadInput);
  }
  host::DieOfInterrupt();
  // A full disk or a closed pipe shows here, when the last of the results is written.
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    PrintErr("dhcpair: standard output cannot be written\n");
    return static_cast<int>(ExitCode::kRefused);
  }
  return static_cast<int>(exit_code);
}

}  // namespace
}  // namespace dhcpair

int main(int argc, char** argv) { return dhcpair::Main(argc, argv); }
