#include "client/client.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "client/world.h"
#include "dhcp/codes.h"
#include "support/named.h"

namespace dhcpair::client {
namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;
using dhcp::MessageType;
using test::Octets32;
using test::World;
namespace code = dhcp::code;
using Kind = Destination::Kind;

TEST(Client, DiscoversByBroadcastFromNoAddress) {
  World world;
  world.Do(Start{});
  ASSERT_EQ(world.sent.size(), 1U);
  EXPECT_EQ(world.last().to, Destination{});
  const dhcp::Message& discover = world.last().message;
  EXPECT_EQ(discover.type, MessageType::kDiscover);
  EXPECT_EQ(discover.head.ciaddr, base::Ipv4Address());
  EXPECT_EQ(discover.head.hardware(), World::Hardware());
  EXPECT_FALSE(discover.head.wants_broadcast());
  EXPECT_FALSE(discover.options.Has(code::kRequestedAddress));
  EXPECT_FALSE(discover.options.Has(code::kServerIdentifier));
  EXPECT_EQ(world.client.state(), State::kSelecting);
}

TEST(Client, NamesTheAddressThatItWouldLike) {
  World world;
  world.Do(Start{.wanted = World::kAddress});
  EXPECT_EQ(world.last().message.options.Find(code::kRequestedAddress),
            std::optional<std::string_view>(Octets32(World::kAddress.value())));
}

TEST(Client, RequestsTheFirstOfferInTheSameExchange) {
  World world;
  world.Do(Start{});
  world.now += 3s;
  world.Answer(World::Offer());
  ASSERT_EQ(world.sent.size(), 2U);
  const dhcp::Message& request = world.last().message;
  EXPECT_EQ(request.type, MessageType::kRequest);
  EXPECT_EQ(world.last().to, Destination{}) << "so that other servers hear of it";
  EXPECT_EQ(request.head.xid, world.sent[0].message.head.xid);
  EXPECT_EQ(request.head.secs, world.sent[0].message.head.secs);
  EXPECT_EQ(request.head.ciaddr, base::Ipv4Address());
  EXPECT_EQ(request.options.Find(code::kRequestedAddress),
            std::optional<std::string_view>(Octets32(World::kAddress.value())));
  EXPECT_EQ(request.options.Find(code::kServerIdentifier),
            std::optional<std::string_view>(Octets32(World::kServer.value())));
  EXPECT_EQ(world.notices, std::vector{Notice::kOffered});
}

TEST(Client, CountsItsLeaseFromTheRequest) {
  World world;
  world.Do(Start{});
  world.Answer(World::Offer());
  world.now += 2s;
  world.Answer(World::Ack(800));
  const auto lease = world.client.lease();
  ASSERT_TRUE(lease.has_value());
  EXPECT_EQ(lease->address, World::kAddress);
  EXPECT_EQ(lease->server, World::kServer);
  EXPECT_EQ(lease->renew_at - base::Instant{}, 400s);
  EXPECT_EQ(lease->rebind_at - base::Instant{}, 700s);
  EXPECT_EQ(lease->expires_at - base::Instant{}, 800s);
  EXPECT_EQ(world.client.deadline(), lease->renew_at);
  EXPECT_EQ(world.notices.back(), Notice::kBound);
}

struct TimesRow : test::Named {
  std::optional<std::uint32_t> renewal, rebinding;
  std::chrono::seconds renew_after, rebind_after;
};

class TimesOfALease : public testing::TestWithParam<TimesRow> {};

TEST_P(TimesOfALease, AreTheServersWhereTheyAreInOrder) {
  World world;
  world.Do(Start{});
  world.Answer(World::Offer());
  World::Reply ack = World::Ack(800);
  if (GetParam().renewal) {
    ack.options.push_back({code::kRenewalTime, Octets32(*GetParam().renewal)});
  }
  if (GetParam().rebinding) {
    ack.options.push_back({code::kRebindingTime, Octets32(*GetParam().rebinding)});
  }
  world.Answer(ack);
  EXPECT_EQ(world.client.lease()->renew_at - base::Instant{}, GetParam().renew_after);
  EXPECT_EQ(world.client.lease()->rebind_at - base::Instant{}, GetParam().rebind_after);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, TimesOfALease,
    testing::Values(TimesRow{{"None"}, {}, {}, 400s, 700s},
                    TimesRow{{"Both"}, 100, 200, 100s, 200s},
                    TimesRow{{"OnlyT1"}, 100, {}, 100s, 700s},
                    TimesRow{{"OnlyT2"}, {}, 600, 400s, 600s},
                    TimesRow{{"T2BeforeHalf"}, {}, 200, 200s, 200s},
                    TimesRow{{"T1BehindT2"}, 300, 200, 200s, 200s},
                    TimesRow{{"T2BehindTheEnd"}, 100, 801, 100s, 700s},
                    TimesRow{{"BothBehindTheEnd"}, 0xffffffff, 0xffffffff, 400s, 700s},
                    TimesRow{{"Zero"}, 0, 0, 0s, 0s}),
    [](const auto& row) { return row.param.name; });

TEST(Client, WithAnInfiniteLeaseWaitsForNothing) {
  World world;
  world.Bind(0xffffffff);
  EXPECT_TRUE(world.client.lease()->is_infinite);
  EXPECT_EQ(world.client.deadline(), std::nullopt);
}

TEST(Client, AsksAgainAfter4Then8Then16Then32ThenEach64SecondsOneMoreOrLess) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    World world({}, seed);
    world.Do(Start{});
    for (const auto pause : {4s, 8s, 16s, 32s, 64s, 64s, 64s}) {
      const auto wait = *world.client.deadline() - world.now;
      EXPECT_GE(wait, pause - 1s);
      EXPECT_LE(wait, pause + 1s);
      world.Wait();
      EXPECT_EQ(world.last().message.type, MessageType::kDiscover);
      EXPECT_EQ(world.last().message.head.xid, world.sent[0].message.head.xid);
    }
    EXPECT_EQ(world.sent.size(), 8U);
    EXPECT_GT(world.last().message.head.secs, 180);
  }
}

TEST(Client, SpreadsItsPausesOverTheSeeds) {
  std::set<base::Instant> deadlines;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    World world({}, seed);
    world.Do(Start{});
    deadlines.insert(*world.client.deadline());
  }
  EXPECT_GT(deadlines.size(), 95U);
}

TEST(Client, SaysTheSameForTheSameSeedAndEvents) {
  World a({}, 7), b({}, 7), c({}, 8);
  for (World* const world : {&a, &b, &c}) {
    world->Bind();
    world->Wait();
  }
  EXPECT_EQ(*a.last().bytes, *b.last().bytes);
  EXPECT_NE(*a.last().bytes, *c.last().bytes);
}

TEST(Client, ATickBeforeTheDeadlineDoesNothing) {
  World world;
  world.Do(Start{});
  world.now += 2s;
  world.Do(Tick{});
  EXPECT_EQ(world.sent.size(), 1U);
}

TEST(Client, BeginsAnewWhenFourRequestsWereNotAnswered) {
  World world;
  world.Do(Start{});
  world.Answer(World::Offer());
  for (int n = 0; n < 3; ++n) world.Wait();
  EXPECT_EQ(world.sent.size(), 5U);
  EXPECT_EQ(world.last().message.type, MessageType::kRequest);
  EXPECT_EQ(world.last().message.head.secs, 0) << "as the DISCOVER had it";
  world.Wait();
  EXPECT_EQ(world.notices.back(), Notice::kNoAnswer);
  EXPECT_EQ(world.last().message.type, MessageType::kDiscover);
  EXPECT_NE(world.last().message.head.xid, world.sent[0].message.head.xid);
  EXPECT_FALSE(world.last().message.options.Has(code::kRequestedAddress));
}

TEST(Client, RenewsAtT1FromItsOwnServerAlone) {
  World world;
  world.Bind();
  world.Wait();
  EXPECT_EQ(world.client.state(), State::kRenewing);
  EXPECT_EQ(world.now - base::Instant{}, 400s);
  EXPECT_EQ(world.last().to, (Destination{Kind::kUnicast, World::kServer, World::kAddress}));
  const dhcp::Message& request = world.last().message;
  EXPECT_EQ(request.type, MessageType::kRequest);
  EXPECT_EQ(request.head.ciaddr, World::kAddress);
  EXPECT_EQ(request.head.secs, 0);
  EXPECT_FALSE(request.options.Has(code::kRequestedAddress));
  EXPECT_FALSE(request.options.Has(code::kServerIdentifier));
  world.now += 1s;
  world.Answer(World::Ack(800));
  EXPECT_EQ(world.notices.back(), Notice::kExtended);
  EXPECT_EQ(world.client.lease()->expires_at - base::Instant{}, 1200s);
}

TEST(Client, RebindsAtT2WithAnyServerThenLosesTheLease) {
  World world;
  world.Bind();
  world.Wait();
  std::vector<std::chrono::nanoseconds> renewals{world.now - base::Instant{}};
  while (world.client.state() == State::kRenewing) {
    world.Wait();
    renewals.push_back(world.now - base::Instant{});
  }
  // Half of what is left to T2 each time, and not less than a minute.
  EXPECT_EQ(renewals, (std::vector<std::chrono::nanoseconds>{400s, 550s, 625s, 685s, 700s}));
  EXPECT_EQ(world.client.state(), State::kRebinding);
  EXPECT_EQ(world.last().to, (Destination{.source = World::kAddress}));
  EXPECT_EQ(world.last().message.head.ciaddr, World::kAddress);
  EXPECT_FALSE(world.last().message.options.Has(code::kServerIdentifier));

  world.Wait();
  EXPECT_EQ(world.now - base::Instant{}, 760s);
  EXPECT_EQ(world.last().message.head.secs, 60);
  world.Wait();
  EXPECT_EQ(world.now - base::Instant{}, 800s);
  EXPECT_EQ(world.notices.back(), Notice::kExpired);
  EXPECT_EQ(world.client.lease(), std::nullopt);
  EXPECT_EQ(world.last().message.type, MessageType::kDiscover);
  EXPECT_EQ(world.last().message.head.ciaddr, base::Ipv4Address());
}

TEST(Client, TakesAnotherServersWordWhileRebinding) {
  World world;
  world.Bind();
  while (world.client.state() != State::kRebinding) world.Wait();
  World::Reply ack = World::Ack();
  ack.options[0].second = Octets32(World::kOther.value());
  world.Answer(ack);
  EXPECT_EQ(world.client.lease()->server, World::kOther);
}

TEST(Client, LosesTheLeaseHoweverLateTheTickComes) {
  World world;
  world.Bind();
  world.now += 5000s;
  world.Do(Tick{});
  EXPECT_EQ(world.notices.back(), Notice::kExpired);
  EXPECT_EQ(world.last().message.type, MessageType::kDiscover);
}

TEST(Client, RenewsAndRebindsOnRequest) {
  World world;
  world.Bind();
  world.Do(RenewNow{});
  EXPECT_EQ(world.client.state(), State::kRenewing);
  EXPECT_EQ(world.last().to.kind, Kind::kUnicast);
  world.Answer(World::Ack());
  world.Do(RebindNow{});
  EXPECT_EQ(world.client.state(), State::kRebinding);
  EXPECT_EQ(world.last().to.kind, Kind::kBroadcast);
  world.Wait();
  EXPECT_EQ(world.client.state(), State::kRebinding) << "it does not go back to its own server";
}

TEST(Client, WithoutALeaseThereIsNothingToRenewOrDecline) {
  World world;
  for (const Event& event :
       {Event(RenewNow{}), Event(RebindNow{}), Event(Decline{}), Event(Release{})}) {
    world.Do(event);
  }
  EXPECT_EQ(world.sent.size(), 0U);
  EXPECT_EQ(world.client.deadline(), std::nullopt);
}

TEST(Client, ReleasesToItsServerAndStops) {
  World world;
  world.Bind();
  const auto xid = world.client.xid();
  world.now += 9s;
  world.Do(Release{});
  EXPECT_EQ(world.last().to, (Destination{Kind::kUnicast, World::kServer, World::kAddress}));
  const dhcp::Message& release = world.last().message;
  EXPECT_EQ(release.type, MessageType::kRelease);
  EXPECT_EQ(release.head.ciaddr, World::kAddress);
  EXPECT_EQ(release.head.secs, 0);
  EXPECT_NE(release.head.xid, xid);
  EXPECT_TRUE(release.options.Has(code::kServerIdentifier));
  EXPECT_FALSE(release.options.Has(code::kRequestedAddress));
  EXPECT_EQ(world.client.state(), State::kStopped);
  EXPECT_EQ(world.client.deadline(), std::nullopt);
  EXPECT_EQ(world.client.lease(), std::nullopt);
}

TEST(Client, DeclinesToAllAndBeginsAnewAfterTenSeconds) {
  World world;
  world.Bind();
  world.Do(Decline{});
  EXPECT_EQ(world.last().to, Destination{});
  const dhcp::Message& decline = world.last().message;
  EXPECT_EQ(decline.type, MessageType::kDecline);
  EXPECT_EQ(decline.head.ciaddr, base::Ipv4Address());
  EXPECT_TRUE(decline.options.Has(code::kServerIdentifier));
  EXPECT_EQ(decline.options.Find(code::kRequestedAddress),
            std::optional<std::string_view>(Octets32(World::kAddress.value())));
  EXPECT_EQ(*world.client.deadline() - world.now, 10s);
  world.Wait();
  EXPECT_EQ(world.last().message.type, MessageType::kDiscover);
  EXPECT_FALSE(world.last().message.options.Has(code::kRequestedAddress));
}

TEST(Client, WantsItsAddressBackAfterAReboot) {
  World world;
  world.Do(Reboot{World::kAddress});
  const dhcp::Message& request = world.last().message;
  EXPECT_EQ(request.type, MessageType::kRequest);
  EXPECT_EQ(world.last().to, Destination{});
  EXPECT_EQ(request.head.ciaddr, base::Ipv4Address());
  EXPECT_TRUE(request.options.Has(code::kRequestedAddress));
  EXPECT_FALSE(request.options.Has(code::kServerIdentifier));
  world.Answer(World::Ack());
  EXPECT_EQ(world.notices, std::vector{Notice::kBound});
  EXPECT_EQ(world.client.lease()->server, World::kServer);
}

TEST(Client, WithoutAnAnswerAfterARebootBeginsAnew) {
  World world;
  world.Do(Reboot{World::kAddress});
  for (int n = 0; n < 4; ++n) world.Wait();
  EXPECT_EQ(world.notices, std::vector{Notice::kNoAnswer});
  EXPECT_EQ(world.last().message.type, MessageType::kDiscover);
}

TEST(Client, AsksForConfigurationAlone) {
  World world({.parameter_request_list = "\x01\x03", .lease_time = 60});
  world.Do(Inform{World::kAddress});
  const dhcp::Message& inform = world.last().message;
  EXPECT_EQ(inform.type, MessageType::kInform);
  EXPECT_EQ(inform.head.ciaddr, World::kAddress);
  EXPECT_FALSE(inform.options.Has(code::kLeaseTime));
  EXPECT_TRUE(inform.options.Has(code::kParameterRequestList));
  World::Reply ack = World::Ack();
  ack.options.pop_back();
  ack.address = {};
  world.Answer(ack);
  EXPECT_EQ(world.notices, std::vector{Notice::kConfigured});
  EXPECT_EQ(world.client.state(), State::kConfigured);
  EXPECT_EQ(world.client.deadline(), std::nullopt);
  EXPECT_EQ(world.client.lease(), std::nullopt);
}

TEST(Client, StopsWhenNobodyTellsItsConfiguration) {
  World world;
  world.Do(Inform{World::kAddress});
  for (int n = 0; n < 4; ++n) world.Wait();
  EXPECT_EQ(world.sent.size(), 4U);
  EXPECT_EQ(world.notices, std::vector{Notice::kNoAnswer});
  EXPECT_EQ(world.client.deadline(), std::nullopt);
}

TEST(Client, BeginsAnewAtOnceWhenItIsRefused) {
  World world;
  world.Do(Start{});
  world.Answer(World::Offer());
  world.Answer(World::Nak());
  EXPECT_EQ(world.notices.back(), Notice::kRefused);
  EXPECT_EQ(world.last().message.type, MessageType::kDiscover);
  EXPECT_EQ(world.sent.size(), 3U);
}

TEST(Client, AsksEverLessOftenAServerThatRefusesWhatItOffers) {
  World world;
  world.Do(Start{});
  std::vector<std::chrono::seconds> pauses;
  for (int n = 0; n < 7; ++n) {
    const auto begun = world.now;
    world.Answer(World::Offer());
    world.Answer(World::Nak());
    if (world.client.state() == State::kInit) world.Wait();
    pauses.push_back(std::chrono::round<std::chrono::seconds>(world.now - begun));
  }
  EXPECT_EQ(pauses[0], 0s);
  EXPECT_GE(pauses[1], 3s);
  EXPECT_GE(pauses[6], 63s);
  EXPECT_LE(pauses[6], 65s);
}

TEST(Client, LosesItsLeaseWhenItsServerRefuses) {
  for (const bool rebinds : {false, true}) {
    World world;
    world.Bind();
    world.Wait();
    while (rebinds && world.client.state() != State::kRebinding) world.Wait();
    world.Answer(World::Nak(rebinds ? World::kOther : World::kServer));
    EXPECT_EQ(world.notices.back(), Notice::kRefused);
    EXPECT_EQ(world.client.lease(), std::nullopt);
  }
}

// What must change nothing, in the state that the events before it lead to.
struct IgnoredRow : test::Named {
  State state;
  World::Reply reply;
};

class IgnoredReply : public testing::TestWithParam<IgnoredRow> {};

void LeadTo(State state, World& world) {
  switch (state) {
    case State::kSelecting:
      world.Do(Start{});
      break;
    case State::kRequesting:
      world.Do(Start{});
      world.Answer(World::Offer());
      break;
    case State::kBound:
      world.Bind();
      break;
    case State::kRenewing:
      world.Bind();
      world.Wait();
      break;
    case State::kRebooting:
      world.Do(Reboot{World::kAddress});
      break;
    case State::kInforming:
      world.Do(Inform{World::kAddress});
      break;
    case State::kStopped:
      world.Bind();
      world.Do(Release{});
      break;
    case State::kInit:
      world.Bind();
      world.Do(Decline{});
      break;
    case State::kRebinding:
    case State::kConfigured:
      FAIL() << "no row needs it";
  }
  ASSERT_EQ(world.client.state(), state);
}

TEST_P(IgnoredReply, ChangesNothing) {
  World world;
  LeadTo(GetParam().state, world);
  const auto sent = world.sent.size();
  const auto notices = world.notices.size();
  const auto deadline = world.client.deadline();
  world.Answer(GetParam().reply);
  EXPECT_EQ(world.client.state(), GetParam().state);
  EXPECT_EQ(world.sent.size(), sent);
  EXPECT_EQ(world.notices.size(), notices);
  EXPECT_EQ(world.client.deadline(), deadline);
}

World::Reply With(World::Reply reply, void (*change)(World::Reply&)) {
  change(reply);
  return reply;
}
void OtherXid(World::Reply& reply) { reply.xid_change = 1; }
void OtherHardware(World::Reply& reply) { reply.chaddr_change = 1; }
void FromAClient(World::Reply& reply) { reply.op = dhcp::Op::kRequest; }
void WithoutAddress(World::Reply& reply) { reply.address = {}; }
void WithoutServer(World::Reply& reply) { reply.options.erase(reply.options.begin()); }
void OtherServer(World::Reply& reply) { reply.options[0].second = Octets32(World::kOther.value()); }
void ShortServer(World::Reply& reply) { reply.options[0].second.pop_back(); }
void WithoutTime(World::Reply& reply) { reply.options.pop_back(); }
void ShortTime(World::Reply& reply) { reply.options.back().second.pop_back(); }
void OtherClientId(World::Reply& reply) {
  reply.options.push_back({code::kClientIdentifier, "\x01other"});
}
void OtherType(World::Reply& reply) { reply.type = MessageType::kForceRenew; }
void NoType(World::Reply& reply) { reply.type = MessageType::kBootp; }

INSTANTIATE_TEST_SUITE_P(
    Rows, IgnoredReply,
    testing::Values(
        IgnoredRow{{"OfferOfAnotherExchange"}, State::kSelecting, With(World::Offer(), OtherXid)},
        IgnoredRow{{"OfferToAnother"}, State::kSelecting, With(World::Offer(), OtherHardware)},
        IgnoredRow{{"OfferOfAClient"}, State::kSelecting, With(World::Offer(), FromAClient)},
        IgnoredRow{{"OfferOfNothing"}, State::kSelecting, With(World::Offer(), WithoutAddress)},
        IgnoredRow{{"OfferOfNobody"}, State::kSelecting, With(World::Offer(), WithoutServer)},
        IgnoredRow{{"OfferOfAShortServer"}, State::kSelecting, With(World::Offer(), ShortServer)},
        IgnoredRow{{"OfferToAnotherId"}, State::kSelecting, With(World::Offer(), OtherClientId)},
        IgnoredRow{{"AckWithoutRequest"}, State::kSelecting, World::Ack()},
        IgnoredRow{{"NakWithoutRequest"}, State::kSelecting, World::Nak()},
        IgnoredRow{{"ForceRenew"}, State::kSelecting, With(World::Offer(), OtherType)},
        IgnoredRow{{"Bootp"}, State::kSelecting, With(World::Offer(), NoType)},
        IgnoredRow{{"SecondOffer"}, State::kRequesting, With(World::Offer(), OtherServer)},
        IgnoredRow{{"AckOfAnotherServer"}, State::kRequesting, With(World::Ack(), OtherServer)},
        IgnoredRow{{"AckOfNothing"}, State::kRequesting, With(World::Ack(), WithoutAddress)},
        IgnoredRow{{"AckWithoutTime"}, State::kRequesting, With(World::Ack(), WithoutTime)},
        IgnoredRow{{"AckOfAShortTime"}, State::kRequesting, With(World::Ack(), ShortTime)},
        IgnoredRow{{"AckForNoTime"}, State::kRequesting, World::Ack(0)},
        IgnoredRow{{"AckOfAnotherExchange"}, State::kRequesting, With(World::Ack(), OtherXid)},
        IgnoredRow{{"NakOfAnotherServer"}, State::kRequesting, World::Nak(World::kOther)},
        IgnoredRow{{"NakOfNobody"}, State::kRequesting, With(World::Nak(), WithoutServer)},
        IgnoredRow{{"AckTwice"}, State::kBound, World::Ack()},
        IgnoredRow{{"NakWhenBound"}, State::kBound, World::Nak()},
        IgnoredRow{{"OfferWhenBound"}, State::kBound, World::Offer()},
        IgnoredRow{{"NakOfAStranger"}, State::kRenewing, World::Nak(World::kOther)},
        IgnoredRow{{"OfferWhileRenewing"}, State::kRenewing, World::Offer()},
        IgnoredRow{
            {"NakOfNobodyAfterAReboot"}, State::kRebooting, With(World::Nak(), WithoutServer)},
        IgnoredRow{{"OfferAfterAReboot"}, State::kRebooting, World::Offer()},
        IgnoredRow{{"NakOfAnInform"}, State::kInforming, World::Nak()},
        IgnoredRow{{"OfferOfAnInform"}, State::kInforming, World::Offer()},
        IgnoredRow{{"AckOfARelease"}, State::kStopped, World::Ack()},
        IgnoredRow{{"NakOfARelease"}, State::kStopped, World::Nak()},
        IgnoredRow{{"OfferBeforeADiscover"}, State::kInit, World::Offer()}),
    [](const auto& row) { return row.param.name; });

TEST(States, HaveANameEach) {
  std::set<std::string_view> names;
  for (const StateRow& row : States()) {
    EXPECT_EQ(Name(row.state), row.name);
    names.insert(row.name);
  }
  EXPECT_EQ(names.size(), 10U);
}

}  // namespace
}  // namespace dhcpair::client
