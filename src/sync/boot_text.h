#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dhcpair::sync {

/// A boot file with a piece of ours between two lines that mark it: at its end, or in the place of
/// the piece that is there. What others wrote stays byte for byte. In files of shell variables the
/// last assignment counts, so that the block wins.
std::string WithMarkedBlock(std::string_view file, std::string_view piece);

/// The file without such a piece.
std::string WithoutMarkedBlock(std::string_view file);

/// A line NAME=VALUE, the value without the quotes around it.
struct BootSetting {
  std::string name;
  std::string value;

  friend bool operator==(const BootSetting&, const BootSetting&) = default;
};

/// The settings of a piece that has nothing else but comments; nothing where it is a script, or
/// where a shell would make something else of a value than what stands there.
std::optional<std::vector<BootSetting>> BootSettings(std::string_view piece);

/// OpenBSD's rc.conf.local with these settings, a line each as rcctl(8) writes them: no quotes and
/// no comments, since rcctl sorts all lines of the file whenever it writes it. A line is replaced
/// where it is. A service of a package that gets flags is added to `pkg_scripts`, as `rcctl enable`
/// does, unless the flags are NO.
std::string WithRcctlLines(std::string_view file, std::span<const BootSetting> settings);

}  // namespace dhcpair::sync
