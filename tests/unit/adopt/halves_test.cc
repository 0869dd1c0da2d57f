// Two files of one pair, and what they include.
#include <gtest/gtest.h>

#include "adopt/adoption.h"
#include "generate/node_files.h"
#include "generate/stanza.h"
#include "generate/template_set.h"
#include "pair/load.h"
#include "support/named.h"

namespace dhcpair::adopt {
namespace {

using pair::Role;
using test::Adopt;
using test::Adoption;
using test::MapLoader;

constexpr char kShared[] =
    "subnet 10.0.0.0 netmask 255.255.255.0 {\n  pool {\n    failover peer \"x\";\n"
    "    deny dynamic bootp clients;\n    range 10.0.0.10 10.0.0.20;\n  }\n}\n";

std::string Primary(const std::string& more = "") {
  return "failover peer \"x\" {\n  primary;\n  address 10.9.9.1;\n  port 519;\n"
         "  peer address 10.9.9.2;\n  peer port 520;\n  mclt 60;\n  split 128;\n" +
         more + "}\n";
}

std::string Secondary(const std::string& more = "") {
  return "failover peer \"x\" {\n  secondary;\n  address 10.9.9.2;\n  port 520;\n"
         "  peer address 10.9.9.1;\n  peer port 519;\n" +
         more + "}\n";
}

Adoption AdoptBoth(const std::string& a, const std::string& b) {
  return Adopt(MapLoader({{"a.conf", a}, {"b.conf", b}}), {"a.conf", "b.conf"}, {});
}

TEST(Halves, OfOnePairMakeItWholeWhateverTheirOrder) {
  for (auto adoption : {AdoptBoth(Primary() + kShared, Secondary() + kShared),
                        AdoptBoth(Secondary() + kShared, Primary() + kShared)}) {
    EXPECT_EQ(adoption.findings, "");
    EXPECT_EQ(adoption.master(), kShared);
    EXPECT_TRUE(adoption.pair().contains("  mclt: 60\n"));
    EXPECT_TRUE(adoption.pair().contains("  address: 10.9.9.1\n  port: 519\n"));
    EXPECT_TRUE(adoption.pair().contains("  address: 10.9.9.2\n  port: 520\n"));
  }
}

TEST(Halves, MayTuneFailoverEachInItsOwnWay) {
  auto adoption = AdoptBoth(
      Primary("load balance max seconds 3; max-response-delay 10; auto-partner-down 60;\n") +
          kShared,
      Secondary("load balance max seconds 3; max-response-delay 20;\n") + kShared);
  EXPECT_TRUE(adoption.pair().contains(
      "  address: 10.9.9.1\n  port: 519\n  max-response-delay: 10\n  auto-partner-down: 60\n"));
  EXPECT_TRUE(
      adoption.pair().contains("  address: 10.9.9.2\n  port: 520\n  max-response-delay: 20\n"));
  EXPECT_TRUE(adoption.pair().contains("  load-balance-max: 3\n  # Maximum"));
}

TEST(Halves, MayHaveTheirOwnAddressesAndOmapi) {
  const std::string key = "key k { algorithm hmac-md5; secret ";
  auto adoption =
      AdoptBoth(Primary() + "server-identifier 10.9.9.1;\nomapi-port 7911;\nomapi-key k;\n" + key +
                    "YWFh; }\n" + kShared,
                Secondary() + "server-identifier 10.9.9.2;\nomapi-port 7911;\nomapi-key k;\n" +
                    key + "YmJi; }\n" + kShared);
  EXPECT_EQ(adoption.findings, "");
  EXPECT_EQ(adoption.master(), kShared);
  EXPECT_EQ(adoption.files["omapi.primary.secret"], "YWFh\n");
  EXPECT_EQ(adoption.files["omapi.secondary.secret"], "YmJi\n");
  EXPECT_TRUE(adoption.pair().contains("  extra: |2\n    server-identifier 10.9.9.1;\n"));
  EXPECT_TRUE(adoption.pair().contains("  extra: |2\n    server-identifier 10.9.9.2;\n"));
}

TEST(Halves, ThatDifferInWhatTheyShareAreShownAndNotWritten) {
  const auto adoption = AdoptBoth(Primary() + "default-lease-time 600;\n" + kShared,
                                  Secondary() + "default-lease-time 900;\n" + kShared);
  EXPECT_TRUE(adoption.files.empty());
  ASSERT_EQ(adoption.differences.size(), 1u);
  EXPECT_EQ(adoption.differences[0].old_name, "a.conf");
  EXPECT_EQ(adoption.differences[0].new_name, "b.conf");
  EXPECT_EQ(adoption.differences[0].old_text, "default-lease-time 600;\n" + std::string(kShared));
  EXPECT_TRUE(adoption.findings.contains("[adopt-halves-differ]"));
}

TEST(Halves, ThatDifferInCommentsOnlyAreAdoptedWithThePrimarys) {
  auto adoption =
      AdoptBoth(Secondary() + "# the other\n" + kShared, "# one\n" + Primary() + "\n" + kShared);
  EXPECT_TRUE(adoption.differences.empty());
  EXPECT_EQ(adoption.master(), "# one\n\n" + std::string(kShared));
  EXPECT_TRUE(adoption.findings.contains("warning: only comments and spacing differ"));
}

struct MirrorRow : test::Named {
  std::string a;
  std::string b;
  std::string finding;
};

class Mirror : public testing::TestWithParam<MirrorRow> {};

TEST_P(Mirror, IsCheckedBeforeAnythingElse) {
  const auto adoption = AdoptBoth(GetParam().a, GetParam().b);
  EXPECT_FALSE(adoption.has_plan);
  EXPECT_TRUE(adoption.findings.contains(GetParam().finding)) << adoption.findings;
}

std::string Changed(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

INSTANTIATE_TEST_SUITE_P(
    , Mirror,
    testing::Values(
        MirrorRow{{"TwoPrimaries"},
                  Primary() + kShared,
                  Primary() + kShared,
                  "both files are of a primary"},
        MirrorRow{{"TwoSecondaries"},
                  Secondary() + kShared,
                  Secondary() + kShared,
                  "both files are of a secondary"},
        MirrorRow{{"OtherNames"},
                  Primary() + kShared,
                  Changed(Secondary() + kShared, "\"x\"", "\"y\""),
                  "this failover peer is 'y', and in the other file it is 'x'"},
        MirrorRow{{"OtherPeerAddress"},
                  Primary() + kShared,
                  Changed(Secondary() + kShared, "peer address 10.9.9.1", "peer address 10.9.9.3"),
                  "b.conf:1:15: error: this peer address is 10.9.9.3, and the other file says "
                  "10.9.9.1"},
        MirrorRow{{"OtherAddress"},
                  Primary() + kShared,
                  Changed(Secondary() + kShared, "  address 10.9.9.2", "  address 10.9.9.4"),
                  "this address is 10.9.9.4, and the other file says 10.9.9.2"},
        MirrorRow{{"OtherPort"},
                  Primary() + kShared,
                  Changed(Secondary() + kShared, "  port 520", "  port 521"),
                  "this port is 521, and the other file says 520"},
        MirrorRow{{"OtherPeerPort"},
                  Primary() + kShared,
                  Changed(Secondary() + kShared, "peer port 519;", ""),
                  "this peer port is 647, and the other file says 519"},
        MirrorRow{{"ASingleServer"},
                  Primary() + kShared,
                  "subnet 10.0.0.0 netmask 255.255.255.0 { range 10.0.0.9; }\n",
                  "b.conf: error: this file declares no failover peer"}),
    [](const auto& tested) { return tested.param.name; });

TEST(Includes, ThatNeedNoChangeStayWhereTheyAre) {
  auto adoption =
      Adopt(MapLoader({{"a.conf", Primary() + "include \"/etc/hosts.conf\";\n" + kShared},
                       {"/etc/hosts.conf", "host h { hardware ethernet 2:0:0:0:0:1; }\n"}}),
            {"a.conf"}, {});
  EXPECT_EQ(adoption.master(), "include \"/etc/hosts.conf\";\n" + std::string(kShared));
  EXPECT_TRUE(
      adoption.pair().contains("files:\n  - from: '/etc/hosts.conf'\n    to: '/etc/hosts.conf'\n"))
      << adoption.pair();
  EXPECT_EQ(adoption.files.size(), 2u);
}

TEST(Includes, ThatNeedAChangeAreCopiedBesideTheMaster) {
  auto adoption =
      Adopt(MapLoader({{"a.conf",
                        "subnet 10.0.0.0 netmask 255.255.255.0 { include \"/etc/a/pool\"; }\n"
                        "subnet 10.0.1.0 netmask 255.255.255.0 {\n  include \"/etc/b/pool\";\n}\n"
                        "include \"/etc/c\";\n"},
                       {"/etc/a/pool", "range 10.0.0.9;"},
                       {"/etc/b/pool", "pool {\n  range 10.0.1.9;\n}\n"},
                       {"/etc/c",
                        "omapi-port 7911;\nkey k { algorithm hmac-md5; secret YWFh; }\n"
                        "omapi-key k;\nping-check on;\n"}}),
            {"a.conf"}, test::Partners());
  EXPECT_EQ(
      adoption.files["pool"],
      "pool {\n  failover peer \"p\";\n  deny dynamic bootp clients;\n  range 10.0.0.9;\n}\n");
  EXPECT_EQ(
      adoption.files["2-pool"],
      "pool {\n  failover peer \"p\";\n  deny dynamic bootp clients;\n  range 10.0.1.9;\n}\n");
  EXPECT_EQ(adoption.files["c"], "ping-check on;\n");
  EXPECT_EQ(adoption.files["omapi.secret"], "YWFh\n");
  EXPECT_TRUE(adoption.pair().contains("  - from: 2-pool\n    to: '/etc/b/pool'\n"));
}

TEST(Includes, OfWhichNothingIsLeftAreIncludedNoMore) {
  auto adoption = Adopt(
      MapLoader({{"a.conf",
                  "include \"/etc/key\";\nomapi-port 7911;\nomapi-key k;\n" + Primary() + kShared},
                 {"/etc/key", "# for omshell\nkey k { algorithm hmac-md5; secret YWFh; }\n"}}),
      {"a.conf"}, {});
  EXPECT_EQ(adoption.master(), kShared);
  EXPECT_TRUE(adoption.pair().contains("#   for omshell\n"));
  EXPECT_FALSE(adoption.pair().contains("files:"));
}

TEST(Includes, AsAllThatIsLeftAreTheMaster) {
  auto adoption = Adopt(MapLoader({{"a.conf", "# the first\n" + Primary() +
                                                  "include \"/etc/dhcp/shared.conf\"; # all\n"},
                                   {"/etc/dhcp/shared.conf", kShared}}),
                        {"a.conf"}, {});
  EXPECT_EQ(adoption.master(), kShared);
  EXPECT_TRUE(adoption.changes.empty());
  EXPECT_TRUE(adoption.pair().contains("#   the first\n#   all\n"));
  EXPECT_TRUE(adoption.pair().contains("paths:\n  master: '/etc/dhcp/shared.conf'\n"));
}

TEST(Includes, InThePlaceOfTheMasterMoveIt) {
  auto adoption =
      Adopt(MapLoader({{"a.conf", Primary() + "include \"/etc/dhcpd.master\";\nping-check on;\n"},
                       {"/etc/dhcpd.master", kShared}}),
            {"a.conf"}, {});
  EXPECT_EQ(adoption.master(), "include \"/etc/dhcpd.master\";\nping-check on;\n");
  EXPECT_TRUE(adoption.pair().contains("paths:\n  master: '/etc/dhcpd.adopted'\n"));
}

TEST(Includes, OfSecretsAreClosedOnTheNodes) {
  auto adoption =
      Adopt(MapLoader({{"a.conf", Primary() + "include \"/etc/ddns.key\";\n" + kShared},
                       {"/etc/ddns.key", "key d { algorithm hmac-md5; secret YWFh; }\n"}}),
            {"a.conf"}, {});
  EXPECT_TRUE(adoption.pair().contains("    to: '/etc/ddns.key'\n    mode: 0600\n"));
}

TEST(Includes, ByARelativePathAreRefused) {
  const auto adoption = Adopt(MapLoader({{"a.conf", Primary() + "include \"hosts\";\n" + kShared},
                                         {"hosts", "ping-check on;\n"}}),
                              {"a.conf"}, {});
  EXPECT_FALSE(adoption.has_plan);
  EXPECT_TRUE(adoption.findings.contains("error: 'hosts' is not absolute")) << adoption.findings;
}

TEST(Includes, InSeveralPlacesWithOneChangeAreOneCopy) {
  const std::string pool = "pool { include \"/etc/d\"; range ";
  auto adoption = Adopt(MapLoader({{"a.conf", "subnet 10.0.0.0 netmask 255.255.255.0 {\n" + pool +
                                                  "10.0.0.1; }\n" + pool + "10.0.0.2; }\n}\n"},
                                   {"/etc/d", "default-lease-time 60;\n"}}),
                        {"a.conf"}, test::Partners());
  EXPECT_TRUE(adoption.has_plan);
  EXPECT_TRUE(adoption.pair().contains("  - from: '/etc/d'\n"));
}

// What generate writes is taken back as it was.
class RoundTrip : public testing::TestWithParam<const char*> {};

TEST_P(RoundTrip, OfGeneratedFilesGivesAnEqualPair) {
  MapLoader loader({{"pair.yaml", GetParam()},
                    {"omapi.secret", "c2VjcmV0IHNlY3JldA==\n"},
                    {"dhcpd.master", kShared}});
  text::Diagnostics diagnostics;
  const auto pair = pair::Load(loader, "pair.yaml", diagnostics);
  ASSERT_TRUE(pair) << RenderTerminal(diagnostics, text::Color::kNever);
  MapLoader nodes;
  std::map<Role, std::string> generated;
  for (const Role role : {Role::kPrimary, Role::kSecondary}) {
    const auto files = GenerateNode(*pair, role, generate::TemplateSet(loader), diagnostics);
    ASSERT_TRUE(files);
    for (const generate::NodeFile& file : *files) {
      if (file.name == generate::kConfName) nodes.Put(std::string(Name(role)), file.contents);
      if (file.name == generate::kOmapiKeyName) nodes.Put(file.belongs_in, file.contents);
    }
    nodes.Put(pair->node(role).paths.master.text(), kShared);
  }
  Given given{};
  given.primary_host = pair->primary.node.host;
  given.secondary_host = pair->secondary.node.host;
  given.platform = pair->primary.node.platform->name;
  auto adoption = Adopt(nodes, {"primary", "secondary"}, given);
  EXPECT_EQ(adoption.master(), kShared);

  const auto again =
      pair::Load(*std::make_unique<MapLoader>(adoption.files), "pair.yaml", diagnostics);
  ASSERT_TRUE(again) << RenderTerminal(diagnostics, text::Color::kNever) << adoption.pair();
  for (const Role role : {Role::kPrimary, Role::kSecondary}) {
    EXPECT_EQ(generate::PrintStanza(*again, role), generate::PrintStanza(*pair, role));
    EXPECT_EQ(again->node(role).extra, pair->node(role).extra);
    EXPECT_EQ(again->node(role).host, pair->node(role).host);
    EXPECT_EQ(again->node(role).paths.master, pair->node(role).paths.master);
    EXPECT_EQ(again->node(role).omapi.has_value(), pair->node(role).omapi.has_value());
    if (!pair->node(role).omapi) continue;
    EXPECT_EQ(again->node(role).omapi->secret.reveal(), pair->node(role).omapi->secret.reveal());
    EXPECT_EQ(again->node(role).omapi->port, pair->node(role).omapi->port);
  }
}

INSTANTIATE_TEST_SUITE_P(
    , RoundTrip,
    testing::Values(
        "pair: x\nprimary: {host: root@192.168.13.6, address: 192.168.13.6}\n"
        "secondary: {host: root@192.168.13.7, address: 192.168.13.7}\n"
        "failover:\n  port: 520\n  max-response-delay: 10\n  max-unacked-updates: 10\n"
        "  load-balance-max: 3\n  mclt: 1800\n  split: 128\n"
        "master: dhcpd.master\nplatform: openbsd-legacy\n",
        "pair: x\nprimary: {address: 10.0.0.1, port: 519, extra: 'log-facility local6;'}\n"
        "secondary: {address: 10.0.0.2, min-balance: 30}\nplatform: debian\n"
        "failover: {hba: \"ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:0:0:0:0:0:0:0:0:0:0:0:"
        "0:0:0:0:0\", auto-partner-down: 1d}\n",
        "pair: x\nprimary: {address: 10.0.0.1}\nsecondary: {address: 10.0.0.2}\n"
        "omapi: {port: 7912, secret-file: omapi.secret}\nextra: |\n"
        "  # for both\n  log-facility local7;\n\n  ping-check on;\n"));

}  // namespace
}  // namespace dhcpair::adopt
