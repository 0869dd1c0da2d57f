// What stays in the master, and what is put into its pools.
#include <gtest/gtest.h>

#include <algorithm>

#include "adopt/adoption.h"
#include "lint/pool_rules.h"
#include "support/named.h"

namespace dhcpair::adopt {
namespace {

using test::Adopt;
using test::Partners;

struct MasterRow : test::Named {
  std::string source;
  std::string master;
};

class Master : public testing::TestWithParam<MasterRow> {};

TEST_P(Master, IsTheFileWithItsPoolsInFailover) {
  auto adoption = Adopt(GetParam().source);
  EXPECT_EQ(adoption.master(), GetParam().master);
  EXPECT_EQ(adoption.findings, "");
}

// Both begin with the subnet; most rows are about what is in it.
std::string Subnet(const std::string& body) {
  return "subnet 10.0.0.0 netmask 255.255.255.0 {\n" + body + "}\n";
}

MasterRow InSubnet(const char* name, const std::string& before, const std::string& after) {
  return {{name}, Subnet(before), Subnet(after)};
}

INSTANTIATE_TEST_SUITE_P(
    Pools, Master,
    testing::Values(
        InSubnet("APool", "  pool {\n    range 10.0.0.10 10.0.0.20;\n  }\n",
                 "  pool {\n    failover peer \"p\";\n    deny dynamic bootp clients;\n"
                 "    range 10.0.0.10 10.0.0.20;\n  }\n"),
        InSubnet("TabsOfThePoolsOwnLines", "\tpool\n\t{\n\t\t\trange 10.0.0.10 10.0.0.20;\n\t}\n",
                 "\tpool\n\t{\n\t\t\tfailover peer \"p\";\n\t\t\tdeny dynamic bootp clients;\n"
                 "\t\t\trange 10.0.0.10 10.0.0.20;\n\t}\n"),
        InSubnet("CommentsBeforeTheFirstStatement",
                 "  pool { # guests\n\n    # few\n    range 10.0.0.10 10.0.0.20;\n  }\n",
                 "  pool { # guests\n    failover peer \"p\";\n    deny dynamic bootp clients;\n"
                 "\n    # few\n    range 10.0.0.10 10.0.0.20;\n  }\n"),
        InSubnet("APoolOnOneLine", "  pool { range 10.0.0.10 10.0.0.20; }\n",
                 "  pool { failover peer \"p\"; deny dynamic bootp clients; "
                 "range 10.0.0.10 10.0.0.20; }\n"),
        InSubnet("APoolThatDeniesBootpAlready",
                 "  pool {\n    deny dynamic bootp clients;\n    range 10.0.0.10 10.0.0.20;\n  }\n",
                 "  pool {\n    failover peer \"p\";\n    deny dynamic bootp clients;\n"
                 "    range 10.0.0.10 10.0.0.20;\n  }\n"),
        InSubnet("APoolWithPermits",
                 "  pool {\n    allow unknown-clients;\n    range 10.0.0.10 10.0.0.20;\n  }\n",
                 "  pool {\n    failover peer \"p\";\n    deny dynamic bootp clients;\n"
                 "    allow unknown-clients;\n    range 10.0.0.10 10.0.0.20;\n  }\n"),
        InSubnet("ABareRange", "  range 10.0.0.10 10.0.0.20;\n  option routers 10.0.0.1;\n",
                 "  pool {\n    failover peer \"p\";\n    deny dynamic bootp clients;\n"
                 "    range 10.0.0.10 10.0.0.20;\n  }\n  option routers 10.0.0.1;\n"),
        InSubnet("ARangeOfOneAddress", "  range 10.0.0.10;\n",
                 "  pool {\n    failover peer \"p\";\n    deny dynamic bootp clients;\n"
                 "    range 10.0.0.10;\n  }\n"),
        InSubnet(
            "RangesTogether",
            "  range 10.0.0.10 10.0.0.20;\n\n  # more\n  range 10.0.0.40\n    10.0.0.50; # all\n",
            "  pool {\n    failover peer \"p\";\n    deny dynamic bootp clients;\n"
            "    range 10.0.0.10 10.0.0.20;\n\n    # more\n    range 10.0.0.40\n"
            "      10.0.0.50; # all\n  }\n"),
        InSubnet("RangesApartComeTogetherWithTheirComments",
                 "  range 10.0.0.10 10.0.0.20;\n  option routers 10.0.0.1;\n\n  # for\n  # guests\n"
                 "  range 10.0.0.40 10.0.0.50; # few\n  default-lease-time 600;\n"
                 "  range 10.0.0.60;\n",
                 "  pool {\n    failover peer \"p\";\n    deny dynamic bootp clients;\n"
                 "    range 10.0.0.10 10.0.0.20;\n    # for\n    # guests\n"
                 "    range 10.0.0.40 10.0.0.50; # few\n    range 10.0.0.60;\n  }\n"
                 "  option routers 10.0.0.1;\n\n  default-lease-time 600;\n"),
        InSubnet("RangesApartOnLinesWithOthers",
                 "  range 10.0.0.10 10.0.0.20;\n  option routers 10.0.0.1; range 10.0.0.40; range "
                 "10.0.0.50;\n",
                 "  pool {\n    failover peer \"p\";\n    deny dynamic bootp clients;\n"
                 "    range 10.0.0.10 10.0.0.20;\n    range 10.0.0.40;\n    range 10.0.0.50;\n  }\n"
                 "  option routers 10.0.0.1;\n"),
        InSubnet("ARangeBesideSomethingElse",
                 "  option routers 10.0.0.1; range 10.0.0.10 10.0.0.20; # both\n",
                 "  option routers 10.0.0.1; pool { failover peer \"p\"; deny dynamic bootp "
                 "clients; range 10.0.0.10 10.0.0.20; } # both\n"),
        InSubnet("BareRangesBesideAPool",
                 "  range 10.0.0.10 10.0.0.20;\n  pool {\n    range 10.0.0.40 10.0.0.50;\n  }\n",
                 "  pool {\n    failover peer \"p\";\n    deny dynamic bootp clients;\n"
                 "    range 10.0.0.10 10.0.0.20;\n  }\n  pool {\n    failover peer \"p\";\n"
                 "    deny dynamic bootp clients;\n    range 10.0.0.40 10.0.0.50;\n  }\n"),
        InSubnet("ABareRangeThatDhcpdPutsIntoThePoolBeforeIt",
                 "  pool {\n    deny dynamic bootp clients;\n    range 10.0.0.10 10.0.0.20;\n  }\n"
                 "  range 10.0.0.40 10.0.0.50;\n",
                 "  pool {\n    failover peer \"p\";\n    deny dynamic bootp clients;\n"
                 "    range 10.0.0.10 10.0.0.20;\n  }\n"
                 "  pool {\n    failover peer \"p\";\n    deny dynamic bootp clients;\n"
                 "    range 10.0.0.40 10.0.0.50;\n  }\n"),
        InSubnet("WithoutIndentation", "range 10.0.0.10 10.0.0.20;\n",
                 "pool {\n  failover peer \"p\";\n  deny dynamic bootp clients;\n"
                 "  range 10.0.0.10 10.0.0.20;\n}\n"),
        MasterRow{{"OneLineAndNoLineEnd"},
                  "subnet 10.0.0.0 netmask 255.255.255.0{range 10.0.0.10 10.0.0.20;}",
                  "subnet 10.0.0.0 netmask 255.255.255.0{pool { failover peer \"p\"; deny dynamic "
                  "bootp clients; range 10.0.0.10 10.0.0.20; }}"},
        MasterRow{
            {"SeveralSubnetsOnALine"},
            "subnet 10.0.0.0 netmask 255.255.255.0 { range 10.0.0.10; range 10.0.0.20; } "
            "subnet 10.0.1.0 netmask 255.255.255.0 { pool { range 10.0.1.10; } }\n",
            "subnet 10.0.0.0 netmask 255.255.255.0 { pool { failover peer \"p\"; deny dynamic "
            "bootp clients; range 10.0.0.10; range 10.0.0.20; } } "
            "subnet 10.0.1.0 netmask 255.255.255.0 { pool { failover peer \"p\"; deny "
            "dynamic bootp clients; range 10.0.1.10; } }\n"},
        MasterRow{
            {"CarriageReturns"},
            "subnet 10.0.0.0 netmask 255.255.255.0 {\r\n\trange 10.0.0.10;\r\n}\r\n"
            "subnet 10.0.1.0 netmask 255.255.255.0 {\r\n\tpool {\r\n\t\trange "
            "10.0.1.10;\r\n\t}\r\n}\r\n",
            "subnet 10.0.0.0 netmask 255.255.255.0 {\r\n\tpool {\r\n\t\tfailover peer "
            "\"p\";\r\n\t\tdeny dynamic bootp clients;\r\n\t\trange 10.0.0.10;\r\n\t}\r\n}\r\n"
            "subnet 10.0.1.0 netmask 255.255.255.0 {\r\n\tpool {\r\n\t\tfailover peer "
            "\"p\";\r\n\t\tdeny dynamic bootp clients;\r\n\t\trange 10.0.1.10;\r\n\t}\r\n}\r\n"},
        MasterRow{{"ASharedNetwork"},
                  "shared-network n {\n  subnet 10.0.0.0 netmask 255.255.255.0 {\n"
                  "    range 10.0.0.10;\n  }\n  pool {\n    range 10.0.0.20;\n  }\n}\n",
                  "shared-network n {\n  subnet 10.0.0.0 netmask 255.255.255.0 {\n    pool {\n"
                  "      failover peer \"p\";\n      deny dynamic bootp clients;\n"
                  "      range 10.0.0.10;\n    }\n  }\n  pool {\n    failover peer \"p\";\n"
                  "    deny dynamic bootp clients;\n    range 10.0.0.20;\n  }\n}\n"},
        MasterRow{{"NestedGroups"},
                  "group {\n group {\n  subnet 10.0.0.0 netmask 255.255.255.0 {\n"
                  "   range 10.0.0.10;\n  }\n }\n}\n",
                  "group {\n group {\n  subnet 10.0.0.0 netmask 255.255.255.0 {\n   pool {\n"
                  "    failover peer \"p\";\n    deny dynamic bootp clients;\n"
                  "    range 10.0.0.10;\n   }\n  }\n }\n}\n"}),
    [](const auto& tested) { return tested.param.name; });

// What is said in front of the one subnet of all rows.
MasterRow InFront(const char* name, const std::string& before, const std::string& after) {
  const std::string pool =
      "  pool {\n    failover peer \"p\";\n    deny dynamic bootp clients;\n    range "
      "10.0.0.10;\n  }\n";
  return {{name}, before + Subnet(pool), after + Subnet(pool)};
}

constexpr char kPrimary[] =
    "failover peer \"p\" {\n  primary;\n  address 10.9.9.1;\n  peer address 10.9.9.2;\n  mclt 60;\n"
    "  split 128;\n}\n";

INSTANTIATE_TEST_SUITE_P(
    FailoverPeers, Master,
    testing::Values(
        InFront("Goes", kPrimary, ""),
        InFront("GoesFromBetween",
                "authoritative;\n" + std::string(kPrimary) + "one-lease-per-client on;\n",
                "authoritative;\none-lease-per-client on;\n"),
        InFront("LeavesCommentsAroundIt", "# above\n" + std::string(kPrimary) + "# below\n",
                "# above\n# below\n"),
        InFront("OnOneLine",
                "ping-check on; failover peer p { primary; address 10.9.9.1; peer address "
                "10.9.9.2; mclt 60; split 128; } ping-timeout 2;\n",
                "ping-check on; ping-timeout 2;\n"),
        InFront("SaysEverythingElseByteForByte",
                "\t authoritative ; \r\n\f\n" + std::string(kPrimary) + "#\xff\n\n\n \n",
                "\t authoritative ; \r\n\f\n#\xff\n\n\n \n")),
    [](const auto& tested) { return tested.param.name; });

TEST(MasterOfAHalf, NamesThePeerInPoolsThatHadItFromADeclarationAroundThem) {
  const std::string network =
      "subnet 10.0.0.0 netmask 255.255.255.0 { pool { failover peer \"p\"; range 10.0.0.1; } }\n";
  auto adoption = Adopt("shared-network n {\n" + std::string(kPrimary) + network +
                        "pool { allow dynamic bootp clients; range 10.0.0.2; }\n}\n");
  EXPECT_EQ(adoption.master(), "shared-network n {\n" + network +
                                   "pool { failover peer \"p\"; allow dynamic bootp clients; "
                                   "range 10.0.0.2; }\n}\n");
  EXPECT_EQ(adoption.findings, "");
}

constexpr char kKey[] = "key k {\n  algorithm hmac-md5;\n  secret \"c2VjcmV0\";\n}\n";

INSTANTIATE_TEST_SUITE_P(
    StatementsOfOneNode, Master,
    testing::Values(
        InFront("OmapiGoesWithItsKey",
                std::string(kPrimary) + "omapi-port 7911;\n" + kKey + "omapi-key k;\n", ""),
        InFront("OmapiGoesFromOneLine",
                std::string(kPrimary) +
                    "omapi-port 7911; key k { algorithm hmac-md5; secret c2VjcmV0; }; omapi-key "
                    "k; # all\n",
                "# all\n"),
        InFront("OtherKeysStay",
                std::string(kPrimary) + "omapi-port 7911;\n" + kKey +
                    "omapi-key k;\nkey ddns {\n  algorithm hmac-md5;\n  secret c2VjcmV0;\n}\n",
                "key ddns {\n  algorithm hmac-md5;\n  secret c2VjcmV0;\n}\n"),
        InFront("AKeyWithoutAPortStays", std::string(kPrimary) + kKey + "omapi-key k;\n",
                std::string(kKey) + "omapi-key k;\n"),
        InFront("LeasesAndPidStay",
                std::string(kPrimary) +
                    "lease-file-name \"/var/leases\";\npid-file-name \"/run/d.pid\";\n",
                "lease-file-name \"/var/leases\";\npid-file-name \"/run/d.pid\";\n"),
        InFront("SharedOnesStay",
                std::string(kPrimary) +
                    "authoritative;\nlocal-port 67;\nlog-facility local7;\nserver-name \"a\";\n"
                    "next-server 10.0.0.5;\n",
                "authoritative;\nlocal-port 67;\nlog-facility local7;\nserver-name \"a\";\n"
                "next-server 10.0.0.5;\n")),
    [](const auto& tested) { return tested.param.name; });

TEST(MasterOfASingleServer, KeepsWhatASubnetSaysOfTheServer) {
  auto adoption = Adopt(Subnet("  server-identifier 10.0.0.2;\n  range 10.0.0.10;\n"));
  EXPECT_TRUE(adoption.master().contains("  server-identifier 10.0.0.2;\n"));
}

TEST(MasterOfASingleServer, LosesItsOwnAddress) {
  auto adoption = Adopt("server-identifier 10.9.9.2;\n" + Subnet("  range 10.0.0.10;\n"));
  EXPECT_FALSE(adoption.master().contains("server-identifier"));
  EXPECT_TRUE(adoption.pair().contains("  address 10.9.9.2\n") ||
              adoption.pair().contains("  extra: |2\n    server-identifier 10.9.9.2;\n"));
  EXPECT_TRUE(adoption.findings.contains("'extra:' of the secondary alone"));
}

struct BootpRow : test::Named {
  std::string body;
  std::string kept;       // What stands in the master.
  std::size_t mentioned;  // So many findings.
};

class Bootp : public testing::TestWithParam<BootpRow> {};

TEST_P(Bootp, StaysOutsideOfFailoverAndIsMentioned) {
  auto adoption = Adopt(Subnet(GetParam().body) +
                        "subnet 10.0.1.0 netmask 255.255.255.0 { range 10.0.1.10; }\n");
  EXPECT_TRUE(adoption.master().contains(GetParam().kept)) << adoption.master();
  std::size_t mentioned = 0;
  for (std::size_t at = 0; (at = adoption.findings.find("[adopt-bootp]", at)) != std::string::npos;
       ++at) {
    ++mentioned;
  }
  EXPECT_EQ(mentioned, GetParam().mentioned) << adoption.findings;
}

INSTANTIATE_TEST_SUITE_P(
    , Bootp,
    testing::Values(
        BootpRow{{"ABareRange"},
                 "  range dynamic-bootp 10.0.0.10 10.0.0.20;\n",
                 "{\n  pool {\n    range dynamic-bootp 10.0.0.10 10.0.0.20;\n  }\n}",
                 1},
        BootpRow{
            {"ABareRangeAmongOthers"},
            "  range 10.0.0.10;\n  range dynamic-bootp 10.0.0.11;\n  range 10.0.0.12;\n",
            "    range 10.0.0.10;\n    range 10.0.0.12;\n  }\n  pool {\n    range dynamic-bootp "
            "10.0.0.11;\n  }\n}",
            1},
        BootpRow{{"BareRangesBeforeAndBehindOthers"},
                 "  range dynamic-bootp 10.0.0.10;\n  range 10.0.0.11;\n  range dynamic-bootp "
                 "10.0.0.12;\n  range 10.0.0.13;\n",
                 "{\n  pool {\n    range dynamic-bootp 10.0.0.10;\n    range dynamic-bootp "
                 "10.0.0.12;\n  }\n  pool {\n    failover peer \"p\";\n    deny dynamic bootp "
                 "clients;\n    range 10.0.0.11;\n    range 10.0.0.13;\n  }\n}",
                 2},
        BootpRow{{"BareRangesOnALine"},
                 "  range 10.0.0.10; range dynamic-bootp 10.0.0.11; range 10.0.0.12; range "
                 "dynamic-bootp 10.0.0.13;\n",
                 "clients; range 10.0.0.10; range 10.0.0.12; } pool { range dynamic-bootp "
                 "10.0.0.11; range dynamic-bootp 10.0.0.13; }\n}",
                 2},
        BootpRow{{"APool"},
                 "  pool {\n    range dynamic-bootp 10.0.0.10 10.0.0.20;\n  }\n",
                 "{\n  pool {\n    range dynamic-bootp 10.0.0.10 10.0.0.20;\n  }\n",
                 1},
        BootpRow{{"APoolThatAllowsThem"},
                 "  pool {\n    allow dynamic bootp clients;\n    range 10.0.0.10;\n  }\n",
                 "  # dhcpair: ignore=pool-outside-failover it serves BOOTP clients, who cannot "
                 "share\n  pool {\n    allow dynamic bootp clients;\n    range 10.0.0.10;\n  }\n",
                 1},
        BootpRow{{"APoolWithBothKinds"},
                 "  pool {\n    range 10.0.0.10;\n    range dynamic-bootp 10.0.0.11;\n  }\n",
                 "share\n  pool {\n    range 10.0.0.10;\n    range dynamic-bootp 10.0.0.11;\n",
                 1}),
    [](const auto& tested) { return tested.param.name; });

TEST(ExcuseOfABootpPool, NamesARuleOfLint) {
  auto adoption =
      Adopt(Subnet("  range 10.0.0.9;\n  pool {\n    allow dynamic bootp clients;\n"
                   "    range 10.0.0.10;\n  }\n"));
  const std::string_view excuse = "# dhcpair: ignore=";
  const std::size_t at = adoption.master().find(excuse) + excuse.size();
  const std::string id = adoption.master().substr(at, adoption.master().find(' ', at) - at);
  EXPECT_TRUE(std::ranges::any_of(lint::PoolRules(), [&](const text::Rule* rule) {
    return rule->id == id;
  })) << id;
}

struct RefusalRow : test::Named {
  std::string source;
  std::string finding;
};

class Refusal : public testing::TestWithParam<RefusalRow> {};

TEST_P(Refusal, SaysWhatIsInTheWay) {
  const auto adoption = Adopt(GetParam().source, {});
  EXPECT_FALSE(adoption.has_plan);
  EXPECT_TRUE(adoption.findings.contains(GetParam().finding)) << adoption.findings;
}

std::string Peer(const std::string& statements) {
  return "failover peer \"x\" {\n" + statements + "}\n" +
         Subnet("pool {\n failover peer \"x\";\n range 10.0.0.10 10.0.0.20;\n}\n");
}

INSTANTIATE_TEST_SUITE_P(
    , Refusal,
    testing::Values(
        RefusalRow{{"NoPartners"},
                   Subnet("range 10.0.0.10;\n"),
                   "nothing tells the address of the primary: say --primary ADDRESS "
                   "[adopt-not-given]"},
        RefusalRow{{"NoSecondary"}, Subnet("range 10.0.0.10;\n"), "say --secondary ADDRESS"},
        RefusalRow{{"NoRange"}, Subnet(""), "[adopt-no-pool]"},
        RefusalRow{{"NothingAtAll"}, "", "[adopt-no-pool]"},
        RefusalRow{
            {"BootpRangesOnly"}, Subnet("range dynamic-bootp 10.0.0.10;\n"), "[adopt-no-pool]"},
        RefusalRow{{"TwoRelationships"},
                   "failover peer a { secondary; address 10.9.9.1; peer address 10.9.9.2; }\n" +
                       Peer("secondary; address 10.9.9.1; peer address 10.9.9.3;\n") +
                       "subnet 10.0.1.0 netmask 255.255.255.0 { pool { failover peer \"a\"; range "
                       "10.0.1.1; } }\n",
                   "dhcpd.conf:2:15: error: this is a second failover relationship"},
        RefusalRow{{"APartnerByName"},
                   Peer("primary; address 10.9.9.1; peer address partner; mclt 60; split 1;\n"),
                   "no IPv4 address of the secondary (a name is never looked up)"},
        RefusalRow{{"NoOwnAddress"},
                   Peer("primary; peer address 10.9.9.2; mclt 60; split 1;\n"),
                   "no IPv4 address of the primary"},
        RefusalRow{{"ASecondarysMclt"},
                   Peer("secondary; address 10.9.9.2; peer address 10.9.9.1;\n"),
                   "say --mclt TIME"},
        RefusalRow{{"ASecondarysMcltThatDhcpdIgnores"},
                   Peer("secondary; address 10.9.9.2; peer address 10.9.9.1; mclt 60;\n"),
                   "say --mclt TIME"},
        RefusalRow{{"ASecondarysSplit"},
                   Peer("secondary; address 10.9.9.2; peer address 10.9.9.1;\n"),
                   "say --split N"},
        RefusalRow{{"APortThatIsNone"},
                   Peer("primary; address 10.9.9.1; port 70000; peer address 10.9.9.2; mclt 60; "
                        "split 1;\n"),
                   "this is outside of what 'port' of pair.yaml takes"},
        RefusalRow{{"AMcltThatWraps"},
                   Peer("primary; address 10.9.9.1; peer address 10.9.9.2; mclt 99999999999; split "
                        "1;\n"),
                   "this is outside of what 'mclt'"},
        RefusalRow{{"AMisbalanceOfTooMuch"},
                   Peer("primary; address 10.9.9.1; peer address 10.9.9.2; mclt 60; split 1; "
                        "max-lease-misbalance 200;\n"),
                   "[adopt-unkeepable]"},
        RefusalRow{{"ANameThatNoPairFileTakes"},
                   "failover peer \"a\\\"b\" { primary; address 10.9.9.1; peer address 10.9.9.2; "
                   "mclt 60; split 1; }\n" +
                       Subnet("pool { failover peer \"a\\\"b\"; range 10.0.0.1; }\n"),
                   "[adopt-unkeepable]"}),
    [](const auto& tested) { return tested.param.name; });

TEST(Options, ThatContradictTheFileAreRefused) {
  const std::string half =
      Peer("primary; address 10.9.9.1; peer address 10.9.9.2; mclt 60; split 1;\n");
  auto given = Partners();
  EXPECT_TRUE(Adopt(half, given).findings.contains("says x, and --pair says p"));
  given.pair_name = "x";
  EXPECT_EQ(Adopt(half, given).findings, "");
  given.secondary = base::Ipv4Address(0x01020304);
  EXPECT_TRUE(Adopt(half, given).findings.contains("says 10.9.9.2, and --secondary says 1.2.3.4"));
  given.secondary.reset();
  given.mclt = pair::Seconds(70);
  EXPECT_TRUE(Adopt(half, given).findings.contains("says 60, and --mclt says 70"));
  given.mclt.reset();
  given.split = 2;
  EXPECT_TRUE(Adopt(half, given).findings.contains("has split 1 and --split says 2"));
}

}  // namespace
}  // namespace dhcpair::adopt
