#include "pair/load.h"

#include <gtest/gtest.h>

#include "support/pairs.h"

namespace dhcpair::pair {
namespace {

using test::kMinimalPair;
using test::LoadPair;

TEST(Load, DefaultsAreThoseOfTheManual) {
  const Pair pair = LoadPair(kMinimalPair);
  EXPECT_EQ(pair.name.text(), "p");
  EXPECT_EQ(pair.master, "dhcpd.master");
  EXPECT_EQ(pair.primary.mclt, Seconds(3600));
  EXPECT_EQ(std::get<Split>(pair.primary.balance).buckets, 128);
  for (const Role role : {Role::kPrimary, Role::kSecondary}) {
    const Node& node = pair.node(role);
    EXPECT_EQ(node.host, node.address.ToString()) << Name(role);
    EXPECT_EQ(node.port, 647);
    EXPECT_EQ(node.tuning.max_response_delay, Seconds(60));
    EXPECT_EQ(node.tuning.max_unacked_updates, 10);
    EXPECT_EQ(node.tuning.load_balance_max, Seconds(3));
    EXPECT_FALSE(node.tuning.auto_partner_down);
    EXPECT_FALSE(node.tuning.max_lease_misbalance);
    EXPECT_FALSE(node.tuning.max_lease_ownership);
    EXPECT_FALSE(node.tuning.min_balance);
    EXPECT_FALSE(node.tuning.max_balance);
    EXPECT_EQ(node.platform, &GenericPlatform());
    EXPECT_TRUE(node.interfaces.empty());
    EXPECT_EQ(node.extra, "");
    EXPECT_FALSE(node.omapi);
  }
}

template <typename AnyNode>
concept DecidesForBoth = requires(AnyNode node) {
  node.mclt;
  node.balance;
};
template <typename AnyNode>
concept DecidesSomething =
    requires(AnyNode node) { node.mclt; } || requires(AnyNode node) { node.balance; };

TEST(Load, OnlyThePrimaryHasMcltAndSplitToPrint) {
  EXPECT_TRUE(DecidesForBoth<PrimaryNode>);
  EXPECT_FALSE(DecidesSomething<SecondaryNode>);
}

TEST(Load, WhatStandsAtTheTopHoldsForBothNodesUnlessOneSaysOtherwise) {
  const Pair pair = LoadPair(
      "pair: p\n"
      "primary: {address: 10.0.0.1, platform: freebsd, interfaces: [em0], port: 519,\n"
      "          max-response-delay: 30s, extra: 'log-facility local6;',\n"
      "          paths: {leases: /var/leases}, ssh: {port: 2222}}\n"
      "secondary: {address: 10.0.0.2}\n"
      "platform: debian\n"
      "interfaces: [eth0, eth1]\n"
      "extra: \"log-facility local7;\\n\"\n"
      "paths: {conf: /etc/dhcp/pair.conf}\n"
      "ssh: {user: admin, port: 22}\n"
      "failover: {port: 520, max-response-delay: 1m}\n");
  const Node& primary = pair.primary.node;
  const Node& secondary = pair.secondary.node;
  EXPECT_EQ(primary.platform->name, "freebsd");
  EXPECT_EQ(secondary.platform->name, "debian");
  EXPECT_EQ(primary.interfaces, std::vector<std::string>{"em0"});
  EXPECT_EQ(secondary.interfaces, (std::vector<std::string>{"eth0", "eth1"}));
  EXPECT_EQ(primary.port, 519);
  EXPECT_EQ(secondary.port, 520);
  EXPECT_EQ(primary.tuning.max_response_delay, Seconds(30));
  EXPECT_EQ(secondary.tuning.max_response_delay, Seconds(60));
  EXPECT_EQ(primary.extra, "log-facility local6;\n");
  EXPECT_EQ(secondary.extra, "log-facility local7;\n");
  // A mapping is merged key by key.
  EXPECT_EQ(primary.paths.conf.text(), "/etc/dhcp/pair.conf");
  EXPECT_EQ(primary.paths.leases.text(), "/var/leases");
  EXPECT_EQ(secondary.paths.leases.text(), "/var/lib/dhcp/dhcpd.leases");
  EXPECT_EQ(primary.ssh.user, "admin");
  EXPECT_EQ(primary.ssh.port, 2222);
  EXPECT_EQ(secondary.ssh.port, 22);
}

TEST(Load, ANodeMayBeThisMachineAndTheOtherHaveASshConfigBesideThePairFile) {
  test::MapLoader loader;
  loader.Put("sites/pair.yaml",
             "pair: p\nprimary: {address: 10.0.0.1, ssh: {client: local}}\n"
             "secondary: {address: 10.0.0.2, ssh: {client: openssh, config: keys/ssh_config}}\n");
  loader.Put("sites/dhcpd.master", "");
  text::Diagnostics diagnostics;
  const auto pair = Load(loader, "sites/pair.yaml", diagnostics);
  ASSERT_TRUE(pair);
  EXPECT_EQ(pair->primary.node.ssh.client, SshClient::kLocal);
  EXPECT_EQ(pair->primary.node.ssh.config, std::nullopt);
  EXPECT_EQ(pair->secondary.node.ssh.client, SshClient::kOpenssh);
  EXPECT_EQ(pair->secondary.node.ssh.config, "sites/keys/ssh_config");
}

TEST(Load, ALineThatDrivesDhcpdIsTheNodesElseTheSharedOneElseThePlatforms) {
  const Pair pair = LoadPair(
      "pair: p\n"
      "primary: {address: 10.0.0.1, service: {start: run-dhcpd}}\n"
      "secondary: {address: 10.0.0.2}\n"
      "platform: arch\n"
      "service: {start: dhcpd-up, status: pgrep -x dhcpd}\n");
  EXPECT_EQ(pair.primary.node.service.start, "run-dhcpd");
  EXPECT_EQ(pair.secondary.node.service.start, "dhcpd-up");
  for (const Node* const node : {&pair.primary.node, &pair.secondary.node}) {
    EXPECT_EQ(node->service.stop, "systemctl stop dhcpd4");
    EXPECT_EQ(node->service.status, "pgrep -x dhcpd");
  }
}

TEST(Load, AnEmptyListInANodeOverridesTheSharedOne) {
  const Pair pair = LoadPair(
      "pair: p\nprimary: {address: 10.0.0.1, interfaces: []}\nsecondary: {address: 10.0.0.2}\n"
      "interfaces: [eth0]\n");
  EXPECT_TRUE(pair.primary.node.interfaces.empty());
  EXPECT_EQ(pair.secondary.node.interfaces.size(), 1u);
}

TEST(Load, TimesMayHaveUnits) {
  const Pair pair = LoadPair(std::string(kMinimalPair) +
                             "failover: {mclt: 30m, max-response-delay: 45s, max-balance: 2h,\n"
                             "           auto-partner-down: 1d, load-balance-max: 5}\n");
  EXPECT_EQ(pair.primary.mclt, Seconds(1800));
  EXPECT_EQ(pair.secondary.node.tuning.max_response_delay, Seconds(45));
  EXPECT_EQ(pair.secondary.node.tuning.max_balance, Seconds(7200));
  EXPECT_EQ(pair.secondary.node.tuning.auto_partner_down, Seconds(86400));
  EXPECT_EQ(pair.secondary.node.tuning.load_balance_max, Seconds(5));
}

TEST(Load, LocalPathsStartAtThePairFile) {
  test::MapLoader loader;
  loader.Put("sites/a/pair.yaml", std::string(kMinimalPair) +
                                      "master: shared/a.master\n"
                                      "files: [{from: /srv/hosts.conf, to: /etc/hosts.conf}]\n");
  loader.Put("sites/a/shared/a.master", "");
  loader.Put("/srv/hosts.conf", "");
  text::Diagnostics found;
  const auto pair = Load(loader, "sites/a/pair.yaml", found);
  ASSERT_TRUE(pair) << RenderTerminal(found, text::Color::kNever);
  EXPECT_EQ(pair->master, "sites/a/shared/a.master");
  EXPECT_EQ(pair->files[0].from, "/srv/hosts.conf");
  EXPECT_EQ(pair->files[0].mode, 0644);
}

TEST(Load, TheDefaultMasterLiesBesideThePairFile) {
  test::MapLoader loader;
  loader.Put("sites/a/pair.yaml", kMinimalPair);
  text::Diagnostics found;
  EXPECT_FALSE(Load(loader, "sites/a/pair.yaml", found));
  EXPECT_EQ(RenderTerminal(found, text::Color::kNever),
            "sites/a/pair.yaml: error: cannot read 'sites/a/dhcpd.master': no such file; it holds "
            "what both nodes share, and 'master:' names another file [pair-missing-file]\n");
}

TEST(Load, OmapiTakesItsSecretFromAFileAndMergesBothLevels) {
  test::MapLoader loader;
  loader.Put("omapi.secret", "c2VjcmV0\n");
  const Pair pair = LoadPair(
      "pair: p\nprimary: {address: 10.0.0.1}\nsecondary: {address: 10.0.0.2, omapi: {port: 7912}}\n"
      "omapi: {secret-file: omapi.secret, key: office, algorithm: hmac-sha512}\n",
      loader);
  ASSERT_TRUE(pair.primary.node.omapi && pair.secondary.node.omapi);
  EXPECT_EQ(pair.primary.node.omapi->port, 7911);
  EXPECT_EQ(pair.secondary.node.omapi->port, 7912);
  EXPECT_EQ(pair.secondary.node.omapi->key, "office");
  EXPECT_EQ(pair.secondary.node.omapi->algorithm, "hmac-sha512");
  EXPECT_EQ(pair.secondary.node.omapi->secret.reveal(), "c2VjcmV0");
}

TEST(Load, TheOmapiKeyLiesBesideTheMaster) {
  EXPECT_EQ(
      LoadPair(std::string(kMinimalPair) + "platform: debian\n").primary.node.omapi_key_path(),
      "/etc/dhcp/dhcpd.omapi-key");
  EXPECT_EQ(LoadPair(std::string(kMinimalPair) + "paths: {master: /dhcpd.master}\n")
                .primary.node.omapi_key_path(),
            "/dhcpd.omapi-key");
}

TEST(Load, AByteOrderMarkAndWindowsLineEndsAreNoMistake) {
  EXPECT_EQ(LoadPair("\xef\xbb\xbfpair: p\r\nprimary: {address: 10.0.0.1}\r\n"
                     "secondary: {address: 10.0.0.2}\r\n")
                .name.text(),
            "p");
}

TEST(Load, PlacesAreRightBehindAByteOrderMarkAndWideCharacters) {
  EXPECT_EQ(
      test::Findings("\xef\xbb\xbf# caf\xc3\xa9\r\npair: p\r\nprimary: {address: 10.0.0.1}\r\n"
                     "secondary: {address: 10.0.0.2}\r\nmclt: 5 # \xc3\xa9\r\n"),
      "pair.yaml:5:1: error: 'mclt' does not stand at the top level; it belongs in "
      "'failover:' [pair-misplaced-key]\n"
      "    mclt: 5 # \xc3\xa9\n"
      "    ^~~~\n");
}

TEST(Load, APlanIsForBothNodes) {
  const Pair pair =
      LoadPair(std::string(kMinimalPair) + "plan: {outage: 24h, new-clients-per-hour: 40}\n");
  EXPECT_EQ(pair.plan->outage, Seconds(86400));
  EXPECT_EQ(pair.plan->new_clients_per_hour, 40);
}

}  // namespace
}  // namespace dhcpair::pair
