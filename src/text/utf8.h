#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dhcpair::text {

/// One step through a text: the code point and how many bytes it takes. A byte that starts no
/// well-formed sequence (RFC 3629: no overlong forms, no surrogates) is a step of one byte with
/// no code point.
struct Utf8Step {
  std::optional<char32_t> code_point;
  std::size_t bytes;
};

/// The step at the start of `text`, which must not be empty.
Utf8Step NextUtf8(std::string_view text);

/// The offset of the first byte that is not well-formed UTF-8, if any.
std::optional<std::size_t> FindInvalidUtf8(std::string_view text);

/// How many code points the text has; a malformed byte counts as one.
std::size_t CountCodePoints(std::string_view text);

/// How many columns of a terminal a text takes that is Visible: two for a wide character (East
/// Asian, most pictures), none for a mark that combines with what stands before it.
std::size_t CountColumns(std::string_view text);

/// The text as it may be shown on a terminal or in a log: control characters, malformed bytes and
/// characters that turn the writing direction become visible escapes such as \x1b or \u202e.
/// A tab becomes one blank, so that a caret below the text stays in its column.
std::string Visible(std::string_view text);

}  // namespace dhcpair::text
