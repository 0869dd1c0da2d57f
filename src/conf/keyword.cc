#include "conf/keyword.h"

#include <algorithm>

#include "base/name_index.h"

namespace dhcpair::conf {
namespace {

constexpr std::size_t kShortest = 2;
constexpr std::size_t kLongest = 32;

constexpr base::NameIndex<1024> kIndex(kKeywords, [](std::string_view word) { return word; });

static_assert(std::ranges::is_sorted(kKeywords));
static_assert(std::ranges::all_of(kKeywords, [](std::string_view word) {
  return word.size() >= kShortest && word.size() <= kLongest;
}));

}  // namespace

std::optional<Keyword> FindKeyword(std::string_view word) {
  if (word.size() < kShortest || word.size() > kLongest) return std::nullopt;
  const auto row =
      kIndex.Find(word, [&](std::size_t i) { return base::EqualsInAnyCase(kKeywords[i], word); });
  if (!row) return std::nullopt;
  return static_cast<Keyword>(*row);
}

}  // namespace dhcpair::conf
