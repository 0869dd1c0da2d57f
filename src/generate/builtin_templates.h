#pragma once

#include <span>
#include <string_view>

namespace dhcpair::generate {

/// A template of templates/, compiled into the program.
struct BuiltinTemplate {
  std::string_view name;  ///< Its path below templates/: "boot/openbsd/rc.conf.local.mustache".
  std::string_view text;
};

/// All of them, by name.
std::span<const BuiltinTemplate> BuiltinTemplates();

}  // namespace dhcpair::generate
