#include "dhcp/options.h"

#include <algorithm>
#include <array>

#include "base/name_index.h"
#include "dhcp/option_table.h"

namespace dhcpair::dhcp {
namespace {

constexpr auto kSpaces = std::to_array<std::string_view>(
    {"dhcp", "nwip", "fqdn", "vendor-class", "vendor", "isc", "agent", "dhcp6", "vsio", "isc6"});

constexpr base::NameIndex<512> kIndex(kOptionTable,
                                      [](const OptionDefinition& option) { return option.name; });

// The rows of the space "dhcp" by their code.
constexpr auto kByCode = [] {
  std::array<const OptionDefinition*, 256> rows{};
  const auto add = [&](const auto& table) {
    for (const OptionDefinition& row : table) {
      if (row.space == "dhcp") rows[row.code] = &row;
    }
  };
  add(kUnnamedOptionTable);
  add(kOptionTable);
  return rows;
}();

}  // namespace

std::span<const OptionDefinition> Options() { return kOptionTable; }

std::span<const std::string_view> OptionSpaces() { return kSpaces; }

const OptionDefinition* FindOption(std::string_view space, std::string_view name) {
  const auto row = kIndex.Find(name, [&](std::size_t i) {
    return base::EqualsInAnyCase(kOptionTable[i].name, name) &&
           base::EqualsInAnyCase(kOptionTable[i].space, space);
  });
  return row ? &kOptionTable[*row] : nullptr;
}

const OptionDefinition* FindOption(std::string_view space, std::uint32_t code) {
  if (space == "dhcp") return code < kByCode.size() ? kByCode[code] : nullptr;
  const auto is_it = [&](const OptionDefinition& row) {
    return row.code == code && row.space == space;
  };
  for (const std::span<const OptionDefinition> table :
       {std::span<const OptionDefinition>(kOptionTable),
        std::span<const OptionDefinition>(kUnnamedOptionTable)}) {
    if (const auto row = std::ranges::find_if(table, is_it); row != table.end()) return &*row;
  }
  return nullptr;
}

}  // namespace dhcpair::dhcp
