#include "text/suggest.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace dhcpair::text {
namespace {

// Longer words are no typing mistakes, and the distance takes the product of both lengths.
constexpr std::size_t kWordMax = 64;

char Fold(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  return c == '_' || c == ' ' ? '-' : c;
}

// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours. Stops at
// the limit, for most candidates are far away and a file may hold a mistake in each of its lines.
std::size_t EditDistance(std::string_view a, std::string_view b, std::size_t limit) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) >= limit) return limit;
  // The lengths differ by less than the limit, which is a third of a word at most.
  using Row = std::array<std::size_t, 2 * kWordMax>;
  Row rows[3];
  Row* before = &rows[0];
  Row* last = &rows[1];
  Row* row = &rows[2];
  for (std::size_t j = 0; j <= b.size(); ++j) (*last)[j] = j;
  std::size_t least_of_last = 0;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    (*row)[0] = i;
    std::size_t least = i;
    const char at = Fold(a[i - 1]);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const char there = Fold(b[j - 1]);
      std::size_t distance = std::min((*last)[j], (*row)[j - 1]) + 1;
      distance = std::min(distance, (*last)[j - 1] + (at == there ? 0 : 1));
      const bool is_swapped = i > 1 && j > 1 && at == Fold(b[j - 2]) && Fold(a[i - 2]) == there;
      if (is_swapped) distance = std::min(distance, (*before)[j - 2] + 1);
      (*row)[j] = distance;
      least = std::min(least, distance);
    }
    // A swap reaches over one row.
    if (least >= limit && least_of_last >= limit) return limit;
    least_of_last = least;
    Row* const oldest = before;
    before = last;
    last = row;
    row = oldest;
  }
  return (*last)[b.size()];
}

}  // namespace

std::optional<std::string_view> DidYouMean(std::string_view word,
                                           std::span<const std::string_view> candidates) {
  if (word.empty() || word.size() > kWordMax) return std::nullopt;
  std::optional<std::string_view> best;
  // A third of the letters may be wrong; one of two or three still counts as a slip.
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = EditDistance(word, candidate, best_distance);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace dhcpair::text
