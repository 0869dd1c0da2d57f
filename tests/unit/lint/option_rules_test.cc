#include "lint/option_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/rule_findings.h"

namespace dhcpair::lint {
namespace {

using test::RuleRow;
using testing::HasSubstr;
using testing::Not;

class Options : public testing::TestWithParam<RuleRow> {};

TEST_P(Options, MeanWhatTheyLookLike) {
  EXPECT_EQ(test::FoundBy(CheckOptions, GetParam().conf), GetParam().findings);
}

INSTANTIATE_TEST_SUITE_P(
    UnknownWords, Options,
    testing::Values(
        RuleRow{"Misspelled", "authorative;\n", "1 option-unknown-word"},
        RuleRow{"Anything", "foo;\n", "1 option-unknown-word"},
        RuleRow{"CallOfNothing", "foo(\"x\");\n", "1 option-unknown-word"},
        RuleRow{"InASubnet", "subnet 10.0.0.0 netmask 255.255.255.0 {\nauthorative;\n}\n",
                "2 option-unknown-word"},
        RuleRow{"InAHost", "host h {\ndynamik;\n}\n", "2 option-unknown-word"},
        RuleRow{"InTheBodyOfAnIf", "if known {\nfoo;\n} else {\nbar;\n}\n",
                "2 option-unknown-word, 4 option-unknown-word"},
        RuleRow{"InTheBodyOfAnOn", "on commit {\nfoo(\"x\", \"y\");\n}\n", "2 option-unknown-word"},
        RuleRow{"VariableOfAnotherSpelling", "set Foo = \"1\";\nfoo;\n", "2 option-unknown-word"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    KnownWords, Options,
    testing::Values(
        RuleRow{"Authoritative", "authoritative;\n"}, RuleRow{"AnyCase", "AUTHORITATIVE;\n"},
        RuleRow{"Eval", "eval foo;\n"}, RuleRow{"Variable", "set foo = \"1\";\nfoo;\n"},
        RuleRow{"VariableThatIsSetLater", "if known {\nfoo;\n}\nset foo = \"1\";\n"},
        RuleRow{"Function", "define foo (arg) { return arg; }\nfoo(\"1\");\n"},
        RuleRow{"FunctionOfABody", "on commit {\nset foo (arg) { return arg; }\nfoo(\"1\");\n}\n"},
        RuleRow{"LogAndExecute", "on commit { log(\"x\"); execute(\"/bin/true\"); }\n"},
        RuleRow{"SkippedByAPercentSign", "% foo;\n"}, RuleRow{"InAComment", "# foo;\n"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    OctalNumbers, Options,
    testing::Values(RuleRow{"Parameter", "min-secs 010;\n", "1 option-octal-number"},
                    RuleRow{"Port", "local-port 067;\n", "1 option-octal-number"},
                    RuleRow{"Option", "option interface-mtu 01500;\n", "1 option-octal-number"},
                    RuleRow{"OptionOfOneOctet", "option default-ip-ttl 064;\n",
                            "1 option-octal-number"},
                    RuleRow{"InAnIf", "if known {\nmin-secs 010;\n}\n", "2 option-octal-number"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    NoOctalNumbers, Options,
    testing::Values(RuleRow{"Plain", "min-secs 10;\n"}, RuleRow{"Zero", "min-secs 0;\n"},
                    RuleRow{"Zeros", "min-secs 00;\n"}, RuleRow{"OneDigit", "min-secs 07;\n"},
                    RuleRow{"Hexadecimal", "min-secs 0x10;\n"},
                    RuleRow{"OctetsOfAString",
                            "option x code 200 = string;\noption x 010;\noption x 01:02:030;\n"
                            "option unknown-201 010;\n"},
                    RuleRow{"ClientIdentifier", "option dhcp-client-identifier 01:02;\n"},
                    RuleRow{"Addresses", "option routers 10.0.0.010;\nnext-server 10.0.0.010;\n"},
                    RuleRow{"Hardware", "host h { hardware ethernet 02:00:00:00:00:010; }\n"},
                    RuleRow{"Text", "option host-name \"010\";\n"},
                    RuleRow{"LeaseTime", "max-lease-time 010;\n"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Declarations, Options,
    testing::Values(
        RuleRow{"CodeOfPadding", "option x code 0 = text;\n", "1 option-unusable-code"},
        RuleRow{"CodeOfTheEnd", "option x code 255 = text;\n", "1 option-unusable-code"},
        RuleRow{"CodeBeyondAnOctet", "option x code 256 = text;\n", "1 option-unusable-code"},
        RuleRow{"NegativeCode", "option x code -1 = text;\n", "1 option-unusable-code"},
        RuleRow{"OtherTypeForARouter", "option routers code 3 = text;\n", "1 option-redefined"},
        RuleRow{"OtherCodeForARouter", "option routers code 200 = array of ip-address;\n",
                "1 option-redefined"},
        RuleRow{"OtherNameForARouter", "option gateway code 3 = array of ip-address;\n",
                "1 option-redefined"},
        RuleRow{"SingleAddressForAList", "option domain-name-servers code 6 = ip-address;\n",
                "1 option-redefined"},
        RuleRow{"InAnyCase", "option Routers code 3 = text;\n", "1 option-redefined"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    SoundDeclarations, Options,
    testing::Values(
        RuleRow{"FirstOfOnesOwn", "option x code 128 = text;\n"},
        RuleRow{"LastOfOnesOwn", "option x code 254 = text;\n"},
        RuleRow{"AnotherNewOne",
                "option rfc3442-classless-static-routes code 121 = array of integer 8;\n"},
        RuleRow{"TheSameAgain", "option routers code 3 = array of ip-address;\n"},
        RuleRow{"TheSameButForASign", "option interface-mtu code 26 = integer 16;\n"},
        RuleRow{"EncapsulationOfAVendor",
                "option space v;\noption v.a code 1 = text;\n"
                "option v-encapsulation code 43 = encapsulate v;\n"},
        RuleRow{"OfAVendor",
                "option space v;\noption v.a code 0 = text;\noption v.b code 255 = text;\n"
                "option v.routers code 3 = text;\n"},
        RuleRow{"OfAVendorWithWideCodes",
                "option space v code width 2;\noption v.a code 5000 = text;\n"}),
    [](const auto& row) { return row.param.name; });

TEST(UnknownFunctions, AreNotReportedInAFileWithMistakes) {
  EXPECT_EQ(test::FoundBy(CheckOptions,
                          "define foo (arg) { return nonsense nonsense; }\n"
                          "include \"missing\";\nbar(\"1\");\nbaz;\n",
                          test::Dhcpd::kRejects),
            "4 option-unknown-word");
}

TEST(OptionText, SaysWhatDhcpdMakesOfIt) {
  EXPECT_EQ(test::TextBy(CheckOptions, "authorative;\n"),
            "dhcpd.conf:1:1: warning: dhcpd knows no statement 'authorative' and takes it for a "
            "variable: it does nothing; did you mean 'authoritative'? [option-unknown-word]\n"
            "    authorative;\n"
            "    ^~~~~~~~~~~\n");
  EXPECT_THAT(test::TextBy(CheckOptions, "ping-chck (\"x\");\n"),
              HasSubstr("takes it for the call of a function, which is defined nowhere: it does "
                        "nothing; did you mean 'ping-check'?"));
  EXPECT_THAT(test::TextBy(CheckOptions, "zzzzzz;\n"), Not(HasSubstr("did you mean")));
  EXPECT_THAT(test::TextBy(CheckOptions, "min-secs 010;\n"),
              HasSubstr("1:10: warning: dhcpd reads '010' as octal, 8; write it without the "
                        "leading zero"));
}

}  // namespace
}  // namespace dhcpair::lint
