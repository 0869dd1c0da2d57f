#include "conf/keyword.h"

#include <algorithm>

namespace dhcpair::conf {
namespace {

constexpr std::size_t kSlots = 1024;
constexpr std::size_t kLongest = 32;
constexpr std::uint16_t kEmpty = 0xffff;

constexpr char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

constexpr std::size_t Hash(std::string_view lower) {
  std::uint32_t hash = 2166136261;
  for (const char c : lower) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619;
  return hash % kSlots;
}

// Open addressing: a word that finds its slot taken lies in the next one that is free.
constexpr auto kTable = [] {
  std::array<std::uint16_t, kSlots> table{};
  table.fill(kEmpty);
  for (std::size_t i = 0; i < kKeywords.size(); ++i) {
    std::size_t slot = Hash(kKeywords[i]);
    while (table[slot] != kEmpty) slot = (slot + 1) % kSlots;
    table[slot] = static_cast<std::uint16_t>(i);
  }
  return table;
}();

static_assert(std::ranges::is_sorted(kKeywords));
static_assert(std::ranges::all_of(kKeywords, [](auto word) { return word.size() <= kLongest; }));

}  // namespace

std::optional<Keyword> FindKeyword(std::string_view word) {
  if (word.size() > kLongest) return std::nullopt;
  std::array<char, kLongest> lower;
  std::ranges::transform(word, lower.begin(), Lower);
  const std::string_view wanted(lower.data(), word.size());
  for (std::size_t slot = Hash(wanted); kTable[slot] != kEmpty; slot = (slot + 1) % kSlots) {
    if (kKeywords[kTable[slot]] == wanted) return static_cast<Keyword>(kTable[slot]);
  }
  return std::nullopt;
}

}  // namespace dhcpair::conf
