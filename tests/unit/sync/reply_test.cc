#include "sync/reply.h"

#include <gtest/gtest.h>

#include <string>

#include "support/named.h"

namespace dhcpair::sync {
namespace {

constexpr char kNonce[] = "n1";

struct BadRow : test::Named {
  std::string text;
  ReplyError error;
};

class BadReply : public testing::TestWithParam<BadRow> {};

TEST_P(BadReply, IsRefused) {
  const auto reply = ReadReply(GetParam().text, kNonce);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error(), GetParam().error);
}

using enum ReplyError;
INSTANTIATE_TEST_SUITE_P(
    Rows, BadReply,
    testing::Values(
        BadRow{{"Nothing"}, "", kNotThere},
        BadRow{{"ABannerOnly"}, "Welcome\nto dhcp2\n", kNotThere},
        BadRow{{"AnotherCallsAnswer"}, "dhcpair-begin n2\nok\ndhcpair-end n2\n", kNotThere},
        BadRow{{"BehindAWord"}, "x dhcpair-begin n1\nok\ndhcpair-end n1\n", kNotThere},
        BadRow{{"BeginOnly"}, "dhcpair-begin n1\n", kCutOff},
        BadRow{{"NoEnd"}, "dhcpair-begin n1\nok\n", kCutOff},
        BadRow{{"EndWithoutItsLineEnd"}, "dhcpair-begin n1\nok\ndhcpair-end n1", kCutOff},
        BadRow{{"NeitherDoneNorFailed"}, "dhcpair-begin n1\nnow 1\ndhcpair-end n1\n", kCutOff},
        BadRow{{"EndOfAnother"}, "dhcpair-begin n1\nok\ndhcpair-end n2\n", kMalformed},
        BadRow{{"MoreAfterOk"}, "dhcpair-begin n1\nok\nnow 1\ndhcpair-end n1\n", kMalformed},
        BadRow{{"MoreAfterAnError"},
               "dhcpair-begin n1\nerror failed x\nok\ndhcpair-end n1\n",
               kMalformed},
        BadRow{{"BlockCutOff"}, "dhcpair-begin n1\nblock a 10\nabc\n", kCutOff},
        BadRow{{"BlockAsLongAsTheRest"}, "dhcpair-begin n1\nblock a 3\nabc", kCutOff},
        BadRow{{"BlockLongerThanItSays"},
               "dhcpair-begin n1\nblock a 2\nabc\nok\ndhcpair-end n1\n",
               kMalformed},
        BadRow{
            {"BlockOfNoLength"}, "dhcpair-begin n1\nblock a\n\nok\ndhcpair-end n1\n", kMalformed},
        BadRow{{"BlockOfNegativeLength"},
               "dhcpair-begin n1\nblock a -1\n\nok\ndhcpair-end n1\n",
               kMalformed},
        BadRow{{"BlockOfHugeLength"},
               "dhcpair-begin n1\nblock a 9223372036854775807\n\nok\ndhcpair-end n1\n",
               kCutOff},
        BadRow{{"BlockLengthBeyondAllNumbers"},
               "dhcpair-begin n1\nblock a 99999999999999999999\n\nok\ndhcpair-end n1\n",
               kMalformed}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Reply, IsFoundBehindABannerAndBeforeALogoutMessage) {
  const auto reply =
      ReadReply("Welcome\nok\ndhcpair-begin n1\nnow 17\nok\ndhcpair-end n1\nbye\n", kNonce);
  ASSERT_TRUE(reply);
  EXPECT_FALSE(reply->failure);
  ASSERT_EQ(reply->items.size(), 1u);
  EXPECT_EQ(reply->Find("now"), "17");
  EXPECT_EQ(reply->FindNumber("now"), 17);
  EXPECT_EQ(reply->Find("bye"), std::nullopt);
}

TEST(Reply, TakesBlocksByTheirLengthWhateverIsInThem) {
  const std::string bytes("ok\ndhcpair-end n1\n\0\xff", 20);
  // What is read points into it.
  const std::string said = "dhcpair-begin n1\nblock a 20\n" + bytes + "\nok\ndhcpair-end n1\n";
  const auto reply = ReadReply(said, kNonce);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->Find("a"), bytes);
}

TEST(Reply, TellsWhyAStepFailed) {
  const auto reply = ReadReply(
      "dhcpair-begin n1\nnow 17\nerror no-space cannot write: the disk is full\ndhcpair-end n1\n",
      kNonce);
  ASSERT_TRUE(reply);
  ASSERT_TRUE(reply->failure);
  EXPECT_EQ(reply->failure->name, "no-space");
  EXPECT_EQ(reply->failure->value, "cannot write: the disk is full");
}

TEST(Reply, GivesTheLastValueOfAName) {
  const auto reply =
      ReadReply("dhcpair-begin n1\ngeneration 1\ngeneration 2\nok\ndhcpair-end n1\n", kNonce);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->FindNumber("generation"), 2);
}

TEST(Reply, HasNumbersWithoutSignAndUnitOnly) {
  const auto reply = ReadReply(
      "dhcpair-begin n1\na -1\nb 1s\nc \nd 99999999999999999999\nok\ndhcpair-end n1\n", kNonce);
  ASSERT_TRUE(reply);
  for (const char* const name : {"a", "b", "c", "d", "e"}) {
    EXPECT_EQ(reply->FindNumber(name), std::nullopt) << name;
  }
}

TEST(Reply, IsCutOffOrMalformedAtEveryLengthButItsOwn) {
  const std::string whole = "dhcpair-begin n1\nnow 17\nblock a 3\na\nb\nok\ndhcpair-end n1\n";
  ASSERT_TRUE(ReadReply(whole, kNonce));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(ReadReply(whole.substr(0, size), kNonce)) << size;
  }
}

}  // namespace
}  // namespace dhcpair::sync
