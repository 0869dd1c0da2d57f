#include "sync/managed_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/sha256.h"
#include "support/map_loader.h"
#include "support/pairs.h"

namespace dhcpair::sync {
namespace {

using generate::NodeFile;
using pair::Role;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr char kYaml[] =
    "pair: p\n"
    "primary: {address: 10.0.0.1, paths: {master: /a/dhcpd.master}}\n"
    "secondary: {address: 10.0.0.2, paths: {master: /b/dhcpd.master}}\n"
    "files:\n"
    "  - {from: hosts.conf, to: /etc/dhcp/hosts.conf, mode: 0640}\n";

const std::vector<NodeFile> kGenerated{
    {"dhcpd.conf", "/etc/dhcpd.conf", false, 0640, "conf\n"},
    {"dhcpd.omapi-key", "/etc/dhcpd.omapi-key", false, 0600, "key\n"},
    {"rc.local", "/etc/rc.local", true, 0644, "fragment\n"},
};

test::MapLoader Files() {
  test::MapLoader loader;
  loader.Put("hosts.conf", "# hosts\n");
  loader.Put("dhcpd.master", "# shared\n");
  return loader;
}

TEST(ManagedFiles, AreWhatIsGeneratedWithoutFragmentsThenTheMasterThenFiles) {
  const pair::Pair pair = test::LoadPair(kYaml, Files());
  test::MapLoader loader = Files();
  text::Diagnostics diagnostics;
  const auto files = ManagedFiles(pair, {kGenerated, kGenerated}, loader, diagnostics);
  ASSERT_TRUE(files);
  EXPECT_TRUE(diagnostics.empty());
  EXPECT_THAT(PathsOf(files->primary), ElementsAre("/etc/dhcpd.conf", "/etc/dhcpd.omapi-key",
                                                   "/a/dhcpd.master", "/etc/dhcp/hosts.conf"));
  EXPECT_THAT(PathsOf(files->secondary), ElementsAre("/etc/dhcpd.conf", "/etc/dhcpd.omapi-key",
                                                     "/b/dhcpd.master", "/etc/dhcp/hosts.conf"));
  std::vector<ManagedKind> kinds;
  std::vector<int> modes;
  for (const ManagedFile& file : files->primary) {
    kinds.push_back(file.kind);
    modes.push_back(file.mode);
    EXPECT_EQ(file.sha256, base::Sha256Hex(file.contents())) << file.path;
  }
  EXPECT_THAT(kinds, ElementsAre(ManagedKind::kConf, ManagedKind::kOmapiKey, ManagedKind::kMaster,
                                 ManagedKind::kShared));
  EXPECT_THAT(modes, ElementsAre(0640, 0600, 0644, 0640));
}

TEST(ManagedFiles, AreNoneWhenALocalFileIsGoneSinceThePairFileWasRead) {
  for (const std::string gone : {"hosts.conf", "dhcpd.master"}) {
    const pair::Pair pair = test::LoadPair(kYaml, Files());
    test::MapLoader loader;
    loader.Put(gone == "hosts.conf" ? "dhcpd.master" : "hosts.conf", "# still there\n");
    text::Diagnostics diagnostics;
    EXPECT_FALSE(ManagedFiles(pair, {kGenerated, kGenerated}, loader, diagnostics)) << gone;
    EXPECT_THAT(RenderTerminal(diagnostics, text::Color::kNever),
                HasSubstr("cannot read '" + gone + "'"));
  }
}

TEST(ManagedFiles, OfASharedKindAreTheSameBytesOnBothNodes) {
  EXPECT_TRUE(IsShared(ManagedKind::kMaster));
  EXPECT_TRUE(IsShared(ManagedKind::kShared));
  EXPECT_FALSE(IsShared(ManagedKind::kConf));
  EXPECT_FALSE(IsShared(ManagedKind::kOmapiKey));
}

}  // namespace
}  // namespace dhcpair::sync
