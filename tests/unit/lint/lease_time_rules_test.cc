#include "lint/lease_time_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/rule_findings.h"

namespace dhcpair::lint {
namespace {

using test::RuleRow;
using testing::HasSubstr;

class LeaseTimes : public testing::TestWithParam<RuleRow> {};

TEST_P(LeaseTimes, AreFoundWhereTheyGoWrong) {
  EXPECT_EQ(test::FoundBy(CheckLeaseTimes, GetParam().conf), GetParam().findings);
}

// A subnet with a pool of ten addresses, in which these lines stand too.
std::string Subnet(const std::string& lines = "") {
  return "subnet 10.0.0.0 netmask 255.255.255.0 {\n" + lines + "range 10.0.0.10 10.0.0.19;\n}\n";
}

INSTANTIATE_TEST_SUITE_P(
    Contradictions, LeaseTimes,
    testing::Values(
        RuleRow{"DefaultAboveMax", "default-lease-time 3000;\nmax-lease-time 30;\n",
                "1 lease-time-default-above-max"},
        RuleRow{"DefaultAboveMaxInTheOtherOrder", "max-lease-time 600;\ndefault-lease-time 601;\n",
                "2 lease-time-default-above-max"},
        RuleRow{"ForeverAboveMax", "default-lease-time infinite;\nmax-lease-time 86400;\n",
                "1 lease-time-default-above-max"},
        RuleRow{"MinAboveMax", "min-lease-time 7200;\nmax-lease-time 3600;\n",
                "1 lease-time-min-above-max"},
        RuleRow{"DefaultBelowMin", "default-lease-time 600;\nmin-lease-time 900;\n",
                "1 lease-time-default-below-min"},
        RuleRow{"AllOfThem", "default-lease-time 800;\nmax-lease-time 700;\nmin-lease-time 900;\n",
                "1 lease-time-default-above-max, 1 lease-time-default-below-min, "
                "3 lease-time-min-above-max"},
        RuleRow{"TheLastOneOfARepeatedOneCounts",
                "default-lease-time 600;\nmax-lease-time 7200;\nmax-lease-time 60;\n",
                "1 lease-time-default-above-max"},
        RuleRow{"InAClass",
                "class \"c\" {\nmatch if known;\ndefault-lease-time 60;\nmax-lease-time 30;\n}\n",
                "3 lease-time-default-above-max"},
        RuleRow{"InAHost", "host h {\nmin-lease-time 60;\nmax-lease-time 30;\n}\n",
                "2 lease-time-min-above-max"},
        RuleRow{"AsOptionsOfTheServer",
                "option server.default-lease-time 60;\noption server.max-lease-time 30;\n",
                "1 lease-time-default-above-max"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Inherited, LeaseTimes,
    testing::Values(
        RuleRow{"OnceAndNotInEverySubnet",
                "default-lease-time 3000;\nmax-lease-time 300;\n" + Subnet() +
                    "subnet 10.0.1.0 netmask 255.255.255.0 {\nrange 10.0.1.10 10.0.1.19;\n}\n",
                "1 lease-time-default-above-max"},
        RuleRow{"AtTheMaximumOfASubnet",
                "default-lease-time 3000;\n" + Subnet("max-lease-time 300;\n"),
                "3 lease-time-default-above-max"},
        RuleRow{"AtTheDefaultOfASubnet",
                "max-lease-time 3000;\n" + Subnet("default-lease-time 7200;\n"),
                "3 lease-time-default-above-max"},
        RuleRow{"AtAPool",
                "default-lease-time 3000;\nsubnet 10.0.0.0 netmask 255.255.255.0 {\n"
                "pool {\nmax-lease-time 600;\nrange 10.0.0.10;\n}\n"
                "pool {\nmax-lease-time 6000;\nrange 10.0.0.20;\n}\n}\n",
                "4 lease-time-default-above-max"},
        RuleRow{"ThroughGroupsAndASharedNetwork",
                "max-lease-time 3000;\ngroup {\ngroup {\nshared-network n {\n"
                "default-lease-time 7200;\nsubnet 10.0.0.0 netmask 255.255.255.0 { }\n"
                "pool { range 10.0.0.10; }\n}\n}\n}\n",
                "5 lease-time-default-above-max"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    DhcpdsOwn, LeaseTimes,
    testing::Values(
        RuleRow{"MaximumOfADay", "default-lease-time 604800;\n" + Subnet(),
                "1 lease-time-default-above-max"},
        RuleRow{"MinimumOfFiveMinutes", "default-lease-time 60;\n" + Subnet(),
                "1 lease-time-default-below-min"},
        RuleRow{"MinimumIsNotAboveTheMaximum",
                "default-lease-time 60;\nmax-lease-time 120;\n" + Subnet(),
                "1 lease-time-default-below-min"},
        RuleRow{"OnceForAllPools",
                "default-lease-time 604800;\n" + Subnet() +
                    "subnet 10.0.1.0 netmask 255.255.255.0 {\nrange 10.0.1.10 10.0.1.19;\n}\n",
                "1 lease-time-default-above-max"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Sound, LeaseTimes,
    testing::Values(
        RuleRow{"Nothing", ""}, RuleRow{"NothingSet", Subnet()},
        RuleRow{"InOrder",
                "min-lease-time 300;\ndefault-lease-time 600;\nmax-lease-time 7200;\n" + Subnet()},
        RuleRow{"AllTheSame",
                "min-lease-time 60;\ndefault-lease-time 60;\nmax-lease-time 60;\n" + Subnet()},
        RuleRow{"DefaultAndMaxTheSame", "default-lease-time 60;\nmax-lease-time 60;\n" + Subnet()},
        RuleRow{"Forever", "default-lease-time infinite;\nmax-lease-time infinite;\n" + Subnet()},
        RuleRow{"NoMinimum",
                "min-lease-time 0;\ndefault-lease-time 60;\nmax-lease-time 60;\n" + Subnet()},
        RuleRow{"ADay", "default-lease-time 86400;\n" + Subnet()},
        RuleRow{"ALongMinimumWithoutAMaximum",
                "default-lease-time 604800;\nmin-lease-time 604800;\n" + Subnet()},
        RuleRow{"LongMinimumAlone", "min-lease-time 604800;\n" + Subnet()},
        RuleRow{"AShortMaximumAlone", "max-lease-time 600;\n" + Subnet()},
        RuleRow{"EachSubnetHasItsMaximum",
                "default-lease-time 604800;\n" + Subnet("max-lease-time 604800;\n")},
        RuleRow{"EachSubnetHasItsMinimum",
                "default-lease-time 60;\n" + Subnet("min-lease-time 60;\n")},
        RuleRow{"BothOverridden", "max-lease-time 600;\n" +
                                      Subnet("default-lease-time 7200;\nmax-lease-time 7200;\n")},
        RuleRow{"MeetingWhereThereIsNoPool",
                "default-lease-time 3000;\n"
                "subnet 10.0.0.0 netmask 255.255.255.0 {\nmax-lease-time 600;\n}\n"},
        RuleRow{"LongWithoutAPool", "default-lease-time 604800;\n"},
        RuleRow{"OfAHost", "max-lease-time 600;\nhost h {\ndefault-lease-time 7200;\n}\n" +
                               Subnet("default-lease-time 400;\n")},
        RuleRow{"MaxDecidedByACondition",
                "default-lease-time 604800;\n"
                "if known {\nmax-lease-time 604800;\n} else {\nmax-lease-time 600;\n}\n" +
                    Subnet()},
        RuleRow{"MaxDecidedDeepInside",
                "default-lease-time 604800;\nswitch (substring(hardware, 1, 1)) {\ncase \"a\":\n"
                "if known {\nset a = \"1\";\n} elsif exists host-name {\n"
                "max-lease-time 604800;\n}\n}\n" +
                    Subnet()},
        RuleRow{"MinDecidedByACondition",
                "default-lease-time 60;\nif known {\nmin-lease-time 60;\n}\n" + Subnet()},
        RuleRow{"ConditionOverridesTheSameScope",
                "default-lease-time 3000;\nmax-lease-time 600;\n"
                "if known {\nmax-lease-time 6000;\n} else {\nmax-lease-time 6000;\n}\n"},
        RuleRow{"OrderedInTheBodyOfAnIf",
                "if known {\ndefault-lease-time 600;\nmax-lease-time 600;\n}\n"},
        RuleRow{"ComputedValue",
                "default-lease-time = option dhcp-lease-time;\nmax-lease-time 60;\n" + Subnet()}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Numbers, LeaseTimes,
    testing::Values(
        RuleRow{"Octal", "max-lease-time 0600;\n", "1 lease-time-octal"},
        RuleRow{"OctalWithTwoZeros", "default-lease-time 00600;\n", "1 lease-time-octal"},
        RuleRow{"OctalInAnIf", "if known {\nmin-lease-time 010;\n}\n", "2 lease-time-octal"},
        RuleRow{"OctalInAnElsif",
                "if known {\n} elsif static {\n} elsif static {\nmax-lease-time 010;\n}\n",
                "4 lease-time-octal"},
        RuleRow{"OctalOption", "option dhcp-renewal-time 01700;\n", "1 lease-time-octal"},
        RuleRow{"Negative", "default-lease-time -1;\n", "1 lease-time-negative"},
        RuleRow{"NegativeInAHost", "host h {\nmax-lease-time -600;\n}\n", "2 lease-time-negative"},
        RuleRow{"OneTooMany", "max-lease-time 4294967296;\n", "1 lease-time-too-large"},
        RuleRow{"FarTooLarge", "max-lease-time 99999999999999999999999999;\n",
                "1 lease-time-too-large"},
        RuleRow{"HexadecimalTooLarge", "max-lease-time 0x100000000;\n", "1 lease-time-too-large"},
        RuleRow{"DefaultOfZero", "default-lease-time 0;\n", "1 lease-time-zero"},
        RuleRow{"MaxOfZero", "max-lease-time 0;\n", "1 lease-time-zero"},
        RuleRow{"ZeroAsOctal", "max-lease-time 00;\n", "1 lease-time-zero"},
        RuleRow{"MaxOfZeroBelowADefault", "default-lease-time 600;\nmax-lease-time 0;\n" + Subnet(),
                "2 lease-time-zero"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    PlainNumbers, LeaseTimes,
    testing::Values(RuleRow{"Largest", "max-lease-time 4294967295;\n"},
                    RuleRow{"Infinite", "max-lease-time infinite;\n"},
                    RuleRow{"Hexadecimal", "max-lease-time 0x3c;\n"},
                    RuleRow{"HexadecimalWithZeros", "max-lease-time 0x00000000003c;\n"},
                    RuleRow{"OneDigitBehindAZero", "max-lease-time 07;\n"},
                    RuleRow{"NoMinimum", "min-lease-time 0;\n"},
                    RuleRow{"InAComment", "# max-lease-time 0600;\n"},
                    RuleRow{"OtherNumbers", "option time-offset -3600;\n"},
                    RuleRow{"OptionOfAnotherSpace",
                            "option space s;\noption s.max-lease-time code 1 = integer 32;\n"
                            "option s.max-lease-time -1;\n"},
                    RuleRow{"ComputedLeaseTime", "max-lease-time = 00:00:02:58;\n"}),
    [](const auto& row) { return row.param.name; });

TEST(LeaseTimeText, SaysWhatAClientGets) {
  EXPECT_EQ(test::TextBy(CheckLeaseTimes, "default-lease-time 3000;\nmax-lease-time 30;\n"),
            "dhcpd.conf:1:1: warning: 'default-lease-time 3000' is above 'max-lease-time 30': a "
            "client that asks for no time gets the maximum [lease-time-default-above-max]\n"
            "    default-lease-time 3000;\n"
            "    ^~~~~~~~~~~~~~~~~~~~~~~~\n"
            "dhcpd.conf:2:1: note: max-lease-time is set here\n"
            "    max-lease-time 30;\n"
            "    ^~~~~~~~~~~~~~~~~~\n");
  EXPECT_THAT(test::TextBy(CheckLeaseTimes, "max-lease-time 0600;\n"),
              HasSubstr("1:16: warning: dhcpd reads '0600' as octal, 384 seconds; write it "
                        "without the leading zero"));
  EXPECT_THAT(test::TextBy(CheckLeaseTimes, "max-lease-time -1;\n"),
              HasSubstr("dhcpd reads '-1' as 4294967295 seconds; write the number that is meant"));
  EXPECT_THAT(test::TextBy(CheckLeaseTimes, "max-lease-time 99999999999;\n"),
              HasSubstr("'99999999999' does not fit into 32 bits, and dhcpd makes 1215752191 "
                        "seconds of it"));
}

}  // namespace
}  // namespace dhcpair::lint
