#include "pair/platform.h"

#include <algorithm>
#include <array>

namespace dhcpair::pair {
namespace {

constexpr std::array kOpenbsdBoot{BootFragment{"rc.conf.local", "/etc/rc.conf.local"}};
constexpr std::array kOpenbsdLegacyBoot{
    BootFragment{"rc.conf.local", "/etc/rc.conf.local"},
    BootFragment{"rc.local", "/etc/rc.local"},
    BootFragment{"dhcpd.interfaces", "/etc/dhcpd.interfaces"},
};
constexpr std::array kFreebsdBoot{BootFragment{"rc.conf", "/etc/rc.conf"}};
constexpr std::array kNetbsdBoot{BootFragment{"rc.conf", "/etc/rc.conf"}};
constexpr std::array kDebianBoot{BootFragment{"isc-dhcp-server", "/etc/default/isc-dhcp-server"}};
constexpr std::array kRhelBoot{
    BootFragment{"dhcpair.conf", "/etc/systemd/system/dhcpd.service.d/dhcpair.conf"}};
constexpr std::array kSuseBoot{BootFragment{"sysconfig-dhcpd", "/etc/sysconfig/dhcpd"}};
constexpr std::array kAlpineBoot{BootFragment{"conf.d-dhcpd", "/etc/conf.d/dhcpd"}};
constexpr std::array kArchBoot{
    BootFragment{"dhcpair.conf", "/etc/systemd/system/dhcpd4.service.d/dhcpair.conf"}};
constexpr std::array kGenericBoot{BootFragment{"start-dhcpd", "the node's boot scripts"}};

constexpr ServiceLines kDhcpdUnit{"systemctl start dhcpd", "systemctl stop dhcpd",
                                  "systemctl is-active --quiet dhcpd"};

constexpr std::array kPlatforms{
    Platform{"openbsd",
             "/etc/dhcpd.conf",
             "/etc/dhcpd.master",
             "/var/db/isc-dhcp/dhcpd.leases",
             "/var/run/dhcpd.pid",
             "/usr/local/sbin/dhcpd",
             "/var/db/dhcpair",
             "_isc-dhcp",
             Confinement::kNone,
             kOpenbsdBoot,
             {"rcctl start isc_dhcpd", "rcctl stop isc_dhcpd", "rcctl check isc_dhcpd"}},
    Platform{"openbsd-legacy",
             "/etc/dhcpd.conf",
             "/etc/dhcpd.master",
             "/var/db/dhcpd.leases",
             "/var/run/dhcpd.pid",
             "/usr/local/sbin/dhcpd",
             "/var/db/dhcpair",
             "root",
             Confinement::kNone,
             kOpenbsdLegacyBoot,
             {}},
    Platform{"freebsd",
             "/usr/local/etc/dhcpd.conf",
             "/usr/local/etc/dhcpd/dhcpd.master",
             "/var/db/dhcpd/dhcpd.leases",
             "/var/run/dhcpd/dhcpd.pid",
             "/usr/local/sbin/dhcpd",
             "/var/db/dhcpair",
             "dhcpd",
             Confinement::kChroot,
             kFreebsdBoot,
             {"service isc-dhcpd start", "service isc-dhcpd stop", "service isc-dhcpd status"}},
    Platform{"netbsd",
             "/etc/dhcpd.conf",
             "/etc/dhcpd.master",
             "/var/db/dhcpd.leases",
             "/var/run/dhcpd.pid",
             "/usr/sbin/dhcpd",
             "/var/db/dhcpair",
             "root",
             Confinement::kNone,
             kNetbsdBoot,
             {"service dhcpd start", "service dhcpd stop", "service dhcpd status"}},
    // The unit that systemd makes of the init script can be active without a dhcpd; whoever asks
    // for the status looks at the process of the pid file as well. Ubuntu has another pid file,
    // /run/dhcp-server/dhcpd.pid, and an own account, dhcpd.
    Platform{"debian",
             "/etc/dhcp/dhcpd.conf",
             "/etc/dhcp/dhcpd.master",
             "/var/lib/dhcp/dhcpd.leases",
             "/run/dhcpd.pid",
             "/usr/sbin/dhcpd",
             "/var/lib/dhcpair",
             "root",
             Confinement::kAppArmor,
             kDebianBoot,
             {"service isc-dhcp-server start", "service isc-dhcp-server stop",
              "service isc-dhcp-server status"}},
    // The unit says --no-pid: this is the place of a file that nobody writes.
    Platform{"rhel", "/etc/dhcp/dhcpd.conf", "/etc/dhcp/dhcpd.master",
             "/var/lib/dhcpd/dhcpd.leases", "/run/dhcpd.pid", "/usr/sbin/dhcpd", "/var/lib/dhcpair",
             "dhcpd", Confinement::kSelinux, kRhelBoot, kDhcpdUnit},
    // The leases as they are seen from outside of the chroot; the pid file is a link into it.
    Platform{"suse", "/etc/dhcpd.conf", "/etc/dhcpd.master", "/var/lib/dhcp/db/dhcpd.leases",
             "/var/run/dhcpd.pid", "/usr/sbin/dhcpd", "/var/lib/dhcpair", "dhcpd",
             Confinement::kChroot, kSuseBoot, kDhcpdUnit},
    Platform{"alpine",
             "/etc/dhcp/dhcpd.conf",
             "/etc/dhcp/dhcpd.master",
             "/var/lib/dhcp/dhcpd.leases",
             "/var/run/dhcp/dhcpd.pid",
             "/usr/sbin/dhcpd",
             "/var/lib/dhcpair",
             "dhcp",
             Confinement::kNone,
             kAlpineBoot,
             {"rc-service dhcpd start", "rc-service dhcpd stop", "rc-service dhcpd status"}},
    // The unit starts dhcpd as this user at once: it must be able to read all that is included.
    Platform{
        "arch",
        "/etc/dhcpd.conf",
        "/etc/dhcpd.master",
        "/var/lib/dhcp/dhcpd.leases",
        "/run/dhcpd4/dhcpd.pid",
        "/usr/bin/dhcpd",
        "/var/lib/dhcpair",
        "dhcp",
        Confinement::kNone,
        kArchBoot,
        {"systemctl start dhcpd4", "systemctl stop dhcpd4", "systemctl is-active --quiet dhcpd4"}},
    Platform{"generic",
             "/etc/dhcpd.conf",
             "/etc/dhcpd.master",
             "/var/db/dhcpd.leases",
             "/var/run/dhcpd.pid",
             "/usr/local/sbin/dhcpd",
             "/var/db/dhcpair",
             "root",
             Confinement::kNone,
             kGenericBoot,
             {}},
};

// What calls itself so has this profile. An empty distribution stands for all of the system.
struct SystemRow {
  std::string_view system;
  std::string_view distribution;
  std::string_view platform;
};
constexpr std::array kSystems{
    SystemRow{"OpenBSD", "", "openbsd"},
    SystemRow{"FreeBSD", "", "freebsd"},
    SystemRow{"NetBSD", "", "netbsd"},
    SystemRow{"Linux", "debian", "debian"},
    SystemRow{"Linux", "raspbian", "debian"},
    SystemRow{"Linux", "devuan", "debian"},
    SystemRow{"Linux", "ubuntu", "debian"},
    SystemRow{"Linux", "linuxmint", "debian"},
    SystemRow{"Linux", "rhel", "rhel"},
    SystemRow{"Linux", "centos", "rhel"},
    SystemRow{"Linux", "rocky", "rhel"},
    SystemRow{"Linux", "almalinux", "rhel"},
    SystemRow{"Linux", "ol", "rhel"},
    SystemRow{"Linux", "fedora", "rhel"},
    SystemRow{"Linux", "sles", "suse"},
    SystemRow{"Linux", "opensuse-leap", "suse"},
    SystemRow{"Linux", "opensuse-tumbleweed", "suse"},
    SystemRow{"Linux", "alpine", "alpine"},
    // The same paths, the same conf.d file and OpenRC as well.
    SystemRow{"Linux", "gentoo", "alpine"},
    SystemRow{"Linux", "arch", "arch"},
    SystemRow{"Linux", "archarm", "arch"},
    SystemRow{"Linux", "manjaro", "arch"},
};

constexpr auto kNames = [] {
  std::array<std::string_view, kPlatforms.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kPlatforms[i].name;
  return names;
}();

}  // namespace

const Platform* FindPlatform(std::string_view name) {
  const auto found = std::ranges::find(kPlatforms, name, &Platform::name);
  return found == kPlatforms.end() ? nullptr : &*found;
}

const Platform* PlatformOf(std::string_view system, std::string_view distribution) {
  const auto found = std::ranges::find_if(kSystems, [&](const SystemRow& row) {
    return row.system == system && (row.distribution.empty() || row.distribution == distribution);
  });
  return found == kSystems.end() ? nullptr : FindPlatform(found->platform);
}

const Platform& GenericPlatform() { return kPlatforms.back(); }

std::span<const Platform> Platforms() { return kPlatforms; }

std::span<const std::string_view> PlatformNames() { return kNames; }

}  // namespace dhcpair::pair
