// dhcp/ prints values for a dhcpd.conf; this room reads them.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "dhcp/print.h"
#include "read_conf.h"
#include "support/named.h"

namespace dhcpair::conf {
namespace {

using namespace std::string_view_literals;

struct ReadBackRow : test::Named {
  std::string_view option;
  std::string_view bytes;
};

class PrintedOption : public testing::TestWithParam<ReadBackRow> {};

TEST_P(PrintedOption, IsReadBackAsTheSameOctets) {
  const auto* const definition = dhcp::FindOption("dhcp", GetParam().option);
  ASSERT_NE(definition, nullptr);
  const std::string statement = "option " + std::string(definition->name) + " " +
                                dhcp::PrintOption(*definition, GetParam().bytes) + ";";
  const test::ReadConf read = test::Read(statement);
  ASSERT_EQ(read.findings(), "");
  const Expression& value = read.model.expressions[read.model.scopes[0].statements.at(0).value];
  EXPECT_EQ(value.kind, ExpressionKind::kData);
  EXPECT_EQ(value.text, GetParam().bytes) << statement;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, PrintedOption,
    testing::Values(
        ReadBackRow{{"Address"}, "subnet-mask", "\xff\xff\xff\0"sv},
        ReadBackRow{{"Addresses"}, "routers", "\x0a\0\0\x01\x0a\0\0\x02"sv},
        ReadBackRow{{"Pairs"}, "static-routes", "\x0a\0\0\0\x0a\0\0\x01\x0b\0\0\0\x0a\0\0\x02"sv},
        ReadBackRow{{"Negative"}, "time-offset", "\xff\xff\xff\xc4"sv},
        ReadBackRow{{"Number"}, "dhcp-lease-time", "\0\x01\x51\x80"sv},
        ReadBackRow{{"Numbers"}, "dhcp-parameter-request-list", "\x01\x03\xff"sv},
        ReadBackRow{{"Flag"}, "ip-forwarding", "\x01"sv},
        ReadBackRow{{"IgnoreFlag"}, "ip-forwarding", "\x02"sv},
        ReadBackRow{{"Text"}, "domain-name", "a \"b\" \\c\x01\x7f\xff"sv},
        ReadBackRow{{"Octets"}, "dhcp-client-identifier", "\x01\x0a\xff\0"sv},
        ReadBackRow{{"OneOctet"}, "dhcp-client-identifier", "\xff"sv},
        ReadBackRow{{"OctetsThatAreText"}, "vendor-class-identifier", "MSFT 5.0"sv},
        ReadBackRow{{"FlagAndAddresses"}, "slp-directory-agent", "\x01\x0a\0\0\x01\x0a\0\0\x02"sv},
        ReadBackRow{{"OptionalPart"}, "slp-service-scope", "\x01scope"sv},
        ReadBackRow{{"WithoutOptionalPart"}, "slp-service-scope", "\x01"sv},
        ReadBackRow{{"NumberAndOctets"}, "pxe-client-id", "\0\x01\x02"sv},
        ReadBackRow{{"DomainNames"},
                    "domain-search",
                    "\x01"
                    "a\x02xy\0\x01"
                    "b\0"sv},
        ReadBackRow{{"DomainName"},
                    "v4-lost",
                    "\x01"
                    "a\x02xy\0"sv},
        ReadBackRow{{"Ipv6"},
                    "option-6rd",
                    "\x08\x20\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01\x0a\0\0\x01"sv}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace dhcpair::conf
