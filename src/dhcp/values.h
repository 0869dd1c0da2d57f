#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ipv4_address.h"

/// The values of options as types. Each reader is total: bytes of another shape give nothing.
namespace dhcpair::dhcp {

/// A number of exactly so many octets.
std::optional<std::uint8_t> ReadU8(std::string_view bytes);
std::optional<std::uint16_t> ReadU16(std::string_view bytes);
std::optional<std::uint32_t> ReadU32(std::string_view bytes);

/// Exactly one address, and one or more.
std::optional<base::Ipv4Address> ReadAddress(std::string_view bytes);
std::optional<std::vector<base::Ipv4Address>> ReadAddresses(std::string_view bytes);

/// A text without the NULs that some senders put behind it (RFC 2132 section 2).
std::string_view ReadText(std::string_view bytes);

/// How many names a list may have: each could be of 255 octets in only two on the wire.
inline constexpr std::size_t kDomainNamesMax = 128;

/// Names as RFC 1035 section 4.1.4 packs them, the whole option being what pointers count from (RFC
/// 3397). A name has no dot at its end; the root is ".". Nothing for an empty list, for more than
/// kDomainNamesMax, a name above 255 octets, a pointer that does not go back, or a label with a
/// dot or anything but printable ASCII, which no text could show as it is.
std::optional<std::vector<std::string>> ReadDomainNames(std::string_view bytes);

/// A route of option 121 (RFC 3442).
struct ClasslessRoute {
  base::Ipv4Address destination = {};  ///< Bits beyond the width are 0.
  int width = 0;                       ///< 0 for the default route.
  base::Ipv4Address router = {};       ///< 0.0.0.0: the destination is on the link itself.

  friend bool operator==(const ClasslessRoute&, const ClasslessRoute&) = default;
};
/// One or more. Bits of the destination beyond its width are cleared, as the RFC has it.
std::optional<std::vector<ClasslessRoute>> ReadClasslessRoutes(std::string_view bytes);

/// A client identifier (option 61) taken apart.
struct ClientIdentifier {
  static constexpr std::uint8_t kNodeSpecific = 255;  ///< The type of RFC 4361.

  std::uint8_t type = 0;                   ///< A type of hardware, 0 for any text, or 255.
  std::optional<std::uint32_t> iaid = {};  ///< Of type 255 only.
  std::string_view rest = {};              ///< Of type 255 the DUID; else all behind the type.
};
/// Nothing for an empty one, and for one of type 255 that has no IAID and DUID.
std::optional<ClientIdentifier> ReadClientIdentifier(std::string_view bytes);

/// The classes of option 77 (RFC 3004): one or more, each with its length before it and not empty.
/// Many clients send a plain text instead, for which there is nothing.
std::optional<std::vector<std::string_view>> ReadUserClasses(std::string_view bytes);

/// What one vendor has in options 124 and 125 (RFC 3925). In 124 the data are of the shape of
/// ReadUserClasses, in 125 of SubOptions.
struct VendorData {
  std::uint32_t enterprise = 0;
  std::string_view data = {};

  friend bool operator==(const VendorData&, const VendorData&) = default;
};
/// One or more.
std::optional<std::vector<VendorData>> ReadVendorData(std::string_view bytes);

}  // namespace dhcpair::dhcp
