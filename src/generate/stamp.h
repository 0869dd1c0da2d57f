#pragma once

#include <string>
#include <string_view>

namespace dhcpair::generate {

/// What the comment at the head of a generated file tells.
struct StampFacts {
  std::string what;         ///< "dhcpd.conf of the primary of dhcp-failover"
  std::string belongs_in;   ///< "/etc/dhcpd.conf on root@192.168.13.6"
  std::string source_name;  ///< The pair file, without its folder: output must not depend on it.
};

/// The body with a head of '#' lines: what it is, where it belongs, its source, and the digest of
/// the body, by which dhcpair knows its own files again. A digest of the source is not in it: a
/// comment changed in the pair file would change every file made of it, and dhcpd would be
/// restarted for that.
std::string Stamp(const StampFacts& facts, std::string_view body);

/// What stands below the head; all of it where there is no head of ours.
std::string_view WithoutStamp(std::string_view contents);

enum class Authorship {
  kOurs,     ///< Written by dhcpair and not changed since.
  kEdited,   ///< Written by dhcpair, then changed by somebody.
  kForeign,  ///< Not written by dhcpair.
};

/// Whose file this is, by its head and the digest in it.
Authorship AuthorshipOf(std::string_view contents);

}  // namespace dhcpair::generate
