#include "dhcp/values.h"

#include <algorithm>

#include "base/bytes.h"

namespace dhcpair::dhcp {
namespace {

using base::Ipv4Address;
using base::Reader;

constexpr std::size_t kLabelBytesMax = 63;
constexpr std::size_t kNameBytesMax = 255;

// Whether a label can be shown in a text as it is.
bool IsPlain(std::string_view label) {
  return std::ranges::all_of(label, [](char c) { return c > ' ' && c <= '~' && c != '.'; });
}

// Reads the name at `at` and moves behind it; false when it is none.
bool ReadName(std::string_view bytes, std::size_t& at, std::string& name) {
  std::size_t here = at;
  std::size_t wire_bytes = 1;
  // Every pointer must lead before all that was read of this name: so it ends.
  std::size_t lowest = at;
  bool has_jumped = false;
  for (;;) {
    if (here >= bytes.size()) return false;
    const std::size_t length = static_cast<std::uint8_t>(bytes[here++]);
    if (length == 0) break;
    if (length > kLabelBytesMax) {
      if ((length & 0xc0) != 0xc0 || here >= bytes.size()) return false;
      const std::size_t target = (length & 0x3f) << 8 | static_cast<std::uint8_t>(bytes[here++]);
      if (target >= lowest) return false;
      if (!has_jumped) at = here;
      has_jumped = true;
      lowest = here = target;
      continue;
    }
    if (length > bytes.size() - here) return false;
    const std::string_view label = bytes.substr(here, length);
    wire_bytes += 1 + length;
    if (wire_bytes > kNameBytesMax || !IsPlain(label)) return false;
    if (!name.empty()) name += '.';
    name += label;
    here += length;
  }
  if (!has_jumped) at = here;
  if (name.empty()) name = ".";
  return true;
}

}  // namespace

std::optional<std::uint8_t> ReadU8(std::string_view bytes) {
  if (bytes.size() != 1) return std::nullopt;
  return Reader(bytes).U8();
}

std::optional<std::uint16_t> ReadU16(std::string_view bytes) {
  if (bytes.size() != 2) return std::nullopt;
  return Reader(bytes).U16();
}

std::optional<std::uint32_t> ReadU32(std::string_view bytes) {
  if (bytes.size() != 4) return std::nullopt;
  return Reader(bytes).U32();
}

std::optional<Ipv4Address> ReadAddress(std::string_view bytes) {
  return ReadU32(bytes).transform([](std::uint32_t value) { return Ipv4Address(value); });
}

std::optional<std::vector<Ipv4Address>> ReadAddresses(std::string_view bytes) {
  if (bytes.empty() || bytes.size() % 4 != 0) return std::nullopt;
  std::vector<Ipv4Address> addresses;
  for (Reader reader(bytes); !reader.AtEnd();) addresses.emplace_back(reader.U32());
  return addresses;
}

std::string_view ReadText(std::string_view bytes) {
  return bytes.substr(0, bytes.find_last_not_of('\0') + 1);
}

std::optional<std::vector<std::string>> ReadDomainNames(std::string_view bytes) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at < bytes.size();) {
    if (names.size() == kDomainNamesMax) return std::nullopt;
    if (!ReadName(bytes, at, names.emplace_back())) return std::nullopt;
  }
  if (names.empty()) return std::nullopt;
  return names;
}

std::optional<std::vector<ClasslessRoute>> ReadClasslessRoutes(std::string_view bytes) {
  std::vector<ClasslessRoute> routes;
  Reader reader(bytes);
  while (!reader.AtEnd()) {
    const int width = reader.U8();
    if (width > 32) return std::nullopt;
    std::uint32_t destination = 0;
    for (int octet = 0; octet < 4; ++octet) {
      destination = destination << 8 | (octet * 8 < width ? reader.U8() : 0);
    }
    const std::uint32_t mask = width == 0 ? 0 : 0xffffffff << (32 - width);
    const std::uint32_t router = reader.U32();
    if (reader.failed()) return std::nullopt;
    routes.push_back({.destination = Ipv4Address(destination & mask),
                      .width = width,
                      .router = Ipv4Address(router)});
  }
  if (routes.empty()) return std::nullopt;
  return routes;
}

std::optional<ClientIdentifier> ReadClientIdentifier(std::string_view bytes) {
  if (bytes.empty()) return std::nullopt;
  Reader reader(bytes);
  ClientIdentifier identifier{.type = reader.U8()};
  if (identifier.type == ClientIdentifier::kNodeSpecific) {
    identifier.iaid = reader.U32();
    if (reader.failed() || reader.AtEnd()) return std::nullopt;
  }
  identifier.rest = reader.Bytes(reader.remaining());
  return identifier;
}

std::optional<std::vector<std::string_view>> ReadUserClasses(std::string_view bytes) {
  std::vector<std::string_view> classes;
  Reader reader(bytes);
  while (!reader.AtEnd()) {
    const std::string_view one = reader.Bytes(reader.U8());
    if (one.empty()) return std::nullopt;
    classes.push_back(one);
  }
  if (classes.empty()) return std::nullopt;
  return classes;
}

std::optional<std::vector<VendorData>> ReadVendorData(std::string_view bytes) {
  std::vector<VendorData> vendors;
  Reader reader(bytes);
  while (!reader.AtEnd()) {
    const std::uint32_t enterprise = reader.U32();
    const std::string_view data = reader.Bytes(reader.U8());
    if (reader.failed()) return std::nullopt;
    vendors.push_back({.enterprise = enterprise, .data = data});
  }
  if (vendors.empty()) return std::nullopt;
  return vendors;
}

}  // namespace dhcpair::dhcp
