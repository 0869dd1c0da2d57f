#include "lint/host_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/rule_findings.h"

namespace dhcpair::lint {
namespace {

using test::RuleRow;
using testing::HasSubstr;

// Three lines: two networks, the first of which has a range.
constexpr char kNets[] =
    "subnet 10.0.0.0 netmask 255.255.255.0 { range 10.0.0.100 10.0.0.199; }\n"
    "subnet 10.0.1.0 netmask 255.255.255.0 { }\n"
    "shared-network s { subnet 10.0.2.0 netmask 255.255.255.0 { } "
    "subnet 10.0.3.0 netmask 255.255.255.0 { } }\n";

std::string WithNets(const std::string& hosts) { return kNets + hosts; }

// A host on a line of its own.
std::string Host(const std::string& name, const std::string& mac, const std::string& address = "",
                 const std::string& more = "") {
  return "host " + name + " { hardware ethernet " + mac + "; " +
         (address.empty() ? "" : "fixed-address " + address + "; ") + more + "}\n";
}

class Hosts : public testing::TestWithParam<RuleRow> {};

TEST_P(Hosts, AreInEachOthersWayOnlyWhereTheyAre) {
  EXPECT_EQ(test::FoundBy(CheckHosts, GetParam().conf), GetParam().findings);
}

constexpr char kMac[] = "02:00:00:00:00:01";
constexpr char kOther[] = "02:00:00:00:00:02";

INSTANTIATE_TEST_SUITE_P(
    InARange, Hosts,
    testing::Values(
        RuleRow{"InTheMiddle", WithNets(Host("a", kMac, "10.0.0.150")),
                "4 host-fixed-address-in-range"},
        RuleRow{"AtTheFirstAddress", WithNets(Host("a", kMac, "10.0.0.100")),
                "4 host-fixed-address-in-range"},
        RuleRow{"AtTheLastAddress", WithNets(Host("a", kMac, "10.0.0.199")),
                "4 host-fixed-address-in-range"},
        RuleRow{"TheSecondOfTwoAddresses", WithNets(Host("a", kMac, "10.0.1.5, 10.0.0.150")),
                "4 host-fixed-address-in-range"},
        RuleRow{"WithoutHardware", WithNets("host a { fixed-address 10.0.0.150; }\n"),
                "4 host-fixed-address-in-range"},
        RuleRow{"InARangeOfOne",
                "subnet 10.0.0.0 netmask 255.255.255.0 {\npool { range 10.0.0.7; }\n}\n" +
                    Host("a", kMac, "10.0.0.7"),
                "4 host-fixed-address-in-range"},
        RuleRow{"InAReversedRange",
                "subnet 10.0.0.0 netmask 255.255.255.0 {\nrange 10.0.0.9 10.0.0.7;\n}\n" +
                    Host("a", kMac, "10.0.0.8"),
                "4 host-fixed-address-in-range"},
        RuleRow{"BeforeItsSubnet", Host("a", kMac, "10.0.0.150") + kNets,
                "1 host-fixed-address-in-range"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    OutsideOfRanges, Hosts,
    testing::Values(RuleRow{"JustBefore", WithNets(Host("a", kMac, "10.0.0.99"))},
                    RuleRow{"JustBehind", WithNets(Host("a", kMac, "10.0.0.200"))},
                    RuleRow{"BetweenTwoRanges",
                            "subnet 10.0.0.0 netmask 255.255.255.0 { range 10.0.0.1 10.0.0.9; "
                            "range 10.0.0.11 10.0.0.19; }\n" +
                                Host("a", kMac, "10.0.0.10")},
                    RuleRow{"WithoutAnAddress", WithNets(Host("a", kMac))},
                    RuleRow{"InTheFirstSubnetsNetworkAddress",
                            WithNets(Host("a", kMac, "10.0.1.0"))}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    SameHardware, Hosts,
    testing::Values(
        RuleRow{"InOneSubnet", WithNets(Host("a", kMac, "10.0.1.5") + Host("b", kMac, "10.0.1.6")),
                "5 host-duplicate-hardware"},
        RuleRow{"WithTheSameAddress",
                WithNets(Host("a", kMac, "10.0.1.5") + Host("b", kMac, "10.0.1.5")),
                "5 host-duplicate-hardware"},
        RuleRow{"InTwoSubnetsOfASharedNetwork",
                WithNets(Host("a", kMac, "10.0.2.5") + Host("b", kMac, "10.0.3.5")),
                "5 host-duplicate-hardware"},
        RuleRow{"BothWithoutAnAddress", WithNets(Host("a", kMac) + Host("b", kMac)),
                "5 host-duplicate-hardware"},
        RuleRow{"ThreeTimes", Host("a", kMac) + Host("b", kMac) + Host("c", kMac),
                "2 host-duplicate-hardware, 3 host-duplicate-hardware"},
        RuleRow{"WrittenOtherwise",
                WithNets(Host("a", "2:0:0:0:0:A") + Host("b", "02:00:00:00:00:0a")),
                "5 host-duplicate-hardware"},
        RuleRow{"InAGroup", WithNets(Host("a", kMac) + "group {\n" + Host("b", kMac) + "}\n"),
                "6 host-duplicate-hardware"},
        RuleRow{"OfAnotherLength", Host("a", "2:0:0:0:0") + Host("b", "2:0:0:0:0"),
                "2 host-duplicate-hardware"},
        RuleRow{"OneOfSeveralAddresses",
                WithNets(Host("a", kMac, "10.0.1.5, 10.0.2.5") + Host("b", kMac, "10.0.3.5")),
                "5 host-duplicate-hardware"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    SameHardwareByRight, Hosts,
    testing::Values(
        RuleRow{"RoamingBetweenSubnets",
                WithNets(Host("a", kMac, "10.0.0.5") + Host("b", kMac, "10.0.1.5"))},
        RuleRow{"RoamingBetweenASubnetAndASharedNetwork",
                WithNets(Host("a", kMac, "10.0.1.5") + Host("b", kMac, "10.0.2.5"))},
        RuleRow{"RoamingAndElsewhereWithoutAnAddress",
                WithNets(Host("a", kMac, "10.0.1.5") + Host("b", kMac))},
        RuleRow{"TwoAddressesOfOneHost", WithNets(Host("a", kMac, "10.0.1.5, 10.0.1.6"))},
        RuleRow{"ToldApartByAnIdentifier",
                WithNets(Host("a", kMac, "10.0.1.5") +
                         Host("b", kMac, "10.0.1.6", "option dhcp-client-identifier \"b\"; "))},
        RuleRow{"ToldApartByTwoIdentifiers",
                WithNets(Host("a", kMac, "", "option dhcp-client-identifier \"a\"; ") +
                         Host("b", kMac, "", "option dhcp-client-identifier \"b\"; "))},
        RuleRow{"ToldApartByAUid", WithNets(Host("a", kMac) + Host("b", kMac, "", "uid \"b\"; "))},
        RuleRow{"ToldApartByAHostIdentifier",
                WithNets(Host("a", kMac) +
                         Host("b", kMac, "", "host-identifier option host-name \"b\"; "))},
        RuleRow{"WithANameForAnAddress",
                WithNets(Host("a", kMac, "10.0.1.5") + Host("b", kMac, "b.example.org")),
                "5 host-name-not-checked"},
        RuleRow{"OfAnotherType",
                "host a { hardware ethernet 2:0:0:0:0:1; }\n"
                "host b { hardware token-ring 2:0:0:0:0:1; }\n"},
        RuleRow{"LongerByAZero", Host("a", "0:0:0:0:0:1") + Host("b", "0:0:0:0:0:0:1")},
        RuleRow{"OtherHardware", Host("a", kMac) + Host("b", kOther)}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    SameAddress, Hosts,
    testing::Values(
        RuleRow{"OfTwoCardsOfALaptop",
                WithNets(Host("a", kMac, "10.0.1.5") + Host("b", kOther, "10.0.1.5")),
                "5 host-shared-fixed-address"},
        RuleRow{"OfThree",
                WithNets(Host("a", kMac, "10.0.1.5") + Host("b", kOther, "10.0.1.5") +
                         Host("c", "2:0:0:0:0:3", "10.0.1.5")),
                "5 host-shared-fixed-address, 6 host-shared-fixed-address"},
        RuleRow{"OneOfSeveral",
                WithNets(Host("a", kMac, "10.0.1.4, 10.0.1.5") + Host("b", kOther, "10.0.1.5")),
                "5 host-shared-fixed-address"},
        RuleRow{"OfACardAndAnIdentifier",
                WithNets(Host("a", kMac, "10.0.1.5") +
                         "host b { uid \"b\"; fixed-address 10.0.1.5; }\n")},
        RuleRow{"TwiceInOneHost", WithNets(Host("a", kMac, "10.0.1.5, 10.0.1.5"))},
        RuleRow{"OneNameForTwo",
                WithNets(Host("a", kMac, "a.example.org") + Host("b", kOther, "a.example.org")),
                "4 host-name-not-checked"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    OffEverySubnet, Hosts,
    testing::Values(RuleRow{"Elsewhere", WithNets(Host("a", kMac, "192.0.2.1")),
                            "4 host-fixed-address-off-subnet"},
                    RuleRow{"JustBehindTheLast", WithNets(Host("a", kMac, "10.0.4.0")),
                            "4 host-fixed-address-off-subnet"},
                    RuleRow{"OneOfTwo", WithNets(Host("a", kMac, "10.0.1.1, 192.0.2.1")),
                            "4 host-fixed-address-off-subnet"},
                    RuleRow{"InAFileWithoutSubnets", Host("a", kMac, "192.0.2.1")},
                    RuleRow{"SubnetBehindTheHost", Host("a", kMac, "10.0.1.1") + kNets},
                    RuleRow{"InANarrowSubnetInsideAWideOne",
                            "subnet 10.0.0.0 netmask 255.0.0.0 { }\n"
                            "subnet 10.0.1.0 netmask 255.255.255.0 { }\n" +
                                Host("a", kMac, "10.0.1.1") + Host("b", kOther, "10.9.9.9")}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    InANetwork, Hosts,
    testing::Values(
        RuleRow{"InASubnet", "subnet 10.0.0.0 netmask 255.255.255.0 {\nhost a { }\n}\n",
                "2 host-in-subnet"},
        RuleRow{"InASharedNetwork",
                "shared-network s {\nsubnet 10.0.0.0 netmask 255.255.255.0 { }\nhost a { }\n}\n",
                "3 host-in-subnet"},
        RuleRow{"OnlyTheFirst",
                "subnet 10.0.0.0 netmask 255.255.255.0 {\nhost a { }\nhost b { }\n}\n"
                "subnet 10.0.1.0 netmask 255.255.255.0 {\nhost c { }\n}\n",
                "2 host-in-subnet"},
        RuleRow{"InAGroup", "group {\nhost a { }\n}\n"},
        RuleRow{"InAGroupOfASubnet",
                "subnet 10.0.0.0 netmask 255.255.255.0 {\ngroup {\nhost a { }\n}\n}\n"},
        RuleRow{"BesideASubnet", "subnet 10.0.0.0 netmask 255.255.255.0 { }\nhost a { }\n"}),
    [](const auto& row) { return row.param.name; });

TEST(HostNames, AreCountedAndNotLookedUp) {
  EXPECT_EQ(test::TextBy(CheckHosts, WithNets(Host("a", kMac, "a.example.org") +
                                              Host("b", kOther, "b.example.org, c.example.org"))),
            "dhcpd.conf:4:61: advice: 'a.example.org' is a name (and 2 more names), which is not "
            "looked up: its address is not checked [host-name-not-checked]\n"
            "    host a { hardware ethernet 02:00:00:00:00:01; fixed-address a.example.org; }\n"
            "                                                                ^~~~~~~~~~~~~\n");
}

TEST(HostText, PointsAtBothPlaces) {
  const std::string found =
      test::TextBy(CheckHosts, WithNets(Host("a", kMac, "10.0.1.5") + Host("b", kMac, "10.0.1.6")));
  EXPECT_THAT(found, HasSubstr("dhcpd.conf:5:19: warning: hosts 'a' and 'b' have the same hardware "
                               "address, both with a fixed-address in the same subnet: dhcpd "
                               "always takes the first one [host-duplicate-hardware]\n"));
  EXPECT_THAT(found, HasSubstr("dhcpd.conf:4:19: note: first given here\n"));
  EXPECT_THAT(test::TextBy(CheckHosts, WithNets(Host("a", kMac, "10.0.0.150"))),
              HasSubstr("the fixed-address 10.0.0.150 of host 'a' lies in the range 10.0.0.100 to "
                        "10.0.0.199, from which dhcpd gives it to others too; leave it out of the "
                        "range [host-fixed-address-in-range]\n"));
  EXPECT_THAT(
      test::TextBy(CheckHosts, "subnet 10.0.0.0 netmask 255.255.255.0 { host a { } host b { } }\n"),
      HasSubstr("host 'a' stands in a subnet (and 1 more host), but hosts count "
                "everywhere"));
}

TEST(Hosts, OffEverySubnetAreNotReportedInAFileWithMistakes) {
  EXPECT_EQ(test::FoundBy(CheckHosts,
                          WithNets("subnet 192.0.2.0 netmask 255.255.255.0 { nonsense 1 2 }\n" +
                                   Host("a", kMac, "192.0.3.1")),
                          test::Dhcpd::kRejects),
            "");
}

}  // namespace
}  // namespace dhcpair::lint
