#include "dhcp/message.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "dhcp/codes.h"
#include "dhcp/encode.h"
#include "dhcp/sample.h"
#include "support/named.h"

namespace dhcpair::dhcp {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
using test::WireHead;
using test::WireRequest;

struct RejectedRow : test::Named {
  std::string datagram;
  DecodeError error;
};

class RejectedDatagram : public testing::TestWithParam<RejectedRow> {};

TEST_P(RejectedDatagram, IsNoMessage) {
  const auto message = Decode(GetParam().datagram);
  ASSERT_FALSE(message.has_value());
  EXPECT_EQ(message.error(), GetParam().error);
}

// A head with `size` for the length of the hardware address.
std::string HeadWithHlen(char size) {
  std::string bytes = WireHead();
  bytes[2] = size;
  return bytes;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RejectedDatagram,
    testing::Values(
        RejectedRow{{"Empty"}, "", DecodeError::kShort},
        RejectedRow{{"OneOctet"}, "\x01", DecodeError::kShort},
        RejectedRow{{"OneOctetShortOfAHead"}, WireHead().substr(1), DecodeError::kShort},
        RejectedRow{{"LongerThanADatagram"},
                    WireHead() + std::string(0x10000 - 236, '\0'),
                    DecodeError::kTooLong},
        RejectedRow{{"HardwareAddressOf17"}, HeadWithHlen(17), DecodeError::kBadHardwareLength},
        RejectedRow{
            {"HardwareAddressOf255"}, HeadWithHlen('\xff'), DecodeError::kBadHardwareLength},
        RejectedRow{
            {"CodeWithoutLength"}, WireRequest("\x35\x01\x01\x37"sv), DecodeError::kCutOption},
        RejectedRow{{"CodeAlone"}, WireRequest("\x35"sv), DecodeError::kCutOption},
        RejectedRow{{"OptionBeyondTheEnd"},
                    WireRequest("\x35\x01\x01\x37\x04\x01"sv),
                    DecodeError::kCutOption},
        RejectedRow{{"TypeItselfCutOff"}, WireRequest("\x35\x01"sv), DecodeError::kCutOption},
        RejectedRow{
            {"TypeBehindTheCut"}, WireRequest("\x37\x09\x35\x01\x02"sv), DecodeError::kCutOption},
        RejectedRow{{"CutWithoutAType"}, WireRequest("\x37\x09\x01"sv), DecodeError::kCutOption},
        RejectedRow{{"CutRelease"}, WireRequest("\x35\x01\x07\x37\x09"sv), DecodeError::kCutOption},
        RejectedRow{{"CutInform"}, WireRequest("\x35\x01\x08\x37\x09"sv), DecodeError::kCutOption},
        RejectedRow{{"CutInFile"},
                    WireRequest("\x35\x01\x01\x34\x01\x01\xff"sv, "", "\x0c\x7f"sv),
                    DecodeError::kCutOption},
        RejectedRow{{"CutInFileOfAnOffer"},
                    WireRequest("\x35\x01\x02\x34\x01\x01\xff"sv, "", "\x0c\x7f"sv),
                    DecodeError::kCutOption},
        RejectedRow{{"CutInSname"},
                    WireRequest("\x35\x01\x01\x34\x01\x02\xff"sv, "\x0c\x3f"sv),
                    DecodeError::kCutOption}),
    [](const auto& row) { return row.param.name; });

TEST(DecodeError, HasATextEach) {
  std::set<std::string_view> texts;
  for (const DecodeError error : {DecodeError::kShort, DecodeError::kTooLong,
                                  DecodeError::kBadHardwareLength, DecodeError::kCutOption}) {
    texts.insert(Describe(error));
    EXPECT_FALSE(Describe(error).ends_with('.'));
  }
  EXPECT_EQ(texts.size(), 4U);
}

TEST(Decode, ReadsEveryFieldOfTheHead) {
  std::string datagram = test::FromHex(
      "0201060301020304050680000a0000010a0000020a0000030a000004020000000a0b0000000000000000000c");
  datagram += "server"s + std::string(58, '\0') + "pxelinux.0"s + std::string(118, '\0');
  const auto message = Decode(datagram);
  ASSERT_TRUE(message.has_value());
  const Head& head = message->head;
  EXPECT_EQ(head.op, Op::kReply);
  EXPECT_EQ(head.hops, 3);
  EXPECT_EQ(head.xid, 0x01020304U);
  EXPECT_EQ(head.secs, 0x0506);
  EXPECT_TRUE(head.wants_broadcast());
  EXPECT_EQ(head.ciaddr.ToString(), "10.0.0.1");
  EXPECT_EQ(head.yiaddr.ToString(), "10.0.0.2");
  EXPECT_EQ(head.siaddr.ToString(), "10.0.0.3");
  EXPECT_EQ(head.giaddr.ToString(), "10.0.0.4");
  EXPECT_EQ(head.hardware().ToString(), "02:00:00:00:0a:0b");
  EXPECT_EQ(head.chaddr[15], 0x0c) << "what lies behind the address stays";
  EXPECT_EQ(message->ServerName(), "server");
  EXPECT_EQ(message->FileName(), "pxelinux.0");
}

TEST(Decode, TakesAMessageWithoutCookieForBootpWithoutOptions) {
  for (const std::string& datagram :
       {WireHead(), WireHead() + "\x63\x82\x53"s, WireHead() + std::string(64, '\0'),
        WireHead() + "\x63\x82\x53\x64\x35\x01\x01\xff"s}) {
    const auto message = Decode(datagram);
    ASSERT_TRUE(message.has_value());
    EXPECT_FALSE(message->has_cookie);
    EXPECT_EQ(message->type, MessageType::kBootp);
    EXPECT_EQ(message->options.size(), 0U);
    EXPECT_EQ(message->vendor_field, std::string_view(datagram).substr(kHeadBytes));
  }
}

struct TypeRow : test::Named {
  std::string_view options;
  MessageType type;
};

class TypeOfMessage : public testing::TestWithParam<TypeRow> {};

TEST_P(TypeOfMessage, IsTheFirstOctetOfOption53) {
  const std::string datagram = WireRequest(GetParam().options);
  const auto message = Decode(datagram);
  ASSERT_TRUE(message.has_value());
  EXPECT_TRUE(message->has_cookie);
  EXPECT_EQ(message->type, GetParam().type);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, TypeOfMessage,
    testing::Values(TypeRow{{"Request"}, "\x35\x01\x03\xff"sv, MessageType::kRequest},
                    TypeRow{{"NothingBehindTheCookie"}, ""sv, MessageType::kBootp},
                    TypeRow{{"NoType"}, "\x0c\x01\x61\xff"sv, MessageType::kBootp},
                    TypeRow{{"EmptyType"}, "\x35\0\xff"sv, MessageType::kBootp},
                    TypeRow{{"Zero"}, "\x35\x01\0\xff"sv, MessageType::kBootp},
                    TypeRow{{"TwoOctets"}, "\x35\x02\x04\x05\xff"sv, MessageType::kDecline},
                    TypeRow{{"FirstPieceEmpty"}, "\x35\0\x35\x01\x05\xff"sv, MessageType::kAck},
                    TypeRow{{"Twice"}, "\x35\x01\x04\x35\x01\x05\xff"sv, MessageType::kDecline},
                    TypeRow{{"Unknown"}, "\x35\x01\xc8\xff"sv, static_cast<MessageType>(200)}),
    [](const auto& row) { return row.param.name; });

TEST(Decode, KeepsWhatAServerSentBeforeAnOptionThatIsCutOff) {
  for (const MessageType type : {MessageType::kOffer, MessageType::kAck, MessageType::kNak}) {
    const std::string datagram =
        WireRequest("\x35\x01"s + static_cast<char>(type) + "\x0f\x40\x61"s);
    const auto message = Decode(datagram);
    ASSERT_TRUE(message.has_value());
    EXPECT_EQ(message->type, type);
    EXPECT_EQ(message->options.size(), 1U);
  }
}

TEST(Decode, ReadsOptionsFromFileBeforeThoseFromSname) {
  const std::string datagram = WireRequest("\x35\x01\x01\x34\x01\x03\x0f\x01\x61\xff"sv,
                                           "\x0f\x01\x63\xff"sv, "\x0f\x01\x62\x42\x01\x78\xff"sv);
  const auto message = Decode(datagram);
  ASSERT_TRUE(message.has_value());
  EXPECT_EQ(message->overload, 3);
  EXPECT_EQ(message->options.Find(15), std::optional("abc"sv));
  EXPECT_EQ(message->options.Find(66), std::optional("x"sv));
  EXPECT_EQ(message->ServerName(), "");
  EXPECT_EQ(message->FileName(), "");
}

TEST(Decode, FieldsHoldOptionsOnlyWhereOption52SaysSo) {
  for (const std::string_view overload : {""sv, "\x34\0"sv, "\x34\x01\0"sv, "\x34\x01\xfc"sv}) {
    const std::string datagram =
        WireRequest(std::string(overload) + "\xff", "\x0f\x01\x63\xff"sv, "\x0f\x01\x62\xff"sv);
    const auto message = Decode(datagram);
    ASSERT_TRUE(message.has_value());
    EXPECT_FALSE(message->options.Has(15));
    EXPECT_EQ(message->ServerName(), "\x0f\x01\x63\xff"sv);
  }
}

TEST(Decode, OverloadInsideAFieldIsNotFollowed) {
  const std::string datagram =
      WireRequest("\x34\x01\x01\xff"sv, "\x0f\x01\x63\xff"sv, "\x34\x01\x02\xff"sv);
  const auto message = Decode(datagram);
  ASSERT_TRUE(message.has_value());
  EXPECT_FALSE(message->options.Has(15));
}

TEST(Decode, ATypeMayStandInAField) {
  const std::string datagram = WireRequest("\x34\x01\x01\xff"sv, "", "\x35\x01\x03\xff"sv);
  const auto message = Decode(datagram);
  ASSERT_TRUE(message.has_value());
  EXPECT_EQ(message->type, MessageType::kRequest);
}

TEST(Message, FindsWhatTheRelayAgentAdded) {
  const std::string datagram = WireRequest("\x52\x09\x01\x01\x61\x05\x04\x0a\0\0\x01\xff"sv);
  const auto message = Decode(datagram);
  ASSERT_TRUE(message.has_value());
  EXPECT_EQ(message->AgentOption(code::agent::kCircuitId), std::optional("a"sv));
  EXPECT_EQ(message->AgentOption(code::agent::kLinkSelection), std::optional("\x0a\0\0\x01"sv));
  EXPECT_EQ(message->AgentOption(code::agent::kRemoteId), std::nullopt);
}

TEST(Message, OfRealProgramsIsReadAndWrittenBackToTheSameOctets) {
  const auto captured = test::CapturedMessages();
  ASSERT_GT(captured.size(), 9U);
  for (const auto& [title, bytes] : captured) {
    const auto message = Decode(bytes);
    ASSERT_TRUE(message.has_value()) << title;
    EXPECT_NE(message->type, MessageType::kBootp) << title;
    std::vector<Option> options;
    for (std::size_t n = 0; n < message->options.size(); ++n) {
      options.push_back(message->options[n]);
    }
    std::array<char, 1500> buffer;
    const auto encoded = Encode(message->head, options, {}, buffer);
    ASSERT_TRUE(encoded.has_value()) << title;
    EXPECT_EQ(encoded->bytes, bytes) << title;
  }
}

TEST(MessageTypes, HaveAWordEachAndOneDirection) {
  std::set<std::string> words;
  for (const MessageTypeRow& row : MessageTypes()) {
    EXPECT_EQ(Word(row.type), row.word);
    words.insert(Word(row.type));
  }
  EXPECT_EQ(words.size(), 13U);
  EXPECT_EQ(Word(MessageType::kBootp), "BOOTP");
  EXPECT_EQ(Word(static_cast<MessageType>(14)), "type 14");
  EXPECT_EQ(Word(static_cast<MessageType>(255)), "type 255");
}

}  // namespace
}  // namespace dhcpair::dhcp
