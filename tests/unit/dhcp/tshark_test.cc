// What we write, seen by another program that knows the protocol.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/world.h"
#include "dhcp/codes.h"
#include "dhcp/encode.h"
#include "dhcp/sample.h"
#include "host/find_program.h"
#include "host/subprocess.h"
#include "support/folder.h"

namespace dhcpair::dhcp {
namespace {

using namespace std::string_literals;
using test::World;

std::string Octets16(std::size_t value) {
  return {static_cast<char>(value >> 8), static_cast<char>(value & 0xff)};
}

// The four octets of a number as the pcap format has them here: the lowest first.
std::string Little32(std::size_t value) {
  const std::string big = test::Octets32(static_cast<std::uint32_t>(value));
  return {big.rbegin(), big.rend()};
}

// A capture of bare IP packets (link type 101), each a datagram between the DHCP ports.
std::string Pcap(const std::vector<std::string>& messages) {
  std::string file =
      "\xd4\xc3\xb2\xa1\x02\0\x04\0"s + std::string(8, '\0') + Little32(0x10000) + Little32(101);
  for (const std::string& message : messages) {
    const bool is_reply = message.at(0) == 2;
    const std::string ports = is_reply ? "\0\x43\0\x44"s : "\0\x44\0\x43"s;
    // The checksums are not filled in: tshark does not look at them unless it is told to.
    const std::string packet = "\x45\0"s + Octets16(message.size() + 28) + "\0\0\0\0\x40\x11\0\0"s +
                               "\x0a\0\0\x01\xff\xff\xff\xff"s + ports +
                               Octets16(message.size() + 8) + "\0\0"s + message;
    file += std::string(8, '\0') + Little32(packet.size()) + Little32(packet.size()) + packet;
  }
  return file;
}

// What tshark says of each message: its type, and all that it finds wrong with it.
std::string Dissect(const std::string& tshark, const std::vector<std::string>& messages) {
  const test::Folder folder;
  const auto outcome =
      host::Run({.argv = {tshark, "-n", "-r", folder.Put("m.pcap", Pcap(messages)), "-T", "fields",
                          "-E", "separator=|", "-e", "dhcp.option.dhcp", "-e", "_ws.malformed",
                          "-e", "_ws.expert.message"},
                 .timeout = std::chrono::seconds(60)});
  return outcome ? outcome->out : std::string(host::Describe(outcome.error()));
}

void Put(std::vector<std::string>& messages, std::string& expected, const Head& head,
         const std::vector<Option>& options, const Room& room = {}, const std::string& notes = "") {
  std::array<char, 1500> buffer;
  const auto encoded = Encode(head, options, room, buffer);
  ASSERT_TRUE(encoded.has_value());
  EXPECT_TRUE(encoded->left_out.none());
  messages.emplace_back(encoded->bytes);
  const std::string_view type = options.at(0).bytes;
  expected += std::to_string(static_cast<int>(type.at(0))) + "||" + notes + "\n";
}

TEST(Tshark, FindsNothingWrongWithWhatAClientSends) {
  const auto tshark = host::FindProgram("tshark");
  if (!tshark) GTEST_SKIP() << "tshark is not installed";
  World world({.parameter_request_list = "\x01\x03\x06\x0f\x79",
               .extra_options = {{code::kHostName, "host"}},
               .wants_broadcast = true,
               .lease_time = 600,
               .max_message_size = 1472,
               .relay = client::Relay{.address = World::kServer,
                                      .agent_information = "\x01\x04port\x02\x06remote"}});
  world.Bind();
  world.Do(client::RenewNow{});
  world.Answer(World::Ack());
  world.Do(client::Decline{});
  world.Bind();
  world.Do(client::Release{});
  world.Do(client::Reboot{World::kAddress});
  world.Do(client::Inform{World::kAddress});
  std::vector<std::string> messages;
  for (const test::Sent& sent : world.sent) messages.push_back(*sent.bytes);
  EXPECT_EQ(Dissect(*tshark, messages), "1||\n3||\n3||\n4||\n1||\n3||\n7||\n3||\n8||\n");
}

TEST(Tshark, FindsNothingWrongWithAnyLayoutOfOptions) {
  const auto tshark = host::FindProgram("tshark");
  if (!tshark) GTEST_SKIP() << "tshark is not installed";
  Head head = test::SampleHead();
  head.op = Op::kReply;
  head.hops = 0;
  std::vector<std::string> messages;
  std::string expected;
  const std::string server = test::Octets32(0x0a000001);
  const std::string time = test::Octets32(600);
  const std::string text(100, 'x');
  const std::vector<Option> offer{{code::kMessageType, "\x02"},
                                  {code::kServerIdentifier, server},
                                  {code::kLeaseTime, time},
                                  {code::kSubnetMask, server}};
  Put(messages, expected, head, offer);

  std::vector<Option> spills = offer;
  spills.push_back({15, text});
  spills.push_back({17, std::string_view(text).substr(0, 50)});
  // No fault: it says that it saw it.
  Put(messages, expected, head, spills, {.bytes_max = 300},
      "Server name option overloaded by DHCP,Boot file name option overloaded by DHCP");

  std::vector<Option> behind_a_relay = offer;
  behind_a_relay.push_back({code::kRelayAgentInformation, "\x01\x04port"});
  Put(messages, expected, head, behind_a_relay);

  head.sname = "server";
  head.file = "pxelinux.0";
  Put(messages, expected, head, offer);
  EXPECT_EQ(Dissect(*tshark, messages), expected);
}

TEST(Tshark, FindsSomethingWrongWithABrokenMessage) {
  const auto tshark = host::FindProgram("tshark");
  if (!tshark) GTEST_SKIP() << "tshark is not installed";
  // An address of three octets.
  std::string options = "\x35\x01\x02\x01\x03\xff\xff\xff\xff"s;
  options.resize(60);
  const std::string said = Dissect(*tshark, {test::WireRequest(options)});
  EXPECT_NE(said, "2||\n") << said;
}

}  // namespace
}  // namespace dhcpair::dhcp
