#include "lint/follow_ups.h"

#include <gtest/gtest.h>

#include "conf/conf.h"
#include "support/findings.h"
#include "support/map_loader.h"
#include "support/named.h"

namespace dhcpair::lint {
namespace {

using Files = std::map<std::string, std::string>;

struct Row : test::Named {
  const char* text;
  const char* about;  // What a rule finds wrong.
  bool is_left;
};

class FollowUp : public testing::TestWithParam<Row> {};

TEST_P(FollowUp, IsLeftOutWhereItsStatementHasAnError) {
  test::MapLoader loader;
  text::Diagnostics read;
  const conf::Model model = conf::Read(loader, test::Source("dhcpd.conf", GetParam().text), read);
  const text::Diagnostics found =
      test::Only(test::FindingAt(model.files[0].source, GetParam().about, test::kWarningRule));
  EXPECT_EQ(WithoutFollowUps(found, read, model).empty(), !GetParam().is_left);
}

constexpr char kUnknownPeer[] =
    "authoritative;\n"
    "subnet 10.0.0.0 netmask 255.255.255.0 {\n"
    "  option routers 10.0.0.1;\n"
    "  pool {\n"
    "    failover peer \"x\";\n"
    "    range 10.0.0.5 10.0.0.9;\n"
    "  }\n"
    "}\n"
    "host a { hardware ethernet 00:00:5e:00:53:01; }\n";

INSTANTIATE_TEST_SUITE_P(
    Rows, FollowUp,
    testing::Values(Row{"PoolWithTheError", kUnknownPeer, "pool", false},
                    Row{"SubnetAroundIt", kUnknownPeer, "subnet", false},
                    Row{"StatementWithTheError", kUnknownPeer, "\"x\"", false},
                    Row{"StatementBesideIt", kUnknownPeer, "range", true},
                    Row{"StatementBeforeIt", kUnknownPeer, "option", true},
                    Row{"AnotherDeclaration", kUnknownPeer, "host", true},
                    Row{"AnotherStatement", kUnknownPeer, "authoritative", true},
                    Row{"MissingSemicolon", "max-lease-time 600\n", "max", false},
                    Row{"NoError", "max-lease-time 600;\n", "max", true}),
    [](const auto& row) { return row.param.name; });

TEST(FollowUps, AboutAFileAsAWholeStay) {
  test::MapLoader loader;
  text::Diagnostics read;
  const conf::Model model = conf::Read(loader, test::Source("f", "max-lease-time 600\n"), read);
  const text::Diagnostics found =
      test::Only({&test::kWarningRule, text::WholeFile(model.files[0].source), "m"});
  EXPECT_FALSE(WithoutFollowUps(found, read, model).empty());
}

TEST(FollowUps, OfAnotherFileStay) {
  test::MapLoader loader(
      Files{{"hosts", "max-lease-time 600;\n"}, {"bad", "max-lease-time 600\n"}});
  text::Diagnostics read;
  const conf::Model model =
      conf::Read(loader, test::Source("f", "include \"hosts\";\ninclude \"bad\";\n"), read);
  ASSERT_TRUE(model.has_errors);
  const text::Diagnostics found =
      test::Only(test::FindingAt(test::Source("hosts", "max-lease-time 600;\n"), "max"));
  EXPECT_FALSE(WithoutFollowUps(found, read, model).empty());
}

}  // namespace
}  // namespace dhcpair::lint
