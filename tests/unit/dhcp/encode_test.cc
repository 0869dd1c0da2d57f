#include "dhcp/encode.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dhcp/codes.h"
#include "dhcp/sample.h"

namespace dhcpair::dhcp {
namespace {

using namespace std::string_view_literals;
using test::SampleHead;

// What was written, in a buffer of its own, with what a receiver reads.
struct Written {
  std::vector<char> buffer;
  std::expected<Encoded, EncodeError> encoded = {};

  std::string_view bytes() const { return encoded->bytes; }
  Message Read() const { return Decode(encoded->bytes).value(); }
};

Written Write(const Head& head, const std::vector<Option>& options, const Room& room = {},
              std::size_t buffer_bytes = 1500) {
  Written written;
  written.buffer.assign(buffer_bytes, '\x5a');
  written.encoded = Encode(head, options, room, written.buffer);
  return written;
}

std::string Value(std::size_t size, char octet = 'v') { return std::string(size, octet); }

TEST(Encode, WritesTheHeadInTheOrderOfTheRfc) {
  Head head = SampleHead();
  head.sname = "server";
  head.file = "pxelinux.0";
  const Written written = Write(head, {{code::kMessageType, "\x02"}});
  EXPECT_EQ(written.bytes().substr(0, 44),
            test::FromHex("0101060301020304050680000a0000010a0000020a0000030a000004"
                          "02000000010a00000000000000000000"));
  EXPECT_EQ(written.bytes().substr(44, 7), "server\0"sv);
  EXPECT_EQ(written.bytes().substr(108, 11), "pxelinux.0\0"sv);
  EXPECT_EQ(written.bytes().substr(236, 8), "\x63\x82\x53\x63\x35\x01\x02\xff"sv);
}

TEST(Encode, FillsUpTo300OctetsWithPadding) {
  const Written written = Write(SampleHead(), {{code::kMessageType, "\x01"}});
  EXPECT_EQ(written.bytes().size(), 300U);
  EXPECT_EQ(written.bytes().find_first_not_of('\0', 244), std::string_view::npos);
  EXPECT_EQ(Write(SampleHead(), {}, {.bytes_min = 548}).bytes().size(), 548U);
}

TEST(Encode, RefusesWhatCannotBeAMessage) {
  const std::string sname = Value(65);
  const std::string file = Value(129);
  Head head = SampleHead();
  head.sname = sname;
  EXPECT_EQ(Write(head, {}).encoded.error(), EncodeError::kNameTooLong);
  head = SampleHead();
  head.file = file;
  EXPECT_EQ(Write(head, {}).encoded.error(), EncodeError::kNameTooLong);
  EXPECT_EQ(Write(SampleHead(), {}, {}, 299).encoded.error(), EncodeError::kBufferTooSmall);
  EXPECT_EQ(Write(SampleHead(), {}, {}, 0).encoded.error(), EncodeError::kBufferTooSmall);
  EXPECT_EQ(Write(SampleHead(), {}, {.bytes_min = 1501}).encoded.error(),
            EncodeError::kBufferTooSmall);
}

TEST(Encode, TakesNamesThatFillTheirFields) {
  const std::string sname = Value(64);
  const std::string file = Value(128);
  Head head = SampleHead();
  head.sname = sname;
  head.file = file;
  const Written written = Write(head, {});
  EXPECT_EQ(written.Read().ServerName(), sname);
  EXPECT_EQ(written.Read().FileName(), file);
}

TEST(Encode, CutsLongValuesInPiecesThatReadAsOne) {
  for (const std::size_t size : {255U, 256U, 510U, 511U, 800U}) {
    const std::string value = Value(size);
    const Written written = Write(SampleHead(), {{43, value}}, {.bytes_max = 1400});
    EXPECT_TRUE(written.encoded->left_out.none()) << size;
    EXPECT_EQ(written.Read().options.Find(43), std::optional<std::string_view>(value)) << size;
    EXPECT_EQ(written.Read().overload, 0) << size;
  }
}

TEST(Encode, SpillsIntoFileThenIntoSnameAndSaysSo) {
  // 300 octets: 56 behind the cookie that options 52 and END do not take.
  const std::string a = Value(50, 'a');
  const std::string b = Value(100, 'b');
  const std::string c = Value(50, 'c');
  const Written written = Write(SampleHead(), {{200, a}, {201, b}, {202, c}}, {.bytes_max = 300});
  EXPECT_TRUE(written.encoded->left_out.none());
  EXPECT_EQ(written.bytes().size(), 300U);
  EXPECT_EQ(written.bytes().substr(108, 3), "\xc9\x64\x62"sv);
  EXPECT_EQ(written.bytes().substr(44, 3), "\xca\x32\x63"sv);
  const Message message = written.Read();
  EXPECT_EQ(message.overload, 3);
  EXPECT_EQ(message.options.Find(202), std::optional<std::string_view>(c));
}

TEST(Encode, LeavesAFieldAloneThatHoldsAName) {
  Head head = SampleHead();
  head.file = "pxelinux.0";
  const std::string a = Value(50, 'a');
  const std::string b = Value(60, 'b');
  const Written written = Write(head, {{200, a}, {201, b}}, {.bytes_max = 300});
  EXPECT_EQ(written.Read().overload, 2);
  EXPECT_EQ(written.Read().FileName(), "pxelinux.0");
  EXPECT_EQ(written.Read().options.Find(201), std::optional<std::string_view>(b));
}

TEST(Encode, CutsInPiecesAcrossFieldsWhatFitsNowhereWhole) {
  const std::string a = Value(170, 'a');
  const Written written = Write(SampleHead(), {{200, a}}, {.bytes_max = 300});
  EXPECT_TRUE(written.encoded->left_out.none());
  EXPECT_EQ(written.Read().overload, 1);
  EXPECT_EQ(written.Read().options.Find(200), std::optional<std::string_view>(a));
}

TEST(Encode, SaysWhatDidNotFitAndKeepsTheOthers) {
  const std::string large = Value(300, 'l');
  const Written written =
      Write(SampleHead(), {{53, "\x02"}, {200, large}, {54, "\x0a\0\0\x01"sv}}, {.bytes_max = 300});
  EXPECT_EQ(written.encoded->left_out, CodeSet().set(200));
  const Message message = written.Read();
  EXPECT_EQ(message.options.size(), 2U);
  EXPECT_EQ(message.overload, 0) << "what was given back leaves no trace";
  EXPECT_EQ(message.ServerName(), "");
  EXPECT_EQ(message.options.Find(54), std::optional("\x0a\0\0\x01"sv));
}

TEST(Encode, WithoutOverloadUsesTheLastOctet) {
  // 300 - 236 - 4 - 1 for END - 2 for code and length.
  const std::string just = Value(57);
  const std::string more = Value(58);
  const Room room{.bytes_max = 300, .may_overload = false};
  EXPECT_TRUE(Write(SampleHead(), {{200, just}}, room).encoded->left_out.none());
  EXPECT_EQ(Write(SampleHead(), {{200, more}}, room).encoded->left_out, CodeSet().set(200));
  EXPECT_TRUE(Write(SampleHead(), {{200, just}}, {.bytes_max = 300}).encoded->left_out.none());
  EXPECT_EQ(Write(SampleHead(), {{200, just}}, {.bytes_max = 300}).Read().overload, 0)
      << "the last option needs no room for option 52";
}

TEST(Encode, PutsTheAgentsOptionLastAndBeyondTheClientsLimit) {
  const std::string agent = Value(100);
  const std::string filler = Value(57);
  const Written written =
      Write(SampleHead(), {{code::kRelayAgentInformation, agent}, {200, filler}},
            {.bytes_max = 300, .may_overload = false});
  EXPECT_TRUE(written.encoded->left_out.none());
  EXPECT_EQ(written.bytes().size(), 300U + 102U);
  const Message message = written.Read();
  EXPECT_EQ(message.options[1].code, code::kRelayAgentInformation);
  EXPECT_EQ(message.options[1].bytes, agent);
}

TEST(Encode, LeavesOutAnAgentsOptionThatTheBufferCannotHold) {
  const std::string agent = Value(255);
  const Written written = Write(SampleHead(), {{53, "\x02"}, {code::kRelayAgentInformation, agent}},
                                {.bytes_max = 300}, 400);
  EXPECT_EQ(written.encoded->left_out, CodeSet().set(code::kRelayAgentInformation));
  EXPECT_EQ(written.Read().options.size(), 1U);
}

TEST(Encode, CutsAnAgentsOptionInPiecesToo) {
  const std::string agent = Value(300);
  const Written written = Write(SampleHead(), {{code::kRelayAgentInformation, agent}});
  EXPECT_EQ(written.Read().options.Find(82), std::optional<std::string_view>(agent));
}

TEST(Encode, SendsEmptyOptions) {
  const Written written = Write(SampleHead(), {{80, ""}, {82, ""}});
  EXPECT_EQ(written.Read().options.Find(80), std::optional(""sv));
  EXPECT_EQ(written.Read().options.Find(82), std::optional(""sv));
}

TEST(EncodeBare, SendsTheVendorFieldAsItIs) {
  std::array<char, 400> buffer;
  const auto bytes = EncodeBare(SampleHead(), "vendor", buffer);
  ASSERT_TRUE(bytes.has_value());
  EXPECT_EQ(bytes->size(), 300U);
  const auto message = Decode(*bytes);
  ASSERT_TRUE(message.has_value());
  EXPECT_FALSE(message->has_cookie);
  EXPECT_EQ(message->vendor_field.substr(0, 7), "vendor\0"sv);
  EXPECT_EQ(EncodeBare(SampleHead(), Value(165), buffer).error(), EncodeError::kBufferTooSmall);
  EXPECT_EQ(EncodeBare(SampleHead(), Value(164), buffer)->size(), 400U);
}

rc::Gen<Head> AnyHead() {
  return rc::gen::apply(
      [](std::array<std::uint8_t, 4> small, std::uint32_t xid, std::uint16_t secs,
         std::uint16_t flags, std::array<std::uint32_t, 4> addresses,
         std::array<std::uint8_t, 16> chaddr) {
        Head head;
        head.op = static_cast<Op>(small[0]);
        head.htype = small[1];
        head.hlen = small[2] % 17;
        head.hops = small[3];
        head.xid = xid;
        head.secs = secs;
        head.flags = flags;
        head.ciaddr = base::Ipv4Address(addresses[0]);
        head.yiaddr = base::Ipv4Address(addresses[1]);
        head.siaddr = base::Ipv4Address(addresses[2]);
        head.giaddr = base::Ipv4Address(addresses[3]);
        head.chaddr = chaddr;
        return head;
      },
      rc::gen::arbitrary<std::array<std::uint8_t, 4>>(), rc::gen::arbitrary<std::uint32_t>(),
      rc::gen::arbitrary<std::uint16_t>(), rc::gen::arbitrary<std::uint16_t>(),
      rc::gen::arbitrary<std::array<std::uint32_t, 4>>(),
      rc::gen::arbitrary<std::array<std::uint8_t, 16>>());
}

// Options of codes that differ, among them long ones, without PAD, END and 52.
std::map<std::uint8_t, std::string> AnyOptions() {
  auto options = *rc::gen::container<std::map<std::uint8_t, std::string>>(
      rc::gen::distinctFrom<std::uint8_t>(rc::gen::inRange<std::uint8_t>(1, 255), code::kOverload),
      rc::gen::mapcat(
          rc::gen::weightedElement<std::size_t>({{8, 8}, {3, 80}, {1, 600}}), [](std::size_t max) {
            return rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, max), [](std::size_t size) {
              return rc::gen::container<std::string>(size, rc::gen::arbitrary<char>());
            });
          }));
  // An empty host name is not read, as dhcpd does not.
  if (const auto name = options.find(code::kHostName);
      name != options.end() && name->second.empty()) {
    options.erase(name);
  }
  return options;
}

TEST(Encode, WhatIsWrittenIsReadAsItWasForAnyOptionsAndAnyRoom) {
  EXPECT_TRUE(rc::check([] {
    const Head head = *AnyHead();
    const auto values = AnyOptions();
    const std::string sname = *rc::gen::element<std::string>("", "server");
    const std::string file = *rc::gen::element<std::string>("", "pxelinux.0");
    const Room room{.bytes_max = *rc::gen::inRange<std::size_t>(0, 1600),
                    .may_overload = *rc::gen::arbitrary<bool>()};
    const std::size_t buffer_bytes = *rc::gen::inRange<std::size_t>(300, 1600);
    std::vector<Option> options;
    for (const auto& [code, value] : values) options.push_back({code, value});
    Head sent = head;
    sent.sname = sname;
    sent.file = file;

    const Written written = Write(sent, options, room, buffer_bytes);
    RC_ASSERT(written.encoded.has_value());
    const auto message = Decode(written.bytes());
    RC_ASSERT(message.has_value());
    sent.sname = message->head.sname;
    sent.file = message->head.file;
    RC_ASSERT(message->head == sent);
    RC_ASSERT(message->ServerName() == sname);
    RC_ASSERT(message->FileName() == file);
    for (const auto& [code, value] : values) {
      const auto read = message->options.Find(code);
      RC_ASSERT(read.has_value() == !written.encoded->left_out[code]);
      if (read) RC_ASSERT(*read == value);
    }
    const std::size_t said = message->options.Has(code::kOverload) ? 1 : 0;
    RC_ASSERT(message->options.size() - said + written.encoded->left_out.count() == options.size());
  }));
}

TEST(Decode, AnyOctetsGiveAMessageOrAnError) {
  EXPECT_TRUE(rc::check([] {
    const auto bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    const bool has_head = *rc::gen::arbitrary<bool>();
    const std::string datagram = has_head ? test::WireRequest(bytes) : bytes;
    const auto message = Decode(datagram);
    RC_ASSERT(message.has_value() || !Describe(message.error()).empty());
    if (!message) return;
    for (std::size_t n = 0; n < message->options.size(); ++n) {
      RC_ASSERT(message->options[n].bytes.size() <= datagram.size());
    }
  }));
}

}  // namespace
}  // namespace dhcpair::dhcp
