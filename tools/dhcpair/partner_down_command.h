#pragma once

#include <string>

#include "exit_code.h"
#include "state_command.h"

namespace dhcpair {

struct PartnerDownOptions {
  StateOptions state;
  std::string dead;
  std::string returning;
  bool is_off = false;
  bool force = false;
  bool as_is = false;
};

ExitCode RunPartnerDown(const PartnerDownOptions& options);

}  // namespace dhcpair
