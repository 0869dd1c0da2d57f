#pragma once

#include <span>
#include <string_view>

namespace dhcpair::conf {

/// A parameter of the server such as default-lease-time: a statement of its own in any scope.
struct Parameter {
  std::string_view name;
  /// Its value, in the letters of dhcp::OptionDefinition::format, and k: the name of a key.
  std::string_view format;
};

/// All that a dhcpd 4.4.3-P1 without LDAP knows, in the order of the alphabet.
std::span<const Parameter> Parameters();

/// The parameter of this name in any case, or nullptr.
const Parameter* FindParameter(std::string_view name);

/// The words of an enumeration ("ddns-styles"), as they must be written; empty when there is none.
std::span<const std::string_view> Enumeration(std::string_view name);

}  // namespace dhcpair::conf
