// What goes to the pair file.
#include <gtest/gtest.h>

#include "adopt/adoption.h"
#include "adopt/pair_yaml.h"
#include "pair/load.h"
#include "support/named.h"

namespace dhcpair::adopt {
namespace {

using test::Adopt;
using test::Adoption;
using test::MapLoader;
using test::Partners;

constexpr char kPool[] =
    "subnet 10.0.0.0 netmask 255.255.255.0 {\n  pool {\n    failover peer \"x\";\n"
    "    deny dynamic bootp clients;\n    range 10.0.0.10 10.0.0.20;\n  }\n}\n";

std::string Primary(const std::string& more) {
  return "failover peer x {\n  primary;\n  address 10.9.9.1;\n  peer address 10.9.9.2;\n" + more +
         "}\n" + kPool;
}

// The pair as dhcpair reads it back.
pair::Pair Read(const Adoption& adoption) {
  MapLoader loader(adoption.files);
  text::Diagnostics diagnostics;
  auto pair = pair::Load(loader, "pair.yaml", diagnostics);
  if (!pair) throw std::runtime_error(RenderTerminal(diagnostics, text::Color::kNever));
  return *std::move(pair);
}

TEST(PairOfASingleServer, HasDefaultsAndWhatWasGiven) {
  auto given = Partners();
  given.primary_host = "fw1";
  given.platform = "debian";
  given.interfaces = {"eth0", "vlan@7"};
  const pair::Pair pair =
      Read(Adopt("subnet 10.0.0.0 netmask 255.255.255.0 { range 10.0.0.1; }\n", given));
  EXPECT_EQ(pair.name.text(), "p");
  EXPECT_EQ(pair.primary.node.host, "fw1");
  EXPECT_EQ(pair.secondary.node.host, "root@10.9.9.2");
  EXPECT_EQ(pair.primary.node.port, 647);
  EXPECT_EQ(pair.primary.mclt.count(), 3600);
  EXPECT_EQ(pair.primary.node.platform->name, "debian");
  EXPECT_EQ(pair.secondary.node.interfaces, (std::vector<std::string>{"eth0", "vlan@7"}));
  EXPECT_EQ(pair.secondary.node.tuning.load_balance_max.count(), 3);
}

TEST(PairOfAPrimary, KeepsEverythingThatItSays) {
  const pair::Pair pair = Read(Adopt(
      Primary("port 519; peer port 520; mclt 1800; split 200; max-response-delay 30;\n"
              "max-unacked-updates 20; load balance max seconds 5; auto-partner-down 7200;\n"
              "max-lease-misbalance 10; max-lease-ownership 20; min-balance 30; max-balance 40;\n"),
      {}));
  EXPECT_EQ(pair.name.text(), "x");
  EXPECT_EQ(pair.primary.node.address.ToString(), "10.9.9.1");
  EXPECT_EQ(pair.secondary.node.address.ToString(), "10.9.9.2");
  EXPECT_EQ(pair.primary.node.port, 519);
  EXPECT_EQ(pair.secondary.node.port, 520);
  EXPECT_EQ(pair.primary.mclt.count(), 1800);
  EXPECT_EQ(std::get<pair::Split>(pair.primary.balance).buckets, 200);
  for (const pair::Role role : {pair::Role::kPrimary, pair::Role::kSecondary}) {
    const pair::FailoverTuning& tuning = pair.node(role).tuning;
    EXPECT_EQ(tuning.max_response_delay.count(), 30);
    EXPECT_EQ(tuning.max_unacked_updates, 20);
    EXPECT_EQ(tuning.load_balance_max.count(), 5);
    EXPECT_EQ(tuning.auto_partner_down, pair::Seconds(7200));
    EXPECT_EQ(tuning.max_lease_misbalance, 10);
    EXPECT_EQ(tuning.max_lease_ownership, 20);
    EXPECT_EQ(tuning.min_balance, pair::Seconds(30));
    EXPECT_EQ(tuning.max_balance, pair::Seconds(40));
  }
}

TEST(PairOfAPrimary, HasDhcpdsDefaultsWhereItSaysNothing) {
  const pair::Pair pair = Read(Adopt(Primary("mclt 60; split 128;\n"), {}));
  EXPECT_EQ(pair.primary.node.port, 647);
  EXPECT_EQ(pair.primary.node.tuning.max_response_delay.count(), 20);
  EXPECT_EQ(pair.primary.node.tuning.max_unacked_updates, 100);
  EXPECT_EQ(pair.primary.node.tuning.load_balance_max.count(), 0);
  EXPECT_FALSE(pair.primary.node.tuning.auto_partner_down);
}

TEST(PairOfAPrimary, TakesAZeroAsDhcpdDoes) {
  const pair::Pair pair = Read(Adopt(
      Primary("mclt 60; split 0; port 0; max-response-delay 0; max-unacked-updates 0;\n"), {}));
  EXPECT_EQ(pair.primary.node.port, 647);
  EXPECT_EQ(pair.primary.node.tuning.max_response_delay.count(), 20);
  EXPECT_EQ(pair.primary.node.tuning.max_unacked_updates, 100);
  EXPECT_EQ(std::get<pair::Split>(pair.primary.balance).buckets, 0);
}

constexpr char kHba[] =
    "ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:f:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0";

TEST(PairOfAPrimary, TakesTheLaterOneOfSplitAndHba) {
  const std::string hba = "hba " + std::string(kHba) + ";\n";
  const pair::Pair with_hba = Read(Adopt(Primary("mclt 60; split 128;\n" + hba), {}));
  EXPECT_EQ(std::get<pair::Hba>(with_hba.primary.balance).octets()[15], 0x0f);
  const pair::Pair with_split = Read(Adopt(Primary("mclt 60;\n" + hba + "split 7;\n"), {}));
  EXPECT_EQ(std::get<pair::Split>(with_split.primary.balance).buckets, 7);
}

TEST(PairOfAPrimary, TakesTheLastOfWhatIsSaidTwice) {
  const pair::Pair pair =
      Read(Adopt(Primary("mclt 60; peer mclt 70; split 1; port 1000; port 1001; "
                         "max-response-delay 5; peer max-response-delay 6;\n"),
                 {}));
  EXPECT_EQ(pair.primary.mclt.count(), 70);
  EXPECT_EQ(pair.primary.node.port, 1001);
  // With "peer" in front it is the partner's, and says nothing of this node.
  EXPECT_EQ(pair.primary.node.tuning.max_response_delay.count(), 5);
}

TEST(PairOfASecondary, NeedsMcltAndSplitFromTheOperator) {
  auto given = Given{};
  given.mclt = pair::Seconds(600);
  given.split = 64;
  const pair::Pair pair =
      Read(Adopt("failover peer \"x\" {\n  secondary; address 10.9.9.2; port "
                 "520; peer address 10.9.9.1; peer port 519; }\n" +
                     std::string(kPool),
                 given));
  EXPECT_EQ(pair.primary.node.address.ToString(), "10.9.9.1");
  EXPECT_EQ(pair.primary.node.port, 519);
  EXPECT_EQ(pair.secondary.node.port, 520);
  EXPECT_EQ(pair.primary.mclt.count(), 600);
  EXPECT_EQ(std::get<pair::Split>(pair.primary.balance).buckets, 64);
}

TEST(PairWithOmapi, HasItsSecretInAFileThatOnlyTheOwnerReads) {
  auto adoption = Adopt(Primary("mclt 60; split 128;\n") +
                            "key \"k\" {\n  algorithm HMAC-SHA256;\n  secret c2VjcmV0;\n};\n"
                            "omapi-key k;\nomapi-port 7912;\n",
                        {});
  EXPECT_EQ(adoption.files["omapi.secret"], "c2VjcmV0\n");
  EXPECT_EQ(adoption.modes["omapi.secret"], 0600);
  EXPECT_EQ(adoption.modes["dhcpd.master"], 0644);
  EXPECT_FALSE(adoption.master().contains("c2VjcmV0"));
  EXPECT_FALSE(adoption.pair().contains("c2VjcmV0"));
  for (const Change& change : adoption.changes) {
    EXPECT_FALSE(change.old_text.contains("c2VjcmV0"));
    EXPECT_TRUE(change.old_text.contains("  secret ***;\n"));
  }
  const pair::Pair pair = Read(adoption);
  ASSERT_TRUE(pair.primary.node.omapi && pair.secondary.node.omapi);
  EXPECT_EQ(pair.primary.node.omapi->port, 7912);
  EXPECT_EQ(pair.primary.node.omapi->key, "k");
  EXPECT_EQ(pair.primary.node.omapi->algorithm, "hmac-sha256");
}

TEST(PairWithOmapi, KeepsOtherSecretsOutOfTheDiffAndTheirFileClosed) {
  auto adoption = Adopt(
      Primary("mclt 60; split 128;\n") + "key ddns { algorithm hmac-md5; secret \"c2VjcmV0\"; }\n",
      {});
  EXPECT_TRUE(adoption.master().contains("\"c2VjcmV0\""));
  EXPECT_EQ(adoption.modes["dhcpd.master"], 0600);
  for (const Change& change : adoption.changes) {
    EXPECT_FALSE((change.old_text + change.new_text).contains("c2VjcmV0"));
  }
}

struct OmapiRow : test::Named {
  std::string source;
  std::string finding;
  std::string kept_in_master;
};

class OmapiThatNoPairFileTakes : public testing::TestWithParam<OmapiRow> {};

TEST_P(OmapiThatNoPairFileTakes, StaysWithAWord) {
  auto adoption = Adopt(Primary("mclt 60; split 128;\n") + GetParam().source, {});
  EXPECT_TRUE(adoption.findings.contains(GetParam().finding)) << adoption.findings;
  EXPECT_FALSE(adoption.findings.contains("c2VjcmV0")) << adoption.findings;
  EXPECT_TRUE(adoption.master().contains(GetParam().kept_in_master)) << adoption.master();
}

INSTANTIATE_TEST_SUITE_P(
    , OmapiThatNoPairFileTakes,
    testing::Values(
        OmapiRow{{"AnOddAlgorithm"},
                 "key k { algorithm hmac-md4; secret c2VjcmV0; } omapi-key k; omapi-port 7911;\n",
                 "OMAPI settings stay in the master: its key has the algorithm 'hmac-md4'",
                 "omapi-key k; omapi-port 7911;"},
        OmapiRow{{"AnOddName"},
                 "key \"a b\" { algorithm hmac-md5; secret c2VjcmV0; }\nomapi-key \"a b\";\n"
                 "omapi-port 7911;\n",
                 "the name of this key",
                 "omapi-port 7911;"},
        OmapiRow{{"PortZero"},
                 "key k { algorithm hmac-md5; secret c2VjcmV0; }\nomapi-key k;\nomapi-port 0;\n",
                 "this port is none",
                 "omapi-port 0;"}),
    [](const auto& tested) { return tested.param.name; });

TEST(PairWithOpenOmapi, HasThePortAmongItsOwnLines) {
  auto adoption = Adopt(Primary("mclt 60; split 128;\n") + "omapi-port\n 7911;\n", {});
  EXPECT_TRUE(adoption.findings.contains("open to all"));
  EXPECT_EQ(Read(adoption).primary.node.extra, "omapi-port 7911;\n");
  EXPECT_EQ(Read(adoption).secondary.node.extra, "omapi-port 7911;\n");
}

TEST(PairWithStatementsOfOneNode, HasThemInExtraOfThatNode) {
  auto adoption = Adopt(Primary("mclt 60; split 128;\n") +
                            "local-address 10.9.9.1;\noption dhcp-server-identifier 10.9.9.1;\n"
                            "lease-file-name \"/var/x/leases\";\npid-file-name \"/run/x.pid\";\n",
                        {});
  const pair::Pair pair = Read(adoption);
  EXPECT_EQ(pair.primary.node.extra,
            "local-address 10.9.9.1;\noption dhcp-server-identifier 10.9.9.1;\n");
  EXPECT_EQ(pair.secondary.node.extra, "");
  EXPECT_EQ(pair.secondary.node.paths.leases.text(), "/var/x/leases");
  EXPECT_EQ(pair.secondary.node.paths.pid.text(), "/run/x.pid");
}

TEST(PairText, KeepsCommentsOfTheFailoverBlock) {
  auto adoption = Adopt(Primary("mclt 60; # an hour is too long\n  ## half\n  split 128;\n"), {});
  EXPECT_TRUE(adoption.pair().contains("#   an hour is too long\n#   half\n")) << adoption.pair();
}

TEST(PairText, KeepsCommentsThatAreNoUtf8Readable) {
  auto adoption = Adopt(Primary("mclt 60; # \xfe\x1b[31m\n split 128;\n"), {});
  EXPECT_TRUE(adoption.pair().contains("#   \\xfe\\x1b[31m\n")) << adoption.pair();
  Read(adoption);
}

TEST(PairText, QuotesWhatYamlWouldTakeForSomethingElse) {
  for (const std::string name : {"null", "a b", "a: #b", "it's", "{x}", "-", "true", "0x10", "~",
                                 "*a", "&a", "!a", "%a", "@a", "`a", "a,b", "[a]"}) {
    auto given = Partners();
    given.pair_name = name;
    const auto adoption =
        Adopt("subnet 10.0.0.0 netmask 255.255.255.0 { range 10.0.0.1; }\n", given);
    EXPECT_EQ(Read(adoption).name.text(), name);
  }
}

}  // namespace
}  // namespace dhcpair::adopt
