#include "lint/failover_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/lint_rows.h"
#include "support/named.h"

namespace dhcpair::lint {
namespace {

constexpr char kPool[] =
    "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
    "  pool { failover peer \"x\"; range 10.0.0.100 10.0.0.199; }\n"
    "}\n";

// A peer that holds these statements, from line 2 on.
std::string Peer(const std::string& statements) {
  return "failover peer \"x\" {\n" + statements + "}\n" + kPool;
}

// A peer as it should be, with further statements from line 8 on.
std::string Primary(const std::string& further = "") {
  return Peer(
      "  primary;\n  address 10.0.0.2;\n  peer address 10.0.0.3;\n  mclt 1800;\n  split 128;\n"
      "  load balance max seconds 3;\n" +
      further);
}

// The same with further statements from line 6 on.
std::string Secondary(const std::string& further = "") {
  return Peer(
      "  secondary;\n  address 10.0.0.3;\n  peer address 10.0.0.2;\n"
      "  load balance max seconds 3;\n" +
      further);
}

text::Diagnostics Check(const std::string& text) {
  const conf::Model model = test::ReadModel(text);
  text::Diagnostics diagnostics;
  CheckFailover(model, diagnostics);
  return diagnostics;
}

struct Row : test::Named {
  std::string text;
  std::vector<std::string> findings;
};

class Failover : public testing::TestWithParam<Row> {};

TEST_P(Failover, FindsThisAndNothingElse) {
  EXPECT_EQ(test::Seen(Check(GetParam().text)), GetParam().findings);
}

std::string NameOf(const testing::TestParamInfo<Row>& row) { return row.param.name; }

INSTANTIATE_TEST_SUITE_P(
    Clean, Failover,
    testing::Values(
        Row{"Nothing", "", {}}, Row{"NoFailover", "default-lease-time 600;\n", {}},
        Row{"Primary", Primary(), {}}, Row{"Secondary", Secondary(), {}},
        Row{"AllSet",
            Primary("  port 647;\n  peer port 847;\n  max-response-delay 60;\n"
                    "  max-unacked-updates 10;\n  max-lease-misbalance 15;\n"
                    "  max-lease-ownership 10;\n  min-balance 60;\n  max-balance 3600;\n"
                    "  auto-partner-down 86400;\n"),
            {}},
        Row{"BothPortsTheSame", Primary("  port 647;\n  peer port 647;\n"), {}},
        Row{"LimitsAtTheirEnds",
            Primary("  max-response-delay 3;\n  max-lease-misbalance 100;\n  min-balance 3600;\n"
                    "  port 1;\n  peer port 65535;\n  auto-partner-down 1800;\n"),
            {}},
        Row{"AutoPartnerDownOff", Secondary("  auto-partner-down 0;\n"), {}},
        Row{"PeerInFrontOfWhatHasOneSideOnly",
            Peer("  peer primary;\n  address 10.0.0.2;\n  peer address 10.0.0.3;\n"
                 "  peer mclt 1800;\n  peer split 128;\n  peer load balance max seconds 3;\n"),
            {}},
        Row{"InAnyCase",
            Peer("  PRIMARY;\n  Address 10.0.0.2;\n  Peer ADDRESS 10.0.0.3;\n  MCLT 1800;\n"
                 "  Split 128;\n  LOAD Balance Max SECONDS 3;\n"),
            {}},
        Row{"AnHba",
            Peer("  primary;\n  address 10.0.0.2;\n  peer address 10.0.0.3;\n  mclt 1800;\n  hba "
                 "ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:"
                 "00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00;\n"
                 "  load balance max seconds 3;\n"),
            {}},
        Row{"OmapiElsewhere", "omapi-port 7911;\n" + Primary(), {}},
        Row{"PartnersOfTwoPeers",
            "failover peer \"y\" { secondary; address 10.0.0.2; peer address 10.0.0.4;\n"
            "  load balance max seconds 3; }\n" +
                Primary() +
                "subnet 10.0.1.0 netmask 255.255.255.0 {\n"
                "  pool { failover peer \"y\"; range 10.0.1.100 10.0.1.199; }\n}\n",
            {}}),
    NameOf);

INSTANTIATE_TEST_SUITE_P(
    Addresses, Failover,
    testing::Values(
        Row{"OwnIsPartners",
            Peer("  secondary;\n  address 10.0.0.3;\n  peer address 10.0.0.3;\n"
                 "  load balance max seconds 3;\n"),
            {"failover-peer-address-is-own:4"}},
        Row{"OwnIsPartnersOnAnotherPort",
            Peer("  secondary;\n  address 10.0.0.3;\n  port 647;\n  peer address 10.0.0.3;\n"
                 "  peer port 847;\n  load balance max seconds 3;\n"),
            {"failover-peer-address-is-own:5"}},
        Row{"NoneOfItsOwn",
            Peer("  secondary;\n  peer address 10.0.0.2;\n  load balance max seconds 3;\n"),
            {"failover-address-missing:1"}},
        Row{"Names",
            Peer("  secondary;\n  address dhcp2.example.org;\n  peer address dhcp1.example.org;\n"
                 "  load balance max seconds 3;\n"),
            {"failover-address-name:3", "failover-address-name:4"}},
        Row{"TheSameName",
            Peer("  secondary;\n  address dhcp2.example.org;\n  peer address DHCP2.example.org;\n"
                 "  load balance max seconds 3;\n"),
            {"failover-address-name:3", "failover-peer-address-is-own:4",
             "failover-address-name:4"}},
        Row{"OnePartnerOfTwoPeers",
            "failover peer \"y\" { secondary; address 10.0.0.2; port 1647;\n"
            "  peer address 10.0.0.3; peer port 1847; load balance max seconds 3; }\n" +
                Primary() +
                "subnet 10.0.1.0 netmask 255.255.255.0 {\n"
                "  pool { failover peer \"y\"; range 10.0.1.100 10.0.1.199; }\n}\n",
            {"failover-same-partner:6"}}),
    NameOf);

INSTANTIATE_TEST_SUITE_P(
    Roles, Failover,
    testing::Values(
        Row{"McltOnSecondary", Secondary("  mclt 1800;\n"), {"failover-mclt-on-secondary:6"}},
        Row{"SecondaryThenPrimary",
            Peer("  secondary;\n  primary;\n  address 10.0.0.2;\n  peer address 10.0.0.3;\n"
                 "  mclt 1800;\n  split 128;\n  load balance max seconds 3;\n"),
            {"failover-both-roles:2"}},
        Row{"PrimaryThenSecondary",
            Peer("  primary;\n  secondary;\n  address 10.0.0.3;\n  peer address 10.0.0.2;\n"
                 "  load balance max seconds 3;\n"),
            {"failover-both-roles:2"}},
        Row{"TheSameRoleTwice", Secondary("  secondary;\n"), {"failover-repeated-statement:2"}}),
    NameOf);

INSTANTIATE_TEST_SUITE_P(
    Balance, Failover,
    testing::Values(
        Row{"NoLoadBalance",
            Peer("  secondary;\n  address 10.0.0.3;\n  peer address 10.0.0.2;\n"),
            {"failover-load-balance-off:1"}},
        Row{"LoadBalanceOfZero",
            Peer("  secondary;\n  address 10.0.0.3;\n  peer address 10.0.0.2;\n"
                 "  load balance max seconds 0;\n"),
            {"failover-load-balance-off:5"}},
        Row{"LoadBalanceOfZeroAtLast",
            Secondary("  load balance max seconds 0;\n"),
            {"failover-repeated-statement:5", "failover-load-balance-off:6"}},
        Row{"SplitOfZero",
            Peer("  primary;\n  address 10.0.0.2;\n  peer address 10.0.0.3;\n  mclt 1800;\n"
                 "  split 0;\n  load balance max seconds 3;\n"),
            {"failover-split-one-sided:6"}},
        Row{"SplitOfAll",
            Peer("  primary;\n  address 10.0.0.2;\n  peer address 10.0.0.3;\n  mclt 1800;\n"
                 "  split 256;\n  load balance max seconds 3;\n"),
            {"failover-split-one-sided:6"}},
        Row{"SplitAndHba",
            Primary("  hba ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:"
                    "00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00;\n"),
            {"failover-split-and-hba:6"}},
        Row{"HbaOfAllThenSplit",
            Peer("  primary;\n  address 10.0.0.2;\n  peer address 10.0.0.3;\n  mclt 1800;\n"
                 "  hba ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:"
                 "ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff;\n"
                 "  split 128;\n  load balance max seconds 3;\n"),
            {"failover-split-and-hba:6"}},
        Row{"HbaOfAll",
            Peer("  primary;\n  address 10.0.0.2;\n  peer address 10.0.0.3;\n  mclt 1800;\n"
                 "  hba ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:"
                 "ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff;\n"
                 "  load balance max seconds 3;\n"),
            {"failover-split-one-sided:6"}}),
    NameOf);

INSTANTIATE_TEST_SUITE_P(
    Repetition, Failover,
    testing::Values(
        Row{"Twice", Primary("  mclt 3600;\n"), {"failover-repeated-statement:5"}},
        Row{"ThreeTimes",
            Secondary("  port 647;\n  port 847;\n  port 1647;\n"),
            {"failover-repeated-statement:6", "failover-repeated-statement:7"}},
        Row{"OfTheAddress", Secondary("  address 10.0.0.4;\n"), {"failover-repeated-statement:3"}},
        Row{"WithPeerInFrontOfWhatHasOneSide",
            Primary("  peer mclt 3600;\n"),
            {"failover-repeated-statement:5"}},
        Row{"NotOfBothSides", Secondary("  port 647;\n  peer port 847;\n"), {}}),
    NameOf);

INSTANTIATE_TEST_SUITE_P(
    PartnerSettings, Failover,
    testing::Values(Row{"ResponseDelay",
                        Secondary("  peer max-response-delay 60;\n"),
                        {"failover-partner-setting:6"}},
                    Row{"UnackedUpdates",
                        Secondary("  peer max-unacked-updates 10;\n"),
                        {"failover-partner-setting:6"}},
                    Row{"BesideTheOwn",
                        Secondary("  max-response-delay 60;\n  peer max-response-delay 30;\n"),
                        {"failover-partner-setting:7"}}),
    NameOf);

INSTANTIATE_TEST_SUITE_P(
    Numbers, Failover,
    testing::Values(
        Row{"PortOfZero", Secondary("  port 0;\n"), {"failover-bad-port:6"}},
        Row{"PortTooLarge", Secondary("  port 65536;\n"), {"failover-bad-port:6"}},
        Row{"PortWithoutEnd",
            Secondary("  peer port 99999999999999999999;\n"),
            {"failover-bad-port:6"}},
        Row{"NegativePort", Secondary("  peer port -1;\n"), {"failover-bad-port:6"}},
        Row{"OldPorts", Secondary("  port 520;\n  peer port 519;\n"), {"failover-old-port:6"}},
        Row{"OldPortOfThePartner", Secondary("  peer port 519;\n"), {"failover-old-port:6"}},
        Row{"PortOfOmapi",
            "omapi-port 647;\n" + Secondary("  port 647;\n"),
            {"failover-port-is-omapi:7"}},
        Row{"DefaultPortOfOmapi", "omapi-port 647;\n" + Secondary(), {"failover-port-is-omapi:2"}},
        Row{"NegativeMclt",
            Peer("  primary;\n  address 10.0.0.2;\n  peer address 10.0.0.3;\n  mclt -1;\n"
                 "  split 128;\n  load balance max seconds 3;\n"),
            {"failover-number-wraps:5"}},
        Row{"McltTooLarge",
            Peer("  primary;\n  address 10.0.0.2;\n  peer address 10.0.0.3;\n  mclt 99999999999;\n"
                 "  split 128;\n  load balance max seconds 3;\n"),
            {"failover-number-wraps:5"}},
        Row{"OtherNumbersThatWrap",
            Secondary("  max-response-delay -1;\n  max-unacked-updates 4294967296;\n"
                      "  min-balance -60;\n  auto-partner-down -1;\n"),
            {"failover-number-wraps:6", "failover-number-wraps:7", "failover-number-wraps:8",
             "failover-number-wraps:9"}},
        Row{"NegativeLoadBalance",
            Peer("  secondary;\n  address 10.0.0.3;\n  peer address 10.0.0.2;\n"
                 "  load balance max seconds -3;\n"),
            {"failover-number-wraps:5"}},
        Row{"ZeroOfWhatHasADefault",
            Secondary("  max-response-delay 0;\n  max-unacked-updates 0;\n"
                      "  max-lease-ownership 0;\n  max-balance 0;\n"),
            {"failover-zero-is-default:6", "failover-zero-is-default:7",
             "failover-zero-is-default:8", "failover-zero-is-default:9"}},
        Row{"ResponseDelayOfOne",
            Secondary("  max-response-delay 1;\n"),
            {"failover-response-delay-short:6"}},
        Row{"ResponseDelayOfTwo",
            Secondary("  max-response-delay 2;\n"),
            {"failover-response-delay-short:6"}},
        Row{"AutoPartnerDownBelowMclt",
            Primary("  auto-partner-down 1799;\n"),
            {"failover-auto-partner-down-short:8"}},
        Row{"AutoPartnerDownOfSeconds",
            Secondary("  auto-partner-down 59;\n"),
            {"failover-auto-partner-down-short:6"}},
        Row{"Misbalance",
            Secondary("  max-lease-misbalance 101;\n"),
            {"failover-percent-above-100:6"}},
        Row{"Ownership",
            Secondary("  max-lease-ownership 1000;\n"),
            {"failover-percent-above-100:6"}},
        Row{"BalanceOrder",
            Secondary("  min-balance 600;\n  max-balance 599;\n"),
            {"failover-balance-order:6"}},
        Row{"MaxBalanceBelowTheDefault",
            Secondary("  max-balance 59;\n"),
            {"failover-balance-order:6"}},
        Row{"MinBalanceAboveTheDefault",
            Secondary("  min-balance 3601;\n"),
            {"failover-balance-order:6"}}),
    NameOf);

struct FixRow : test::Named {
  std::string text;
  std::string fixed;
};

class FailoverFix : public testing::TestWithParam<FixRow> {};

TEST_P(FailoverFix, ChangesNothingElseAndIsEnough) {
  EXPECT_EQ(test::Fixed(GetParam().text, Check(GetParam().text)), GetParam().fixed);
  EXPECT_THAT(test::Seen(Check(GetParam().fixed)), testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    All, FailoverFix,
    testing::Values(
        FixRow{"Mclt", Secondary("  mclt 1800;\n  # kept\n"), Secondary("  # kept\n")},
        FixRow{"McltWithAComment", Secondary("  mclt 1800; # why\n"), Secondary("  # why\n")},
        FixRow{"McltAmongOthers", Secondary("  port 647; mclt 1800; peer port 847;\n"),
               Secondary("  port 647; peer port 847;\n")},
        FixRow{"McltAtTheEndOfALine", Secondary("  port 647; mclt 1800;\n"),
               Secondary("  port 647;\n")},
        FixRow{"PeerMclt", Secondary("  peer mclt 1800;\n"), Secondary()},
        FixRow{"NoLoadBalance",
               Peer("\tsecondary;\n\taddress 10.0.0.3;\n\tpeer address 10.0.0.2; # there\n"),
               Peer("\tsecondary;\n\taddress 10.0.0.3;\n\tpeer address 10.0.0.2; # there\n"
                    "\tload balance max seconds 3;\n")},
        FixRow{"NoLoadBalanceOnOneLine",
               "failover peer \"x\" { secondary; address 10.0.0.3; peer address 10.0.0.2; }\n" +
                   std::string(kPool),
               "failover peer \"x\" { secondary; address 10.0.0.3; peer address 10.0.0.2; "
               "load balance max seconds 3; }\n" +
                   std::string(kPool)},
        FixRow{"LoadBalanceOfZero",
               Peer("  secondary;\n  address 10.0.0.3;\n  peer address 10.0.0.2;\n"
                    "  load balance  max seconds 00 ; # off\n"),
               Peer("  secondary;\n  address 10.0.0.3;\n  peer address 10.0.0.2;\n"
                    "  load balance  max seconds 3 ; # off\n")},
        FixRow{"BothRoles",
               Peer("  primary;\n  secondary;\n  address 10.0.0.3;\n  peer address 10.0.0.2;\n"
                    "  load balance max seconds 3;\n"),
               Secondary()},
        FixRow{"Repetition", Primary("  mclt 3600;\n"),
               Peer("  primary;\n  address 10.0.0.2;\n  peer address 10.0.0.3;\n"
                    "  split 128;\n  load balance max seconds 3;\n  mclt 3600;\n")},
        FixRow{"PartnerSetting", Secondary("  peer  max-response-delay 60;\n"),
               Secondary("  max-response-delay 60;\n")},
        FixRow{"PartnerSettingBesideTheOwn",
               Secondary("  max-unacked-updates 10;\n  peer max-unacked-updates 30;\n"),
               Secondary("  max-unacked-updates 10;\n")},
        FixRow{"ZeroIsDefault", Secondary("  max-response-delay 0;\n  max-unacked-updates 0;\n"),
               Secondary("  max-response-delay 20;\n  max-unacked-updates 100;\n")},
        FixRow{"LineEndsOfWindows",
               "failover peer \"x\" {\r\n  secondary;\r\n  address 10.0.0.3;\r\n  mclt 1800;\r\n"
               "  peer address 10.0.0.2;\r\n}\r\n" +
                   std::string(kPool),
               "failover peer \"x\" {\r\n  secondary;\r\n  address 10.0.0.3;\r\n"
               "  peer address 10.0.0.2;\r\n  load balance max seconds 3;\r\n}\r\n" +
                   std::string(kPool)}),
    [](const auto& row) { return row.param.name; });

TEST(FailoverMessages, SayWhatDhcpdDoesAndWhatWouldBeRight) {
  const auto diagnostics = Check(Secondary("  peer max-response-delay 60;\n"));
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(diagnostics.all()[0].message,
            "the partner tells its own max-response-delay when it connects, so 'peer "
            "max-response-delay' has no effect, and this node works with dhcpd's default of 20; "
            "write it without 'peer'");
}

TEST(FailoverMessages, APortThatIsCutIsNamed) {
  const auto diagnostics = Check(Secondary("  port 66183;\n"));
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_THAT(diagnostics.all()[0].message, testing::HasSubstr("dhcpd takes 647 for it"));
}

TEST(FailoverRules, OfTableBAreErrorsInAPair) {
  for (const text::Rule* const rule : FailoverRules()) {
    const bool is_of_b = rule->alias == "FP108" || rule->alias == "FP109" || rule->alias == "FP115";
    EXPECT_EQ(rule->in_pair == text::Severity::kError, is_of_b) << rule->id;
    EXPECT_NE(rule->severity, text::Severity::kError) << rule->id;
  }
}

TEST(Failover, APeerOfAHundredThousandStatementsIsReadOnce) {
  std::string statements = "  secondary;\n  address 10.0.0.3;\n  peer address 10.0.0.2;\n";
  for (int i = 0; i < 100'000; ++i) statements += "  port 647;\n";
  EXPECT_EQ(Check(Peer(statements)).all().size(), 100'000u);
}

}  // namespace
}  // namespace dhcpair::lint
