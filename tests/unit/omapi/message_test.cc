#include "omapi/message.h"

#include <gtest/gtest.h>

#include <random>

#include "base/bytes.h"
#include "omapi/captured.h"
#include "support/named.h"

namespace dhcpair::omapi {
namespace {

using test::FromHex;

// OPEN, with "type" = "control" as message value and "a" = "" as object value, in pieces.
constexpr char kHeader[] = "00000000 00000000 00000001 00000000 6b8b4568 00000000";
constexpr char kLists[] = "0004 74797065 00000007 636f6e74726f6c 0000 0001 61 00000000 0000";

std::string Piece(const char* header, const std::string& rest) { return FromHex(header) + rest; }

TEST(Message, IsReadFieldByField) {
  const auto decoded = Decode(FromHex("00000005 00000002 00000003 00000007 00000008 00000009") +
                              FromHex(kLists) + "xy" + "the next one");
  ASSERT_TRUE(decoded);
  const Message& message = decoded->message;
  EXPECT_EQ(message.authid, 5u);
  EXPECT_EQ(message.op, Op::kUpdate);
  EXPECT_EQ(message.handle, 7u);
  EXPECT_EQ(message.id, 8u);
  EXPECT_EQ(message.rid, 9u);
  EXPECT_EQ(message.message_values, Values{TextValue("type", "control")});
  EXPECT_EQ(message.object_values, Values{TextValue("a", "")});
  EXPECT_EQ(message.signature, "xy");
  EXPECT_EQ(decoded->bytes, 24u + 19u + 9u + 2u);
}

TEST(Message, KeepsTheSurplusOfALongHeader) {
  const std::string wire = Piece(kHeader, "more" + FromHex(kLists));
  const auto decoded = Decode(wire, 28);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->message.surplus, "more");
  EXPECT_EQ(Encode(decoded->message), wire);
}

TEST(Message, IsIncompleteAtEveryCut) {
  const std::string wire = Piece(kHeader, FromHex(kLists));
  ASSERT_TRUE(Decode(wire));
  for (std::size_t bytes = 0; bytes < wire.size(); ++bytes) {
    const auto decoded = Decode(std::string_view(wire).substr(0, bytes));
    ASSERT_FALSE(decoded) << bytes;
    EXPECT_EQ(decoded.error(), DecodeError::kIncomplete) << bytes;
  }
}

struct BadRow : test::Named {
  std::string bytes;
  DecodeError error;
};

class BadMessage : public testing::TestWithParam<BadRow> {};

TEST_P(BadMessage, IsAnError) {
  const auto decoded = Decode(GetParam().bytes);
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error(), GetParam().error);
}

std::string Header(const char* authlen, const char* op) {
  return FromHex("00000000") + FromHex(authlen) + FromHex(op) +
         FromHex("00000000 00000001 00000000");
}

std::string Repeat(std::string_view piece, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += piece;
  return all;
}

// A list of one value that claims `claimed` bytes and has `bytes` of them.
std::string ValueOf(std::uint32_t claimed, std::size_t bytes) {
  base::Writer writer;
  writer.U16(1);
  writer.Bytes("v");
  writer.U32(claimed);
  writer.Bytes(std::string(bytes, 'x'));
  return writer.Take();
}

std::string NameOf(std::size_t bytes) {
  base::Writer writer;
  writer.U16(static_cast<std::uint16_t>(bytes));
  writer.Bytes(std::string(bytes, 'n'));
  return writer.Take();
}

const std::string kOpen = Header("00000000", "00000001");
const std::string kOnePair = FromHex("0001 61 00000000");
const std::string kEnd = FromHex("0000");

INSTANTIATE_TEST_SUITE_P(
    All, BadMessage,
    testing::Values(
        BadRow{{"Nothing"}, "", DecodeError::kIncomplete},
        BadRow{{"HeaderOnly"}, kOpen, DecodeError::kIncomplete},
        BadRow{{"OneListOnly"}, kOpen + kEnd, DecodeError::kIncomplete},
        BadRow{{"NoSignature"},
               Header("00000010", "00000005") + kEnd + kEnd,
               DecodeError::kIncomplete},
        BadRow{{"OpZero"}, Header("00000000", "00000000") + kEnd + kEnd, DecodeError::kUnknownOp},
        BadRow{{"OpSeven"}, Header("00000000", "00000007") + kEnd + kEnd, DecodeError::kUnknownOp},
        BadRow{{"OpHuge"}, Header("00000000", "ffffffff") + kEnd + kEnd, DecodeError::kUnknownOp},
        BadRow{{"SignatureOneTooLong"},
               Header("00000041", "00000001") + kEnd + kEnd + std::string(65, 's'),
               DecodeError::kTooLarge},
        BadRow{{"SignatureHuge"},
               Header("ffffffff", "00000001") + kEnd + kEnd,
               DecodeError::kTooLarge},
        BadRow{{"NameOneTooLong"}, kOpen + NameOf(256), DecodeError::kTooLarge},
        BadRow{{"NameHuge"}, kOpen + FromHex("ffff"), DecodeError::kTooLarge},
        BadRow{{"NameCutOff"}, kOpen + FromHex("0008 6162"), DecodeError::kIncomplete},
        BadRow{{"ValueOneTooLong"},
               kOpen + ValueOf(kValueBytesMax + 1, kValueBytesMax + 1),
               DecodeError::kTooLarge},
        BadRow{{"ValueHugeOfWhichNothingCame"},
               kOpen + ValueOf(0xffffffff, 0),
               DecodeError::kTooLarge},
        BadRow{{"ValueCutOff"}, kOpen + ValueOf(8, 7), DecodeError::kIncomplete},
        BadRow{{"OnePairTooMany"},
               kOpen + Repeat(kOnePair, kValuesMax + 1) + kEnd + kEnd,
               DecodeError::kTooLarge},
        BadRow{{"OnePairTooManyInTheSecondList"},
               kOpen + kEnd + Repeat(kOnePair, kValuesMax + 1) + kEnd,
               DecodeError::kTooLarge},
        BadRow{{"AllTogetherTooLarge"},
               kOpen + Repeat(ValueOf(kValueBytesMax, kValueBytesMax), 5) + kEnd + kEnd,
               DecodeError::kTooLarge}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Message, MayBeAsLargeAsTheLimitsSay) {
  EXPECT_TRUE(Decode(kOpen + Repeat(kOnePair, kValuesMax) + kEnd + kEnd));
  EXPECT_TRUE(Decode(kOpen + NameOf(255) + FromHex("00000000") + kEnd + kEnd));
  EXPECT_TRUE(Decode(kOpen + ValueOf(kValueBytesMax, kValueBytesMax) + kEnd + kEnd));
  EXPECT_TRUE(Decode(Header("00000040", "00000001") + kEnd + kEnd + std::string(64, 's')));
}

TEST(Message, SurvivesEncodingWhateverIsInIt) {
  // A seed, so that a failure comes again.
  std::mt19937 random(4);
  const auto number = [&](std::uint32_t max) {
    return static_cast<std::uint32_t>(random() % (max + 1));
  };
  const auto bytes = [&](std::size_t count) {
    std::string all;
    while (all.size() < count) all += static_cast<char>(random());
    return all;
  };
  for (int round = 0; round < 2000; ++round) {
    Message message;
    message.authid = static_cast<std::uint32_t>(random());
    message.op = Ops()[number(static_cast<std::uint32_t>(Ops().size()) - 1)].op;
    message.handle = static_cast<std::uint32_t>(random());
    message.id = static_cast<std::uint32_t>(random());
    message.rid = static_cast<std::uint32_t>(random());
    message.surplus = bytes(number(8));
    for (Values* values : {&message.message_values, &message.object_values}) {
      for (std::uint32_t count = number(6); count > 0; --count) {
        values->push_back({bytes(1 + number(40)), bytes(number(90))});
      }
    }
    message.signature = bytes(number(64));

    const std::string wire = Encode(message);
    const auto decoded = Decode(wire + bytes(number(5)), kHeaderBytes + message.surplus.size());
    ASSERT_TRUE(decoded) << round;
    EXPECT_EQ(decoded->message, message) << round;
    EXPECT_EQ(decoded->bytes, wire.size()) << round;
  }
}

TEST(Values, AreFoundOnlyWhereTheNameStandsOnce) {
  const Values values{NumberValue("n", 7),       TextValue("t", "x"),        TextValue("t", "y"),
                      TextValue("short", "abc"), TextValue("long", "abcde"), TextValue("", "")};
  EXPECT_EQ(FindNumber(values, "n"), 7u);
  EXPECT_EQ(Find(values, "short"), "abc");
  EXPECT_EQ(Find(values, "t"), std::nullopt) << "which of the two would be left to chance";
  EXPECT_EQ(Find(values, "absent"), std::nullopt);
  EXPECT_EQ(FindNumber(values, "short"), std::nullopt);
  EXPECT_EQ(FindNumber(values, "long"), std::nullopt);
}

TEST(Hello, IsVersion100AndTheHeaderSize) {
  EXPECT_EQ(Hello(), FromHex("00000064 00000018"));
  EXPECT_EQ(ReadHello(Hello()), 24u);
  EXPECT_EQ(ReadHello(FromHex("00000064 0000001c") + "rest"), 28u);
}

TEST(Hello, OfAnotherProtocolIsToldAtOnce) {
  struct Row {
    std::string bytes;
    HelloError error;
  };
  const Row rows[] = {
      {"", HelloError::kIncomplete},
      {FromHex("000000"), HelloError::kIncomplete},
      {FromHex("00000064 000000"), HelloError::kIncomplete},
      {FromHex("00000063 00000018"), HelloError::kNotOmapi},
      {FromHex("00000065"), HelloError::kNotOmapi},
      {FromHex("00000064 00000017"), HelloError::kNotOmapi},
      {FromHex("00000064 00000101"), HelloError::kNotOmapi},
      {FromHex("00000064 ffffffff"), HelloError::kNotOmapi},
      {"SSH-2.0-OpenSSH_9.2\r\n", HelloError::kNotOmapi},
      {"HTTP", HelloError::kNotOmapi},
  };
  for (const Row& row : rows) {
    const auto read = ReadHello(row.bytes);
    ASSERT_FALSE(read) << row.bytes;
    EXPECT_EQ(read.error(), row.error) << row.bytes;
  }
}

}  // namespace
}  // namespace dhcpair::omapi
