#include "lint/access_rules.h"

#include <gtest/gtest.h>

#include "support/rule_findings.h"

namespace dhcpair::lint {
namespace {

using test::RuleRow;

constexpr char kPeer[] =
    "failover peer \"x\" {\nprimary;\naddress 10.0.0.1;\npeer address 10.0.0.2;\nmclt 60;\n"
    "split 128;\n}\nsubnet 10.0.0.0 netmask 255.255.255.0 {\n"
    "pool {\nfailover peer \"x\";\nrange 10.0.0.10 10.0.0.19;\n}\n}\n";
constexpr char kKey[] = "key k {\nalgorithm hmac-md5;\nsecret YWJj;\n}\n";

class Access : public testing::TestWithParam<RuleRow> {};

TEST_P(Access, IsNeitherMissingNorOpenToEveryone) {
  EXPECT_EQ(test::FoundBy(CheckAccess, GetParam().conf), GetParam().findings);
}

INSTANTIATE_TEST_SUITE_P(
    Wrong, Access,
    testing::Values(RuleRow{"PeerWithoutAPort", kPeer, "1 access-omapi-missing"},
                    RuleRow{"KeyWithoutAPort", std::string(kPeer) + kKey + "omapi-key k;\n",
                            "1 access-omapi-missing"},
                    RuleRow{"PortWhereItDoesNotCount",
                            std::string(kPeer) +
                                "subnet 10.0.1.0 netmask 255.255.255.0 {\nomapi-port 7911;\n}",
                            "1 access-omapi-missing"},
                    RuleRow{"PortWithoutAKey", "omapi-port 7911;\n", "1 access-omapi-without-key"},
                    RuleRow{"PortOfAPeerWithoutAKey", "omapi-port 7911;\n" + std::string(kPeer),
                            "1 access-omapi-without-key"},
                    RuleRow{"KeyThatIsOnlyDeclared", std::string(kKey) + "omapi-port 7911;\n",
                            "5 access-omapi-without-key"},
                    RuleRow{"KeyWhereItDoesNotCount",
                            std::string(kKey) + "omapi-port 7911;\ngroup {\nomapi-key k;\n}\n",
                            "5 access-omapi-without-key"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Right, Access,
    testing::Values(RuleRow{"Nothing", ""},
                    RuleRow{"AloneWithoutAPort",
                            "subnet 10.0.0.0 netmask 255.255.255.0 {\nrange 10.0.0.10;\n}\n"},
                    RuleRow{"PortAndKey", std::string(kKey) + "omapi-port 7911;\nomapi-key k;\n"},
                    RuleRow{"KeyFirst", std::string(kKey) + "omapi-key k;\nomapi-port 7911;\n"},
                    RuleRow{"PeerWithBoth",
                            std::string(kKey) + "omapi-key k;\nomapi-port 7911;\n" + kPeer}),
    [](const auto& row) { return row.param.name; });

TEST(Access, IsNotCheckedInAFileWithMistakes) {
  std::string text = kPeer;
  text += "omapi-prot 7911;\n";
  EXPECT_EQ(test::FoundBy(CheckAccess, text, test::Dhcpd::kRejects), "");
}

}  // namespace
}  // namespace dhcpair::lint
