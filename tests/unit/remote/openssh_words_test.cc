#include "remote/openssh_words.h"

#include <gtest/gtest.h>

#include "support/named.h"
#include "support/pairs.h"

namespace dhcpair::remote {
namespace {

struct WordsRow : test::Named {
  std::string complaints;
  Failure failure;
  const char* in_message;
};

class WordsOfSsh : public testing::TestWithParam<WordsRow> {};

TEST_P(WordsOfSsh, AreUnderstood) {
  const pair::Pair pair = test::LoadPair(test::kMinimalPair);
  const Error error = ExplainSsh(GetParam().complaints, pair.primary.node);
  EXPECT_EQ(error.failure, GetParam().failure);
  EXPECT_NE(error.message.find(GetParam().in_message), std::string::npos) << error.message;
}

constexpr char kChanged[] =
    "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@\r\n"
    "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\r\n"
    "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@\r\n"
    "IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!\r\n"
    "The fingerprint for the ED25519 key sent by the remote host is\n"
    "SHA256:C7UFnLQBF5VsmpQvRDvkRaUnhQqBJDLYLr6Qp0ZqGFM.\n"
    "Please contact your system administrator.\r\n"
    "Add correct host key in /root/.ssh/known_hosts to get rid of this message.\r\n"
    "Offending RSA key in /root/.ssh/known_hosts:7\r\n"
    "Host key for [gw1]:2222 has changed and you have requested strict checking.\r\n"
    "Host key verification failed.\r\n";

// As OpenSSH 9.2 says them.
INSTANTIATE_TEST_SUITE_P(
    Rows, WordsOfSsh,
    testing::Values(
        WordsRow{"Changed", kChanged, Failure::kHostKeyChanged,
                 "'ssh-keygen -R [gw1]:2222 -f /root/.ssh/known_hosts'"},
        WordsRow{"ChangedFingerprint", kChanged, Failure::kHostKeyChanged,
                 "(ED25519 SHA256:C7UFnLQBF5VsmpQvRDvkRaUnhQqBJDLYLr6Qp0ZqGFM)"},
        WordsRow{"Revoked",
                 "@       WARNING: REVOKED HOST KEY DETECTED!               @\r\n"
                 "The ED25519 host key for gw1 is marked as revoked.\r\n"
                 "Host key verification failed.\r\n",
                 Failure::kHostKeyChanged, "revoked"},
        WordsRow{"Unknown",
                 "No ED25519 host key is known for 10.0.0.1 and you have requested strict "
                 "checking.\r\nHost key verification failed.\r\n",
                 Failure::kHostKeyUnknown, "'ssh 10.0.0.1' and 'yes'"},
        WordsRow{"VerificationAlone", "Host key verification failed.\r\n", Failure::kHostKeyUnknown,
                 "known_hosts"},
        WordsRow{"NoSuchName", "ssh: Could not resolve hostname gw9: Name or service not known\r\n",
                 Failure::kUnknownHost, "Could not resolve hostname gw9: Name or"},
        WordsRow{"NoRoute", "ssh: connect to host 10.0.0.1 port 22: No route to host\r\n",
                 Failure::kUnknownHost, "No route"},
        WordsRow{"Refused", "ssh: connect to host 10.0.0.1 port 22: Connection refused\r\n",
                 Failure::kRefused, "ssh says 'ssh: connect to host 10.0.0.1 port 22"},
        WordsRow{"TimedOut", "ssh: connect to host 10.0.0.1 port 22: Connection timed out\r\n",
                 Failure::kTimeout, "timed out"},
        WordsRow{"BannerTimedOut",
                 "Connection timed out during banner exchange\r\nConnection to 10.0.0.1 port 22 "
                 "timed out\r\n",
                 Failure::kTimeout, "banner exchange"},
        WordsRow{"Denied", "root@10.0.0.1: Permission denied (publickey).\r\n",
                 Failure::kNotAuthenticated, "authorized_keys"},
        WordsRow{
            "TooManyKeys",
            "Received disconnect from 10.0.0.1 port 22:2: Too many authentication failures\r\n",
            Failure::kNotAuthenticated, "identity"},
        WordsRow{"BadOption",
                 "/root/.ssh/config: line 2: Bad configuration option: hostnaem\r\n"
                 "/root/.ssh/config: terminating, 1 bad configuration options\r\n",
                 Failure::kBadSettings, "hostnaem"},
        WordsRow{"NoConfig", "Can't open user config file /x: No such file or directory\r\n",
                 Failure::kBadSettings, "/x"},
        WordsRow{"ConfigOfOthers", "Bad owner or permissions on /root/.ssh/config\r\n",
                 Failure::kBadSettings, "/root/.ssh/config"},
        WordsRow{
            "NoCommonKeys",
            "Unable to negotiate with 10.0.0.1 port 22: no matching host key type found. Their "
            "offer: ssh-rsa\r\n",
            Failure::kBadSettings, "Their offer: ssh-rsa"},
        WordsRow{"ThroughAnother",
                 "ssh: Could not resolve hostname jump: Name or service not known\r\n"
                 "Connection closed by UNKNOWN port 65535\r\n",
                 Failure::kUnknownHost, "hostname jump"},
        WordsRow{"Closed", "Connection closed by 10.0.0.1 port 22\r\n", Failure::kLost,
                 "'Connection closed by 10.0.0.1 port 22'"},
        WordsRow{"Silent", "", Failure::kLost, "without a word"},
        WordsRow{"HalfAChange", "REMOTE HOST IDENTIFICATION HAS CHANGED", Failure::kHostKeyChanged,
                 "somebody may be in between"},
        WordsRow{"EscapesOfTheNode", "\x1b[2JConnection reset\r\n", Failure::kLost, "\\x1b[2J"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace dhcpair::remote
