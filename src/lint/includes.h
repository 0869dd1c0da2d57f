#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/source_file.h"

namespace dhcpair::lint {

/// An `include "PATH";` of a dhcpd.conf.
struct Include {
  std::string path;  ///< Escapes replaced.
  text::Span span;   ///< Of the path, without its quotes.
};

/// The include statements of a text, in order. Looks at words only, so that it also works on a text
/// that dhcpd would reject.
std::vector<Include> FindIncludes(std::string_view text);

}  // namespace dhcpair::lint
