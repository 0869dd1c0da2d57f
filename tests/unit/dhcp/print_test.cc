#include "dhcp/print.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "support/named.h"

namespace dhcpair::dhcp {
namespace {

using namespace std::string_view_literals;

struct PrintRow : test::Named {
  std::string_view option;
  std::string_view bytes;
  std::string_view printed;
};

class PrintedOption : public testing::TestWithParam<PrintRow> {};

TEST_P(PrintedOption, LooksAsInDhcpdConf) {
  const OptionDefinition* const definition = FindOption("dhcp", GetParam().option);
  ASSERT_NE(definition, nullptr);
  EXPECT_EQ(PrintOption(*definition, GetParam().bytes), GetParam().printed);
}

INSTANTIATE_TEST_SUITE_P(
    Fitting, PrintedOption,
    testing::Values(
        PrintRow{{"Address"}, "subnet-mask", "\xff\xff\xff\0"sv, "255.255.255.0"},
        PrintRow{{"Addresses"}, "routers", "\x0a\0\0\x01\x0a\0\0\x02"sv, "10.0.0.1, 10.0.0.2"},
        PrintRow{{"PairsOfAddresses"},
                 "static-routes",
                 "\x0a\0\0\0\x0a\0\0\x01\x0b\0\0\0\x0a\0\0\x02"sv,
                 "10.0.0.0 10.0.0.1, 11.0.0.0 10.0.0.2"},
        PrintRow{{"Signed32"}, "time-offset", "\xff\xff\xff\xc4"sv, "-60"},
        PrintRow{{"Unsigned32"}, "dhcp-lease-time", "\xff\xff\xff\xff"sv, "4294967295"},
        PrintRow{{"Unsigned16"}, "interface-mtu", "\x05\xdc"sv, "1500"},
        PrintRow{{"ListOf16"}, "path-mtu-plateau-table", "\0\x44\x01\x28"sv, "68, 296"},
        PrintRow{{"Unsigned8"}, "default-ip-ttl", "\xff"sv, "255"},
        PrintRow{{"ListOf8"}, "dhcp-parameter-request-list", "\x01\x03\xff"sv, "1, 3, 255"},
        PrintRow{{"True"}, "ip-forwarding", "\x01"sv, "true"},
        PrintRow{{"False"}, "ip-forwarding", "\0"sv, "false"},
        PrintRow{{"Ignore"}, "ip-forwarding", "\x02"sv, "ignore"},
        PrintRow{{"Text"}, "domain-name", "example.org"sv, R"("example.org")"},
        PrintRow{{"TextWithNul"}, "domain-name", "a\0"sv, R"("a\000")"},
        PrintRow{{"EmptyText"}, "domain-name", ""sv, R"("")"},
        PrintRow{{"OctetsThatAreText"}, "vendor-class-identifier", "MSFT 5.0"sv, R"("MSFT 5.0")"},
        PrintRow{{"Octets"}, "dhcp-client-identifier", "\x01\x02\xff"sv, "01:02:ff"},
        PrintRow{{"NoOctets"}, "dhcp-client-identifier", ""sv, R"("")"},
        PrintRow{{"Encapsulated"}, "relay-agent-information", "\x01\x01\x61"sv, "01:01:61"},
        PrintRow{{"FlagAndAddresses"},
                 "slp-directory-agent",
                 "\x01\x0a\0\0\x01\x0a\0\0\x02"sv,
                 "true 10.0.0.1, 10.0.0.2"},
        PrintRow{{"OptionalPartThere"}, "slp-service-scope", "\0scope"sv, R"(false "scope")"},
        PrintRow{{"OptionalPartAbsent"}, "slp-service-scope", "\x01"sv, "true"},
        PrintRow{{"NumberAndOctets"}, "pxe-client-id", "\0\x01\x02"sv, "0 01:02"},
        PrintRow{{"ThreeNumbers"}, "pxe-interface-id", "\x01\x02\x03"sv, "1 2 3"},
        PrintRow{{"DomainNames"},
                 "domain-search",
                 "\x01"
                 "a\x02xy\0\x01"
                 "b\xc0\x02"sv,
                 R"("a.xy", "b.xy")"},
        PrintRow{{"DomainName"},
                 "v4-lost",
                 "\x01"
                 "a\x02xy\0"sv,
                 "a.xy"},
        PrintRow{{"Ipv6"},
                 "option-6rd",
                 "\x08\x20\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01\x0a\0\0\x01"sv,
                 "8 32 2001:db8:0:0:0:0:0:1 10.0.0.1"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    NotFitting, PrintedOption,
    testing::Values(
        PrintRow{{"ShortAddress"}, "subnet-mask", "\xff\xff\xff"sv, "ff:ff:ff"},
        PrintRow{{"LongAddress"}, "subnet-mask", "\xff\xff\xff\0\0"sv, "ff:ff:ff:00:00"},
        PrintRow{{"NoAddress"}, "routers", ""sv, R"("")"},
        PrintRow{{"OneAndAHalf"}, "routers", "\x0a\0\0\x01\x0a\0"sv, "0a:00:00:01:0a:00"},
        PrintRow{{"HalfAPair"}, "static-routes", "\x0a\0\0\x01"sv, "0a:00:00:01"},
        PrintRow{{"ShortNumber"}, "dhcp-lease-time", "abc"sv, "61:62:63"},
        PrintRow{{"LongNumber"}, "default-ip-ttl", "ab"sv, "61:62"},
        PrintRow{{"NoNumber"}, "default-ip-ttl", ""sv, R"("")"},
        PrintRow{{"ThirdFlag"}, "ip-forwarding", "\x03"sv, "03"},
        PrintRow{{"FlagWithoutAddress"}, "slp-directory-agent", "\x01"sv, "01"},
        PrintRow{{"FlagWithHalfAnAddress"}, "slp-directory-agent", "\x01\x0a\0"sv, "01:0a:00"},
        PrintRow{{"TwoOfThreeNumbers"}, "pxe-interface-id", "\x01\x02"sv, "01:02"},
        PrintRow{{"FourOfThreeNumbers"}, "pxe-interface-id", "\x01\x02\x03\x04"sv, "01:02:03:04"},
        PrintRow{{"BrokenDomainNames"},
                 "domain-search",
                 "\x05"
                 "ab"sv,
                 "05:61:62"},
        PrintRow{{"TwoDomainNames"},
                 "v4-lost",
                 "\x01"
                 "a\0\x01"
                 "b\0"sv,
                 "01:61:00:01:62:00"},
        PrintRow{{"ShortIpv6"}, "option-6rd", "\x08\x20\x20\x01"sv, "08:20:20:01"}),
    [](const auto& row) { return row.param.name; });

TEST(PrintOption, ShowsRoutesThatDhcpdHasNoWordsFor) {
  const OptionDefinition* const routes = FindOption("dhcp", 121);
  ASSERT_NE(routes, nullptr);
  EXPECT_EQ(PrintOption(*routes, "\x08\x0a\x0a\0\0\x01\0\x0a\0\0\x02"sv),
            "10.0.0.0/8 via 10.0.0.1, 0.0.0.0/0 via 10.0.0.2");
  EXPECT_EQ(PrintOption(*routes, "\x21\x0a"sv), "21:0a");
}

TEST(PrintOption, GivesPrintableAsciiForAnyOptionAndAnyOctets) {
  EXPECT_TRUE(rc::check([] {
    const auto options = Options();
    const OptionDefinition& option = options[*rc::gen::inRange<std::size_t>(0, options.size())];
    const auto bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    const std::string printed = PrintOption(option, bytes);
    RC_ASSERT(std::ranges::all_of(printed, [](char c) { return c >= ' ' && c <= '~'; }));
  }));
}

TEST(PrintOption, EndsWithFormatsThatNoOptionHas) {
  for (const std::string_view format :
       {""sv, "A"sv, "a"sv, "o"sv, "ZA"sv, "Nnames."sv, "?"sv, "E"sv, "tA"sv, "XA"sv}) {
    const OptionDefinition definition{"dhcp", "made-up", 224, format};
    EXPECT_FALSE(PrintOption(definition, "\x01\x02"sv).empty()) << format;
  }
}

TEST(FindOption, KnowsCodesOfEverySpaceAndWhatDhcpdHasNoNameFor) {
  for (const OptionDefinition& option : Options()) {
    EXPECT_EQ(FindOption(option.space, option.code), &option) << option.name;
  }
  EXPECT_EQ(FindOption("dhcp", 121)->name, "classless-static-routes");
  EXPECT_EQ(FindOption("agent", 11)->name, "server-identifier-override");
  EXPECT_EQ(FindOption("dhcp", "classless-static-routes"), nullptr) << "dhcpd does not know it";
  for (const std::uint32_t code : {0U, 84U, 255U, 256U, 0xffffffffU}) {
    EXPECT_EQ(FindOption("dhcp", code), nullptr) << code;
  }
  EXPECT_EQ(FindOption("nothing", 1), nullptr);
}

}  // namespace
}  // namespace dhcpair::dhcp
