#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/findings.h"
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
  diagnostic.notes.push_back({"see here", FindingAt(source, "pair").at});
  diagnostic.notes.push_back({"and think", std::nullopt});
  EXPECT_EQ(ToJson(diagnostic).dump(),
            R"({"rule":"conf-a-warning","alias":"FO001","severity":"warning",)"
            R"("message":"it is wrong","file":"pair.yaml","line":2,"column":7,"end_line":2,)"
            R"("end_column":11,"node":"primary","notes":[{"message":"see here",)"
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

// What nobody expects in a file's name or in a message must not make a text that is no JSON.
TEST(RenderJson, IsJsonWhateverTheTextsHold) {
  for (const std::string& text :
       {std::string("\"quotes\" and \\"), std::string("\0zero", 5), std::string("\x1b[2J\r\n\t"),
        std::string("\xff\xfe"), std::string("\xed\xa0\x80"), std::string("\xe2\x80\xa8")}) {
    const std::string printed =
        PrintJson(ToJson({&test::kErrorRule, WholeFile(test::Source(text, "")), text}));
    EXPECT_TRUE(Json::accept(printed)) << printed;
    EXPECT_EQ(FindInvalidUtf8(printed), std::nullopt) << printed;
    if (!FindInvalidUtf8(text)) {
      EXPECT_EQ(Json::parse(printed)["message"], text);
    }
  }
}

}  // namespace
}  // namespace dhcpair::text
