#include "sync/change.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

#include "support/named.h"

namespace dhcpair::sync {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kConf[] = "/etc/dhcpd.conf";

conf::Model ModelOf(const std::string& conf) { return ReadNodeModel({{kConf, conf}}, kConf); }

std::string Subnet(const std::string& body) {
  return "subnet 10.0.0.0 netmask 255.255.255.0 {\n" + body + "\n}\n";
}

std::string Lost(const std::string& before, const std::vector<std::string>& after) {
  std::deque<conf::Model> models;  // They do not move.
  for (const std::string& body : after) models.emplace_back(ModelOf(Subnet(body)));
  std::vector<const conf::Model*> pointers;
  for (const conf::Model& model : models) pointers.push_back(&model);
  std::string text;
  for (const AddressSpan& span : LostAddresses(ModelOf(Subnet(before)), pointers)) {
    text += fmt::format("{}-{} ", span.first.ToString(), span.last.ToString());
  }
  return text;
}

struct RangeRow : test::Named {
  const char* before;
  const char* after;
  const char* lost;
};

class RangeChange : public testing::TestWithParam<RangeRow> {};

TEST_P(RangeChange, LosesWhatNoRangeHasAnyMore) {
  EXPECT_EQ(Lost(GetParam().before, {GetParam().after}), GetParam().lost);
}

TEST(LostAddresses, DoNotCountWhatThePartnerHas) {
  EXPECT_EQ(Lost("range 10.0.0.10 10.0.0.30;",
                 {"range 10.0.0.10 10.0.0.19;", "range 10.0.0.20 10.0.0.29;"}),
            "10.0.0.30-10.0.0.30 ");
}

INSTANTIATE_TEST_SUITE_P(
    Ranges, RangeChange,
    testing::Values(
        RangeRow{{"Same"}, "range 10.0.0.10 10.0.0.20;", "range 10.0.0.10 10.0.0.20;", ""},
        RangeRow{{"Grown"}, "range 10.0.0.10 10.0.0.20;", "range 10.0.0.5 10.0.0.30;", ""},
        RangeRow{{"ShrunkAtTheEnd"},
                 "range 10.0.0.10 10.0.0.20;",
                 "range 10.0.0.10 10.0.0.15;",
                 "10.0.0.16-10.0.0.20 "},
        RangeRow{{"ShrunkAtTheFront"},
                 "range 10.0.0.10 10.0.0.20;",
                 "range 10.0.0.12 10.0.0.20;",
                 "10.0.0.10-10.0.0.11 "},
        RangeRow{{"AHole"},
                 "range 10.0.0.10 10.0.0.20;",
                 "range 10.0.0.10 10.0.0.14; range 10.0.0.16 10.0.0.20;",
                 "10.0.0.15-10.0.0.15 "},
        RangeRow{{"SplitInTwoWithoutAHole"},
                 "range 10.0.0.10 10.0.0.20;",
                 "range 10.0.0.15 10.0.0.20; range 10.0.0.10 10.0.0.14;",
                 ""},
        RangeRow{{"IntoAPool"},
                 "range 10.0.0.10 10.0.0.20;",
                 "pool { deny dynamic bootp clients; range 10.0.0.10 10.0.0.20; }",
                 ""},
        RangeRow{{"Moved"},
                 "range 10.0.0.10 10.0.0.20;",
                 "range 10.0.0.110 10.0.0.120;",
                 "10.0.0.10-10.0.0.20 "},
        RangeRow{{"Gone"},
                 "range 10.0.0.10 10.0.0.20; range 10.0.0.21 10.0.0.30;",
                 "",
                 "10.0.0.10-10.0.0.30 "},
        RangeRow{{"OneOfTwo"},
                 "range 10.0.0.10 10.0.0.20; range 10.0.0.40 10.0.0.50;",
                 "range 10.0.0.40 10.0.0.50;",
                 "10.0.0.10-10.0.0.20 "},
        RangeRow{{"FromNothing"}, "", "range 10.0.0.10 10.0.0.20;", ""}),
    [](const auto& row) { return std::string(row.param.name); });

constexpr char kPeer[] =
    "failover peer \"p\" {{ {}; address {}; port {}; peer address {}; peer port {}; mclt {}; "
    "load balance max seconds 3; }}\n";

struct PeerFacts {
  const char* role = "primary";
  const char* address = "10.0.0.1";
  int port = 647;
  const char* partner = "10.0.0.2";
  int partner_port = 647;
  int mclt = 1800;
};

conf::Model WithPeer(const PeerFacts& facts, const char* name = "p") {
  std::string text = fmt::format(fmt::runtime(kPeer), facts.role, facts.address, facts.port,
                                 facts.partner, facts.partner_port, facts.mclt);
  text.replace(text.find("\"p\""), 3, fmt::format("\"{}\"", name));
  return ModelOf(text);
}

std::string WhyJoint(const conf::Model& before, const conf::Model& after) {
  const ChangeKind kind = KindOfChange({&before, &before}, {&before, &after});
  EXPECT_EQ(kind.why.empty(), kind.change_class == ChangeClass::kRolling);
  return kind.why;
}

TEST(KindOfChange, IsJointWhereTheRelationshipItselfChanges) {
  const conf::Model none = ModelOf("");
  const conf::Model base = WithPeer({});
  EXPECT_EQ(WhyJoint(none, base), "the secondary gets failover");
  EXPECT_EQ(WhyJoint(base, none), "the secondary loses failover");
  EXPECT_EQ(WhyJoint(base, WithPeer({}, "q")), "the secondary's peer name changes from p to q");
  EXPECT_EQ(WhyJoint(base, WithPeer({.role = "secondary"})),
            "the secondary's role changes from primary to secondary");
  EXPECT_EQ(WhyJoint(base, WithPeer({.address = "10.0.0.9"})),
            "the secondary's failover address changes from 10.0.0.1 to 10.0.0.9");
  EXPECT_EQ(WhyJoint(base, WithPeer({.partner = "gw2"})),
            "the secondary's partner's address changes from 10.0.0.2 to gw2");
  EXPECT_EQ(WhyJoint(base, WithPeer({.port = 520})),
            "the secondary's failover port changes from 647 to 520");
  EXPECT_EQ(WhyJoint(base, WithPeer({.partner_port = 520})),
            "the secondary's partner's port changes from 647 to 520");
}

TEST(KindOfChange, IsRollingOtherwise) {
  const conf::Model none = ModelOf("");
  EXPECT_EQ(WhyJoint(none, ModelOf(Subnet("range 10.0.0.10 10.0.0.20;"))), "");
  EXPECT_EQ(WhyJoint(WithPeer({}), WithPeer({.mclt = 3600})), "");
  // A node that is left out says nothing.
  const conf::Model base = WithPeer({});
  EXPECT_EQ(KindOfChange({&base, nullptr}, {&base, nullptr}).change_class, ChangeClass::kRolling);
}

TEST(KindOfChange, TakesAPortThatIsNotWrittenForTheDefault) {
  EXPECT_EQ(WhyJoint(ModelOf("failover peer \"p\" { primary; address 10.0.0.1; peer address "
                             "10.0.0.2; mclt 1800; }\n"),
                     WithPeer({})),
            "");
}

TEST(McltChange, IsSeenWhereBothHaveOne) {
  const auto change = FindMcltChange(WithPeer({}), WithPeer({.mclt = 600}));
  ASSERT_TRUE(change);
  EXPECT_EQ(change->before, 1800);
  EXPECT_EQ(change->after, 600);
  EXPECT_FALSE(FindMcltChange(WithPeer({}), WithPeer({.port = 520})));
  EXPECT_FALSE(FindMcltChange(ModelOf(""), WithPeer({})));
}

TEST(MissingIncludes, AreFoundBehindOthers) {
  const FileSet files{{kConf, "include \"/etc/a\"; include \"/etc/b\";"},
                      {"/etc/a", "include \"/etc/c\"; include \"/etc/dhcpd.conf\";"}};
  EXPECT_THAT(MissingIncludes(files, kConf), ElementsAre("/etc/b", "/etc/c"));
  EXPECT_THAT(MissingIncludes({}, kConf), IsEmpty());
}

TEST(ReadNodeModel, FollowsIncludesInTheSetAndReadsMissingOnesAsEmpty) {
  const conf::Model model = ReadNodeModel({{kConf, "include \"/etc/gone\"; include \"/etc/m\";"},
                                           {"/etc/m", Subnet("range 10.0.0.10 10.0.0.20;")}},
                                          kConf);
  EXPECT_EQ(model.subnets.size(), 1U);
  EXPECT_TRUE(ReadNodeModel({}, kConf).subnets.empty());
}

}  // namespace
}  // namespace dhcpair::sync
