#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

#include "text/render.h"

namespace dhcpair::text {

/// The two texts of a diff and what its head calls them.
struct DiffSides {
  std::string_view before_name;
  std::string_view before;
  std::string_view after_name;
  std::string_view after;
};

struct DiffOptions {
  Color color = Color::kNever;
  /// Control characters and malformed bytes become visible escapes, as they do with colour: for
  /// texts of others on a terminal.
  bool is_visible = false;
  /// With more lines that go or come than this nothing is printed, only counted.
  std::size_t changed_lines_max = std::numeric_limits<std::size_t>::max();
};

/// Nobody reads more; a summary stands in its place (see TooManyToShow).
inline constexpr std::size_t kShownLinesMax = 100'000;

/// How much differs between two texts, and what.
struct TextDiff {
  std::size_t removed = 0;  ///< Lines of the first text only.
  std::size_t added = 0;    ///< Lines of the second text only.
  std::string text = {};    ///< As UnifiedDiff; empty when there is more than was asked for.
};
TextDiff DiffTexts(const DiffSides& sides, const DiffOptions& options);
/// "N lines go and M come, too many to show".
std::string TooManyToShow(const TextDiff& diff);

/// What differs between two texts, as `diff -u` writes it and `patch` reads it; empty when nothing
/// does. Without colour every byte of the texts is as it was: it is a patch, not only a picture.
std::string UnifiedDiff(const DiffSides& sides, Color color);

}  // namespace dhcpair::text
