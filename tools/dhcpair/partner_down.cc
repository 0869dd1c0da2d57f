#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "commands.h"
#include "partner_down_command.h"

namespace dhcpair {

void AddPartnerDown(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<PartnerDownOptions>();
  CLI::App& command = *app.add_subcommand(
      "partner-down",
      "tells the survivor of a pair that its partner is down, or brings that one back");
  auto* const dead = command
                         .add_option("--dead", options->dead,
                                     "the node that is down: primary, secondary or its host")
                         ->option_text("NODE");
  auto* const back =
      command
          .add_option("--return", options->returning,
                      "looks at the saved state of a node that was down, starts it, and waits "
                      "until both are normal")
          ->option_text("NODE")
          ->excludes(dead);
  command
      .add_flag("--is-off", options->is_off,
                "with --dead: you have made sure that the node is off and that nothing "
                "starts its dhcpd")
      ->needs(dead);
  command
      .add_flag("--force", options->force,
                "with --dead: also from a state in which some addresses may be given twice")
      ->needs(dead);
  command
      .add_flag("--as-is", options->as_is,
                "with --return: start with the saved state, though it leads into "
                "potential-conflict")
      ->needs(back);
  AddStateOptions(command, options->state);
  command.callback([options, &exit_code] { exit_code = RunPartnerDown(*options); });
}

}  // namespace dhcpair
