#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/findings.h"
#include "support/named.h"
#include "text/render.h"
#include "text/utf8.h"

namespace dhcpair::text {
namespace {

using Json = nlohmann::ordered_json;
using test::FindingAt;

TEST(RenderJson, HasTheFieldsOfAFindingInOneOrder) {
  const SourcePtr source = test::Source("pair.yaml", "pair: p\nmclt: 0800\n");
  Diagnostic diagnostic = FindingAt(source, "0800", test::kWarningRule);
  diagnostic.node = "primary";
  diagnostic.fix = Fix{"write '800'", {{diagnostic.at, "800"}}};
  diagnostic.notes.push_back({"see here", FindingAt(source, "pair").at});
  diagnostic.notes.push_back({"and think", std::nullopt});
  EXPECT_EQ(
      ToJson(diagnostic).dump(),
      R"({"rule":"conf-a-warning","alias":"FO001","severity":"warning",)"
      R"("message":"it is wrong","file":"pair.yaml","line":2,"column":7,"end_line":2,)"
      R"("end_column":11,"node":"primary","fix":"write '800'","notes":[{"message":"see here",)"
      R"("file":"pair.yaml","line":1,"column":1,"end_line":1,"end_column":5},)"
      R"({"message":"and think"}]})");
}

TEST(RenderJson, LeavesOutWhatDoesNotApply) {
  EXPECT_EQ(ToJson({&test::kErrorRule, WholeFile(test::Source("f", "")), "m"}).dump(),
            R"({"rule":"pair-an-error","severity":"error","message":"m","file":"f"})");
}

TEST(RenderJson, HasOneEnvelope) {
  EXPECT_EQ(PrintJsonEnvelope("lint", "1.2.3", Json::array({"a"})),
            "{\n  \"version\": \"1.2.3\",\n  \"command\": \"lint\",\n  \"results\": [\n    \"a\"\n"
            "  ]\n}\n");
}

TEST(RenderJson, TellsWhereDhcpdReportsTheMistake) {
  Diagnostic diagnostic = FindingAt(test::Source("f", "one\ntwo\n"), "one");
  // Line 0 is what dhcpd says of the first token, and not the absence of a line.
  diagnostic.dhcpd_line = 0;
  EXPECT_EQ(ToJson(diagnostic).at("dhcpd_line"), 0);
}

TEST(RenderJson, CountsCodePointsAndEndsBehindTheMark) {
  const std::string marked = "[\xf0\x9f\x98\x80,\n\t\xc3\xbc]";
  const Json object = ToJson(FindingAt(test::Source("f", "\xc3\xbc: " + marked + "\n"), marked));
  EXPECT_EQ(object.at("line"), 1);
  EXPECT_EQ(object.at("column"), 4);
  EXPECT_EQ(object.at("end_line"), 2);
  EXPECT_EQ(object.at("end_column"), 4);
}

struct HostileRow : test::Named {
  std::string text;
  /// What a reader of the JSON gets: U+FFFD for malformed bytes.
  std::string read;
};

class RenderJsonHostile : public testing::TestWithParam<HostileRow> {};

// What nobody expects in a file's name or in a message must not make a text that is no JSON.
TEST_P(RenderJsonHostile, IsJsonWhateverTheTextsHold) {
  const std::string& text = GetParam().text;
  const std::string& read = GetParam().read;
  Diagnostic diagnostic{&test::kErrorRule, WholeFile(test::Source(text, "")), text};
  diagnostic.notes.push_back({text, WholeFile(test::Source(text, ""))});
  const std::string printed = PrintJsonEnvelope(text, text, Json::array({ToJson(diagnostic)}));
  ASSERT_TRUE(Json::accept(printed));
  EXPECT_EQ(FindInvalidUtf8(printed), std::nullopt);
  EXPECT_EQ(printed.find('\x1b'), std::string::npos);

  const Json envelope = Json::parse(printed);
  EXPECT_EQ(envelope.at("version"), read);
  EXPECT_EQ(envelope.at("command"), read);
  const Json& finding = envelope.at("results").at(0);
  EXPECT_EQ(finding.at("message"), read);
  EXPECT_EQ(finding.at("file"), read);
  EXPECT_EQ(finding.at("notes").at(0).at("message"), read);
  EXPECT_EQ(finding.at("notes").at(0).at("file"), read);
}

HostileRow AsItIs(const char* name, const std::string& text) { return {{name}, text, text}; }

INSTANTIATE_TEST_SUITE_P(
    Rows, RenderJsonHostile,
    testing::Values(AsItIs("Nothing", ""), AsItIs("Quotes", "\"a\", \"b\": 'c'"),
                    AsItIs("Backslashes", "\\ \\\" \\u0041 \\"), AsItIs("Braces", "\"}]}\n{"),
                    AsItIs("Zero", std::string("\0zero", 5)),
                    AsItIs("EscapeSequence", "\x1b[2J\x07"), AsItIs("LineEnds", "a\r\n\tb"),
                    AsItIs("Delete", "\x7f"), AsItIs("LineSeparator", "\xe2\x80\xa8"),
                    AsItIs("BeyondTheBasicPlane", "\xf0\x9f\x98\x80"),
                    HostileRow{"MalformedByte", "a\xff", "a\xef\xbf\xbd"},
                    HostileRow{"MalformedBytesOnly", "\xff\xfe", "\xef\xbf\xbd\xef\xbf\xbd"},
                    HostileRow{"Latin1BeforeAQuote", "caf\xe9\"", "caf\xef\xbf\xbd\""},
                    HostileRow{"CutShort", "a\xe2\x82", "a\xef\xbf\xbd"}),
    [](const auto& row) { return row.param.name; });

// Printers differ in how many U+FFFD stand for a surrogate; none may let it through.
TEST(RenderJson, LetsNoSurrogateThrough) {
  const std::string printed = PrintJson(Json("\xed\xa0\x80"));
  EXPECT_TRUE(Json::accept(printed));
  EXPECT_EQ(FindInvalidUtf8(printed), std::nullopt);
}

}  // namespace
}  // namespace dhcpair::text
