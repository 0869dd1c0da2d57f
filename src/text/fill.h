#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dhcpair::text {

/// Prose as lines of at most `width` columns, each with `indent` before it. Paragraphs have an
/// empty line between them; a line that starts with a blank stays as it is. A word that is too
/// long gets a line of its own.
std::string Fill(std::string_view prose, std::size_t width, std::string_view indent = "");

}  // namespace dhcpair::text
