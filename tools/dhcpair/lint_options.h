#pragma once

#include <string>
#include <vector>

#include "common.h"

namespace dhcpair {

/// What `lint` takes on its command line.
struct LintOptions {
  CommonOptions common;
  std::vector<std::string> files;  ///< pair.yaml files, dhcpd.conf files, "-".
  std::vector<std::string> nodes;  ///< The two dhcpd.conf of --pair.
  std::vector<std::string> selected;
  std::vector<std::string> ignored;
  std::vector<std::string> include_map;
  std::string templates;
  std::string dhcpd;
  bool no_dhcpd = false;
  bool strict = false;
  bool fix = false;
  bool dry_run = false;
};

/// How standard input is given, and what findings call it.
inline constexpr char kStandardInput[] = "-";
inline constexpr char kStandardInputName[] = "<stdin>";

}  // namespace dhcpair
