#include "client/outgoing.h"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/world.h"
#include "dhcp/codes.h"

namespace dhcpair::client {
namespace {

using namespace std::string_view_literals;
using dhcp::MessageType;
using test::World;
namespace code = dhcp::code;

// A message with the buffer that it points into.
struct Composed {
  std::array<char, kOutgoingBytesMax> buffer;
  dhcp::Message message;
};

void ComposeInto(Composed& composed, const Outgoing& outgoing, const Settings& settings,
                 const std::string& client_id = "") {
  composed.message = dhcp::Decode(Compose(outgoing, settings,
                                          {.hardware = World::Hardware(), .client_id = client_id},
                                          composed.buffer))
                         .value();
}

std::vector<int> Codes(const dhcp::Message& message) {
  std::vector<int> codes;
  for (std::size_t n = 0; n < message.options.size(); ++n) codes.push_back(message.options[n].code);
  return codes;
}

const Settings kAll{.parameter_request_list = "\x01\x03\x06",
                    .extra_options = {{60, "vendor"}, {77, "user"}},
                    .wants_broadcast = true,
                    .lease_time = 3600,
                    .max_message_size = 1472};
constexpr base::Ipv4Address kAny{0x0a000001};

TEST(Compose, PutsEveryWishIntoADiscover) {
  Composed composed;
  ComposeInto(composed, {.type = MessageType::kDiscover, .requested = kAny}, kAll, "\x01id");
  EXPECT_EQ(Codes(composed.message), (std::vector{53, 61, 50, 51, 57, 55, 60, 77}));
  EXPECT_TRUE(composed.message.head.wants_broadcast());
  EXPECT_EQ(composed.message.options.Find(code::kClientIdentifier), std::optional("\x01id"sv));
  EXPECT_EQ(composed.message.options.Find(code::kMaxMessageSize), std::optional("\x05\xc0"sv));
  EXPECT_EQ(composed.message.options.Find(code::kLeaseTime), std::optional("\0\0\x0e\x10"sv));
}

TEST(Compose, SaysNothingThatDeclineAndReleaseMustNot) {
  for (const MessageType type : {MessageType::kDecline, MessageType::kRelease}) {
    Composed composed;
    ComposeInto(composed, {.type = type, .server = kAny}, kAll, "\x01id");
    EXPECT_EQ(Codes(composed.message), (std::vector{53, 61, 54}));
    EXPECT_FALSE(composed.message.head.wants_broadcast());
  }
}

TEST(Compose, AnExtraOptionTakesThePlaceOfItsOwn) {
  Settings settings = kAll;
  settings.extra_options = {{code::kLeaseTime, "\0\0\0\x01"}, {code::kRequestedAddress, "abcd"}};
  settings.extra_options[0].bytes = std::string("\0\0\0\x01", 4);
  Composed composed;
  ComposeInto(composed, {.type = MessageType::kDiscover, .requested = kAny}, settings);
  EXPECT_EQ(Codes(composed.message), (std::vector{53, 57, 55, 51, 50}));
  EXPECT_EQ(composed.message.options.Find(code::kRequestedAddress), std::optional("abcd"sv));
}

TEST(Compose, WithARelayLooksAsIfOneHadPassedItOn) {
  Settings settings = kAll;
  settings.relay = Relay{.address = kAny, .agent_information = "\x01\x01p"};
  Composed composed;
  ComposeInto(composed, {.type = MessageType::kRelease}, settings);
  EXPECT_EQ(composed.message.head.giaddr, kAny);
  EXPECT_EQ(composed.message.head.hops, 1);
  EXPECT_EQ(composed.message.AgentOption(code::agent::kCircuitId), std::optional("p"sv));
  settings.relay->agent_information.clear();
  ComposeInto(composed, {.type = MessageType::kRelease}, settings);
  EXPECT_FALSE(composed.message.options.Has(code::kRelayAgentInformation));
}

TEST(Compose, LeavesOutWhatAFrameCannotHold) {
  Settings settings = kAll;
  settings.extra_options = {{200, std::string(1300, 'x')}, {201, "small"}};
  Composed composed;
  ComposeInto(composed, {.type = MessageType::kDiscover}, settings);
  EXPECT_FALSE(composed.message.options.Has(200));
  EXPECT_TRUE(composed.message.options.Has(201));
}

TEST(MayBeExtra, RefusesWhatFramesAMessageOrSaysWhoSentIt) {
  for (int code = 0; code < 256; ++code) {
    const bool is_refused =
        code == 0 || code == 52 || code == 53 || code == 61 || code == 82 || code == 255;
    EXPECT_EQ(MayBeExtra(static_cast<std::uint8_t>(code)), !is_refused) << code;
  }
}

TEST(Client, BehindARelaySpeaksThroughItInEveryState) {
  World world({.relay = Relay{.address = kAny, .agent_information = ""}});
  world.Bind();
  world.Do(RenewNow{});
  world.Answer(World::Ack());
  world.Do(RebindNow{});
  world.Answer(World::Ack());
  world.Do(Release{});
  ASSERT_EQ(world.sent.size(), 5U);
  for (const test::Sent& sent : world.sent) {
    EXPECT_EQ(sent.to.kind, Destination::Kind::kThroughRelay);
    EXPECT_EQ(sent.message.head.giaddr, kAny);
  }
}

}  // namespace
}  // namespace dhcpair::client
