#include "dhcpd_oracle.h"

#include <fmt/core.h>

#include <algorithm>

#include "host/atomic_write.h"
#include "host/find_program.h"
#include "host/subprocess.h"
#include "lint/dhcpd_messages.h"
#include "lint/rules.h"

namespace dhcpair {

DhcpdOracle DhcpdOracle::Find(const std::string& path) {
  DhcpdOracle oracle;
  oracle.path_ = path.empty() ? host::FindProgram("dhcpd").value_or("") : path;
  if (oracle.path_.empty()) {
    return DhcpdOracle("no dhcpd on this machine; install ISC's, or name one with --dhcpd PATH");
  }
  if (!host::IsExecutable(oracle.path_)) {
    return DhcpdOracle(fmt::format("'{}' is no program that can be run", oracle.path_));
  }
  // OpenBSD's own dhcpd, for one, has the same name and knows no failover.
  const auto version = host::Run({.argv = {oracle.path_, "--version"}});
  const bool is_isc = version && (version->out + version->err).contains("isc-dhcpd-");
  if (!is_isc) {
    return DhcpdOracle(fmt::format(
        "'{}' is not ISC's dhcpd (another may be given with --dhcpd PATH)", oracle.path_));
  }
  return oracle;
}

std::string DhcpdOracle::Ask(const lint::Staging& staging, pair::Role role,
                             text::Diagnostics& found) const {
  for (std::size_t i = 0; i < staging.files.size(); ++i) {
    const auto written = host::WriteFileAtomically(
        staging.files[i].staged_path, staging.contents[i], 0600, host::WriteMode::kCreate);
    if (!written) return "cannot write a copy for dhcpd: " + written.error().reason;
  }
  const auto outcome =
      host::Run({.argv = {path_, "-t", "-4", "-cf", staging.files[0].staged_path}});
  if (!outcome) return fmt::format("'{}': {}", path_, Describe(outcome.error()));
  ReadDhcpdMessages({outcome->exit_status, outcome->err}, staging, std::string(Name(role)), found);
  const bool is_confined = std::ranges::any_of(found.all(), [](const text::Diagnostic& finding) {
    return finding.rule == &lint::rules::kDhcpdConfined;
  });
  return is_confined ? "this machine confines dhcpd" : "";
}

}  // namespace dhcpair
