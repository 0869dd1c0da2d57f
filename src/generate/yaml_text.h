#pragma once

#include <string>

namespace dhcpair::generate {

/// A text of one line as YAML takes it for itself, with quotes where something in it might mean
/// more: the name 'a #b' would be 'a' and a comment. The text is UTF-8 without control characters.
std::string YamlText(const std::string& text);

}  // namespace dhcpair::generate
