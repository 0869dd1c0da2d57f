#include "omapi/session.h"

#include <gtest/gtest.h>

#include "omapi/captured.h"
#include "support/named.h"

namespace dhcpair::omapi {
namespace {

using failover::State;
using Kind = SessionError::Kind;

constexpr std::uint32_t kFirstId = 0x100;
constexpr std::uint32_t kAuthid = 7;
constexpr std::uint32_t kObject = 3;

Key TestKey(const char* secret = test::kCapturedSecret) {
  return *Key::Make("k1", Algorithm::kHmacSha256, secret);
}

Values ObjectValues(std::uint32_t local_state) {
  return {TextValue("name", "p"),           NumberValue("mclt", 60),
          NumberValue("partner-state", 2),  NumberValue("local-state", local_state),
          NumberValue("partner-stos", 100), NumberValue("local-stos", 200)};
}

// What a dhcpd answers, with everything changeable.
Message Answer(Op op, std::uint32_t rid, std::uint32_t handle = 0) {
  Message answer;
  answer.op = op;
  answer.handle = handle;
  answer.id = 0x9000;
  answer.rid = rid;
  return answer;
}

Message Status(std::uint32_t rid, std::uint32_t result) {
  Message status = Answer(Op::kStatus, rid);
  status.message_values = {NumberValue("result", result)};
  return status;
}

Message Object(std::uint32_t rid, std::uint32_t local_state) {
  Message object = Answer(Op::kUpdate, rid, kObject);
  object.object_values = ObjectValues(local_state);
  return object;
}

std::string Signed(const Message& message) { return *EncodeSigned(message, TestKey(), kAuthid); }

// A session whose first question was answered.
Session WithKey() {
  Session session(TestKey(), "p", kFirstId);
  session.TakeOutput();
  EXPECT_TRUE(session.Receive(Hello() + Encode(Answer(Op::kUpdate, kFirstId, kAuthid))));
  session.TakeOutput();
  return session;
}

// One that has the object, and waits for nothing.
Session Opened() {
  Session session = WithKey();
  EXPECT_TRUE(session.Receive(Signed(Object(kFirstId + 1, 2))));
  EXPECT_TRUE(session.is_idle());
  return session;
}

TEST(Session, OpensKeyAndObject) {
  Session session(TestKey(), "p", kFirstId);
  Message open_key;
  open_key.op = Op::kOpen;
  open_key.id = kFirstId;
  open_key.message_values = {TextValue("type", "authenticator")};
  open_key.object_values = {TextValue("name", "k1"),
                            TextValue("algorithm", "hmac-sha256.SIG-ALG.REG.INT.")};
  EXPECT_EQ(session.TakeOutput(), Hello() + Encode(open_key)) << "all without waiting";
  EXPECT_EQ(session.TakeOutput(), "") << "each byte once";

  ASSERT_TRUE(session.Receive(Hello() + Encode(Answer(Op::kUpdate, kFirstId, kAuthid))));
  Message open_object;
  open_object.op = Op::kOpen;
  open_object.id = kFirstId + 1;
  open_object.message_values = {TextValue("type", "failover-state")};
  open_object.object_values = {TextValue("name", "p")};
  EXPECT_EQ(session.TakeOutput(), Signed(open_object));
  EXPECT_FALSE(session.is_idle());

  ASSERT_TRUE(session.Receive(Signed(Object(kFirstId + 1, 3))));
  EXPECT_TRUE(session.is_idle());
  EXPECT_EQ(session.object().local_state, State::kCommunicationsInterrupted);
  EXPECT_EQ(session.object().local_stos, 200);
}

TEST(Session, TakesBytesInPiecesOfAnySize) {
  Session session(TestKey(), "p", kFirstId);
  const std::string first = Hello() + Encode(Answer(Op::kUpdate, kFirstId, kAuthid));
  for (const char byte : first) ASSERT_TRUE(session.Receive(std::string(1, byte)));
  for (const char byte : Signed(Object(kFirstId + 1, 2))) {
    ASSERT_FALSE(session.is_idle());
    ASSERT_TRUE(session.Receive(std::string(1, byte)));
  }
  EXPECT_TRUE(session.is_idle());
}

TEST(Session, SetsAStateAndReadsItBack) {
  Session session = Opened();
  ASSERT_TRUE(session.Set(NewState::kPartnerDown));
  Message update;
  update.op = Op::kUpdate;
  update.handle = kObject;
  update.id = kFirstId + 2;
  update.object_values = {NumberValue("local-state", 4)};
  EXPECT_EQ(session.TakeOutput(), Signed(update));
  ASSERT_TRUE(session.Receive(Signed(Status(kFirstId + 2, 0))));
  ASSERT_TRUE(session.is_idle());
  EXPECT_EQ(session.object().local_state, State::kNormal) << "success alone changes nothing here";

  ASSERT_TRUE(session.Refresh());
  session.TakeOutput();
  ASSERT_TRUE(session.Receive(Signed(Object(kFirstId + 3, 4))));
  EXPECT_EQ(session.object().local_state, State::kPartnerDown);
}

// The very connection in which a real dhcpd was put into partner-down. omshell, which asked there,
// numbers its requests in its own way, so each answer is given our number and signed anew.
TEST(Session, UnderstandsARealServer) {
  const auto capture = test::ReadCapture("set-partner-down-primary");
  std::string_view stream = capture.at(0).server;
  std::vector<Message> answers;
  stream.remove_prefix(kHelloBytes);
  while (!stream.empty()) {
    const auto decoded = Decode(stream);
    ASSERT_TRUE(decoded);
    answers.push_back(decoded->message);
    stream.remove_prefix(decoded->bytes);
  }
  ASSERT_GE(answers.size(), 4u);
  Session session(*Key::Make("omapi-key", Algorithm::kHmacSha256, test::kCapturedSecret),
                  "dhcp-failover", kFirstId);
  for (std::uint32_t i = 0; i < 4; ++i) answers[i].rid = kFirstId + i;
  const auto sign = [&](const Message& answer) {
    return *EncodeSigned(answer, TestKey(), answer.authid);
  };
  ASSERT_TRUE(session.Receive(Hello() + Encode(answers[0])));
  ASSERT_TRUE(session.Receive(sign(answers[1])));
  EXPECT_EQ(session.object().local_state, State::kCommunicationsInterrupted);
  ASSERT_TRUE(session.Set(NewState::kPartnerDown));
  ASSERT_TRUE(session.Receive(sign(answers[2])));
  ASSERT_TRUE(session.Refresh());
  ASSERT_TRUE(session.Receive(sign(answers[3])));
  EXPECT_EQ(session.object().local_state, State::kPartnerDown);
  EXPECT_EQ(session.object().partner_state, State::kNormal) << "the last one heard";
}

struct BadAnswerRow : test::Named {
  std::string bytes;
  Kind kind;
  std::string part_of_message;
};

// What may not be taken for the answer to "open the object".
class BadObject : public testing::TestWithParam<BadAnswerRow> {};

TEST_P(BadObject, EndsTheSession) {
  Session session = WithKey();
  const auto received = session.Receive(GetParam().bytes);
  ASSERT_FALSE(received);
  EXPECT_EQ(received.error().kind, GetParam().kind) << received.error().message;
  EXPECT_TRUE(received.error().message.contains(GetParam().part_of_message))
      << received.error().message;
}

std::string Changed(std::string bytes, std::size_t at) {
  bytes[at] ^= 1;
  return bytes;
}

Message WithHandle(Message message, std::uint32_t handle) {
  message.handle = handle;
  return message;
}

Message WithName(Message message, const char* name) {
  message.object_values[0] = TextValue("name", name);
  return message;
}

const std::uint32_t kRid = kFirstId + 1;

INSTANTIATE_TEST_SUITE_P(
    All, BadObject,
    testing::Values(
        BadAnswerRow{{"Unsigned"}, Encode(Object(kRid, 4)), Kind::kForged, "not signed"},
        BadAnswerRow{{"SignedByAnother"},
                     *EncodeSigned(Object(kRid, 4), TestKey("QQ=="), kAuthid),
                     Kind::kForged,
                     "not signed"},
        BadAnswerRow{{"WithAnotherAuthid"},
                     *EncodeSigned(Object(kRid, 4), TestKey(), kAuthid + 1),
                     Kind::kForged,
                     ""},
        BadAnswerRow{{"SignedWithAuthidZero"},
                     *EncodeSigned(Object(kRid, 4), TestKey(), 0),
                     Kind::kForged,
                     ""},
        BadAnswerRow{{"ChangedOnTheWay"}, Changed(Signed(Object(kRid, 4)), 80), Kind::kForged, ""},
        BadAnswerRow{{"UnsignedSuccess"}, Encode(Status(kRid, 0)), Kind::kForged, ""},
        BadAnswerRow{{"UnsignedStatusWithoutResultIsNoSuccess"},
                     Encode(Answer(Op::kStatus, kRid)),
                     Kind::kRefused,
                     "0xffffffff"},
        BadAnswerRow{{"SignedSuccessWithoutTheObject"},
                     Signed(Status(kRid, 0)),
                     Kind::kUnexpected,
                     "'status'"},
        BadAnswerRow{{"WrongSecret"},
                     Encode(Status(kRid, 0x6000b)),
                     Kind::kRefused,
                     "the secret is not the one of its dhcpd.conf"},
        BadAnswerRow{{"NoSuchPeer"},
                     Signed(Status(kRid, 0x17)),
                     Kind::kRefused,
                     "no failover peer of this name"},
        BadAnswerRow{{"AnswerToAnotherQuestion"},
                     Signed(Object(kRid + 1, 2)),
                     Kind::kUnexpected,
                     "not asked"},
        BadAnswerRow{
            {"AnswerToTheQuestionBefore"}, Signed(Object(kFirstId, 2)), Kind::kUnexpected, ""},
        BadAnswerRow{
            {"Twice"}, Signed(Object(kRid, 2)) + Signed(Object(kRid, 2)), Kind::kUnexpected, ""},
        BadAnswerRow{
            {"ARequest"}, Signed(Answer(Op::kOpen, kRid, kObject)), Kind::kUnexpected, "'open'"},
        BadAnswerRow{
            {"ANotification"}, Signed(Answer(Op::kNotify, kRid, kObject)), Kind::kUnexpected, ""},
        BadAnswerRow{{"WithoutHandle"}, Signed(WithHandle(Object(kRid, 2), 0)), Kind::kGarbled, ""},
        BadAnswerRow{
            {"OfAnotherPeer"}, Signed(WithName(Object(kRid, 2), "q")), Kind::kGarbled, "'p'"},
        BadAnswerRow{{"InAStateOfNoTable"}, Signed(Object(kRid, 77)), Kind::kGarbled, ""},
        BadAnswerRow{{"Empty"}, Signed(Answer(Op::kUpdate, kRid, kObject)), Kind::kGarbled, ""},
        BadAnswerRow{{"NoMessageAtAll"}, std::string(24, '\xff'), Kind::kGarbled, "no message"}),
    [](const auto& row) { return std::string(row.param.name); });

struct BadStartRow : test::Named {
  std::string bytes;
  Kind kind;
};

class BadStart : public testing::TestWithParam<BadStartRow> {};

TEST_P(BadStart, EndsTheSession) {
  Session session(TestKey(), "p", kFirstId);
  const auto received = session.Receive(GetParam().bytes);
  ASSERT_FALSE(received);
  EXPECT_EQ(received.error().kind, GetParam().kind) << received.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    All, BadStart,
    testing::Values(
        BadStartRow{{"AnotherVersion"}, test::FromHex("00000063 00000018"), Kind::kNotOmapi},
        BadStartRow{{"AnotherProtocol"}, "SSH-2.0-OpenSSH_9.2\r\n", Kind::kNotOmapi},
        BadStartRow{{"AShortHeader"}, test::FromHex("00000064 00000008"), Kind::kNotOmapi},
        BadStartRow{{"UnknownKey"}, Hello() + Encode(Status(kFirstId, 0x17)), Kind::kRefused},
        BadStartRow{
            {"KeyWithoutHandle"}, Hello() + Encode(Answer(Op::kUpdate, kFirstId)), Kind::kGarbled},
        BadStartRow{
            {"SuccessInsteadOfAKey"}, Hello() + Encode(Status(kFirstId, 0)), Kind::kUnexpected},
        BadStartRow{{"SignedBeforeThereIsAKey"},
                    Hello() + Signed(Answer(Op::kUpdate, kFirstId, kAuthid)),
                    Kind::kForged},
        BadStartRow{{"HelloTwice"}, Hello() + Hello() + std::string(16, '\0'), Kind::kGarbled}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Session, DoesNotTakeAnUnsignedSuccessForASetState) {
  Session session = Opened();
  ASSERT_TRUE(session.Set(NewState::kPartnerDown));
  const auto received = session.Receive(Encode(Status(kFirstId + 2, 0)));
  ASSERT_FALSE(received);
  EXPECT_EQ(received.error().kind, Kind::kForged);
}

TEST(Session, DoesNotTakeAnObjectForASetState) {
  Session session = Opened();
  ASSERT_TRUE(session.Set(NewState::kPartnerDown));
  const auto received = session.Receive(Signed(Object(kFirstId + 2, 4)));
  ASSERT_FALSE(received);
  EXPECT_EQ(received.error().kind, Kind::kUnexpected);
}

TEST(Session, DoesNotTakeAnotherObjectForTheSame) {
  Session session = Opened();
  ASSERT_TRUE(session.Refresh());
  const auto received = session.Receive(Signed(WithHandle(Object(kFirstId + 2, 4), kObject + 1)));
  ASSERT_FALSE(received);
  EXPECT_EQ(received.error().kind, Kind::kGarbled);
}

TEST(Session, TakesNothingThatWasNotAsked) {
  Session session = Opened();
  const auto received = session.Receive(Signed(Object(kFirstId + 1, 4)));
  ASSERT_FALSE(received);
  EXPECT_EQ(received.error().kind, Kind::kUnexpected);
  EXPECT_EQ(session.object().local_state, State::kNormal);
}

TEST(Session, HasWordsOfItsOwnForAnEndAtEachPlace) {
  Session fresh(TestKey(), "p", kFirstId);
  EXPECT_EQ(fresh.Closed().kind, Kind::kClosed);
  EXPECT_TRUE(fresh.Closed().message.contains("before it said a word"));
  EXPECT_TRUE(WithKey().Closed().message.ends_with("instead of answering"));
  Session session = Opened();
  ASSERT_TRUE(session.Set(NewState::kRecover));
  EXPECT_TRUE(session.Closed().message.ends_with("the state may have been set"));
}

TEST(Session, NeverShowsTheSecret) {
  for (const auto& error : {WithKey().Receive(Encode(Status(kRid, 0x6000b))).error(),
                            WithKey().Receive(Encode(Object(kRid, 2))).error()}) {
    EXPECT_FALSE(error.message.contains("secret-for-tests")) << error.message;
    EXPECT_FALSE(error.message.contains(test::kCapturedSecret)) << error.message;
  }
}

}  // namespace
}  // namespace dhcpair::omapi
