// Boot files through the tools of the node, which are stand-ins that work on a file as the real
// ones do.
#include "sync/agent_fixture.h"

namespace dhcpair::sync {
namespace {

// FreeBSD's: `sysrc -f FILE NAME=VALUE...` replaces a line where it is, or adds one at the end.
constexpr char kSysrc[] = R"sh(#!/bin/sh
[ "$1" = -f ] || exit 64
file=$2
shift 2
for setting; do
  name=${setting%%=*} value=${setting#*=}
  case $name in *refused*) echo "sysrc: $name: read-only" >&2; exit 1 ;; esac
  if /bin/grep -q "^$name=" "$file"; then
    /bin/sed "s|^$name=.*|$name=\"$value\"|" "$file" > "$file.next" && /bin/mv "$file.next" "$file"
  else
    printf '%s="%s"\n' "$name" "$value" >> "$file"
  fi
  echo "$name: -> $value"
done
)sh";

// OpenBSD's: `rcctl get NAME flags` says NO of a service of a package that is not enabled.
constexpr char kRcctl[] = R"sh(#!/bin/sh
file=${0%/bin/*}/etc/rc.conf.local
[ "$1 $3" = 'get flags' ] || exit 1
value=$(/bin/sed -n "s/^$2_flags=//p" "$file")
case " $(/bin/sed -n 's/^pkg_scripts=//p' "$file") " in
  *" $2 "*) ;;
  *) value=NO ;;
esac
echo "$value"
)sh";

const std::vector<BootSetting> kSettings{{"dhcpd_enable", "YES"}, {"dhcpd_ifaces", "em0 em1"}};

class BootOnANode : public testing::TestWithParam<const char*> {};

TEST_P(BootOnANode, IsWhatSysrcMakesOfACopy) {
  AgentOnANode on(GetParam());
  on.node().Put("bin/sysrc", kSysrc, 0755);
  on.node().Put("etc/rc.conf", "untouched\n");
  const auto edit = on.agent().SetBoot(on.node().Path("etc/rc.conf"),
                                       "# mine\ndhcpd_enable=NO\nz=1\n", kSettings);
  ASSERT_TRUE(Done(edit));
  EXPECT_EQ(edit->tool, BootTool::kSysrc);
  EXPECT_EQ(edit->contents, "# mine\ndhcpd_enable=\"YES\"\nz=1\ndhcpd_ifaces=\"em0 em1\"\n");
  EXPECT_EQ(on.node().Read("etc/rc.conf"), "untouched\n");
}

TEST_P(BootOnANode, MayBeNewToSysrc) {
  AgentOnANode on(GetParam());
  on.node().Put("bin/sysrc", kSysrc, 0755);
  const auto edit = on.agent().SetBoot(on.node().Path("etc/rc.conf"), "", kSettings);
  ASSERT_TRUE(Done(edit));
  EXPECT_EQ(edit->contents, "dhcpd_enable=\"YES\"\ndhcpd_ifaces=\"em0 em1\"\n");
}

TEST_P(BootOnANode, SaysWhatSysrcDoesNotTake) {
  AgentOnANode on(GetParam());
  on.node().Put("bin/sysrc", kSysrc, 0755);
  const std::vector<BootSetting> refused{{"refused", "1"}};
  EXPECT_TRUE(Fails(on.agent().SetBoot(on.node().Path("etc/rc.conf"), "a=1\n", refused),
                    NodeError::Kind::kFailed, "sysrc does not take the settings: sysrc: refused"));
}

TEST_P(BootOnANode, HasTheToolOfItsFileOnly) {
  AgentOnANode on(GetParam());
  const auto tool = [&](const std::string& name) {
    const auto edit = on.agent().SetBoot(on.node().Path("etc/" + name), "a=1\n", kSettings);
    EXPECT_TRUE(Done(edit));
    return edit ? edit->tool : BootTool::kNone;
  };
  EXPECT_EQ(tool("rc.conf"), BootTool::kNone);
  EXPECT_EQ(tool("rc.conf.local"), BootTool::kNone);
  on.node().Put("bin/sysrc", kSysrc, 0755);
  on.node().Put("bin/rcctl", kRcctl, 0755);
  EXPECT_EQ(tool("rc.conf"), BootTool::kSysrc);
  EXPECT_EQ(tool("rc.conf.local"), BootTool::kRcctl);
  EXPECT_EQ(tool("default"), BootTool::kNone);
}

// Takes a push with this rc.conf.local to where it is committed.
NodeAgent::Result<void> CommitBoot(AgentOnANode& on, const std::string& text) {
  on.node().Put("bin/rcctl", kRcctl, 0755);
  on.node().Put("etc/rc.conf.local", "strange_flags=as it was\n");
  auto files = on.Files();
  files.push_back({.path = on.node().Path("etc/rc.conf.local"), .contents = text});
  EXPECT_TRUE(Done(on.agent().Lock(kPush, kOwner, NodeAgent::Steal::kNo)));
  EXPECT_TRUE(Done(on.agent().Stage(kPush, files)));
  EXPECT_TRUE(Done(on.agent().Arm(kPush, {})));
  return on.agent().Commit(kPush);
}

TEST_P(BootOnANode, IsCommittedWhereRcctlReadsWhatWasMeant) {
  AgentOnANode on(GetParam());
  const std::string text =
      "strange_flags=as it was\nisc_dhcpd_flags=-user x em0\npkg_scripts=isc_dhcpd\n";
  EXPECT_TRUE(Done(CommitBoot(on, text)));
  EXPECT_EQ(on.node().Read("etc/rc.conf.local"), text);
  EXPECT_TRUE(Done(on.agent().RollBack(kPush)));
  EXPECT_EQ(on.node().Read("etc/rc.conf.local"), "strange_flags=as it was\n");
}

TEST_P(BootOnANode, GoesBackWhereRcctlReadsSomethingElse) {
  AgentOnANode on(GetParam());
  EXPECT_TRUE(Fails(CommitBoot(on, "isc_dhcpd_flags=-user x em0\n"), NodeError::Kind::kRejected,
                    "sets the flags of isc_dhcpd to '-user x em0', but rcctl reads 'NO'"));
  EXPECT_EQ(on.node().Read("etc/rc.conf.local"), "strange_flags=as it was\n");
  EXPECT_EQ(on.node().Read("etc/dhcpd.master"), "# old\n");
}

INSTANTIATE_TEST_SUITE_P(Shells, BootOnANode,
                         testing::Values("dash", "busybox ash", "bash --posix", "mksh"),
                         [](const auto& row) {
                           return std::string(row.param).substr(0,
                                                                std::string(row.param).find(' '));
                         });

}  // namespace
}  // namespace dhcpair::sync
