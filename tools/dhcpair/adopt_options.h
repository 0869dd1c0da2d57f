#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "adopt/settings.h"
#include "common.h"

namespace dhcpair {

/// What `adopt` takes on its command line.
struct AdoptOptions {
  CommonOptions common;
  std::vector<std::string> files;
  std::string folder = ".";
  std::string pair;
  std::string primary;
  std::string secondary;
  std::string primary_host;
  std::string secondary_host;
  std::string mclt;
  std::optional<int> split;
  std::string platform;
  std::vector<std::string> interfaces;
  std::vector<std::string> include_map;
  std::string dhcpd;
  bool no_dhcpd = false;
  bool dry_run = false;
};

/// The facts among them. Fails with what is wrong: "--primary '10.0.0' is not an IPv4 address".
std::expected<adopt::Given, std::string> ReadGiven(const AdoptOptions& options);

}  // namespace dhcpair
