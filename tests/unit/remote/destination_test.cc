#include "remote/destination.h"

#include <gtest/gtest.h>

#include "support/named.h"
#include "support/pairs.h"

namespace dhcpair::remote {
namespace {

struct Row : test::Named {
  const char* host;
  const char* ssh;
  Destination destination;
  const char* by_hand;
};

class DestinationOfANode : public testing::TestWithParam<Row> {};

TEST_P(DestinationOfANode, IsWhatThePairFileSays) {
  const pair::Pair pair = test::LoadPair(
      std::string("pair: p\nprimary: {host: \"") + GetParam().host +
      "\", address: 10.0.0.1, ssh: " + GetParam().ssh + "}\nsecondary: {address: 10.0.0.2}\n");
  const Destination destination = DestinationOf(pair.primary.node);
  EXPECT_EQ(destination.host, GetParam().destination.host);
  EXPECT_EQ(destination.user, GetParam().destination.user);
  EXPECT_EQ(destination.port, GetParam().destination.port);
  EXPECT_EQ(SshByHand(pair.primary.node), GetParam().by_hand);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, DestinationOfANode,
    testing::Values(
        Row{"Alias", "gw1", "{}", {"gw1"}, "ssh gw1"},
        Row{"User", "root@gw1", "{}", {"gw1", "root"}, "ssh -l root gw1"},
        Row{"UserOfTheSection", "gw1", "{user: ada}", {"gw1", "ada"}, "ssh -l ada gw1"},
        Row{"UserOfTheHostWins", "root@gw1", "{user: ada}", {"gw1", "root"}, "ssh -l root gw1"},
        Row{"Everything",
            "gw1",
            "{user: ada, port: 2222, config: /etc/my_ssh}",
            {"gw1", "ada", 2222},
            "ssh -F /etc/my_ssh -p 2222 -l ada gw1"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace dhcpair::remote
