#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "text/source_file.h"

namespace dhcpair::lint {

/// A comment that speaks to us: `# dhcpair: ignore=ID[,ID] reason`.
struct IgnoreComment {
  text::Span span;                ///< From its '#', without blanks at its end.
  std::vector<text::Span> words;  ///< Each ID; none where it cannot be read.
  bool has_reason = false;
  bool is_alone = false;  ///< Nothing stands before it on its line.
};

/// Reads a comment by its place in a text, from the '#'. Absent when it does not speak to us.
std::optional<IgnoreComment> ReadIgnoreComment(std::string_view text, text::Span comment);

/// Those of a YAML text, in order: a '#' at the front of a line or behind a blank, and outside of
/// texts of several lines ("|", ">").
std::vector<IgnoreComment> FindYamlIgnoreComments(std::string_view text);

}  // namespace dhcpair::lint
