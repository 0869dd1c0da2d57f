#pragma once

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/client.h"
#include "dhcp/codes.h"
#include "dhcp/encode.h"

namespace dhcpair::test {

/// A number of 32 bits as an option has it.
inline std::string Octets32(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xff);
  return bytes;
}

/// A message that a client sent.
struct Sent {
  client::Destination to;
  std::shared_ptr<const std::string> bytes;  // What `message` points into.
  dhcp::Message message;
};

/// The world of one client: what it sent and said, and the time, which only moves by itself from
/// deadline to deadline.
class World : public client::Effects {
 public:
  static constexpr base::Ipv4Address kServer{0x0a000001};
  static constexpr base::Ipv4Address kOther{0x0a000002};
  static constexpr base::Ipv4Address kAddress{0x0a000064};

  explicit World(client::Settings settings = {}, std::uint64_t seed = 1)
      : settings_(std::move(settings)),
        client(settings_, {.hardware = Hardware(), .client_id = ""}, seed) {}

  static base::HardwareAddress Hardware() {
    return *base::HardwareAddress::Make(base::HardwareAddress::kEthernet,
                                        std::array<std::uint8_t, 6>{2, 0, 0, 0, 0, 1});
  }

  void Send(const client::Destination& to, std::string_view bytes) override {
    auto kept = std::make_shared<const std::string>(bytes);
    sent.push_back({to, kept, dhcp::Decode(*kept).value()});
  }
  void Tell(client::Notice notice, const dhcp::Message* /*message*/) override {
    notices.push_back(notice);
  }

  void Do(const client::Event& event) { client.Handle(event, now, *this); }

  /// Moves to the deadline and lets it come.
  void Wait() {
    ASSERT_TRUE(client.deadline().has_value());
    now = *client.deadline();
    Do(client::Tick{});
  }

  /// A reply to what was sent last, as a server would write it.
  struct Reply {
    dhcp::MessageType type = dhcp::MessageType::kAck;
    base::Ipv4Address address = kAddress;
    std::vector<std::pair<std::uint8_t, std::string>> options = {};
    dhcp::Op op = dhcp::Op::kReply;
    std::uint32_t xid_change = 0;
    std::uint8_t chaddr_change = 0;
  };
  void Answer(const Reply& reply) {
    dhcp::Head head = last().message.head;
    head.op = reply.op;
    head.xid += reply.xid_change;
    head.chaddr[0] ^= reply.chaddr_change;
    head.yiaddr = reply.address;
    head.sname = {};
    head.file = {};
    const std::string type(1, static_cast<char>(reply.type));
    std::vector<dhcp::Option> options{{dhcp::code::kMessageType, type}};
    for (const auto& [code, bytes] : reply.options) options.push_back({code, bytes});
    std::array<char, 1500> buffer;
    const auto encoded = dhcp::Encode(head, options, {}, buffer).value();
    const auto message = dhcp::Decode(encoded.bytes).value();
    Do(client::Received{&message});
  }

  /// The good answers of a server.
  static Reply Offer() {
    return {.type = dhcp::MessageType::kOffer,
            .options = {{dhcp::code::kServerIdentifier, Octets32(kServer.value())}}};
  }
  static Reply Ack(std::uint32_t seconds = 800) {
    return {.options = {{dhcp::code::kServerIdentifier, Octets32(kServer.value())},
                        {dhcp::code::kLeaseTime, Octets32(seconds)}}};
  }
  static Reply Nak(base::Ipv4Address server = kServer) {
    return {.type = dhcp::MessageType::kNak,
            .address = {},
            .options = {{dhcp::code::kServerIdentifier, Octets32(server.value())}}};
  }

  /// Gets a lease.
  void Bind(std::uint32_t seconds = 800) {
    Do(client::Start{});
    Answer(Offer());
    Answer(Ack(seconds));
    ASSERT_EQ(client.state(), client::State::kBound);
  }

  const Sent& last() const { return sent.back(); }

  std::vector<Sent> sent;
  std::vector<client::Notice> notices;
  base::Instant now{};

 private:
  const client::Settings settings_;

 public:
  client::Client client;
};

}  // namespace dhcpair::test
