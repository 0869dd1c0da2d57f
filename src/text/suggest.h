#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace dhcpair::text {

/// The candidate that `word` was most likely meant to be: nearest by edits (a swap of neighbours
/// is one), case and '_' for '-' forgiven, and near enough that it is worth saying.
std::optional<std::string_view> DidYouMean(std::string_view word,
                                           std::span<const std::string_view> candidates);

}  // namespace dhcpair::text
