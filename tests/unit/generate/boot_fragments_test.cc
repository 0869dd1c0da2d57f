#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "generate/node_files.h"
#include "support/named.h"
#include "support/pairs.h"

namespace dhcpair::generate {
namespace {

using pair::Role;

constexpr char kTwoInterfaces[] = "interfaces: [em0, em1]\n";
// Every path another one than the platform's, with what confinement asks of them.
constexpr char kOwnPaths[] =
    "paths: {conf: /etc/dhcp/own/dhcpd.conf, master: /etc/dhcp/own/master,"
    " leases: /var/lib/dhcp/dhcpd.leases.own, pid: /run/own.pid, dhcpd: /opt/sbin/dhcpd}\n";

// What a platform can be asked for, in every combination.
std::vector<std::string> Variants() {
  std::vector<std::string> variants;
  for (const std::string interfaces : {"", kTwoInterfaces}) {
    for (const std::string paths : {"", kOwnPaths}) variants.push_back(interfaces + paths);
  }
  return variants;
}

std::vector<NodeFile> Fragments(std::string_view platform, Role role, const std::string& yaml,
                                test::MapLoader loader = {}) {
  const pair::Pair pair = test::LoadPair(
      test::kMinimalPair + ("platform: " + std::string(platform) + "\n") + yaml, std::move(loader));
  test::MapLoader no_templates;
  text::Diagnostics diagnostics;
  auto files = GenerateNode(pair, role, TemplateSet(no_templates), diagnostics);
  EXPECT_EQ(RenderTerminal(diagnostics, text::Color::kNever), "");
  if (!files) return {};
  std::erase_if(*files, [](const NodeFile& file) { return !file.is_fragment; });
  return *std::move(files);
}

std::vector<std::string> Lines(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// Calls `check` with every fragment that there can be.
template <typename Check>
void ForEachFragment(Check check) {
  for (const pair::Platform& platform : pair::Platforms()) {
    for (const Role role : {Role::kPrimary, Role::kSecondary}) {
      for (const std::string& yaml : Variants()) {
        for (const NodeFile& file : Fragments(platform.name, role, yaml)) {
          SCOPED_TRACE(testing::Message()
                       << platform.name << "/" << file.name << " of the " << Name(role) << " with\n"
                       << yaml);
          check(platform, file);
        }
      }
    }
  }
}

TEST(BootFragments, AreThoseOfThePlatformsTable) {
  for (const pair::Platform& platform : pair::Platforms()) {
    const std::vector<NodeFile> files = Fragments(platform.name, Role::kPrimary, "");
    ASSERT_EQ(files.size(), platform.fragments.size()) << platform.name;
    for (std::size_t i = 0; i < files.size(); ++i) {
      EXPECT_EQ(files[i].name, platform.fragments[i].file);
      EXPECT_EQ(files[i].belongs_in, platform.fragments[i].belongs_in);
      EXPECT_EQ(files[i].mode, 0644);
    }
  }
}

TEST(BootFragments, LeaveNoTagBehind) {
  ForEachFragment([](const pair::Platform&, const NodeFile& file) {
    EXPECT_FALSE(file.contents.contains("{{")) << file.contents;
    EXPECT_FALSE(file.contents.contains("}}")) << file.contents;
  });
}

TEST(BootFragments, HaveNoEmptyLinesAndNoTrailingBlanks) {
  ForEachFragment([](const pair::Platform&, const NodeFile& file) {
    EXPECT_TRUE(file.contents.ends_with('\n'));
    for (const std::string& line : Lines(file.contents)) {
      EXPECT_FALSE(line.empty() || line.ends_with(' ') || line.ends_with('\t')) << file.contents;
    }
  });
}

TEST(BootFragments, HaveOneBlankBetweenWordsAndNoneInsideQuotes) {
  ForEachFragment([](const pair::Platform&, const NodeFile& file) {
    for (const std::string& line : Lines(file.contents)) {
      if (line.starts_with('#')) continue;
      EXPECT_FALSE(line.contains("  ") || line.contains("=\" ") || line.contains(" \"\n") ||
                   line.ends_with(" \""))
          << line;
    }
  });
}

// FreeBSD and Alpine say "all" by an empty list, which also undoes an older line of the same file.
// To Debian and SUSE an empty one means something else, and nobody else has a list to be empty.
TEST(BootFragments, HaveAnEmptyListOfInterfacesOnlyWhereThatMeansAll) {
  ForEachFragment([](const pair::Platform& platform, const NodeFile& file) {
    if (platform.name == "freebsd" || platform.name == "alpine") return;
    EXPECT_FALSE(file.contents.contains("\"\"")) << file.contents;
  });
}

TEST(BootFragments, NameTheInterfacesInTheOrderOfThePairFile) {
  for (const pair::Platform& platform : pair::Platforms()) {
    const auto files = Fragments(platform.name, Role::kPrimary, kTwoInterfaces);
    EXPECT_TRUE(std::ranges::any_of(files, [](const NodeFile& file) {
      return file.contents.contains("em0 em1") || file.contents.contains("em0\nem1\n");
    })) << platform.name;
  }
}

TEST(BootFragments, FollowTheNodeNotThePair) {
  const std::string yaml =
      "pair: p\n"
      "primary: {address: 10.0.0.1, platform: openbsd, interfaces: [em0]}\n"
      "secondary: {address: 10.0.0.2, platform: rhel, interfaces: [eth0]}\n";
  const pair::Pair pair = test::LoadPair(yaml);
  test::MapLoader no_templates;
  text::Diagnostics diagnostics;
  const auto primary = GenerateNode(pair, Role::kPrimary, TemplateSet(no_templates), diagnostics);
  const auto secondary =
      GenerateNode(pair, Role::kSecondary, TemplateSet(no_templates), diagnostics);
  ASSERT_TRUE(primary && secondary);
  EXPECT_EQ(primary->back().name, "rc.conf.local");
  EXPECT_TRUE(primary->back().contents.contains("_isc-dhcp em0\""));
  EXPECT_EQ(secondary->back().name, "dhcpair.conf");
  EXPECT_TRUE(secondary->back().contents.contains("$DHCPDARGS eth0\n"));
}

TEST(BootFragments, TellTheChrootOfSuseOfEveryFileThatIsIncluded) {
  test::MapLoader loader;
  loader.Put("omapi.secret", "c2VjcmV0\n");
  loader.Put("hosts.conf", "# shared\n");
  const auto files = Fragments("suse", Role::kSecondary,
                               "omapi: {secret-file: omapi.secret}\n"
                               "files: [{from: hosts.conf, to: /etc/dhcpd.d/hosts.conf}]\n"
                               "unmanaged: [/etc/dhcpd.keys]\n",
                               std::move(loader));
  ASSERT_EQ(files.size(), 1u);
  EXPECT_TRUE(files[0].contents.contains(
      "\nDHCPD_CONF_INCLUDE_FILES=\"/etc/dhcpd.master /etc/dhcpd.omapi-key "
      "/etc/dhcpd.d/hosts.conf /etc/dhcpd.keys\"\n"))
      << files[0].contents;
}

struct LineRow : test::Named {
  const char* platform;
  const char* file;
  std::string yaml;
  const char* line;
};

class BootFragmentLine : public testing::TestWithParam<LineRow> {};

TEST_P(BootFragmentLine, IsThereOnBothNodes) {
  const LineRow& row = GetParam();
  for (const Role role : {Role::kPrimary, Role::kSecondary}) {
    const auto files = Fragments(row.platform, role, row.yaml);
    const auto file = std::ranges::find(files, row.file, &NodeFile::name);
    ASSERT_NE(file, files.end());
    const std::vector<std::string> lines = Lines(file->contents);
    EXPECT_EQ(std::ranges::count(lines, row.line), 1) << "looking for\n"
                                                      << row.line << "\nin\n"
                                                      << file->contents;
  }
}

const std::string kBoth = std::string(kTwoInterfaces) + kOwnPaths;

INSTANTIATE_TEST_SUITE_P(
    Openbsd, BootFragmentLine,
    testing::Values(
        LineRow{"BaseOff", "openbsd", "rc.conf.local", "", "dhcpd_flags=NO"},
        LineRow{"All", "openbsd", "rc.conf.local", "",
                "isc_dhcpd_flags=\"-user _isc-dhcp -group _isc-dhcp\""},
        LineRow{"Two", "openbsd", "rc.conf.local", kTwoInterfaces,
                "isc_dhcpd_flags=\"-user _isc-dhcp -group _isc-dhcp em0 em1\""},
        LineRow{"Moved", "openbsd", "rc.conf.local", kBoth,
                "isc_dhcpd_flags=\"-user _isc-dhcp -group _isc-dhcp -cf /etc/dhcp/own/dhcpd.conf "
                "-lf /var/lib/dhcp/dhcpd.leases.own -pf /run/own.pid em0 em1\""},
        LineRow{"LegacyBaseOff", "openbsd-legacy", "rc.conf.local", "", "dhcpd_flags=NO"},
        LineRow{"LegacyFlags", "openbsd-legacy", "rc.conf.local", kTwoInterfaces,
                "dhcpd3_flags=\"-q -cf /etc/dhcpd.conf -lf /var/db/dhcpd.leases "
                "-pf /var/run/dhcpd.pid\""},
        LineRow{"LegacyGuard", "openbsd-legacy", "rc.local", "",
                "if [ X\"${dhcpd3_flags:-NO}\" != X\"NO\" -a -x /usr/local/sbin/dhcpd "
                "-a -f /etc/dhcpd.conf ]; then"},
        LineRow{"LegacyLeases", "openbsd-legacy", "rc.local", "",
                "\t[ -f /var/db/dhcpd.leases ] || touch /var/db/dhcpd.leases"},
        LineRow{"LegacyStart", "openbsd-legacy", "rc.local", kTwoInterfaces,
                "\t/usr/local/sbin/dhcpd ${dhcpd3_flags} ${dhcpd3_interfaces}"},
        LineRow{"LegacyInterface", "openbsd-legacy", "dhcpd.interfaces", kTwoInterfaces, "em1"},
        LineRow{"LegacyMoved", "openbsd-legacy", "rc.local", kOwnPaths,
                "\t/opt/sbin/dhcpd ${dhcpd3_flags} ${dhcpd3_interfaces}"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    FreebsdAndNetbsd, BootFragmentLine,
    testing::Values(
        LineRow{"FreebsdOn", "freebsd", "rc.conf", "", "dhcpd_enable=\"YES\""},
        LineRow{"FreebsdConf", "freebsd", "rc.conf", "",
                "dhcpd_conf=\"/usr/local/etc/dhcpd.conf\""},
        LineRow{"FreebsdChroot", "freebsd", "rc.conf", "",
                "dhcpd_includedir=\"/usr/local/etc/dhcpd\""},
        LineRow{"FreebsdAll", "freebsd", "rc.conf", "", "dhcpd_ifaces=\"\""},
        LineRow{"FreebsdTwo", "freebsd", "rc.conf", kTwoInterfaces, "dhcpd_ifaces=\"em0 em1\""},
        LineRow{"FreebsdMoved", "freebsd", "rc.conf", kBoth,
                "dhcpd_ifaces=\"em0 em1 -lf /var/lib/dhcp/dhcpd.leases.own\""},
        LineRow{"FreebsdMovedAll", "freebsd", "rc.conf", kOwnPaths,
                "dhcpd_ifaces=\"-lf /var/lib/dhcp/dhcpd.leases.own\""},
        LineRow{"FreebsdProgram", "freebsd", "rc.conf", kOwnPaths,
                "dhcpd_program=\"/opt/sbin/dhcpd\""},
        LineRow{"FreebsdMovedChroot", "freebsd", "rc.conf", kOwnPaths,
                "dhcpd_includedir=\"/etc/dhcp/own\""},
        LineRow{"NetbsdOn", "netbsd", "rc.conf", "", "dhcpd=YES"},
        LineRow{"NetbsdAll", "netbsd", "rc.conf", "", "dhcpd_flags=\"-q\""},
        LineRow{"NetbsdTwo", "netbsd", "rc.conf", kTwoInterfaces, "dhcpd_flags=\"-q em0 em1\""},
        LineRow{"NetbsdMoved", "netbsd", "rc.conf", kBoth,
                "dhcpd_flags=\"-q -cf /etc/dhcp/own/dhcpd.conf "
                "-lf /var/lib/dhcp/dhcpd.leases.own -pf /run/own.pid em0 em1\""}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Linux, BootFragmentLine,
    testing::Values(
        LineRow{"DebianAll", "debian", "isc-dhcp-server", "", "INTERFACESv4=\"-4\""},
        LineRow{"DebianTwo", "debian", "isc-dhcp-server", kTwoInterfaces,
                "INTERFACESv4=\"em0 em1\""},
        LineRow{"DebianConf", "debian", "isc-dhcp-server", kOwnPaths,
                "DHCPDv4_CONF=/etc/dhcp/own/dhcpd.conf"},
        LineRow{"DebianPid", "debian", "isc-dhcp-server", kOwnPaths, "DHCPDv4_PID=/run/own.pid"},
        LineRow{"DebianMovedAll", "debian", "isc-dhcp-server", kOwnPaths,
                "INTERFACESv4=\"-cf /etc/dhcp/own/dhcpd.conf -lf /var/lib/dhcp/dhcpd.leases.own "
                "-pf /run/own.pid -4\""},
        LineRow{"DebianMovedTwo", "debian", "isc-dhcp-server", kBoth,
                "INTERFACESv4=\"-cf /etc/dhcp/own/dhcpd.conf -lf /var/lib/dhcp/dhcpd.leases.own "
                "-pf /run/own.pid em0 em1\""},
        LineRow{"RhelReset", "rhel", "dhcpair.conf", "", "ExecStart="},
        LineRow{"RhelAll", "rhel", "dhcpair.conf", "",
                "ExecStart=/usr/sbin/dhcpd -f -cf /etc/dhcp/dhcpd.conf -user dhcpd -group dhcpd "
                "--no-pid $DHCPDARGS"},
        LineRow{"RhelTwo", "rhel", "dhcpair.conf", kTwoInterfaces,
                "ExecStart=/usr/sbin/dhcpd -f -cf /etc/dhcp/dhcpd.conf -user dhcpd -group dhcpd "
                "--no-pid $DHCPDARGS em0 em1"},
        LineRow{"RhelMoved", "rhel", "dhcpair.conf", kBoth,
                "ExecStart=/opt/sbin/dhcpd -f -cf /etc/dhcp/own/dhcpd.conf "
                "-lf /var/lib/dhcp/dhcpd.leases.own -user dhcpd -group dhcpd -pf /run/own.pid "
                "$DHCPDARGS em0 em1"},
        LineRow{"SuseAll", "suse", "sysconfig-dhcpd", "", "DHCPD_INTERFACE=\"ANY\""},
        LineRow{"SuseTwo", "suse", "sysconfig-dhcpd", kTwoInterfaces,
                "DHCPD_INTERFACE=\"em0 em1\""},
        LineRow{"SuseChroot", "suse", "sysconfig-dhcpd", "",
                "DHCPD_CONF_INCLUDE_FILES=\"/etc/dhcpd.master\""},
        LineRow{"SuseMovedConf", "suse", "sysconfig-dhcpd", kOwnPaths,
                "DHCPD_OTHER_ARGS=\"-cf /etc/dhcp/own/dhcpd.conf\""},
        LineRow{"SuseMovedChroot", "suse", "sysconfig-dhcpd", kOwnPaths,
                "DHCPD_CONF_INCLUDE_FILES=\"/etc/dhcp/own/dhcpd.conf /etc/dhcp/own/master\""},
        LineRow{"AlpineConf", "alpine", "conf.d-dhcpd", "", "DHCPD_CONF=\"/etc/dhcp/dhcpd.conf\""},
        LineRow{"AlpineAll", "alpine", "conf.d-dhcpd", "", "DHCPD_IFACE=\"\""},
        LineRow{"AlpineTwo", "alpine", "conf.d-dhcpd", kTwoInterfaces, "DHCPD_IFACE=\"em0 em1\""},
        LineRow{"AlpineMoved", "alpine", "conf.d-dhcpd", kOwnPaths,
                "DHCPD_CONF=\"/etc/dhcp/own/dhcpd.conf\""},
        LineRow{"ArchReset", "arch", "dhcpair.conf", "", "ExecStart="},
        LineRow{"ArchAll", "arch", "dhcpair.conf", "",
                "ExecStart=/usr/bin/dhcpd -4 -q -cf /etc/dhcpd.conf -pf /run/dhcpd4/dhcpd.pid"},
        LineRow{"ArchTwo", "arch", "dhcpair.conf", kTwoInterfaces,
                "ExecStart=/usr/bin/dhcpd -4 -q -cf /etc/dhcpd.conf -pf /run/dhcpd4/dhcpd.pid "
                "em0 em1"},
        LineRow{"ArchMovedPid", "arch", "dhcpair.conf", kOwnPaths, "PIDFile=/run/own.pid"},
        LineRow{"ArchMoved", "arch", "dhcpair.conf", kBoth,
                "ExecStart=/opt/sbin/dhcpd -4 -q -cf /etc/dhcp/own/dhcpd.conf "
                "-lf /var/lib/dhcp/dhcpd.leases.own -pf /run/own.pid em0 em1"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Generic, BootFragmentLine,
    testing::Values(LineRow{"Leases", "generic", "start-dhcpd", "",
                            "[ -f /var/db/dhcpd.leases ] || : > /var/db/dhcpd.leases"},
                    LineRow{"All", "generic", "start-dhcpd", "",
                            "/usr/local/sbin/dhcpd -q -cf /etc/dhcpd.conf -lf /var/db/dhcpd.leases "
                            "-pf /var/run/dhcpd.pid"},
                    LineRow{"MovedTwo", "generic", "start-dhcpd", kBoth,
                            "/opt/sbin/dhcpd -q -cf /etc/dhcp/own/dhcpd.conf "
                            "-lf /var/lib/dhcp/dhcpd.leases.own -pf /run/own.pid em0 em1"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace dhcpair::generate
