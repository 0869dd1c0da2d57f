#pragma once

#include <cstddef>

/// What is read of a leases file that comes from anywhere; beyond that there is a finding.
namespace dhcpair::leases {

/// The longest declaration. dhcpd writes a few hundred bytes, a class made through OMAPI some more.
inline constexpr std::size_t kDeclarationBytesMax = 1 << 20;
/// The longest leases file that is fetched from a node.
inline constexpr std::size_t kFileBytesMax = std::size_t{1} << 30;
/// How many addresses have leases: those of a /8.
inline constexpr std::size_t kLeasesMax = 1 << 24;
/// The bytes of client identifiers, names and further fields of all leases together.
inline constexpr std::size_t kTextBytesMax = std::size_t{1} << 31;
/// The bytes of the further fields of one lease.
inline constexpr std::size_t kRestBytesMax = 1 << 16;
/// How many hosts, groups, classes and subclasses there are.
inline constexpr std::size_t kDeclarationsMax = 100'000;
/// The bytes of all hosts, groups, classes and subclasses together.
inline constexpr std::size_t kAllDeclarationsBytesMax = 64 << 20;
/// How many failover peers there are.
inline constexpr std::size_t kPeersMax = 1000;
/// How many findings of a kind are kept; further ones are counted.
inline constexpr std::size_t kFindingsKept = 20;

}  // namespace dhcpair::leases
