#include "remote/host_key.h"

#include <gtest/gtest.h>

#include "support/named.h"
#include "support/pairs.h"

namespace dhcpair::remote {
namespace {

struct RevokedRow : test::Named {
  std::string known_hosts;
  bool is_revoked;
};

class RevokedKey : public testing::TestWithParam<RevokedRow> {};

TEST_P(RevokedKey, IsFoundInKnownHosts) {
  EXPECT_EQ(IsRevoked(GetParam().known_hosts, "AAAAkey"), GetParam().is_revoked);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RevokedKey,
    testing::Values(RevokedRow{"Everywhere", "@revoked * ssh-ed25519 AAAAkey\n", true},
                    RevokedRow{"AmongOthers",
                               "a ssh-rsa AAAAkey\n\n@revoked h ssh-rsa AAAAkey comment\n", true},
                    RevokedRow{"HashedHost", "@revoked |1|x=|y= ssh-rsa AAAAkey", true},
                    RevokedRow{"BlanksAndTabs", " \t@revoked\t* \t ssh-rsa  AAAAkey\r\n", true},
                    RevokedRow{"Empty", "", false},
                    RevokedRow{"Known", "h ssh-rsa AAAAkey\n", false},
                    RevokedRow{"AnotherKey", "@revoked * ssh-rsa AAAAkeyB\n", false},
                    RevokedRow{"Comment", "#@revoked * ssh-rsa AAAAkey\n", false},
                    RevokedRow{"Authority", "@cert-authority * ssh-rsa AAAAkey\n", false},
                    RevokedRow{"CutOff", "@revoked * ssh-rsa", false},
                    RevokedRow{"OnNextLine", "@revoked * ssh-rsa\nAAAAkey\n", false}),
    [](const auto& row) { return row.param.name; });

TEST(UnknownHostKeyMessage, SaysHowToCompareAndAddIt) {
  const pair::Pair pair = test::LoadPair(test::kMinimalPair);
  const Error error =
      UnknownHostKey(pair.primary.node, {.type = "ssh-ed25519", .fingerprint = "SHA256:abc"});
  EXPECT_EQ(error.failure, Failure::kHostKeyUnknown);
  EXPECT_EQ(
      error.message,
      "no known_hosts file has the host key of this node (ssh-ed25519 SHA256:abc); compare it "
      "with what 'ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub' says on the node itself, then "
      "add it with 'ssh 10.0.0.1' and 'yes'");
}

TEST(ChangedHostKeyMessage, WarnsBeforeItSaysHowToReplaceIt) {
  const pair::Pair pair = test::LoadPair(test::kMinimalPair);
  const Error error = ChangedHostKey(pair.primary.node,
                                     {.known_as = "[gw1]:2222", .file = "/root/.ssh/known_hosts"});
  EXPECT_EQ(error.failure, Failure::kHostKeyChanged);
  EXPECT_EQ(
      error.message,
      "the host key of this node is not the one in known_hosts: somebody may be in between; "
      "ask the node's administrator whether its key was changed, and only then remove the old "
      "one with 'ssh-keygen -R [gw1]:2222 -f /root/.ssh/known_hosts' and add the new one with "
      "'ssh 10.0.0.1' and 'yes'");
}

TEST(RevokedHostKeyMessage, OffersNoWayAround) {
  const Error error = RevokedHostKey({});
  EXPECT_EQ(error.failure, Failure::kHostKeyChanged);
  EXPECT_EQ(error.message.find("ssh-keygen"), std::string::npos);
}

}  // namespace
}  // namespace dhcpair::remote
