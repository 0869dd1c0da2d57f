#pragma once

#include "exit_code.h"

namespace CLI {
class App;
}

namespace dhcpair {

/// Each adds its command to the program; the command's exit code goes to `exit_code` when it ran.
void AddAdopt(CLI::App& app, ExitCode& exit_code);
void AddConfirm(CLI::App& app, ExitCode& exit_code);
void AddDiff(CLI::App& app, ExitCode& exit_code);
void AddDrain(CLI::App& app, ExitCode& exit_code);
void AddExplain(CLI::App& app, ExitCode& exit_code);
void AddGenerate(CLI::App& app, ExitCode& exit_code);
void AddInit(CLI::App& app, ExitCode& exit_code);
void AddLeases(CLI::App& app, ExitCode& exit_code);
void AddLint(CLI::App& app, ExitCode& exit_code);
void AddPartnerDown(CLI::App& app, ExitCode& exit_code);
void AddPush(CLI::App& app, ExitCode& exit_code);
void AddResume(CLI::App& app, ExitCode& exit_code);
void AddRollback(CLI::App& app, ExitCode& exit_code);
void AddStatus(CLI::App& app, ExitCode& exit_code);

}  // namespace dhcpair
