#include "omapi/signing.h"

#include <gtest/gtest.h>

#include "omapi/captured.h"
#include "omapi/failover_object.h"

namespace dhcpair::omapi {
namespace {

using test::FromHex;

Key TestKey(Algorithm algorithm = Algorithm::kHmacSha256,
            const char* secret = test::kCapturedSecret) {
  const auto key = Key::Make("omapi-key", algorithm, secret);
  EXPECT_TRUE(key);
  return *key;
}

// Both were accepted by a real dhcpd 4.4.3-P1.
TEST(Signing, GivesTheKnownAnswerForOpen) {
  Message open;
  open.op = Op::kOpen;
  open.id = 0x6b8b4568;
  open.message_values = {TextValue("type", "control")};
  EXPECT_EQ(EncodeSigned(open, TestKey(), 1),
            FromHex("00000001 00000020 00000001 00000000 6b8b4568 00000000"
                    "0004 74797065 00000007 636f6e74726f6c 0000 0000"
                    "3d5c934692f8b2b8e4d42fe60c6c7f29a8c150f9e404801312e9713501565343"));
}

TEST(Signing, GivesTheKnownAnswerForPartnerDown) {
  Message update;
  update.op = Op::kUpdate;
  update.handle = 3;
  update.id = 0x6b8b4569;
  update.object_values = {
      NumberValue("local-state", static_cast<std::uint32_t>(NewState::kPartnerDown))};
  EXPECT_EQ(EncodeSigned(update, TestKey(), 1),
            FromHex("00000001 00000020 00000003 00000003 6b8b4569 00000000"
                    "0000 000b 6c6f63616c2d7374617465 00000004 00000004 0000"
                    "970a6115c834e163327c5e886afdbcf1dfffdfa873c1d54138e89ba803846158"));
}

// RFC 2202 and RFC 4231, "Jefe" and "what do ya want for nothing?".
TEST(Signing, GivesTheKnownAnswersOfTheRfcsForEveryAlgorithm) {
  struct Row {
    Algorithm algorithm;
    const char* digest;
  };
  const Row rows[] = {
      {Algorithm::kHmacMd5, "750c783e6ab0b503eaa86e310a5db738"},
      {Algorithm::kHmacSha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
      {Algorithm::kHmacSha224, "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44"},
      {Algorithm::kHmacSha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {Algorithm::kHmacSha384,
       "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab"
       "2"
       "1649"},
      {Algorithm::kHmacSha512,
       "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f"
       "0"
       "e6fdcaeab1a34d4a6b4b636e070a38bce737"},
  };
  for (const Row& row : rows) {
    const Key key = TestKey(row.algorithm, "SmVmZQ==");
    EXPECT_EQ(key.Sign("what do ya want for nothing?"), FromHex(row.digest))
        << key.algorithm().conf_name;
  }
  EXPECT_EQ(std::size(rows), Algorithms().size());
}

TEST(Signing, CoversEverythingButTheAuthid) {
  Message message;
  message.op = Op::kUpdate;
  message.handle = 3;
  message.object_values = {NumberValue("local-state", 4)};
  const std::string wire = *EncodeSigned(message, TestKey(), 1);
  ASSERT_TRUE(HasGoodSignature(wire, TestKey()));
  for (std::size_t i = 0; i < wire.size(); ++i) {
    std::string changed = wire;
    changed[i] ^= 1;
    EXPECT_EQ(HasGoodSignature(changed, TestKey()), i < 4) << "byte " << i;
  }
}

TEST(Signing, RefusesWhatAnotherSecretOrAlgorithmSigned) {
  const std::string wire = *EncodeSigned(Message{}, TestKey(), 1);
  EXPECT_FALSE(HasGoodSignature(wire, TestKey(Algorithm::kHmacSha256, "SmVmZQ==")));
  EXPECT_FALSE(HasGoodSignature(wire, TestKey(Algorithm::kHmacSha1)));
  EXPECT_FALSE(HasGoodSignature(wire, TestKey(Algorithm::kHmacSha512)));
}

TEST(Signing, RefusesWhatIsTooShortToHaveASignature) {
  for (const std::size_t bytes : {0, 3, 4, 24, 32, 55}) {
    EXPECT_FALSE(HasGoodSignature(std::string(bytes, 'x'), TestKey())) << bytes;
  }
}

TEST(Key, TakesPaddedBase64Only) {
  for (const char* const good : {"QQ==", "QUI=", "QUJD", "+/+/"}) {
    EXPECT_TRUE(Key::Make("k", Algorithm::kHmacMd5, good)) << good;
  }
  for (const char* const bad : {"", "=", "====", "Q", "QQ", "QQ=", "QQ===", "Q===", "QQ==QQ==",
                                "QU D", " QUJD", "QUJD\n", "QU*D",
                                "QQ=="
                                "=="}) {
    EXPECT_FALSE(Key::Make("k", Algorithm::kHmacMd5, bad)) << bad;
  }
}

TEST(Key, HasANameAndASecretOfReasonableSize) {
  const std::string longest((Key::kSecretBytesMax + 2) / 3 * 4 - 4, 'A');
  EXPECT_TRUE(Key::Make("k", Algorithm::kHmacMd5, longest));
  EXPECT_FALSE(Key::Make("k", Algorithm::kHmacMd5, longest + "AAAAAAAA"));
  EXPECT_FALSE(Key::Make("", Algorithm::kHmacMd5, "QQ=="));
  EXPECT_TRUE(Key::Make(std::string(255, 'k'), Algorithm::kHmacMd5, "QQ=="));
  EXPECT_FALSE(Key::Make(std::string(256, 'k'), Algorithm::kHmacMd5, "QQ=="));
}

}  // namespace
}  // namespace dhcpair::omapi
