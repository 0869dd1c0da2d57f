#include "sync/preconditions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "support/named.h"
#include "support/pairs.h"

namespace dhcpair::sync {
namespace {

using failover::State;
using pair::Role;
using testing::HasSubstr;
using Looks = PerRole<std::optional<NodeLook>>;
using std::chrono::milliseconds;

constexpr NodeTime kNow = 1764000000;

NodeLook Healthy() {
  NodeLook look;
  look.facts.link = {.now = kNow,
                     .service = ServiceState::kRunning,
                     .link = LinkState::kEstablished,
                     .state_block = "failover peer \"p\" state { }"};
  look.facts.dhcpd_version = "4.4.3-P1";
  look.facts.address = AddressState::kHeld;
  look.facts.leases.is_present = true;
  look.facts.generation = 3;
  look.reading = {.source = FailoverReading::Source::kLeasesFile, .mine = State::kNormal};
  look.asked_at = milliseconds(50);
  look.answered_at = milliseconds(100);
  return look;
}

NodeLook Fresh() {
  NodeLook look = Healthy();
  look.facts.link.state_block.clear();
  look.facts.link.service = ServiceState::kStopped;
  look.facts.link.link = LinkState::kNone;
  look.facts.leases.is_present = false;
  look.facts.generation = 0;
  look.reading = {};
  return look;
}

std::string Find(const Looks& looks, const Allowances& allowed = {}) {
  std::string text;
  for (const Obstacle& obstacle :
       FindObstacles(test::LoadPair(test::kMinimalPair), looks, allowed)) {
    text += obstacle.weight == Obstacle::Weight::kRefusal ? "refused: " : "warning: ";
    if (obstacle.role) text += std::string(Name(*obstacle.role)) + ": ";
    text += obstacle.message + "\n";
  }
  return text;
}

TEST(Preconditions, HaveNothingAgainstAHealthyPairNorAgainstTwoFreshNodes) {
  EXPECT_EQ(Find({Healthy(), Healthy()}), "");
  EXPECT_EQ(Find({Fresh(), Fresh()}), "");
}

struct Row : test::Named {
  void (*spoil)(NodeLook& primary, NodeLook& secondary);
  const char* said;  // How the only finding begins.
  Allowances allowed = {};
};

class OneThingWrong : public testing::TestWithParam<Row> {};

TEST_P(OneThingWrong, IsSaidWithItsNode) {
  NodeLook primary = Healthy();
  NodeLook secondary = Healthy();
  GetParam().spoil(primary, secondary);
  const std::string found = Find({primary, secondary}, GetParam().allowed);
  EXPECT_THAT(found, testing::StartsWith(GetParam().said));
  EXPECT_EQ(std::ranges::count(found, '\n'), *GetParam().said == '\0' ? 0 : 1) << found;
}

LockFacts LockOf(bool is_stale) {
  return {.id = "p1", .owner = "bob@hut", .heartbeat = kNow - 7, .is_stale = is_stale};
}

FileFacts FileOf(FileKind kind) { return {.path = "/etc/dhcp/dhcpd.master", .kind = kind}; }

INSTANTIATE_TEST_SUITE_P(
    Nodes, OneThingWrong,
    testing::Values(
        Row{{"NoDhcpd"},
            [](auto& primary, auto&) { primary.facts.dhcpd_version = ""; },
            "refused: primary: there is no ISC dhcpd at '"},
        Row{{"OtherVersion"},
            [](auto&, auto& secondary) { secondary.facts.dhcpd_version = "4.4.1\x1b"; },
            "warning: the primary runs dhcpd 4.4.3-P1, the secondary 4.4.1\\x1b; "},
        Row{{"NoFailoverAddress"},
            [](auto&, auto& secondary) { secondary.facts.address = AddressState::kMissing; },
            "refused: secondary: it does not have its failover address 10.0.0.2; "},
        Row{{"MovingAddress"},
            [](auto& primary, auto&) { primary.facts.address = AddressState::kVirtual; },
            "refused: primary: 10.0.0.1 is an address that moves between nodes "},
        Row{{"AddressUnknown"},
            [](auto& primary, auto&) { primary.facts.address = AddressState::kUnknown; },
            "warning: primary: whether it has its failover address 10.0.0.1 cannot be told"},
        Row{{"NoLeasesFile"},
            [](auto& primary, auto&) { primary.facts.leases.is_present = false; },
            "refused: primary: its leases file '"},
        Row{{"NoLeasesFileOnAFreshNode"},
            [](auto& primary, auto&) {
              primary.facts.leases.is_present = false;
              primary.facts.generation = 0;
            },
            ""},
        Row{{"SymbolicLink"},
            [](auto&, auto& secondary) { secondary.facts.files = {FileOf(FileKind::kSymlink)}; },
            "refused: secondary: '/etc/dhcp/dhcpd.master' is a symbolic link, "},
        Row{{"Folder"},
            [](auto&, auto& secondary) { secondary.facts.files = {FileOf(FileKind::kOther)}; },
            "refused: secondary: '/etc/dhcp/dhcpd.master' is neither a file nor a link, "},
        Row{{"MissingFile"},
            [](auto&, auto& secondary) { secondary.facts.files = {FileOf(FileKind::kMissing)}; },
            ""},
        Row{{"Locked"},
            [](auto& primary, auto&) { primary.facts.lock = LockOf(false); },
            "refused: primary: bob@hut holds the lock and was heard 7 s ago; "},
        Row{{"StaleLock"}, [](auto& primary, auto&) { primary.facts.lock = LockOf(true); }, ""},
        Row{{"LockToSteal"},
            [](auto& primary, auto&) { primary.facts.lock = LockOf(false); },
            "",
            {.steal_lock = true}}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Clocks, OneThingWrong,
    testing::Values(
        Row{{"ThirtySeconds"}, [](auto& primary, auto&) { primary.facts.link.now += 30; }, ""},
        Row{{"FortySeconds"},
            [](auto& primary, auto&) { primary.facts.link.now += 40; },
            "warning: the primary's clock is 38 s ahead of the secondary's"},
        Row{{"FortySecondsBehind"},
            [](auto& primary, auto&) { primary.facts.link.now -= 40; },
            "warning: the primary's clock is 38 s behind the secondary's"},
        Row{{"MoreThanAMinute"},
            [](auto&, auto& secondary) { secondary.facts.link.now += 63; },
            "refused: the primary's clock is 61 s behind the secondary's"},
        // The answer took 40 s, in which the clock may have been read at any time.
        Row{{"ASlowAnswer"},
            [](auto&, auto& secondary) {
              secondary.facts.link.now += 63;
              secondary.answered_at += std::chrono::seconds(40);
            },
            ""}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Condition, OneThingWrong,
    testing::Values(
        Row{{"Interrupted"},
            [](auto& primary, auto&) { primary.reading.mine = State::kCommunicationsInterrupted; },
            "refused: the primary is communications-interrupted, the secondary normal; "},
        Row{{"NormalInAFileWithoutAConnection"},
            [](auto& primary, auto&) { primary.facts.link.link = LinkState::kNone; },
            "refused: the primary is normal, the secondary normal; "},
        Row{{"Stopped"},
            [](auto&, auto& secondary) { secondary.facts.link.service = ServiceState::kStopped; },
            "refused: the primary is normal, the secondary stopped; "},
        Row{{"OnlyOneHasFailover"},
            [](auto&, auto& secondary) {
              secondary.reading = {};
              secondary.facts.link.state_block = "";
            },
            "refused: the primary is normal, the secondary in no failover state; "},
        Row{{"StateUnknown"},
            [](auto&, auto& secondary) { secondary.reading = {.why_not = "forwarding refused"}; },
            "refused: the primary is normal, the secondary in a state that cannot be told; "},
        Row{{"Allowed"},
            [](auto& primary, auto&) { primary.reading.mine = State::kRecover; },
            "warning: the primary is recover, the secondary normal; normal will be waited for",
            {.degraded = true}},
        Row{{"OnlyTheOneThatLives"},
            [](auto& primary, auto& secondary) {
              primary.reading.mine = State::kPartnerDown;
              secondary.facts.link.service = ServiceState::kStopped;
            },
            "",
            {.only_node = Role::kPrimary}},
        Row{{"OnlyOneOfAHealthyPair"},
            [](auto&, auto&) {},
            "refused: both nodes are in normal; --only-node is for a pair of which one is away",
            {.only_node = Role::kSecondary}}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Preconditions, DoNotAskAfterANodeThatIsLeftOut) {
  EXPECT_EQ(Find({Healthy(), std::nullopt}, {.only_node = Role::kPrimary}), "");
}

}  // namespace
}  // namespace dhcpair::sync
