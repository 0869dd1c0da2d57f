#pragma once

#include <span>
#include <string_view>

namespace dhcpair::pair {

/// What keeps dhcpd from files that an ordinary process could read.
enum class Confinement {
  kNone,
  kAppArmor,  ///< Debian, Ubuntu: the profile reads /etc/dhcp/ only.
  kSelinux,   ///< RHEL, Fedora: ports outside dhcpd_port_t need semanage.
  kChroot,    ///< SUSE always, FreeBSD on request: files are copied at start, those it is told of.
};

/// A piece of a boot file: generate writes it as `file`, an administrator (or push) puts it to
/// `belongs_in`. Its template is boot/PROFILE/FILE.mustache.
struct BootFragment {
  std::string_view file;
  std::string_view belongs_in;
};

/// What a shell on the node is to run. `status` ends with 0 where dhcpd runs.
struct ServiceLines {
  std::string_view start = {};
  std::string_view stop = {};
  std::string_view status = {};
};

/// Where a system keeps ISC dhcpd and how it drives it. A set of defaults: `paths:` and
/// `service:` of a pair file override each of them.
struct Platform {
  std::string_view name;
  std::string_view conf;
  std::string_view master;
  std::string_view leases;
  std::string_view pid;
  std::string_view dhcpd;
  std::string_view state;  ///< Where push keeps its own files on the node.
  std::string_view user;   ///< The account that dhcpd runs as after its start.
  Confinement confinement;
  std::span<const BootFragment> fragments;
  ServiceLines service;  ///< All empty: dhcpair itself starts dhcpd, and stops it by its pid file.
};

/// The profile of this name, or nullptr.
const Platform* FindPlatform(std::string_view name);

/// The profile of a system that calls itself so: `uname -s`, and ID of its /etc/os-release where it
/// has one. Null where no profile fits.
const Platform* PlatformOf(std::string_view system, std::string_view distribution);

/// The profile that makes no assumption: paths of an ISC build, no service manager.
const Platform& GenericPlatform();

std::span<const Platform> Platforms();
std::span<const std::string_view> PlatformNames();

}  // namespace dhcpair::pair
