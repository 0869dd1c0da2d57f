#include "sync/redact.h"

#include <gtest/gtest.h>

#include "support/named.h"

namespace dhcpair::sync {
namespace {

struct Row : test::Named {
  std::string text;
  std::string redacted;
};

class RedactedText : public testing::TestWithParam<Row> {};

TEST_P(RedactedText, HasNoSecret) {
  Redactor redactor({"a25vd24gc2VjcmV0"});
  EXPECT_EQ(redactor.Redact(GetParam().text), GetParam().redacted);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RedactedText,
    testing::Values(
        Row{{"Quoted"},
            "key k { algorithm hmac-md5; secret \"c2VjcmV0\"; }",
            "key k { algorithm hmac-md5; secret (secret 1); }"},
        Row{{"Bare"}, "key k { secret abc+d/e==; }", "key k { secret (secret 1); }"},
        Row{{"OverSeveralLines"}, "secret\n  abc # old\n  +def\n;", "secret\n  (secret 1)\n;"},
        Row{{"InCapitals"}, "SECRET abc;", "SECRET (secret 1);"},
        Row{{"EqualOnesAlike"},
            "secret abc; secret \"abc\"; secret abd;",
            "secret (secret 1); secret (secret 1); secret (secret 2);"},
        Row{{"InABrokenKey"},
            "key k { algorithm hmac-md5 secret abc }",
            "key k { algorithm hmac-md5 secret (secret 1) }"},
        Row{{"WithoutAnEnd"}, "key k { secret abc", "key k { secret (secret 1)"},
        Row{{"WithAnOpenQuote"}, "secret \"abc\n; subnet", "secret (secret 1)"},
        Row{{"InAComment"}, "# secret c2VjcmV0IHNlY3JldA==\n", "# secret (secret 1)\n"},
        Row{{"InAShortComment"}, "# secret \"abc\";\n", "# secret \"(secret 1)\";\n"},
        Row{{"InACommentBehindTheKeyword"},
            "secret # secret xyz;\n abc;",
            "secret # secret (secret 1);\n (secret 2);"},
        Row{{"KnownOne"}, "option x \"a25vd24gc2VjcmV0\";", "option x \"(secret 1)\";"},
        Row{{"KnownOneTwice"}, "a25vd24gc2VjcmV0a25vd24gc2VjcmV0", "(secret 1)(secret 1)"},
        Row{{"SentenceAboutSecrets"},
            "# the secret lies elsewhere\nsecretary;",
            "# the secret lies elsewhere\nsecretary;"},
        Row{{"OptionOfThatName"},
            "option secret code 200 = text; option my.secret 1;",
            "option secret code 200 = text; option my.secret 1;"},
        Row{{"EmptyOne"}, "secret ; }", "secret ; }"}, Row{{"Nothing"}, "", ""},
        Row{{"OrdinaryText"},
            "subnet 10.0.0.0 netmask 255.0.0.0 { # x\n}\n",
            "subnet 10.0.0.0 netmask 255.0.0.0 { # x\n}\n"}),
    testing::PrintToStringParamName());

TEST(Redactor, NumbersTheSecretsOfAllTextsAsOneRow) {
  Redactor redactor;
  EXPECT_EQ(redactor.Redact("secret aaa;"), "secret (secret 1);");
  EXPECT_EQ(redactor.Redact("secret bbb;"), "secret (secret 2);");
  EXPECT_EQ(redactor.Redact("secret aaa;"), "secret (secret 1);");
}

}  // namespace
}  // namespace dhcpair::sync
