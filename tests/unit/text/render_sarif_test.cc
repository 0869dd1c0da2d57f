#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "support/findings.h"
#include "text/render.h"

namespace dhcpair::text {
namespace {

using nlohmann::json;
using test::FindingAt;

// A finding of each kind, with all that one can have.
Diagnostics Everything() {
  const SourcePtr source = test::Source("site a/p\xc3\xa4ir.yaml", "pair: \xc3\xbc\nmclt: 0800\n");
  Diagnostic error = FindingAt(source, "0800");
  error.node = "primary";
  error.notes.push_back({"see here", FindingAt(source, "pair").at});
  error.notes.push_back({"and think", std::nullopt});
  Diagnostics diagnostics = test::Only(error);
  diagnostics.Add(FindingAt(source, "mclt", test::kWarningRule));
  diagnostics.Add({&test::kAdviceRule, WholeFile(source), "worth knowing"});
  diagnostics.Add(FindingAt(source, "\xc3\xbc"));
  return diagnostics;
}

json Log(const Diagnostics& diagnostics) { return json::parse(RenderSarif(diagnostics, "1.2.3")); }

// The properties that the schema of SARIF 2.1.0 calls required, of every object that we write, and
// the values that it allows there.
void ExpectMessage(const json& message) {
  ASSERT_TRUE(message.contains("text"));
  EXPECT_TRUE(message["text"].is_string());
}

void ExpectLocation(const json& location) {
  const json& physical = location.at("physicalLocation");
  const std::string uri = physical.at("artifactLocation").at("uri");
  EXPECT_EQ(uri.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "-._~/%"),
            std::string::npos)
      << uri;
  if (!physical.contains("region")) return;
  const json& region = physical["region"];
  for (const char* const name : {"startLine", "startColumn", "endLine", "endColumn"}) {
    EXPECT_GE(region.at(name).get<int>(), 1) << name;
  }
  EXPECT_LE(region["startLine"].get<int>(), region["endLine"].get<int>());
}

TEST(RenderSarif, HasEveryRequiredPropertyOfALog) {
  const json log = Log(Everything());
  EXPECT_EQ(log.at("version"), "2.1.0");
  EXPECT_TRUE(log.at("$schema").is_string());
  ASSERT_EQ(log.at("runs").size(), 1u);
  const json& run = log["runs"][0];
  EXPECT_EQ(run.at("tool").at("driver").at("name"), "dhcpair");
  EXPECT_EQ(run["tool"]["driver"].at("version"), "1.2.3");
  EXPECT_EQ(run.at("columnKind"), "unicodeCodePoints");
  EXPECT_EQ(run.at("results").size(), 4u);
}

TEST(RenderSarif, HasEveryRequiredPropertyOfARuleAndEachRuleOnce) {
  const json log = Log(Everything());
  std::set<std::string> ids;
  for (const json& rule : log["runs"][0]["tool"]["driver"].at("rules")) {
    EXPECT_TRUE(ids.insert(rule.at("id")).second) << rule["id"];
    ExpectMessage(rule.at("shortDescription"));
    EXPECT_TRUE(rule.at("defaultConfiguration").contains("level"));
  }
  EXPECT_EQ(ids, (std::set<std::string>{"pair-an-error", "conf-a-warning", "pair-an-advice"}));
}

TEST(RenderSarif, HasEveryRequiredPropertyOfAResult) {
  const json log = Log(Everything());
  const json& rules = log["runs"][0]["tool"]["driver"]["rules"];
  for (const json& result : log["runs"][0]["results"]) {
    ExpectMessage(result.at("message"));
    EXPECT_TRUE(
        (std::set<std::string>{"none", "note", "warning", "error"}).contains(result.at("level")));
    const std::size_t index = result.at("ruleIndex");
    ASSERT_LT(index, rules.size());
    EXPECT_EQ(rules[index]["id"], result.at("ruleId"));
    ASSERT_EQ(result.at("locations").size(), 1u);
    ExpectLocation(result["locations"][0]);
    for (const json& related : result.value("relatedLocations", json::array())) {
      ExpectLocation(related);
      ExpectMessage(related.at("message"));
    }
  }
}

TEST(RenderSarif, EncodesPathsAndCountsColumnsAsItDeclares) {
  const json physical =
      Log(Everything())["runs"][0]["results"][3]["locations"][0]["physicalLocation"];
  EXPECT_EQ(physical["artifactLocation"]["uri"], "site%20a/p%C3%A4ir.yaml");
  EXPECT_EQ(physical["region"],
            (json{{"startLine", 1}, {"startColumn", 7}, {"endLine", 1}, {"endColumn", 8}}));
}

TEST(RenderSarif, PutsNotesAndTheNodeBesideTheResult) {
  const json result = Log(Everything())["runs"][0]["results"][0];
  ASSERT_EQ(result["relatedLocations"].size(), 2u);
  EXPECT_EQ(result["relatedLocations"][0]["message"]["text"], "see here");
  EXPECT_EQ(result["properties"]["node"], "primary");
}

TEST(RenderSarif, OfACleanRunHasAnEmptyListOfResults) {
  const json log = Log({});
  EXPECT_TRUE(log["runs"][0].at("results").is_array());
  EXPECT_TRUE(log["runs"][0]["results"].empty());
  EXPECT_TRUE(log["runs"][0]["tool"]["driver"].at("rules").is_array());
}

TEST(RenderSarif, IsJsonWhateverTheTextsHold) {
  for (const std::string& text : {std::string("\"\\"), std::string("\0zero", 5),
                                  std::string("\xff\xfe\x1b[2J"), std::string("%0A #?")}) {
    const std::string printed = RenderSarif(
        test::Only({&test::kErrorRule, WholeFile(test::Source(text, "")), text}), "1.2.3");
    ASSERT_TRUE(json::accept(printed)) << printed;
    ExpectLocation(json::parse(printed)["runs"][0]["results"][0]["locations"][0]);
  }
}

}  // namespace
}  // namespace dhcpair::text
