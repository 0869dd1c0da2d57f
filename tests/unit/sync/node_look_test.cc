// What an agent sees of a node, by the programs that different systems have for it.
#include <filesystem>

#include "support/named.h"
#include "sync/agent_fixture.h"

namespace dhcpair::sync {
namespace {

namespace fs = std::filesystem;
using enum NodeError::Kind;

// Replaces a command of the node by one that prints a text.
void Prints(AgentOnANode& on, const std::string& command, const std::string& text) {
  on.node().Put("bin/" + command, "#!/bin/sh\n/bin/cat <<'EOT'\n" + text + "EOT\n", 0755);
}

struct LinkRow : test::Named {
  const char* connections;
  LinkState link;
};

class Link : public testing::TestWithParam<LinkRow> {};

TEST_P(Link, IsReadFromTheTableOfConnections) {
  AgentOnANode on;
  Prints(on, "ss", GetParam().connections);
  EXPECT_EQ(on.agent().Look().value().link, GetParam().link);
}

using enum LinkState;
INSTANTIATE_TEST_SUITE_P(
    Rows, Link,
    testing::Values(
        LinkRow{{"SsWeDialled"},
                "State Recv-Q Send-Q Local Peer\nESTAB 0 0 10.0.0.2:41122 10.0.0.1:647\n",
                kEstablished},
        LinkRow{{"SsItDialled"}, "ESTAB 0 0 10.0.0.2:647 10.0.0.1:41122\n", kEstablished},
        LinkRow{{"LinuxNetstat"},
                "tcp        0      0 10.0.0.2:647    10.0.0.1:51312   ESTABLISHED\n",
                kEstablished},
        LinkRow{{"BsdNetstat"},
                "tcp4  0  0  10.0.0.2.647  10.0.0.1.51312  ESTABLISHED\n",
                kEstablished},
        LinkRow{{"MappedAddresses"},
                "ESTAB 0 0 [::ffff:10.0.0.2]:647 [::ffff:10.0.0.1]:41122\n",
                kEstablished},
        LinkRow{{"Listening"}, "LISTEN 0 0 10.0.0.2:647 0.0.0.0:*\n", kNone},
        LinkRow{{"Closing"}, "CLOSE-WAIT 0 0 10.0.0.2:647 10.0.0.1:41122\n", kNone},
        LinkRow{{"AnotherPort"}, "ESTAB 0 0 10.0.0.2:22 10.0.0.1:41122\n", kNone},
        LinkRow{{"APortThatEndsLikeIt"}, "ESTAB 0 0 10.0.0.2:1647 10.0.0.1:41122\n", kNone},
        LinkRow{{"AnotherHost"}, "ESTAB 0 0 10.0.0.2:647 10.0.0.11:41122\n", kNone},
        LinkRow{{"AHostThatEndsLikeIt"}, "ESTAB 0 0 10.0.0.2:647 110.0.0.1:41122\n", kNone},
        LinkRow{{"ItsOwnPortOnTheirSide"}, "ESTAB 0 0 10.0.0.1:647 10.0.0.2:41122\n", kNone},
        LinkRow{{"NoTableAtAll"}, "", kUnknown}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(LinkBeforeAPush, IsThatOfTheDhcpdConfInPlace) {
  AgentOnANode on;
  on.node().Put("etc/dhcpd.conf",
                "failover peer \"p\" {\n  secondary;\n  address 10.0.0.2;\n  port 700; # old\n"
                "  peer address 10.0.0.1;\n  peer port 701;\n}\n");
  const struct {
    const char* connection;
    LinkState link;
  } rows[] = {{"ESTAB 0 0 10.0.0.2:700 10.0.0.1:41122\n", kEstablished},
              {"ESTAB 0 0 10.0.0.2:41122 10.0.0.1:701\n", kEstablished},
              {"ESTAB 0 0 10.0.0.2:41122 10.0.0.1:702\n", kNone},
              {"ESTAB 0 0 10.0.0.3:700 10.0.0.1:41122\n", kNone}};
  for (const auto& row : rows) {
    Prints(on, "ss", row.connection);
    EXPECT_EQ(on.agent().Look().value().link, row.link) << row.connection;
  }
}

struct AddressRow : test::Named {
  const char* addresses;
  AddressState address;
};

class Address : public testing::TestWithParam<AddressRow> {};

TEST_P(Address, IsReadFromIp) {
  AgentOnANode on;
  Prints(on, "ip", GetParam().addresses);
  EXPECT_EQ(on.Inspect().address, GetParam().address);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Address,
    testing::Values(AddressRow{{"Own"},
                               "2: eth0    inet 10.0.0.2/24 brd 10.0.0.255 scope global eth0\n",
                               AddressState::kHeld},
                    AddressRow{{"AloneInItsNet"},
                               "2: eth0    inet 10.0.0.2/32 scope global eth0\n",
                               AddressState::kHeld},
                    AddressRow{{"OnlyAnother"},
                               "2: eth0    inet 10.0.0.21/24 scope global eth0\n",
                               AddressState::kMissing},
                    AddressRow{{"None"}, "", AddressState::kMissing},
                    AddressRow{{"OfVrrp"},
                               "7: vrrp.51    inet 10.0.0.2/32 scope global vrrp.51\n",
                               AddressState::kVirtual},
                    AddressRow{{"OfKeepalived"},
                               "2: eth0    inet 10.0.0.2/32 scope global proto keepalived eth0\n",
                               AddressState::kVirtual}),
    [](const auto& row) { return std::string(row.param.name); });

struct StateRow : test::Named {
  std::string leases;
  std::string block;
};

std::string State(const std::string& state, const std::string& peer = "p") {
  return "failover peer \"" + peer + "\" state {\n  my state " + state +
         " at 3 2026/11/25 01:00:00;\n}\n";
}

class StateBlock : public testing::TestWithParam<StateRow> {};

TEST_P(StateBlock, IsTheLastWholeOneOfThePeer) {
  AgentOnANode on;
  on.node().Put("var/dhcpd.leases", GetParam().leases);
  std::string block = on.agent().Look().value().state_block;
  if (!block.empty()) block += '\n';
  EXPECT_EQ(block, GetParam().block);
}

std::string ManyLeases() {
  std::string leases;
  for (int i = 0; i < 4000; ++i) leases += "lease 10.1.0.1 {\n  binding state active;\n}\n";
  return leases;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, StateBlock,
    testing::Values(
        StateRow{{"NoFile"}, "", ""}, StateRow{{"One"}, State("normal"), State("normal")},
        StateRow{{"TheLastOfTwo"},
                 State("normal") + "lease 10.0.0.5 {\n}\n" + State("recover"),
                 State("recover")},
        StateRow{{"ATornOneDoesNotCount"},
                 State("normal") + "failover peer \"p\" state {\n  my state recover",
                 State("normal")},
        StateRow{
            {"AnotherPeersDoesNotCount"}, State("normal") + State("recover", "q"), State("normal")},
        StateRow{{"OfAnotherPeerOnly"}, State("normal", "pp"), ""},
        StateRow{{"FarFromTheEnd"}, State("normal") + ManyLeases(), State("normal")},
        StateRow{{"TheLastOfThoseFarFromTheEnd"},
                 State("recover") + State("normal") + State("recover", "q") + ManyLeases(),
                 State("normal")},
        StateRow{{"TornFarFromTheEnd"},
                 State("normal") + "failover peer \"p\" state {\n  my state rec\n" + ManyLeases(),
                 State("normal")}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Look, SeesTheLinkOfTwoRunningNodes) {
  AgentOnANode on;
  const std::string conf = "failover peer \"p\" {\n}\n";
  for (const pair::Role role : {pair::Role::kPrimary, pair::Role::kSecondary}) {
    on.both().node(role).Put("etc/dhcpd.conf", conf);
    on.both().node(role).Run("service start");
  }
  const LinkFacts facts = on.agent().Look().value();
  EXPECT_EQ(facts.link, LinkState::kEstablished);
  EXPECT_NE(facts.state_block.find("my state normal"), std::string::npos);
  on.both().node(pair::Role::kPrimary).Run("service stop");
  const LinkFacts alone = on.agent().Look().value();
  EXPECT_NE(alone.state_block.find("my state communications-interrupted"), std::string::npos);
}

TEST(Look, ChangesNothingOnANodeThatWasNeverPushedTo) {
  AgentOnANode on;
  on.Inspect();
  EXPECT_TRUE(Done(on.agent().Generations()));
  EXPECT_FALSE(on.node().Has("var/dhcpair"));
}

TEST(Look, KnowsNoServiceWhereItsStatusCannotBeAskedFor) {
  AgentOnANode on;
  fs::remove(on.node().Path("bin/service"));
  EXPECT_EQ(on.agent().Look().value().service, ServiceState::kUnknown);
}

TEST(Look, DoesNotBelieveAManagerWhoseDaemonHasDied) {
  AgentOnANode on;
  on.node().Run("service start");
  on.node().Put("var/dhcpd.pid", "4194399\n");
  EXPECT_EQ(on.agent().Look().value().service, ServiceState::kStopped);
}

TEST(Inspect, TellsMissingFilesLinksAndFolders) {
  AgentOnANode on;
  fs::create_symlink("x", on.node().Path("etc/link"));
  const std::vector<std::string> paths{on.node().Path("etc/none"), on.node().Path("etc/link"),
                                       on.node().Path("etc"), on.master()};
  const auto facts = on.agent().Inspect(paths);
  ASSERT_TRUE(Done(facts));
  ASSERT_EQ(facts->files.size(), 4u);
  EXPECT_EQ(facts->files[0].kind, FileKind::kMissing);
  EXPECT_EQ(facts->files[1].kind, FileKind::kSymlink);
  EXPECT_EQ(facts->files[2].kind, FileKind::kOther);
  EXPECT_EQ(facts->files[3].kind, FileKind::kRegular);
}

TEST(Inspect, KnowsNoVersionWhereThereIsNoDhcpd) {
  AgentOnANode on;
  fs::remove(on.node().Path("bin/dhcpd"));
  EXPECT_EQ(on.Inspect().dhcpd_version, "");
}

TEST(Reaches, AsksPingAloneWherePortIsZero) {
  AgentOnANode on;
  on.node().Put("bin/ping", "#!/bin/sh\nexit 1\n", 0755);
  on.node().Put("bin/nc", "#!/bin/sh\nexit 0\n", 0755);
  const base::Ipv4Address partner = on.both().pair().primary.node.address;
  EXPECT_EQ(on.agent().Reaches(partner, 0).value(), false);
  EXPECT_EQ(on.agent().Reaches(partner, 647).value(), true);
  on.node().Put("bin/ping", "#!/bin/sh\nexit 0\n", 0755);
  EXPECT_EQ(on.agent().Reaches(partner, 0).value(), true);
}

}  // namespace
}  // namespace dhcpair::sync
