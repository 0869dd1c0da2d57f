#include "generate/starter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "generate/template_set.h"
#include "pair/platform.h"
#include "support/named.h"
#include "support/pairs.h"

namespace dhcpair::generate {
namespace {

using base::Ipv4Address;
using base::Prefix;

Ipv4Address Address(const std::string& text) { return Ipv4Address::Parse(text).value(); }

StarterFacts Facts() {
  return {.pair_name = "dhcp-failover",
          .primary = Address("192.0.2.2"),
          .secondary = Address("192.0.2.3"),
          .primary_host = "root@192.0.2.2",
          .secondary_host = "root@192.0.2.3",
          .port = 647,
          .mclt_seconds = 3600,
          .split = 128,
          .platform = "",
          .interfaces = {},
          .subnet = Prefix::Parse("192.0.2.0/24").value(),
          .range = {Address("192.0.2.128"), Address("192.0.2.254")},
          .router = Address("192.0.2.1")};
}

// The new pair as the next command would read it; not a single finding is allowed.
pair::Pair Loaded(const StarterFiles& files) {
  test::MapLoader loader({{"pair.yaml", files.pair_yaml}, {"dhcpd.master", files.master}});
  text::Diagnostics diagnostics;
  auto pair = pair::Load(loader, "pair.yaml", diagnostics);
  EXPECT_EQ(RenderTerminal(diagnostics, text::Color::kNever), "") << files.pair_yaml;
  if (!pair) throw std::runtime_error("the new pair file is wrong");
  return *std::move(pair);
}

TEST(Starter, PrintsAPairFileThatHoldsWhatItWasTold) {
  StarterFacts facts = Facts();
  facts.port = 520;
  facts.mclt_seconds = 1800;
  facts.split = 256;
  facts.platform = "generic";
  facts.interfaces = {"em0", "vlan13"};
  const pair::Pair pair = Loaded(PrintStarter(facts));
  EXPECT_EQ(pair.name.text(), "dhcp-failover");
  EXPECT_EQ(pair.primary.node.address, facts.primary);
  EXPECT_EQ(pair.secondary.node.address, facts.secondary);
  EXPECT_EQ(pair.primary.node.host, "root@192.0.2.2");
  EXPECT_EQ(pair.secondary.node.host, "root@192.0.2.3");
  EXPECT_EQ(pair.primary.node.port, 520);
  EXPECT_EQ(pair.primary.mclt, pair::Seconds(1800));
  EXPECT_EQ(std::get<pair::Split>(pair.primary.balance).buckets, 256);
  EXPECT_EQ(pair.master, "dhcpd.master");
  EXPECT_EQ(pair.primary.node.platform->name, "generic");
  EXPECT_EQ(pair.secondary.node.interfaces, facts.interfaces);
}

TEST(Starter, LeavesPlatformAndInterfacesToBeFilledInWhereItKnowsNone) {
  const StarterFiles files = PrintStarter(Facts());
  const pair::Pair pair = Loaded(files);
  EXPECT_EQ(pair.primary.node.platform, &pair::GenericPlatform());
  EXPECT_TRUE(pair.primary.node.interfaces.empty());
  EXPECT_TRUE(files.pair_yaml.contains("\n# platform: ")) << files.pair_yaml;
  EXPECT_TRUE(files.pair_yaml.contains("\n# interfaces: ")) << files.pair_yaml;
}

// Debian, whose paths AppArmor confines, and RHEL, whose ports SELinux does, have rules of their
// own.
TEST(Starter, IsCleanForEveryPlatform) {
  for (const std::string_view name : pair::PlatformNames()) {
    StarterFacts facts = Facts();
    facts.platform = name;
    EXPECT_EQ(Loaded(PrintStarter(facts)).primary.node.platform->name, name);
  }
}

TEST(Starter, WritesNoBlankLineTwiceAndNoBlankAtTheEndOfALine) {
  StarterFacts filled = Facts();
  filled.platform = "generic";
  filled.interfaces = {"em0"};
  for (const StarterFacts& facts : {Facts(), filled}) {
    const StarterFiles files = PrintStarter(facts);
    for (const std::string& text : {files.pair_yaml, files.master}) {
      EXPECT_FALSE(text.starts_with('\n') || text.contains("\n\n\n")) << text;
      EXPECT_FALSE(text.contains(" \n") || text.contains("{{")) << text;
      EXPECT_TRUE(text.ends_with('\n')) << text;
    }
  }
}

TEST(Starter, NamesThePeerInThePoolOfTheMaster) {
  const std::string master = PrintStarter(Facts()).master;
  for (const char* const line :
       {"subnet 192.0.2.0 netmask 255.255.255.0 {\n", "option routers 192.0.2.1;\n",
        "    failover peer \"dhcp-failover\";\n", "    range 192.0.2.128 192.0.2.254;\n"}) {
    EXPECT_TRUE(master.contains(line)) << line << master;
  }
}

// A name can be everything that YAML gives a meaning to.
class StarterName : public testing::TestWithParam<const char*> {};

TEST_P(StarterName, MeansItselfInBothFiles) {
  StarterFacts facts = Facts();
  facts.pair_name = GetParam();
  const StarterFiles files = PrintStarter(facts);
  EXPECT_EQ(Loaded(files).name.text(), GetParam());
  EXPECT_TRUE(files.master.contains("failover peer \"" + facts.pair_name + "\";"));
}

INSTANTIATE_TEST_SUITE_P(Rows, StarterName,
                         testing::Values("p", "dhcp-failover", "a #b", "a: b", "#a", "- a", "'a'",
                                         "it's", " a ", "[a]", "{a: b}", "a, b", "&a", "*a", "!a",
                                         "|", ">", "%a", "@a", "`a`", "?", "~", "null", "Null",
                                         "NULL", "yes", "off", "12", "010", "1e3", "0x1f", ".5",
                                         "2001-01-01", "<<", "---", "...", "{{x}}", "{{{pair}}}",
                                         "&amp;"));

// All of these are destinations that the pair file takes.
TEST(Starter, QuotesHostsAndInterfacesThatYamlWouldTakeForMore) {
  StarterFacts facts = Facts();
  facts.primary_host = "[fe80::1%em0]";
  facts.secondary_host = "%x";
  facts.interfaces = {"em0", "em0:1", "@x"};
  const pair::Pair pair = Loaded(PrintStarter(facts));
  EXPECT_EQ(pair.primary.node.host, "[fe80::1%em0]");
  EXPECT_EQ(pair.secondary.node.host, "%x");
  EXPECT_EQ(pair.primary.node.interfaces, facts.interfaces);
}

struct RangeRow : test::Named {
  const char* subnet;
  std::vector<const char*> taken;
  const char* range;  // "first last", or "" where there is none.
};

std::string Chosen(const char* subnet, const std::vector<const char*>& taken) {
  std::vector<Ipv4Address> addresses;
  for (const char* const address : taken) addresses.push_back(Address(address));
  const auto range = ChooseRange(Prefix::Parse(subnet).value(), addresses);
  return range ? range->first.ToString() + " " + range->last.ToString() : "";
}

class ChosenRange : public testing::TestWithParam<RangeRow> {};

TEST_P(ChosenRange, IsAFreeHalf) {
  EXPECT_EQ(Chosen(GetParam().subnet, GetParam().taken), GetParam().range);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ChosenRange,
    testing::Values(
        RangeRow{"UpperHalf",
                 "192.0.2.0/24",
                 {"192.0.2.2", "192.0.2.3", "192.0.2.1"},
                 "192.0.2.128 192.0.2.254"},
        RangeRow{"NothingTaken", "192.0.2.0/24", {}, "192.0.2.128 192.0.2.254"},
        RangeRow{"NodesInTheUpperHalfGoBelow",
                 "192.0.2.0/24",
                 {"192.0.2.252", "192.0.2.253", "192.0.2.254"},
                 "192.0.2.128 192.0.2.251"},
        RangeRow{"NodesAtTheStartOfTheUpperHalf",
                 "192.0.2.0/24",
                 {"192.0.2.128", "192.0.2.129"},
                 "192.0.2.130 192.0.2.254"},
        RangeRow{"NodesAtBothEndsOfTheUpperHalf",
                 "192.0.2.0/24",
                 {"192.0.2.1", "192.0.2.129", "192.0.2.254"},
                 "192.0.2.2 192.0.2.127"},
        RangeRow{"NodeAtTheEdge", "192.0.2.0/24", {"192.0.2.127"}, "192.0.2.128 192.0.2.254"},
        RangeRow{"NodesElsewhere",
                 "192.0.2.0/24",
                 {"192.0.1.200", "192.0.3.200", "10.0.0.1"},
                 "192.0.2.128 192.0.2.254"},
        RangeRow{"NetworkAndBroadcastAreNoNodes",
                 "192.0.2.0/24",
                 {"192.0.2.0", "192.0.2.255"},
                 "192.0.2.128 192.0.2.254"},
        RangeRow{"TakenInTheMiddleOfBothHalves",
                 "192.0.2.0/24",
                 {"192.0.2.20", "192.0.2.100", "192.0.2.148", "192.0.2.230"},
                 ""},
        RangeRow{"Slash8", "10.0.0.0/8", {"10.0.0.1"}, "10.128.0.0 10.255.255.254"},
        RangeRow{"Slash16", "10.9.0.0/16", {"10.9.0.1"}, "10.9.128.0 10.9.255.254"},
        RangeRow{"Slash23", "10.9.2.0/23", {"10.9.2.1"}, "10.9.3.0 10.9.3.254"},
        RangeRow{"Slash29", "10.0.0.0/29", {"10.0.0.1", "10.0.0.2"}, "10.0.0.4 10.0.0.6"},
        RangeRow{
            "Slash29WithANodeAbove", "10.0.0.0/29", {"10.0.0.1", "10.0.0.6"}, "10.0.0.4 10.0.0.5"},
        RangeRow{"Slash29WithOneAddressLeftInEachHalf",
                 "10.0.0.0/29",
                 {"10.0.0.1", "10.0.0.2", "10.0.0.5"},
                 ""},
        RangeRow{"Slash30", "10.0.0.0/30", {"10.0.0.1"}, ""},
        RangeRow{"Slash31", "10.0.0.0/31", {}, ""}, RangeRow{"Slash32", "10.0.0.1/32", {}, ""},
        RangeRow{"LastNetworkOfAll", "255.255.255.0/24", {}, "255.255.255.128 255.255.255.254"},
        RangeRow{"FirstNetworkOfAll", "0.0.0.0/8", {}, "0.128.0.0 0.255.255.254"},
        RangeRow{"Everything", "0.0.0.0/0", {}, "128.0.0.0 255.255.255.254"}),
    [](const auto& row) { return row.param.name; });

// Every way to take three addresses of a /28, the network and the broadcast address included.
TEST(ChooseRange, NeverHoldsATakenAddressAndHasAlwaysTwo) {
  const Prefix subnet = Prefix::Parse("10.0.0.16/28").value();
  const auto at = [&](std::uint32_t i) { return Ipv4Address(subnet.network().value() + i); };
  int chosen = 0;
  for (std::uint32_t i = 0; i < 16; ++i) {
    for (std::uint32_t j = i; j < 16; ++j) {
      for (std::uint32_t k = j; k < 16; ++k) {
        const std::vector<Ipv4Address> taken{at(k), at(i), at(j)};
        const auto range = ChooseRange(subnet, taken);
        if (!range) continue;
        ++chosen;
        SCOPED_TRACE(testing::Message() << i << " " << j << " " << k);
        EXPECT_GT(range->first, subnet.network());
        EXPECT_LT(range->last, subnet.broadcast());
        EXPECT_LT(range->first, range->last);
        EXPECT_TRUE(std::ranges::none_of(taken, [&](Ipv4Address address) {
          return address >= range->first && address <= range->last;
        }));
      }
    }
  }
  EXPECT_GT(chosen, 600) << "of 816";
}

}  // namespace
}  // namespace dhcpair::generate
