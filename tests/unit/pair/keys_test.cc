// The table of keys, and the schema for editors against it.
#include "pair/keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

namespace dhcpair::pair {
namespace {

using Json = nlohmann::json;

struct PlaceRow {
  Place place;
  const char* pointer;  // In the schema.
};

constexpr PlaceRow kPlaces[] = {
    {Place::kTop, ""},
    {Place::kNode, "/definitions/node"},
    {Place::kFailover, "/definitions/failover"},
    {Place::kPaths, "/definitions/paths"},
    {Place::kService, "/definitions/service"},
    {Place::kOmapi, "/definitions/omapi"},
    {Place::kSsh, "/definitions/ssh"},
    {Place::kPlan, "/definitions/plan"},
    {Place::kFile, "/definitions/file"},
};

Json LoadSchema() {
  const char* const root = std::getenv("DHCPAIR_SOURCE_ROOT");
  std::ifstream in(std::string(root != nullptr ? root : ".") + "/share/schema/pair.schema.json");
  return Json::parse(in);
}

// A property with its reference followed; what stands beside a reference is kept.
Json Resolved(const Json& schema, Json property) {
  while (property.contains("$ref")) {
    const std::string target = property["$ref"].get<std::string>().substr(1);
    property.erase("$ref");
    Json resolved = schema.at(Json::json_pointer(target));
    resolved.update(property);
    property = std::move(resolved);
  }
  return property;
}

// The limits of an integer, also where a time may be given as one.
Json IntegerOf(const Json& property) {
  return property.contains("anyOf") ? property["anyOf"][0] : property;
}

std::string DefaultOf(const Json& property) {
  if (!property.contains("default")) return "";
  const Json& value = property["default"];
  return value.is_string() ? value.get<std::string>() : value.dump();
}

class SchemaSection : public testing::TestWithParam<PlaceRow> {};

TEST_P(SchemaSection, HasTheKeysOfTheTableWithTheirLimitsAndDefaults) {
  const Json schema = LoadSchema();
  const Json section = schema.at(Json::json_pointer(GetParam().pointer));
  EXPECT_EQ(section["additionalProperties"], false);
  std::set<std::string> listed;
  for (const auto& [name, property] : section["properties"].items()) listed.insert(name);
  for (const Key& key : Keys()) {
    if (!key.IsIn(GetParam().place)) continue;
    const std::string name(key.name);
    EXPECT_EQ(listed.erase(name), 1u) << name << " is not in the schema";
    const Json property = Resolved(schema, section["properties"][name]);
    EXPECT_EQ(DefaultOf(property), key.default_text) << name;
    if (key.kind == ValueKind::kInteger || key.kind == ValueKind::kSeconds) {
      EXPECT_EQ(IntegerOf(property)["minimum"], key.min) << name;
      EXPECT_EQ(IntegerOf(property)["maximum"], key.max) << name;
    }
    if (key.kind == ValueKind::kChoice) {
      const auto choices = Choices(key);
      EXPECT_EQ(property["enum"], Json(std::vector<std::string>(choices.begin(), choices.end())))
          << name;
    }
    // The secret may stand at the top while a node overrides the port.
    const bool in_another_section = key.name == "secret-file";
    const Json required = section.value("required", Json::array());
    EXPECT_EQ(std::ranges::find(required, Json(name)) != required.end(),
              key.required && !in_another_section)
        << name;
  }
  EXPECT_TRUE(listed.empty()) << *listed.begin() << " is in the schema only";
}

INSTANTIATE_TEST_SUITE_P(Places, SchemaSection, testing::ValuesIn(kPlaces));

TEST(Keys, AKeyStandsOnceInEachPlace) {
  for (const PlaceRow& row : kPlaces) {
    std::set<std::string_view> names;
    for (const std::string_view name : KeyNames(row.place)) {
      EXPECT_TRUE(names.insert(name).second) << name << " in " << Describe(row.place);
      ASSERT_NE(FindKey(name, row.place), nullptr);
      EXPECT_EQ(FindKey(name, row.place)->name, name);
    }
    EXPECT_FALSE(names.empty()) << Describe(row.place);
  }
}

TEST(Keys, WhatAPrimaryAloneHasIsNoKeyOfANode) {
  for (const std::string_view name : {"mclt", "split", "hba"}) {
    EXPECT_EQ(FindKey(name, Place::kNode), nullptr) << name;
    EXPECT_NE(FindKey(name, Place::kFailover), nullptr) << name;
  }
}

TEST(Keys, EachSaysWhatItTakes) {
  for (const Key& key : Keys()) EXPECT_FALSE(Takes(key).empty()) << key.name;
}

TEST(Keys, AnUnknownNameIsNowhere) {
  EXPECT_EQ(FindKeyAnywhere("mtu"), nullptr);
  EXPECT_EQ(FindKey("", Place::kTop), nullptr);
  EXPECT_EQ(FindKey("port", Place::kTop), nullptr);
}

}  // namespace
}  // namespace dhcpair::pair
