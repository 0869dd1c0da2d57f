#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/source_file.h"

namespace dhcpair::adopt {

/// Replaces the bytes of a span; an empty one inserts before its byte.
struct Edit {
  text::Span at;
  std::string text;

  friend bool operator==(const Edit&, const Edit&) = default;
};

/// The text with all edits made. They must not overlap; of several that insert at one place the
/// first comes first.
std::string Apply(std::string_view text, const std::vector<Edit>& edits);

/// The edits that take statements out of a text: with their lines where nothing else stands on
/// them, else with the blanks that they leave. Comments around a statement stay.
std::vector<Edit> Remove(std::string_view text, std::vector<text::Span> statements);

/// The first byte of the line that holds this one.
std::size_t LineStart(std::string_view text, std::size_t offset);
/// The first byte of the next line; the end of the text where there is none.
std::size_t NextLine(std::string_view text, std::size_t offset);
/// Whether nothing but blanks stands on the line before this byte.
bool BeginsLine(std::string_view text, std::size_t offset);
/// Whether nothing but blanks and a comment stands on the line from this byte on.
bool EndsLine(std::string_view text, std::size_t offset);
/// The blanks at the beginning of the line that holds this byte.
std::string_view Indentation(std::string_view text, std::size_t offset);
/// How the line that holds this byte ends: "\n" or "\r\n"; "\n" at the end of the text.
std::string_view LineBreak(std::string_view text, std::size_t offset);

}  // namespace dhcpair::adopt
