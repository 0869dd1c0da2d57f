#include "lint/network_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/rule_findings.h"

namespace dhcpair::lint {
namespace {

using test::RuleRow;
using testing::HasSubstr;

class Networks : public testing::TestWithParam<RuleRow> {};

// All texts but those about it are authoritative.
TEST_P(Networks, AreWhatTheirClientsAreTold) {
  EXPECT_EQ(test::FoundBy(CheckNetworks, GetParam().conf + "authoritative;\n"),
            GetParam().findings);
}

std::string Subnet(const std::string& lines, const std::string& number = "10.0.0.0",
                   const std::string& mask = "255.255.255.0") {
  return "subnet " + number + " netmask " + mask + " {\n" + lines + "}\n";
}

// Ranges make a subnet one for which inherited options count.
constexpr char kRange[] = "range 10.0.0.10 10.0.0.19;\n";
constexpr char kOtherRange[] = "range 10.0.1.10 10.0.1.19;\n";

INSTANTIATE_TEST_SUITE_P(
    Overlapping, Networks,
    testing::Values(RuleRow{"Twice", Subnet("") + Subnet(""), "3 network-subnets-overlap"},
                    RuleRow{"ThreeTimes", Subnet("") + Subnet("") + Subnet(""),
                            "3 network-subnets-overlap, 5 network-subnets-overlap"},
                    RuleRow{"NarrowBehindWide",
                            Subnet("", "10.0.0.0", "255.255.0.0") + Subnet("", "10.0.7.0"),
                            "3 network-subnets-overlap"},
                    RuleRow{"WideBehindNarrow",
                            Subnet("", "10.0.7.0") + Subnet("", "10.0.0.0", "255.255.0.0"),
                            "3 network-subnets-overlap"},
                    RuleRow{"SameNumber", Subnet("") + Subnet("", "10.0.0.0", "255.255.255.128"),
                            "3 network-subnets-overlap"},
                    RuleRow{"InOneSharedNetwork",
                            "shared-network s {\n" + Subnet("") +
                                Subnet("", "10.0.0.128", "255.255.255.128") + "}\n",
                            "4 network-subnets-overlap"},
                    RuleRow{"WithEverything", Subnet("") + Subnet("", "0.0.0.0", "0.0.0.0"),
                            "3 network-subnets-overlap"},
                    RuleRow{"WithOneThatStandsFarAway",
                            Subnet("", "10.0.0.0", "255.0.0.0") + Subnet("", "10.0.1.0") +
                                Subnet("", "10.0.2.0"),
                            "3 network-subnets-overlap, 5 network-subnets-overlap"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    SideBySide, Networks,
    testing::Values(RuleRow{"Neighbours", Subnet("") + Subnet("", "10.0.1.0")},
                    RuleRow{"Halves", Subnet("", "10.0.0.0", "255.255.255.128") +
                                          Subnet("", "10.0.0.128", "255.255.255.128")},
                    RuleRow{"TheLastOfAll", Subnet("", "255.255.255.255", "255.255.255.255") +
                                                Subnet("", "255.255.255.254", "255.255.255.255")},
                    RuleRow{"MasksThatAreNone", Subnet("", "10.0.0.0", "255.0.255.0") +
                                                    Subnet("", "10.0.0.0", "255.255.0.255")},
                    RuleRow{"Alone", Subnet("")}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Routers, Networks,
    testing::Values(
        RuleRow{"Elsewhere", Subnet("option routers 10.0.1.1;\n"),
                "2 network-router-outside-subnet"},
        RuleRow{"SecondOfTwo", Subnet("option routers 10.0.0.1, 10.0.1.1;\n"),
                "2 network-router-outside-subnet"},
        RuleRow{"InASubnetOfAnotherNetwork",
                Subnet("option routers 10.0.1.1;\n") + Subnet("", "10.0.1.0"),
                "2 network-router-outside-subnet"},
        RuleRow{"InheritedByASubnetWithARange",
                "option routers 10.0.0.1;\n" + Subnet(kRange) + Subnet(kOtherRange, "10.0.1.0"),
                "1 network-router-outside-subnet"},
        RuleRow{"InheritedByManySubnets",
                "option routers 192.0.2.1;\n" + Subnet(kRange) + Subnet(kOtherRange, "10.0.1.0"),
                "1 network-router-outside-subnet"},
        RuleRow{"InAPool",
                Subnet("pool {\noption routers 10.0.1.1;\n" + std::string(kRange) + "}\n"),
                "3 network-router-outside-subnet"},
        RuleRow{"OfASharedNetwork",
                "shared-network s {\noption routers 10.0.2.1;\n" + Subnet("") +
                    Subnet("", "10.0.1.0") + "}\n",
                "2 network-router-outside-subnet"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    ReachableRouters, Networks,
    testing::Values(
        RuleRow{"InTheSubnet", Subnet("option routers 10.0.0.1;\n")},
        RuleRow{"InAnotherSubnetOfTheSharedNetwork", "shared-network s {\n" +
                                                         Subnet("option routers 10.0.1.1;\n") +
                                                         Subnet("", "10.0.1.0") + "}\n"},
        RuleRow{"BeforeTheSubnetThatHoldsIt", "shared-network s {\noption routers 10.0.1.1;\n" +
                                                  Subnet("") + Subnet("", "10.0.1.0") + "}\n"},
        RuleRow{"InheritedByAnEmptySubnet",
                "option routers 10.0.0.1;\n" + Subnet(kRange) + Subnet("", "10.0.1.0")},
        RuleRow{"OverriddenInASubnet",
                "option routers 10.0.0.1;\n" + Subnet(kRange) +
                    Subnet("option routers 10.0.1.1;\n" + std::string(kOtherRange), "10.0.1.0")},
        RuleRow{"OfAGroupOfHosts",
                Subnet(kRange) + "group {\noption routers 192.0.2.1;\nhost h { }\n}\n"},
        RuleRow{"OfAClass", Subnet(kRange) + "class \"c\" {\noption routers 192.0.2.1;\n}\n"},
        RuleRow{"None", Subnet("option routers 0.0.0.0;\n")},
        RuleRow{"ByName", Subnet("option routers gw.example.org;\n")},
        RuleRow{"OnTheLinkOfAHost",
                Subnet("option routers 10.9.9.9;\n", "10.0.0.5", "255.255.255.255")},
        RuleRow{"WithAMaskOfAllOnes",
                Subnet("option subnet-mask 255.255.255.255;\noption routers 10.9.9.9;\n")},
        RuleRow{"InTheLargerNetworkThatClientsAreToldOf",
                Subnet("option subnet-mask 255.255.0.0;\noption routers 10.0.9.9;\n"),
                "2 network-wrong-subnet-mask"},
        RuleRow{"InTheLargerNetworkOfAnInheritedMask",
                "option subnet-mask 255.255.0.0;\n" + Subnet("option routers 10.0.9.9;\n")},
        RuleRow{"OnACondition", Subnet("if known {\noption routers 10.0.1.1;\n}\n")},
        RuleRow{"ThatAConditionMayReplace",
                Subnet("option routers 10.0.1.1;\nif known {\noption routers 10.0.0.1;\n}\n")},
        RuleRow{"WithOneAppended", Subnet("option routers 10.0.1.1;\nappend routers 10.0.0.1;\n")},
        RuleRow{"InAWideSubnetAroundANarrowOneOfAnotherNetwork",
                Subnet("option routers 10.0.0.1;\n", "10.0.0.0", "255.255.0.0") + Subnet(""),
                "4 network-subnets-overlap"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Masks, Networks,
    testing::Values(
        RuleRow{"Wider", Subnet("option subnet-mask 255.255.0.0;\n"),
                "2 network-wrong-subnet-mask"},
        RuleRow{"Narrower", Subnet("option subnet-mask 255.255.255.128;\n"),
                "2 network-wrong-subnet-mask"},
        RuleRow{"Inherited",
                "option subnet-mask 255.255.255.0;\n" + Subnet(kRange) +
                    Subnet("range 10.1.0.10;\n", "10.1.0.0", "255.255.0.0"),
                "1 network-wrong-subnet-mask"},
        RuleRow{"OfASharedNetworkWithTwoMasks",
                "shared-network s {\noption subnet-mask 255.255.255.0;\n" + Subnet("") +
                    Subnet("", "10.0.1.0", "255.255.255.128") + "}\n",
                "2 network-wrong-subnet-mask"},
        RuleRow{"Right", Subnet("option subnet-mask 255.255.255.0;\n")},
        RuleRow{"InheritedAndRight", "option subnet-mask 255.255.255.0;\n" + Subnet(kRange) +
                                         Subnet(kOtherRange, "10.0.1.0")},
        RuleRow{"InheritedByAnEmptySubnet", "option subnet-mask 255.255.255.0;\n" + Subnet(kRange) +
                                                Subnet("", "10.1.0.0", "255.255.0.0")},
        RuleRow{"KeepsClientsApart", Subnet("option subnet-mask 255.255.255.255;\n")},
        RuleRow{"OfAHost", Subnet("") + "host h {\noption subnet-mask 255.0.0.0;\n}\n"},
        RuleRow{"OnACondition", Subnet("if known {\noption subnet-mask 255.0.0.0;\n}\n")},
        RuleRow{"Computed", Subnet("option subnet-mask = option subnet-mask;\n"
                                   "option routers 10.0.1.1;\n")}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Broadcasts, Networks,
    testing::Values(
        RuleRow{"OfAnotherSubnet", Subnet("option broadcast-address 10.0.1.255;\n"),
                "2 network-wrong-broadcast-address"},
        RuleRow{"AllZeros", Subnet("option broadcast-address 10.0.0.0;\n"),
                "2 network-wrong-broadcast-address"},
        RuleRow{"OfTheWholeOfAQuarter",
                Subnet("option broadcast-address 10.0.0.255;\n", "10.0.0.0", "255.255.255.192"),
                "2 network-wrong-broadcast-address"},
        RuleRow{"Inherited",
                "option broadcast-address 10.0.0.255;\n" + Subnet(kRange) +
                    Subnet(kOtherRange, "10.0.1.0"),
                "1 network-wrong-broadcast-address"},
        RuleRow{"Right", Subnet("option broadcast-address 10.0.0.255;\n")},
        RuleRow{"RightForAQuarter",
                Subnet("option broadcast-address 10.0.0.63;\n", "10.0.0.0", "255.255.255.192")},
        RuleRow{"Limited", Subnet("option broadcast-address 255.255.255.255;\n")},
        RuleRow{"OfTheMaskThatClientsAreTold",
                Subnet("option subnet-mask 255.255.0.0;\noption broadcast-address 10.0.255.255;\n"),
                "2 network-wrong-subnet-mask"},
        RuleRow{"OfTwo",
                Subnet("option broadcast-address 10.0.0.9;\n", "10.0.0.4", "255.255.255.254")},
        RuleRow{"OnACondition", Subnet("if known {\noption broadcast-address 10.0.1.255;\n}\n")}),
    [](const auto& row) { return row.param.name; });

class Authority : public testing::TestWithParam<RuleRow> {};

TEST_P(Authority, IsAdvisedWhereNothingIsSaidAboutIt) {
  EXPECT_EQ(test::FoundBy(CheckNetworks, GetParam().conf), GetParam().findings);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Authority,
    testing::Values(RuleRow{"Nowhere", Subnet(kRange), "1 network-not-authoritative"},
                    RuleRow{"OnceForAll", Subnet("") + Subnet(kOtherRange, "10.0.1.0"),
                            "3 network-not-authoritative"},
                    RuleRow{"WithoutARange", Subnet("")}, RuleRow{"Nothing", ""},
                    RuleRow{"Said", "authoritative;\n" + Subnet(kRange)},
                    RuleRow{"SaidBehind", Subnet(kRange) + "authoritative;\n"},
                    RuleRow{"SaidInTheSubnet", Subnet("authoritative;\n" + std::string(kRange))},
                    RuleRow{"Denied", "not authoritative;\n" + Subnet(kRange)}),
    [](const auto& row) { return row.param.name; });

TEST(Networks, ThatCouldNotBeReadAreMissedByNobody) {
  EXPECT_EQ(test::FoundBy(CheckNetworks,
                          "shared-network s {\n" + Subnet("option routers 10.0.1.1;\n") +
                              "subnet 10.0.1.0 netmask 255.255.0.0 { }\n}\n",
                          test::Dhcpd::kRejects),
            "");
}

TEST(NetworkText, PointsAtTheValueAndTheSubnet) {
  EXPECT_EQ(test::TextBy(CheckNetworks,
                         "option subnet-mask 255.255.0.0;\nauthoritative;\n" + Subnet(kRange)),
            "dhcpd.conf:1:20: warning: clients in subnet 10.0.0.0/24 are told the netmask "
            "255.255.0.0, but it is 255.255.255.0; dhcpd sends the right one when there is no "
            "'option subnet-mask' [network-wrong-subnet-mask]\n"
            "    option subnet-mask 255.255.0.0;\n"
            "                       ^~~~~~~~~~~\n"
            "dhcpd.conf:3:1: note: the subnet is declared here\n"
            "    subnet 10.0.0.0 netmask 255.255.255....\n"
            "    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
  EXPECT_THAT(
      test::TextBy(CheckNetworks, Subnet("") + Subnet("", "10.0.0.128", "255.255.255.128")),
      HasSubstr("subnets 10.0.0.128/25 and 10.0.0.0/24 overlap, and dhcpd may take either for "
                "an address in both"));
}

}  // namespace
}  // namespace dhcpair::lint
