#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "support/findings.h"
#include "support/named.h"
#include "text/render.h"
#include "text/utf8.h"

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
  EXPECT_EQ(log.at("$schema"), "https://json.schemastore.org/sarif-2.1.0.json");
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
  // SARIF has no note without a place, so it gets the finding's own.
  EXPECT_EQ(result["relatedLocations"][1]["message"]["text"], "and think");
  EXPECT_EQ(result["relatedLocations"][1]["physicalLocation"],
            result["locations"][0]["physicalLocation"]);
  EXPECT_EQ(result["properties"]["node"], "primary");
}

TEST(RenderSarif, OfACleanRunHasAnEmptyListOfResults) {
  const json log = Log({});
  EXPECT_TRUE(log["runs"][0].at("results").is_array());
  EXPECT_TRUE(log["runs"][0]["results"].empty());
  EXPECT_TRUE(log["runs"][0]["tool"]["driver"].at("rules").is_array());
}

TEST(RenderSarif, LeavesOutWhatDoesNotApply) {
  const json result = Log(Everything())["runs"][0]["results"][2];
  for (const char* const name : {"relatedLocations", "properties"}) {
    EXPECT_FALSE(result.contains(name)) << name;
  }
  EXPECT_FALSE(result["locations"][0]["physicalLocation"].contains("region"))
      << "a finding about the file as a whole has no region";
}

// The one result of a log about the one finding.
json ResultOf(const Diagnostic& diagnostic) {
  return Log(test::Only(diagnostic)).at("runs").at(0).at("results").at(0);
}

struct LevelRow : test::Named {
  const Rule* rule;
  const char* level;
};

class SarifLevel : public testing::TestWithParam<LevelRow> {};

TEST_P(SarifLevel, IsThatOfTheRuleAndOneThatSarifKnows) {
  const json run =
      Log(test::Only(FindingAt(test::Source("f", "one"), "one", *GetParam().rule)))["runs"][0];
  EXPECT_EQ(run["results"][0]["level"], GetParam().level);
  EXPECT_EQ(run["tool"]["driver"]["rules"][0]["defaultConfiguration"]["level"], GetParam().level);
}

INSTANTIATE_TEST_SUITE_P(Rows, SarifLevel,
                         testing::Values(LevelRow{"Error", &test::kErrorRule, "error"},
                                         LevelRow{"Warning", &test::kWarningRule, "warning"},
                                         LevelRow{"Advice", &test::kAdviceRule, "note"}),
                         [](const auto& row) { return row.param.name; });

struct UriRow : test::Named {
  std::string path;
  const char* uri;
};

class SarifUri : public testing::TestWithParam<UriRow> {};

TEST_P(SarifUri, IsAReferenceToThePathAndNothingElse) {
  const json result =
      ResultOf({&test::kErrorRule, WholeFile(test::Source(GetParam().path, "")), "m"});
  ExpectLocation(result["locations"][0]);
  EXPECT_EQ(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], GetParam().uri);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SarifUri,
    testing::Values(
        UriRow{"Relative", "site-a/pair_1.yaml", "site-a/pair_1.yaml"},
        UriRow{"Absolute", "/etc/dhcp/dhcpd.conf", "/etc/dhcp/dhcpd.conf"},
        UriRow{"ParentFolder", "../pair~.yaml", "../pair~.yaml"},
        UriRow{"Blanks", "site a/b c", "site%20a/b%20c"},
        UriRow{"LettersOfSeveralBytes", "\xc3\xa4\xe4\xb8\xad", "%C3%A4%E4%B8%AD"},
        UriRow{"NoScheme", "http:pair.yaml", "http%3Apair.yaml"},
        // RFC 3986 section 4.2: what stands behind two slashes at the start is a host.
        UriRow{"NoHostBehindTwoSlashes", "//etc/dhcpd.conf", "/etc/dhcpd.conf"},
        UriRow{"NoHostBehindThreeSlashes", "///etc//dhcpd.conf", "/etc//dhcpd.conf"},
        UriRow{"NoQuery", "a?b&c=d", "a%3Fb%26c%3Dd"}, UriRow{"NoFragment", "a#b", "a%23b"},
        UriRow{"EncodedAlready", "a%20b", "a%2520b"}, UriRow{"Backslash", "a\\b", "a%5Cb"},
        UriRow{"Brackets", "[a]{b}", "%5Ba%5D%7Bb%7D"}, UriRow{"Quotes", "\"a'", "%22a%27"},
        UriRow{"LineEnds", "a\r\nb", "a%0D%0Ab"}, UriRow{"EscapeSequence", "\x1b[2J", "%1B%5B2J"},
        UriRow{"MalformedBytes", "\xff\xfe", "%FF%FE"}),
    [](const auto& row) { return row.param.name; });

struct RegionRow : test::Named {
  std::string contents;
  std::string marked;
  Position begin;
  Position end;
};

class SarifRegion : public testing::TestWithParam<RegionRow> {};

TEST_P(SarifRegion, IsCountedInCodePointsFromOneAndEndsBehindTheMark) {
  const RegionRow& row = GetParam();
  const json result = ResultOf(FindingAt(test::Source("f", row.contents), row.marked));
  EXPECT_EQ(result["locations"][0]["physicalLocation"]["region"],
            (json{{"startLine", row.begin.line},
                  {"startColumn", row.begin.column},
                  {"endLine", row.end.line},
                  {"endColumn", row.end.column}}));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SarifRegion,
    testing::Values(
        RegionRow{"FirstByte", "x: 1\n", "x", {1, 1}, {1, 2}},
        RegionRow{"LaterLine", "a\nb\n  x\n", "x", {3, 3}, {3, 4}},
        RegionRow{"OverLines", "x: [1,\n2]\n", "[1,\n2]", {1, 4}, {2, 3}},
        RegionRow{"NothingMarked", "x", "", {1, 1}, {1, 1}},
        RegionRow{"EmptyFile", "", "", {1, 1}, {1, 1}},
        RegionRow{"BehindATab", "\tx", "x", {1, 2}, {1, 3}},
        RegionRow{"BehindLettersOfTwoBytes", "\xc3\xbc\xc3\xbcx", "x", {1, 3}, {1, 4}},
        RegionRow{"BehindAWideLetter", "\xe4\xb8\xadx", "x", {1, 2}, {1, 3}},
        // Two units of UTF-16, which is what SARIF counts where columnKind is not given.
        RegionRow{"BehindTheBasicPlane", "\xf0\x9f\x98\x80x", "x", {1, 2}, {1, 3}},
        RegionRow{"BehindMalformedBytes", "\xff\xfex", "x", {1, 3}, {1, 4}}),
    [](const auto& row) { return row.param.name; });

struct HostileRow : test::Named {
  std::string text;
};

class SarifHostile : public testing::TestWithParam<HostileRow> {};

TEST_P(SarifHostile, IsJsonWhateverTheTextsHold) {
  const std::string& text = GetParam().text;
  Diagnostic diagnostic{&test::kErrorRule, WholeFile(test::Source(text, "")), text};
  diagnostic.notes.push_back({text, std::nullopt});
  const std::string printed = RenderSarif(test::Only(diagnostic), "1.2.3");
  ASSERT_TRUE(json::accept(printed));
  EXPECT_EQ(FindInvalidUtf8(printed), std::nullopt);
  const json log = json::parse(printed);
  const json& result = log["runs"][0]["results"][0];
  ExpectLocation(result["locations"][0]);
  ExpectMessage(result["relatedLocations"][0]["message"]);
  if (!FindInvalidUtf8(text)) {
    EXPECT_EQ(result["message"]["text"], text);
  }
}

INSTANTIATE_TEST_SUITE_P(Rows, SarifHostile,
                         testing::Values(HostileRow{"Nothing", ""}, HostileRow{"Quotes", "\"\\'"},
                                         HostileRow{"Zero", std::string("\0zero", 5)},
                                         HostileRow{"EscapeSequence", "\x1b[2J"},
                                         HostileRow{"LineEnds", "a\r\nb"},
                                         HostileRow{"MalformedBytes", "\xff\xfe"},
                                         HostileRow{"Surrogate", "\xed\xa0\x80"}),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace dhcpair::text
