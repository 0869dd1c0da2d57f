#pragma once

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

/// What differs between two texts, as `diff -u` writes it and `patch` reads it; empty when nothing
/// does. Without colour every byte of the texts is as it was: it is a patch, not only a picture.
std::string UnifiedDiff(const DiffSides& sides, Color color);

}  // namespace dhcpair::text
