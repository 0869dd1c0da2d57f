#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dhcpair::base {

constexpr char LowerAscii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The same letters, whatever their case. Letters beyond ASCII have none.
constexpr bool EqualsInAnyCase(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (LowerAscii(a[i]) != LowerAscii(b[i])) return false;
  }
  return true;
}

/// Finds the rows of a constant table by a name in any case. Made at compile time; has more slots
/// than the table has rows.
template <std::size_t kSlots>
class NameIndex {
 public:
  /// `name_of` gives the name of a row; several rows may have the same.
  template <typename Rows, typename NameOf>
  constexpr NameIndex(const Rows& rows, NameOf name_of) {
    slots_.fill(kEmpty);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      std::size_t slot = Hash(name_of(rows[row]));
      while (slots_[slot] != kEmpty) slot = (slot + 1) % kSlots;
      slots_[slot] = static_cast<std::uint16_t>(row);
    }
  }

  /// The first row for which `is_it`, asked with its number, says yes. It is asked for every row
  /// of this name, and perhaps for others.
  template <typename IsIt>
  constexpr std::optional<std::size_t> Find(std::string_view name, IsIt is_it) const {
    for (std::size_t slot = Hash(name); slots_[slot] != kEmpty; slot = (slot + 1) % kSlots) {
      if (is_it(slots_[slot])) return slots_[slot];
    }
    return std::nullopt;
  }

 private:
  static constexpr std::uint16_t kEmpty = 0xffff;

  // The length and five letters tell names apart well enough, and long names cost no more.
  static constexpr std::size_t Hash(std::string_view name) {
    if (name.empty()) return 0;
    std::uint32_t hash = static_cast<std::uint32_t>(name.size());
    const auto mix = [&](std::size_t at) {
      hash = (hash ^ static_cast<unsigned char>(LowerAscii(name[at]))) * 0x9e3779b1U;
    };
    mix(0);
    mix(name.size() / 4);
    mix(name.size() / 2);
    mix(name.size() - name.size() / 4 - 1);
    mix(name.size() - 1);
    return (hash >> 12) % kSlots;
  }

  std::array<std::uint16_t, kSlots> slots_{};
};

}  // namespace dhcpair::base
