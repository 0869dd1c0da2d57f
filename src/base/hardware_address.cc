#include "base/hardware_address.h"

#include <charconv>

#include "base/name_index.h"

namespace dhcpair::base {
namespace {

struct TypeRow {
  std::uint8_t type;
  std::string_view name;
};

// Numbers of ARP hardware types (IANA), names of ISC dhcpd.
constexpr std::array kTypes{
    TypeRow{HardwareAddress::kEthernet, "ethernet"},
    TypeRow{6, "token-ring"},
    TypeRow{8, "fddi"},
    TypeRow{32, "infiniband"},
};

constexpr std::string_view kUnknown = "unknown-";

}  // namespace

std::optional<HardwareAddress> HardwareAddress::Make(std::uint8_t type,
                                                     std::span<const std::uint8_t> octets) {
  if (octets.size() > kOctetsMax) return std::nullopt;
  HardwareAddress address;
  address.is_present_ = true;
  address.type_ = type;
  address.size_ = static_cast<std::uint8_t>(octets.size());
  std::ranges::copy(octets, address.octets_.begin());
  return address;
}

std::string HardwareAddress::ToString() const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(size_ * 3U);
  for (const std::uint8_t octet : octets()) {
    if (!text.empty()) text += ':';
    text += kDigits[octet >> 4];
    text += kDigits[octet & 15];
  }
  return text;
}

std::string HardwareTypeName(std::uint8_t type) {
  const auto* const found = std::ranges::find(kTypes, type, &TypeRow::type);
  if (found != kTypes.end()) return std::string(found->name);
  return std::string(kUnknown) + std::to_string(type);
}

std::optional<std::uint8_t> HardwareTypeNamed(std::string_view name) {
  for (const TypeRow& row : kTypes) {
    if (EqualsInAnyCase(row.name, name)) return row.type;
  }
  if (name.size() <= kUnknown.size()) return std::nullopt;
  if (!EqualsInAnyCase(name.substr(0, kUnknown.size()), kUnknown)) return std::nullopt;
  const std::string_view digits = name.substr(kUnknown.size());
  std::uint8_t type = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), type);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return type;
}

}  // namespace dhcpair::base
