#include "lint/range_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/rule_findings.h"

namespace dhcpair::lint {
namespace {

using test::RuleRow;
using testing::HasSubstr;

class Ranges : public testing::TestWithParam<RuleRow> {};

TEST_P(Ranges, HoldOnlyWhatAClientMayGet) {
  EXPECT_EQ(test::FoundBy(CheckRanges, GetParam().conf), GetParam().findings);
}

// A /24 with these lines in it.
std::string Subnet(const std::string& lines) {
  return "subnet 10.0.0.0 netmask 255.255.255.0 {\n" + lines + "}\n";
}

std::string Peer(const std::string& address, const std::string& partner) {
  return "failover peer \"x\" { primary; address " + address + "; peer address " + partner +
         "; mclt 60; split 128; }\n";
}

INSTANTIATE_TEST_SUITE_P(
    Ends, Ranges,
    testing::Values(
        RuleRow{"NetworkAddress", Subnet("range 10.0.0.0 10.0.0.9;\n"),
                "2 range-covers-network-address"},
        RuleRow{"BroadcastAddress", Subnet("range 10.0.0.250 10.0.0.255;\n"),
                "2 range-covers-broadcast-address"},
        RuleRow{"Both", Subnet("range 10.0.0.0 10.0.0.255;\n"),
                "2 range-covers-network-address, 2 range-covers-broadcast-address"},
        RuleRow{"OneAddress", Subnet("range 10.0.0.255;\n"), "2 range-covers-broadcast-address"},
        RuleRow{"InAPool", Subnet("pool {\nrange 10.0.0.0 10.0.0.9;\n}\n"),
                "3 range-covers-network-address"},
        RuleRow{"InASharedNetwork",
                "shared-network s {\nsubnet 10.0.0.0 netmask 255.255.255.0 { }\n"
                "subnet 10.0.1.0 netmask 255.255.255.0 { }\n"
                "pool {\nrange 10.0.1.200 10.0.1.255;\n}\n}\n",
                "5 range-covers-broadcast-address"},
        RuleRow{"OfAQuarter",
                "subnet 10.0.0.64 netmask 255.255.255.192 {\nrange 10.0.0.100 10.0.0.127;\n}\n",
                "2 range-covers-broadcast-address"},
        RuleRow{"OfFour",
                "subnet 10.0.0.4 netmask 255.255.255.252 {\nrange 10.0.0.4 10.0.0.6;\n}\n",
                "2 range-covers-network-address"},
        RuleRow{"OfEverything", "subnet 0.0.0.0 netmask 0.0.0.0 {\nrange 0.0.0.0 0.0.0.1;\n}\n",
                "2 range-covers-network-address"},
        RuleRow{"AtTheVeryEnd",
                "subnet 255.255.255.0 netmask 255.255.255.0 {\nrange 255.255.255.255;\n}\n",
                "2 range-covers-broadcast-address"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    OrdinaryAddresses, Ranges,
    testing::Values(
        RuleRow{"AllButTheEnds", Subnet("range 10.0.0.1 10.0.0.254;\n")},
        RuleRow{"ZeroAnd255InsideALargerSubnet",
                "subnet 10.0.0.0 netmask 255.255.0.0 {\nrange 10.0.1.0 10.0.1.255;\n}\n"},
        RuleRow{"BothOfTwo",
                "subnet 10.0.0.4 netmask 255.255.255.254 {\nrange 10.0.0.4 10.0.0.5;\n}\n"},
        RuleRow{"TheOnlyOne", "subnet 10.0.0.4 netmask 255.255.255.255 {\nrange 10.0.0.4;\n}\n"},
        RuleRow{"ZeroWhereClientsAreToldOfALargerNetwork",
                "subnet 10.0.1.0 netmask 255.255.255.0 {\noption subnet-mask 255.255.0.0;\n"
                "range 10.0.1.0 10.0.1.255;\n}\n"},
        RuleRow{"MaskOfAllOnes",
                Subnet("option subnet-mask 255.255.255.255;\nrange 10.0.0.0 10.0.0.9;\n")},
        RuleRow{"MaskThatIsNone",
                "subnet 10.0.0.0 netmask 255.0.255.0 {\nrange 10.0.0.0 10.0.0.9;\n}\n"},
        RuleRow{"NoRange", Subnet("")}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Routers, Ranges,
    testing::Values(
        RuleRow{"First", Subnet("option routers 10.0.0.1;\nrange 10.0.0.1 10.0.0.9;\n"),
                "3 range-covers-router"},
        RuleRow{"BehindTheRange", Subnet("range 10.0.0.1 10.0.0.9;\noption routers 10.0.0.9;\n"),
                "2 range-covers-router"},
        RuleRow{"SecondOfTwo",
                Subnet("option routers 10.0.0.254, 10.0.0.5;\nrange 10.0.0.1 10.0.0.9;\n"),
                "3 range-covers-router"},
        RuleRow{"Inherited",
                "option routers 10.0.0.5;\n" + Subnet("pool {\nrange 10.0.0.1 10.0.0.9;\n}\n"),
                "4 range-covers-router"},
        RuleRow{
            "OfAGroup",
            "group {\noption routers 10.0.0.5;\n" + Subnet("range 10.0.0.1 10.0.0.9;\n") + "}\n",
            "4 range-covers-router"},
        RuleRow{"OnlyTheRangeThatHoldsIt",
                Subnet("option routers 10.0.0.15;\nrange 10.0.0.1 10.0.0.9;\n"
                       "range 10.0.0.11 10.0.0.19;\n"),
                "4 range-covers-router"},
        RuleRow{"Outside", Subnet("option routers 10.0.0.1;\nrange 10.0.0.2 10.0.0.9;\n")},
        RuleRow{"Overridden", "option routers 10.0.0.5;\n" +
                                  Subnet("option routers 10.0.0.254;\nrange 10.0.0.1 10.0.0.9;\n")},
        RuleRow{"OfAnotherSubnet",
                Subnet("range 10.0.0.1 10.0.0.9;\n") +
                    "subnet 10.0.1.0 netmask 255.255.255.0 {\noption routers 10.0.0.5;\n}\n"},
        RuleRow{"OfAHost",
                Subnet("range 10.0.0.1 10.0.0.9;\n") + "host h {\noption routers 10.0.0.5;\n}\n"},
        RuleRow{"ByName", Subnet("option routers gw.example.org;\nrange 10.0.0.1 10.0.0.9;\n")},
        RuleRow{"OnACondition",
                Subnet("if known {\noption routers 10.0.0.5;\n}\nrange 10.0.0.1 10.0.0.9;\n")},
        RuleRow{"ThatAConditionMayReplace",
                "option routers 10.0.0.5;\n" +
                    Subnet("if known {\noption routers 10.0.0.254;\n} else {\n"
                           "option routers 10.0.0.253;\n}\nrange 10.0.0.1 10.0.0.9;\n")},
        RuleRow{"OnCommit",
                Subnet("on commit {\nset r = \"10.0.0.5\";\n}\nrange 10.0.0.1 10.0.0.9;\n")}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Servers, Ranges,
    testing::Values(
        RuleRow{"OfThisNode",
                Peer("10.0.0.5", "10.0.1.1") +
                    Subnet("pool {\nfailover peer \"x\";\nrange 10.0.0.1 10.0.0.9;\n}\n"),
                "5 range-covers-server"},
        RuleRow{"OfThePartner",
                Peer("10.0.1.1", "10.0.0.5") +
                    Subnet("pool {\nfailover peer \"x\";\nrange 10.0.0.1 10.0.0.9;\n}\n"),
                "5 range-covers-server"},
        RuleRow{"OfBoth",
                Peer("10.0.0.5", "10.0.0.6") +
                    Subnet("pool {\nfailover peer \"x\";\nrange 10.0.0.1 10.0.0.9;\n}\n"),
                "5 range-covers-server, 5 range-covers-server"},
        RuleRow{"Identifier", Subnet("range 10.0.0.1 10.0.0.9;\nserver-identifier 10.0.0.5;\n"),
                "2 range-covers-server"},
        RuleRow{"IdentifierAsAnOption",
                Subnet("range 10.0.0.1 10.0.0.9;\noption dhcp-server-identifier 10.0.0.5;\n"),
                "2 range-covers-server"},
        RuleRow{"LocalAddress", "local-address 10.0.0.5;\n" + Subnet("range 10.0.0.1 10.0.0.9;\n"),
                "3 range-covers-server"},
        RuleRow{"OnceForOneAddress",
                "local-address 10.0.0.5;\nserver-identifier 10.0.0.5;\n" +
                    Subnet("range 10.0.0.1 10.0.0.9;\n"),
                "4 range-covers-server"},
        RuleRow{"Elsewhere",
                Peer("10.0.0.200", "10.0.0.201") +
                    Subnet("pool {\nfailover peer \"x\";\nrange 10.0.0.1 10.0.0.9;\n}\n")},
        RuleRow{"ByName",
                Peer("a.example.org", "b.example.org") +
                    Subnet("pool {\nfailover peer \"x\";\nrange 10.0.0.1 10.0.0.9;\n}\n")},
        RuleRow{"NextServer", "next-server 10.0.0.5;\n" + Subnet("range 10.0.0.1 10.0.0.9;\n")}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Order, Ranges,
    testing::Values(RuleRow{"HighToLow", Subnet("range 10.0.0.9 10.0.0.1;\n"), "2 range-reversed"},
                    RuleRow{"HighToLowForBootp", Subnet("range dynamic-bootp 10.0.0.9 10.0.0.1;\n"),
                            "2 range-reversed"},
                    RuleRow{"LowToHigh", Subnet("range 10.0.0.1 10.0.0.9;\n")},
                    RuleRow{"TheSameTwice", Subnet("range 10.0.0.9 10.0.0.9;\n")},
                    RuleRow{"OneAddress", Subnet("range 10.0.0.9;\n")}),
    [](const auto& row) { return row.param.name; });

TEST(RangeText, NamesTheAddressAndWhoseItIs) {
  EXPECT_EQ(test::TextBy(CheckRanges, Subnet("option routers 10.0.0.1;\n"
                                             "range 10.0.0.1 10.0.0.9;\n")),
            "dhcpd.conf:3:1: warning: range 10.0.0.1 to 10.0.0.9 holds 10.0.0.1, the router of its "
            "clients, which dhcpd gives to a client as soon as it does not answer a ping; leave it "
            "out of the range [range-covers-router]\n"
            "    range 10.0.0.1 10.0.0.9;\n"
            "    ^~~~~~~~~~~~~~~~~~~~~~~~\n"
            "dhcpd.conf:2:1: note: it is the router by this\n"
            "    option routers 10.0.0.1;\n"
            "    ^~~~~~~~~~~~~~~~~~~~~~~~\n");
  EXPECT_THAT(test::TextBy(CheckRanges, Subnet("range 10.0.0.0;\n")),
              HasSubstr("range 10.0.0.0 holds 10.0.0.0, the network address of 10.0.0.0/24, "
                        "which dhcpd gives to a client like any other"));
}

// The text with the edits of the only finding made.
std::string Mended(const std::string& conf) {
  const text::Diagnostics found = test::Check(CheckRanges, conf);
  if (found.all().size() != 1 || !found.all()[0].fix) return "no single fix";
  std::string mended = conf;
  const auto& edits = found.all()[0].fix->edits;
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    mended.replace(edit->at.span->begin, edit->at.span->end - edit->at.span->begin,
                   edit->replacement);
  }
  return mended;
}

TEST(ReversedRange, IsMendedByChangingTheEndsAndNothingElse) {
  EXPECT_EQ(Mended(Subnet("  range 10.0.0.20 10.0.0.1;\n")),
            Subnet("  range 10.0.0.1 10.0.0.20;\n"));
  EXPECT_EQ(Mended(Subnet("range dynamic-bootp 10.0.0.200\t# the end\n  10.0.0.1 ; # why\n")),
            Subnet("range dynamic-bootp 10.0.0.1\t# the end\n  10.0.0.200 ; # why\n"));
  EXPECT_EQ(Mended(Subnet("range 10 . 0.0.20 10.0. 0.01;\n")),
            Subnet("range 10.0. 0.01 10 . 0.0.20;\n"));
}

}  // namespace
}  // namespace dhcpair::lint
