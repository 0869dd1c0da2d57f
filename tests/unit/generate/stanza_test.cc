#include "generate/stanza.h"

#include <gtest/gtest.h>

#include "support/named.h"
#include "support/pairs.h"

namespace dhcpair::generate {
namespace {

using pair::Role;

std::string Stanza(const std::string& yaml, Role role) {
  return PrintStanza(test::LoadPair(yaml), role);
}

// A pair file and both of its stanzas, whole.
struct Row : test::Named {
  const char* yaml;
  const char* primary;
  const char* secondary;
};

class StanzaWhole : public testing::TestWithParam<Row> {};

TEST_P(StanzaWhole, IsPrintedStatementForStatement) {
  EXPECT_EQ(Stanza(GetParam().yaml, Role::kPrimary), GetParam().primary);
  EXPECT_EQ(Stanza(GetParam().yaml, Role::kSecondary), GetParam().secondary);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, StanzaWhole,
    testing::Values(
        Row{"DefaultsAreWrittenOut", test::kMinimalPair,
            "failover peer \"p\" {\n"
            "  primary;\n"
            "  address 10.0.0.1;\n"
            "  port 647;\n"
            "  peer address 10.0.0.2;\n"
            "  peer port 647;\n"
            "  max-response-delay 60;\n"
            "  max-unacked-updates 10;\n"
            "  load balance max seconds 3;\n"
            "  mclt 3600;\n"
            "  split 128;\n"
            "}",
            "failover peer \"p\" {\n"
            "  secondary;\n"
            "  address 10.0.0.2;\n"
            "  port 647;\n"
            "  peer address 10.0.0.1;\n"
            "  peer port 647;\n"
            "  max-response-delay 60;\n"
            "  max-unacked-updates 10;\n"
            "  load balance max seconds 3;\n"
            "}"},
        Row{"EveryRareKeyStandsBeforeThePrimarysOwn",
            "pair: dhcp-failover\n"
            "primary: {address: 192.168.13.6}\n"
            "secondary: {address: 192.168.13.7}\n"
            "failover: {port: 520, max-response-delay: 10, max-unacked-updates: 11,\n"
            "           load-balance-max: 4, mclt: 30m, split: 0, auto-partner-down: 1d,\n"
            "           max-lease-misbalance: 15, max-lease-ownership: 9, min-balance: 1m,\n"
            "           max-balance: 1h}\n",
            "failover peer \"dhcp-failover\" {\n"
            "  primary;\n"
            "  address 192.168.13.6;\n"
            "  port 520;\n"
            "  peer address 192.168.13.7;\n"
            "  peer port 520;\n"
            "  max-response-delay 10;\n"
            "  max-unacked-updates 11;\n"
            "  load balance max seconds 4;\n"
            "  auto-partner-down 86400;\n"
            "  max-lease-misbalance 15;\n"
            "  max-lease-ownership 9;\n"
            "  min-balance 60;\n"
            "  max-balance 3600;\n"
            "  mclt 1800;\n"
            "  split 0;\n"
            "}",
            "failover peer \"dhcp-failover\" {\n"
            "  secondary;\n"
            "  address 192.168.13.7;\n"
            "  port 520;\n"
            "  peer address 192.168.13.6;\n"
            "  peer port 520;\n"
            "  max-response-delay 10;\n"
            "  max-unacked-updates 11;\n"
            "  load balance max seconds 4;\n"
            "  auto-partner-down 86400;\n"
            "  max-lease-misbalance 15;\n"
            "  max-lease-ownership 9;\n"
            "  min-balance 60;\n"
            "  max-balance 3600;\n"
            "}"},
        Row{"AKeyOfOneNodeStandsInItsStanzaOnly",
            "pair: p\n"
            "primary: {address: 10.0.0.1, max-response-delay: 30, max-lease-ownership: 5}\n"
            "secondary: {address: 10.0.0.2, max-unacked-updates: 20, auto-partner-down: 2h}\n"
            "failover: {min-balance: 90, max-balance: 2h}\n",
            "failover peer \"p\" {\n"
            "  primary;\n"
            "  address 10.0.0.1;\n"
            "  port 647;\n"
            "  peer address 10.0.0.2;\n"
            "  peer port 647;\n"
            "  max-response-delay 30;\n"
            "  max-unacked-updates 10;\n"
            "  load balance max seconds 3;\n"
            "  max-lease-ownership 5;\n"
            "  min-balance 90;\n"
            "  max-balance 7200;\n"
            "  mclt 3600;\n"
            "  split 128;\n"
            "}",
            "failover peer \"p\" {\n"
            "  secondary;\n"
            "  address 10.0.0.2;\n"
            "  port 647;\n"
            "  peer address 10.0.0.1;\n"
            "  peer port 647;\n"
            "  max-response-delay 60;\n"
            "  max-unacked-updates 20;\n"
            "  load balance max seconds 3;\n"
            "  auto-partner-down 7200;\n"
            "  min-balance 90;\n"
            "  max-balance 7200;\n"
            "}"}),
    [](const auto& row) { return row.param.name; });

struct PortRow : test::Named {
  int primary;
  int secondary;
};

class StanzaPorts : public testing::TestWithParam<PortRow> {};

TEST_P(StanzaPorts, AreMirrored) {
  const std::string primary = std::to_string(GetParam().primary);
  const std::string secondary = std::to_string(GetParam().secondary);
  const std::string yaml = "pair: p\nprimary: {address: 10.0.0.1, port: " + primary +
                           "}\nsecondary: {address: 10.0.0.2, port: " + secondary + "}\n";
  const auto lines = [](const std::string& own, const std::string& peer, const char* address) {
    return "  port " + own + ";\n  peer address " + address + ";\n  peer port " + peer + ";\n";
  };
  EXPECT_TRUE(Stanza(yaml, Role::kPrimary).contains(lines(primary, secondary, "10.0.0.2")));
  EXPECT_TRUE(Stanza(yaml, Role::kSecondary).contains(lines(secondary, primary, "10.0.0.1")));
}

INSTANTIATE_TEST_SUITE_P(Rows, StanzaPorts,
                         testing::Values(PortRow{"OldExamples", 519, 520},
                                         PortRow{"Registered", 647, 847},
                                         PortRow{"RegisteredSwapped", 847, 647},
                                         PortRow{"Ends", 1, 65535}),
                         [](const auto& row) { return row.param.name; });

TEST(Stanza, HasHbaInsteadOfSplitAndOnThePrimaryOnly) {
  const std::string octets =
      "ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:0f:00:00:00:00:00:00:00:00:00:00:00:00:00:00:"
      "00:00";
  const std::string yaml = test::kMinimalPair + ("failover: {hba: \"" + octets + "\"}\n");
  EXPECT_TRUE(Stanza(yaml, Role::kPrimary).ends_with("  mclt 3600;\n  hba " + octets + ";\n}"));
  EXPECT_FALSE(Stanza(yaml, Role::kPrimary).contains("split"));
  EXPECT_FALSE(Stanza(yaml, Role::kSecondary).contains("hba"));
}

// What dhcpd rejects on a secondary ("may not define load balance settings"), or takes and drops.
TEST(Stanza, OfASecondaryNeverHasWhatThePrimaryDecides) {
  const std::string hba =
      "hba: \"1:2:3:4:5:6:7:8:9:a:b:c:d:e:f:10:11:12:13:14:15:16:17:18:19:1a:1b:1c:1d:1e:1f:20\"";
  for (const std::string& failover : {std::string("mclt: 1"), std::string("mclt: 1d, split: 256"),
                                      std::string("split: 0"), hba}) {
    const std::string secondary =
        Stanza(test::kMinimalPair + ("failover: {" + failover + "}\n"), Role::kSecondary);
    for (const char* const word : {"mclt", "split", "hba", "  primary;"}) {
      EXPECT_FALSE(secondary.contains(word)) << failover << "\n" << secondary;
    }
  }
}

TEST(Stanza, KeepsANameOfAllCharactersThatAPeerMayHave) {
  const std::string yaml =
      "pair: '{{x}} #;}''s &<>'\n"
      "primary: {address: 10.0.0.1}\n"
      "secondary: {address: 10.0.0.2}\n";
  for (const Role role : {Role::kPrimary, Role::kSecondary}) {
    EXPECT_TRUE(Stanza(yaml, role).starts_with("failover peer \"{{x}} #;}'s &<>\" {\n"));
  }
}

}  // namespace
}  // namespace dhcpair::generate
