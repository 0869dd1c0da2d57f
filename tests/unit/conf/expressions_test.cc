#include <gtest/gtest.h>

#include <string>

#include "read_conf.h"
#include "support/named.h"

namespace dhcpair::conf {
namespace {

struct ExpressionRow : test::Named {
  const char* written;
  const char* printed;
};

class BooleanExpression : public testing::TestWithParam<ExpressionRow> {};

TEST_P(BooleanExpression, GroupsAsDhcpdDoes) {
  const test::ReadConf read = test::Read(std::string("if ") + GetParam().written + " { }");
  ASSERT_EQ(read.findings(), "");
  const Statement& statement = read.model.scopes[0].statements.at(0);
  EXPECT_EQ(Print(read.model.expressions, statement.value), GetParam().printed);
  EXPECT_EQ(read.model.TextOf(statement.value_origin), GetParam().written);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, BooleanExpression,
    testing::Values(
        ExpressionRow{"Known", "known", "known"}, ExpressionRow{"Not", "not known", "not known"},
        ExpressionRow{"Exists", "exists Host-Name", "exists dhcp.host-name"},
        ExpressionRow{"Defined", "defined ( x )", "defined(x)"},
        ExpressionRow{"Check", "check \"default\"", "check \"default\""},
        ExpressionRow{"Equal", "hardware = 1:2:ff", "(hardware = 01:02:ff)"},
        ExpressionRow{"NotEqual", "option host-name != \"a\"", "(option dhcp.host-name != \"a\")"},
        ExpressionRow{"Match", "option host-name ~= \"a.*\"", "(option dhcp.host-name ~= \"a.*\")"},
        ExpressionRow{"MatchAnyCase", "option host-name ~~ \"a\"",
                      "(option dhcp.host-name ~~ \"a\")"},
        ExpressionRow{"AndIsAsStrongAsOr", "known and static or known",
                      "((known and static) or known)"},
        ExpressionRow{"ComparisonTakesTheRestWithIt", "known and hardware = 1 and static",
                      "(known and ((hardware = 01) and static))"},
        ExpressionRow{"Numbers", "lease-time = 3", "(lease-time = 3)"},
        ExpressionRow{"Extract", "extract-int(hardware, 8) = 1", "(extract-int(hardware, 8) = 1)"}),
    [](const auto& row) { return row.param.name; });

class DataExpression : public testing::TestWithParam<ExpressionRow> {};

TEST_P(DataExpression, IsReadAsDhcpdDoes) {
  const test::ReadConf read = test::Read(std::string("set v = ") + GetParam().written + ";");
  ASSERT_EQ(read.findings(), "");
  const Statement& statement = read.model.scopes[0].statements.at(0);
  EXPECT_EQ(statement.kind, StatementKind::kSet);
  EXPECT_EQ(statement.name, "v");
  EXPECT_EQ(Print(read.model.expressions, statement.value), GetParam().printed);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, DataExpression,
    testing::Values(
        ExpressionRow{"Text", "\"a\"", "\"a\""}, ExpressionRow{"Escaped", R"("\x41")", "\"A\""},
        ExpressionRow{"Octets", "0:10:ff", "00:10:ff"},
        ExpressionRow{"BareNumberIsAnOctet", "10", "10"},
        ExpressionRow{"Substring", "substring(hardware, 1, 3)", "substring(hardware, 1, 3)"},
        ExpressionRow{"Suffix", "suffix(\"abc\", 2)", "suffix(\"abc\", 2)"},
        ExpressionRow{"Concat", "concat(\"a\", lcase(\"B\"), 1:2)",
                      "concat(\"a\", lcase(\"B\"), 01:02)"},
        ExpressionRow{"BinaryToAscii", "binary-to-ascii(16, 8, \":\", hardware)",
                      "binary-to-ascii(16, 8, \":\", hardware)"},
        ExpressionRow{"Pick", "pick-first-value(option host-name, \"x\")",
                      "pick-first-value(option dhcp.host-name, \"x\")"},
        ExpressionRow{"Reverse", "reverse(1, hardware)", "reverse(1, hardware)"},
        ExpressionRow{"Packet", "packet(0, 4)", "packet(0, 4)"},
        ExpressionRow{"ConfigOption", "config-option Routers", "config-option dhcp.routers"},
        ExpressionRow{"OfASpace", "option agent.circuit-id", "option agent.circuit-id"},
        ExpressionRow{"Encode", "encode-int(7, 16)", "encode-int(7, 16)"},
        ExpressionRow{"Variable", "other", "other"},
        ExpressionRow{"Call", "fun(\"a\", gun(hut))", "fun(\"a\", gun(hut))"},
        ExpressionRow{"Lookup", "gethostbyname(\"a.example.org\")",
                      "gethostbyname(\"a.example.org\")"},
        ExpressionRow{"Words", "concat(leased-address, host-decl-name)",
                      "concat(leased-address, host-decl-name)"}),
    [](const auto& row) { return row.param.name; });

struct WrongRow : test::Named {
  const char* statement;
  const char* rule;
};

class WrongExpression : public testing::TestWithParam<WrongRow> {};

TEST_P(WrongExpression, IsFoundAndLeavesNoStatement) {
  const test::ReadConf read = test::Read(std::string(GetParam().statement) + " authoritative;");
  EXPECT_GE(read.CountOf(GetParam().rule), 1u) << read.findings();
  EXPECT_TRUE(read.model.scopes[0].statements.empty());
  EXPECT_TRUE(read.model.has_errors);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, WrongExpression,
    testing::Values(WrongRow{"NoCondition", "if { }", "conf-syntax"},
                    WrongRow{"DataAsCondition", "if hardware { }", "conf-bad-expression"},
                    WrongRow{"DoubleEqual", "if hardware == 1 { }", "conf-syntax"},
                    WrongRow{"Less", "if lease-time < 3 { }", "conf-bad-expression"},
                    WrongRow{"BooleanCompared", "if known = known { }", "conf-bad-expression"},
                    WrongRow{"MixedTypes", "if known and 1 { }", "conf-bad-expression"},
                    WrongRow{"NotAComparison", "if not hardware = 1 { }", "conf-syntax"},
                    WrongRow{"TooFewArguments", "set v = substring(hardware, 1);", "conf-syntax"},
                    WrongRow{"TooManyArguments", "set v = suffix(\"a\", 1, 2);", "conf-syntax"},
                    WrongRow{"BadBits", "set v = encode-int(1, 24);", "conf-syntax"},
                    WrongRow{"UnknownOption", "set v = option nowhere;", "conf-unknown-option"},
                    WrongRow{"OtherCollection", "if check \"c\" { }", "conf-syntax"},
                    WrongRow{"KeywordAsVariable", "set range = 1;", "conf-syntax"},
                    WrongRow{"Unclosed", "set v = concat(\"a\", \"b\";", "conf-syntax"},
                    WrongRow{"OctetTooLarge", "set v = 1:100;", "conf-bad-number"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace dhcpair::conf
