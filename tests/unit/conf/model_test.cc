#include "conf/model.h"

#include <gtest/gtest.h>

#include <string>

#include "read_conf.h"
#include "support/named.h"

namespace dhcpair::conf {
namespace {

base::Ipv4Address Address(std::string_view text) { return base::Ipv4Address::Parse(text).value(); }

constexpr char kSite[] = R"(
default-lease-time 600;
option domain-name "all";
failover peer "p" {
  secondary; address 10.0.0.1; port 647; peer address 10.0.0.2; peer port 847;
  max-response-delay 9; max-response-delay 10;
}
class "c" { match if known; lease limit 3; }
class "s" { match hardware; }
subclass "s" 1:2:3 { default-lease-time 5; }
shared-network office {
  option domain-name "office";
  subnet 10.1.0.0 netmask 255.255.0.0 {
    option routers 10.1.0.1, gw.example.org;
    range 10.1.9.9 10.1.9.1;
    range 10.1.8.1;
  }
  subnet 10.2.0.0 netmask 255.255.0.0 { }
  pool {
    failover peer "p";
    deny dynamic bootp clients;
    allow members of "c";
    default-lease-time 60;
    range 10.2.0.1 10.2.0.9;
  }
}
subnet 10.1.128.0 netmask 255.255.255.0 { not authoritative; }
group named {
  default-lease-time 30;
  host a.example { hardware ethernet 0:1:2:3:4:ff; fixed-address 10.1.0.7, a.example.org; }
}
host gone { }
host gone { deleted; }
host b { uid "x"; group "named"; default-lease-time 31; }
)";

class ModelOfASite : public testing::Test {
 protected:
  test::ReadConf read_ = test::Read(kSite);
  const Model& model_ = read_.model;

  std::uint32_t LeaseTime(Index scope) const {
    const Statement* const found = model_.Find(scope, "server", "default-lease-time");
    return found == nullptr ? 0 : model_.NumberOf(found->value).value_or(0);
  }
};

TEST_F(ModelOfASite, IsReadWithoutAFinding) {
  EXPECT_EQ(read_.findings(), "");
  EXPECT_FALSE(model_.has_errors);
}

TEST_F(ModelOfASite, HasNetworksWithTheirSubnetsAndPools) {
  ASSERT_EQ(model_.networks.size(), 2u);
  const Network& office = model_.networks[0];
  EXPECT_EQ(office.name, "office");
  EXPECT_EQ(office.subnets.size(), 2u);
  ASSERT_EQ(office.pools.size(), 2u);
  EXPECT_EQ(model_.networks[1].name, "");
  EXPECT_EQ(model_.networks[1].subnets.size(), 1u);

  const Pool& implied = model_.pools[office.pools[0]];
  EXPECT_TRUE(implied.is_implied);
  EXPECT_FALSE(implied.peer.has_value());
  ASSERT_EQ(implied.ranges.size(), 2u) << "all ranges of a subnet are one pool";
  EXPECT_TRUE(implied.ranges[0].is_reversed);
  EXPECT_EQ(implied.ranges[0].first, Address("10.1.9.1"));
  EXPECT_EQ(implied.ranges[0].size(), 9u);
  EXPECT_EQ(model_.TextOf(implied.ranges[1].origin), "range 10.1.8.1;");

  const Pool& pool = model_.pools[office.pools[1]];
  EXPECT_EQ(pool.peer, Index{0});
  EXPECT_EQ(model_.TextOf(pool.peer_origin), "failover peer \"p\";");
  ASSERT_EQ(pool.permits.size(), 2u);
  EXPECT_FALSE(pool.permits[0].is_allow);
  EXPECT_EQ(pool.permits[0].kind, PermitKind::kDynamicBootpClients);
  EXPECT_EQ(pool.permits[1].class_name, "c");
}

TEST_F(ModelOfASite, InheritsWhatIsSaidFurtherOut) {
  const Network& office = model_.networks[0];
  EXPECT_EQ(LeaseTime(0), 600u);
  EXPECT_EQ(LeaseTime(office.scope), 600u);
  EXPECT_EQ(LeaseTime(model_.pools[office.pools[1]].scope), 60u);
  const Index subnet = model_.subnets[0].scope;
  EXPECT_EQ(model_.OctetsOf(model_.Find(subnet, "dhcp", "domain-name")->value), "office");
  EXPECT_EQ(model_.FindHere(subnet, "dhcp", "domain-name"), nullptr);
  EXPECT_EQ(model_.Find(subnet, "dhcp", "host-name"), nullptr);
  EXPECT_TRUE(model_.IsInside(subnet, office.scope));
  EXPECT_FALSE(model_.IsInside(office.scope, subnet));
  EXPECT_EQ(model_.scopes[model_.subnets[2].scope].authoritative, false);
}

TEST_F(ModelOfASite, LeavesNamesInValuesUnresolved) {
  const Statement* const routers = model_.FindHere(model_.subnets[0].scope, "dhcp", "routers");
  ASSERT_NE(routers, nullptr);
  EXPECT_EQ(routers->number, 3u);
  EXPECT_TRUE(model_.AddressesOf(routers->value).empty());
  EXPECT_EQ(Print(model_.expressions, routers->value),
            "concat(0a:01:00:01, gethostbyname(\"gw.example.org\"))");
}

TEST_F(ModelOfASite, HasHostsWithoutThoseThatAreDeleted) {
  ASSERT_EQ(model_.hosts.size(), 2u);
  const Host& a = model_.hosts[0];
  EXPECT_EQ(a.name, "a.example");
  EXPECT_EQ(a.hardware->type, "ethernet");
  EXPECT_EQ(a.hardware->octets, std::string("\0\1\2\3\4\xff", 6));
  ASSERT_EQ(a.fixed_addresses.size(), 2u);
  EXPECT_EQ(a.fixed_addresses[0].address, Address("10.1.0.7"));
  EXPECT_EQ(a.fixed_addresses[1].name, "a.example.org");
  EXPECT_EQ(LeaseTime(a.scope), 30u) << "a group is a scope";
  EXPECT_EQ(model_.hosts[1].uid, "x");
  EXPECT_EQ(model_.hosts[1].group, "named");
  EXPECT_EQ(LeaseTime(model_.hosts[1].scope), 31u);
}

TEST_F(ModelOfASite, FindsTheSmallestSubnetOfAnAddress) {
  EXPECT_EQ(model_.FindSubnet(Address("10.1.128.5")), &model_.subnets[2]);
  EXPECT_EQ(model_.FindSubnet(Address("10.1.5.5")), &model_.subnets[0]);
  EXPECT_EQ(model_.FindSubnet(Address("10.3.0.1")), nullptr);
  EXPECT_EQ(model_.subnets[2].broadcast(), Address("10.1.128.255"));
}

TEST_F(ModelOfASite, KeepsWhatAFailoverPeerSaysInItsOrder) {
  const Peer* const peer = model_.FindPeer("p");
  ASSERT_NE(peer, nullptr);
  EXPECT_TRUE(peer->is_secondary);
  EXPECT_EQ(peer->pools, 1u);
  EXPECT_EQ(peer->Last("port"_kw)->number, 647);
  EXPECT_EQ(peer->Last("port"_kw, true)->number, 847);
  EXPECT_EQ(peer->Last("address"_kw, true)->address.address, Address("10.0.0.2"));
  EXPECT_EQ(peer->Last("max-response-delay"_kw)->number, 10);
  EXPECT_EQ(peer->Last("mclt"_kw), nullptr);
  EXPECT_EQ(model_.FindPeer("P"), nullptr);
}

TEST_F(ModelOfASite, HasClassesAndSubclasses) {
  const Class* const c = model_.FindClass("c");
  ASSERT_NE(c, nullptr);
  EXPECT_EQ(Print(model_.expressions, c->match_if), "known");
  EXPECT_EQ(c->lease_limit, 3);
  ASSERT_EQ(model_.subclasses.size(), 1u);
  EXPECT_EQ(model_.subclasses[0].data, "\1\2\3");
  EXPECT_EQ(LeaseTime(*model_.subclasses[0].scope), 5u);
}

struct ValueRow : test::Named {
  const char* statement;
  std::string octets;
};

class OptionOctets : public testing::TestWithParam<ValueRow> {};

TEST_P(OptionOctets, AreThoseThatGoOnTheWire) {
  const test::ReadConf read = test::Read(GetParam().statement);
  ASSERT_EQ(read.findings(), "");
  const Statement& last = read.model.scopes[0].statements.back();
  EXPECT_EQ(read.model.OctetsOf(last.value), GetParam().octets);
}

std::string Octets(std::initializer_list<int> octets) {
  std::string text;
  for (const int octet : octets) text += static_cast<char>(octet);
  return text;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, OptionOctets,
    testing::Values(
        ValueRow{"Address", "option subnet-mask 255.255.0.0;", Octets({255, 255, 0, 0})},
        ValueRow{"Addresses", "option routers 10.0.0.1, 10.0.0.2;",
                 Octets({10, 0, 0, 1, 10, 0, 0, 2})},
        ValueRow{"Pairs", "option static-routes 10.0.0.0 10.0.0.1;",
                 Octets({10, 0, 0, 0, 10, 0, 0, 1})},
        ValueRow{"Text", "option domain-name \"a\\tb\";", "a\tb"},
        ValueRow{"Word", "option domain-name a;", "a"},
        ValueRow{"Negative", "option time-offset -1;", Octets({255, 255, 255, 255})},
        ValueRow{"Hexadecimal", "option interface-mtu 0x5dc;", Octets({5, 0xdc})},
        ValueRow{"Octal", "option default-ip-ttl 010;", Octets({8})},
        ValueRow{"Flag", "option ip-forwarding On;", Octets({1})},
        ValueRow{"Seconds", "default-lease-time 258;", Octets({0, 0, 1, 2})},
        ValueRow{"Infinite", "max-lease-time infinite;", Octets({255, 255, 255, 255})},
        ValueRow{"Wrapped", "max-lease-time 4294967297;", Octets({0, 0, 0, 1})},
        ValueRow{"Denied", "deny booting;", Octets({0})},
        ValueRow{"Ignored", "ignore client-updates;", Octets({2})},
        ValueRow{"DomainList", "option domain-search \"a.b\", \"c\";",
                 Octets({1, 'a', 1, 'b', 0, 1, 'c', 0})},
        ValueRow{"Enumerator", "ddns-update-style interim;", Octets({2})},
        ValueRow{"Octets", "option unknown-200 1:ff;", Octets({1, 255})},
        ValueRow{"Declared", "option x code 200 = { integer 8, ip-address }; option x 1 10.0.0.1;",
                 Octets({1, 10, 0, 0, 1})}),
    [](const auto& row) { return row.param.name; });

TEST(Model, KeepsTheStatementsOfBranchesApart) {
  const test::ReadConf read = test::Read(
      "if known { default-lease-time 1; } elsif static { min-secs 1; } else { min-secs 2; }\n"
      "on commit or release { set a = \"b\"; }\n"
      "switch (lease-time) { case 1: break; default: log(error, \"x\"); }");
  ASSERT_EQ(read.findings(), "");
  const auto& statements = read.model.scopes[0].statements;
  ASSERT_EQ(statements.size(), 3u);
  EXPECT_EQ(read.model.Find(0, "server", "default-lease-time"), nullptr)
      << "what stands behind a condition is not said for all";
  const Statement& elsif = statements[0].branches->otherwise.at(0);
  EXPECT_EQ(elsif.kind, StatementKind::kIf);
  EXPECT_EQ(elsif.branches->body.size(), 1u);
  EXPECT_EQ(elsif.branches->otherwise.size(), 1u);
  EXPECT_EQ(statements[1].number, kOnCommit | kOnRelease);
  EXPECT_EQ(statements[1].branches->body.size(), 1u);
  const auto& cases = statements[2].branches->body;
  ASSERT_EQ(cases.size(), 4u);
  EXPECT_EQ(cases[0].kind, StatementKind::kCase);
  EXPECT_EQ(cases[2].kind, StatementKind::kDefaultCase);
  EXPECT_EQ(cases[3].number, 1u) << "log(error, ...)";
}

TEST(Model, TakesTheLastOfStatementsThatSayTheSame) {
  const test::ReadConf read = test::Read("default-lease-time 1; default-lease-time 2;");
  const Statement* const found = read.model.Find(0, "server", "default-lease-time");
  EXPECT_EQ(read.model.NumberOf(found->value), 2u);
}

TEST(Model, FollowsIncludesAndTellsTheirFilesApart) {
  test::MapLoader loader;
  loader.Put("/etc/a", "host a { } include \"/etc/b\";");
  loader.Put("/etc/b", "host b { }");
  const test::ReadConf read = test::Read("include \"/etc/a\"; host c { }", loader);
  ASSERT_EQ(read.findings(), "");
  ASSERT_EQ(read.model.files.size(), 3u);
  ASSERT_EQ(read.model.hosts.size(), 3u);
  EXPECT_EQ(read.model.hosts[1].origin.file, 2u);
  EXPECT_EQ(read.model.LocationOf(read.model.hosts[1].origin).source->name(), "/etc/b");
}

TEST(Model, HasWhatCouldBeReadOfAFileWithMistakes) {
  const test::ReadConf read = test::Read(
      "option routers;; subnet 10.0.0.0 netmask 255.0.0.0 { range 10.0.0.1; rnge 1; }\n"
      "host a { hardware ethernet 1:2; bogus 5; }");
  EXPECT_TRUE(read.model.has_errors);
  EXPECT_EQ(read.model.subnets.size(), 1u);
  EXPECT_EQ(read.model.pools.size(), 1u);
  EXPECT_EQ(read.model.hosts.size(), 1u);
}

}  // namespace
}  // namespace dhcpair::conf
