#include "lint/node_rest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lint/two_nodes.h"

namespace dhcpair::lint {
namespace {

using test::CheckBoth;
using test::kPools;
using test::kPrimary;
using test::kSecondary;
using test::NodesRow;
using test::SeenOn;

std::string NameOf(const testing::TestParamInfo<NodesRow>& row) { return row.param.name; }

class NodesRest : public testing::TestWithParam<NodesRow> {};

TEST_P(NodesRest, DiffersInThisAndNothingElse) {
  EXPECT_EQ(SeenOn(CheckBoth(GetParam().primary, GetParam().secondary)), GetParam().findings);
}

const std::string kHost = "host h { hardware ethernet 02:00:00:00:00:01; }\n";
const std::string kClass = "class \"c\" {\n  match if option vendor-class-identifier = \"c\";\n}\n";
const std::string kLimitedPool =
    "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
    "  pool { failover peer \"x\"; allow members of \"c\"; range 10.0.0.100 10.0.0.199; }\n}\n";

// What the nodes have from line 8 on, before the same pools.
NodesRow Rest(const char* name, const std::string& primary, const std::string& secondary,
              std::vector<std::string> findings) {
  return {name, kPrimary + primary + kPools, kSecondary + secondary + kPools, std::move(findings)};
}

INSTANTIATE_TEST_SUITE_P(
    All, NodesRest,
    testing::Values(
        Rest("AParameter", "default-lease-time 600;\n", "default-lease-time 700;\n",
             {"secondary node-rest-differs:8"}),
        Rest("AnOption", "option domain-name \"a\";\n", "option domain-name \"b\";\n",
             {"secondary node-rest-differs:8"}),
        Rest("AnOptionOnThePrimaryOnly", "option domain-name \"a\";\n", "",
             {"primary node-rest-differs:8"}),
        Rest("AnOptionOnTheSecondaryOnly", "", "\noption domain-name \"a\";\n",
             {"secondary node-rest-differs:9"}),
        Rest("AStringInAnotherCase", "option domain-name \"a\";\n", "option domain-name \"A\";\n",
             {"secondary node-rest-differs:8"}),
        Rest("ACondition", "if known { default-lease-time 600; }\n",
             "if known { default-lease-time 700; }\n", {"secondary node-rest-differs:8"}),
        Rest("AnExtraCondition", "if known { default-lease-time 600; }\n", "",
             {"primary node-rest-differs:8"}),
        Rest("OneIsAuthoritative", "authoritative;\n", "", {"secondary node-rest-differs:0"}),
        Rest("ADeclaredOption", "option x code 200 = text;\n", "option x code 201 = text;\n",
             {"secondary node-rest-differs:8"}),
        Rest("ADeclaredOptionIsMissing", "option x code 200 = text;\n", "",
             {"primary node-rest-differs:8"}),
        Rest("AHostIsMissing", kHost, "", {"primary node-rest-differs:8"}),
        Rest("AHost", kHost, "host h { hardware ethernet 02:00:00:00:00:02; }\n",
             {"secondary node-rest-differs:8"}),
        Rest("AHostsGroup", "group { default-lease-time 600;\n" + kHost + "}\n",
             "group { default-lease-time 700;\n" + kHost + "}\n",
             {"secondary node-rest-differs:9"}),
        Rest("AHostOutsideOfTheGroup", "group { default-lease-time 600;\n" + kHost + "}\n", kHost,
             {"secondary node-rest-differs:8"}),
        Rest("AnOuterGroup", "group { default-lease-time 600; group {\n" + kHost + "} }\n",
             "group { default-lease-time 700; group {\n" + kHost + "} }\n",
             {"secondary node-rest-differs:9"}),
        Rest("ASubnetWithoutPools",
             "subnet 10.0.1.0 netmask 255.255.255.0 { option routers 10.0.1.1; }\n", "",
             {"primary node-rest-differs:8"}),
        Rest("AnOptionOfASubnet",
             "subnet 10.0.1.0 netmask 255.255.255.0 { option routers 10.0.1.1; }\n",
             "subnet 10.0.1.0 netmask 255.255.255.0 { option routers 10.0.1.2; }\n",
             {"secondary node-rest-differs:8"}),
        Rest("ASubnetInASharedNetwork", "subnet 10.0.1.0 netmask 255.255.255.0 { }\n",
             "shared-network n {\nsubnet 10.0.1.0 netmask 255.255.255.0 { } }\n",
             {"secondary node-rest-differs:9"}),
        Rest("AnOptionOfASharedNetwork",
             "shared-network n { default-lease-time 600;\n"
             "subnet 10.0.1.0 netmask 255.255.255.0 { } }\n",
             "shared-network n {\nsubnet 10.0.1.0 netmask 255.255.255.0 { } }\n",
             {"primary node-rest-differs:8"}),
        Rest("AClass", kClass, "class \"c\" {\n  match hardware;\n}\n",
             {"secondary node-rest-differs:8"}),
        Rest("ASubclass", "class \"c\" { match hardware; }\nsubclass \"c\" 1:02:00:00:00:00:01;\n",
             "class \"c\" { match hardware; }\nsubclass \"c\" 1:02:00:00:00:00:02;\n",
             {"primary node-rest-differs:9", "secondary node-rest-differs:9"}),
        NodesRow{"AClassThatLimitsPools",
                 kPrimary + kClass + kLimitedPool,
                 kSecondary + "class \"c\" {\n  match if known;\n}\n" + kLimitedPool,
                 {"secondary node-class-differs:8"}},
        NodesRow{"ASubclassThatLimitsPools",
                 kPrimary +
                     "class \"c\" { match hardware; }\nsubclass \"c\" 1:02:00:00:00:00:01;\n" +
                     kLimitedPool,
                 kSecondary + "class \"c\" { match hardware; }\n" + kLimitedPool,
                 {"primary node-class-differs:9"}},
        Rest("TheSameServerIdentifier", "server-identifier 10.0.0.9;\n",
             "option dhcp-server-identifier 10.0.0.9;\n",
             {"primary and secondary node-same-server-identifier:8"})),
    NameOf);

test::MapLoader Master(const std::string& text) {
  return test::MapLoader({{"/etc/dhcpd.master", text}});
}

constexpr char kInclude[] = "include \"/etc/dhcpd.master\";\n";

TEST(NodesWithASharedMaster, AreNotComparedWithThemselves) {
  const auto loader = Master(kHost + kClass + kPools + "default-lease-time 600;\n");
  EXPECT_THAT(SeenOn(CheckBoth(kPrimary + kInclude, kSecondary + kInclude, loader)),
              testing::IsEmpty());
}

TEST(NodesWithASharedMaster, MaySayMoreInFilesOfTheirOwn) {
  const auto loader = Master(kPools);
  const auto diagnostics = CheckBoth(kPrimary + "next-server 10.0.0.2;\n" + kInclude,
                                     kSecondary + "next-server 10.0.0.3;\n" + kInclude, loader);
  EXPECT_EQ(SeenOn(diagnostics), (std::vector<std::string>{"secondary node-own-part-differs:8"}));
  EXPECT_EQ(diagnostics.all()[0].severity(), text::Severity::kAdvice);
}

TEST(NodesWithASharedMaster, MustNotHaveFailoverPoolsOfTheirOwn) {
  const auto loader = Master("default-lease-time 600;\n");
  EXPECT_EQ(SeenOn(CheckBoth(kPrimary + kPools + kInclude,
                             kSecondary +
                                 "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
                                 "  pool { failover peer \"x\"; range 10.0.0.150 "
                                 "10.0.0.199; }\n  option routers 10.0.0.1;\n}\n" +
                                 kInclude,
                             loader)),
            (std::vector<std::string>{"primary node-pools-differ:10"}));
}

TEST(NodesWithASharedMaster, MayIncludeItInAGroupOnOneSide) {
  const auto loader = Master(kHost);
  EXPECT_EQ(SeenOn(CheckBoth(kPrimary + kPools + kInclude,
                             kSecondary + kPools + "group {\n" + kInclude + "}\n", loader)),
            (std::vector<std::string>{"secondary node-rest-differs:1"}));
}

TEST(NodesWithASharedMaster, GiveOneFindingForOneServerIdentifier) {
  const auto loader = Master("server-identifier 10.0.0.9;\n");
  const auto diagnostics =
      CheckBoth(kPrimary + kPools + kInclude, kSecondary + kPools + kInclude, loader);
  EXPECT_EQ(SeenOn(diagnostics),
            (std::vector<std::string>{"primary and secondary node-same-server-identifier:1"}));
  EXPECT_THAT(diagnostics.all()[0].notes, testing::IsEmpty());
}

TEST(NodesWithASharedMaster, OfAHundredThousandHostsAreComparedAtOnce) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) {
    text += "host h" + std::to_string(i) + " { hardware ethernet 02:00:00:00:00:01; }\n";
  }
  const auto loader = Master(text + kPools);
  EXPECT_THAT(SeenOn(CheckBoth(kPrimary + kInclude, kSecondary + kInclude, loader)),
              testing::IsEmpty());
}

TEST(NodeFindings, OfTheRestAreCountedBeyondTheFirstFew) {
  std::string hosts;
  for (int i = 0; i < 1000; ++i) hosts += "host h" + std::to_string(i) + " { }\n";
  const auto diagnostics = CheckBoth(kPrimary + kPools + hosts, kSecondary + kPools);
  EXPECT_EQ(diagnostics.all().size(), 5u);
  EXPECT_EQ(diagnostics.all().back().notes.back().message,
            "and so it is with 995 more differences");
}

}  // namespace
}  // namespace dhcpair::lint
