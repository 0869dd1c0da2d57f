// Every OMAPI message that real programs and a real dhcpd exchanged.
#include <gtest/gtest.h>

#include "omapi/captured.h"
#include "omapi/message.h"
#include "omapi/signing.h"
#include "support/named.h"

namespace dhcpair::omapi {
namespace {

struct CaptureRow : test::Named {
  std::string file;
  Algorithm algorithm;
  int messages;  ///< Of both sides and all connections, without what is odd on purpose.
  int signed_well;
  int signed_badly;  ///< On purpose: a wrong secret, no signature at all, an authid never opened.
};

class Capture : public testing::TestWithParam<CaptureRow> {};

// What one side of a connection said, up to its end or to the first message that is none.
struct Side {
  std::vector<Message> messages;
  std::vector<std::string> wires;
  std::optional<DecodeError> error;
};

Side ReadSide(std::string_view stream) {
  Side side;
  const auto header_bytes = ReadHello(stream);
  if (!header_bytes) return side;
  stream.remove_prefix(kHelloBytes);
  while (!stream.empty()) {
    auto decoded = Decode(stream, *header_bytes);
    if (!decoded) {
      side.error = decoded.error();
      break;
    }
    side.wires.emplace_back(stream.substr(0, decoded->bytes));
    side.messages.push_back(std::move(decoded->message));
    stream.remove_prefix(decoded->bytes);
  }
  return side;
}

TEST_P(Capture, DecodesAndEncodesBackToTheSameBytes) {
  int messages = 0;
  for (const test::Captured& connection : test::ReadCapture(GetParam().file)) {
    for (const std::string& stream : {connection.client, connection.server}) {
      const Side side = ReadSide(stream);
      // The only odd one is an op 9, sent to see what dhcpd does.
      EXPECT_EQ(side.error.value_or(DecodeError::kUnknownOp), DecodeError::kUnknownOp);
      for (std::size_t i = 0; i < side.messages.size(); ++i) {
        EXPECT_EQ(Encode(side.messages[i]), side.wires[i]);
        ++messages;
      }
    }
  }
  EXPECT_EQ(messages, GetParam().messages);
}

TEST_P(Capture, HasTheSignaturesThatTheSecretGives) {
  const auto key = Key::Make("any", GetParam().algorithm, test::kCapturedSecret);
  ASSERT_TRUE(key);
  int good = 0;
  int bad = 0;
  for (const test::Captured& connection : test::ReadCapture(GetParam().file)) {
    for (const std::string& stream : {connection.client, connection.server}) {
      const Side side = ReadSide(stream);
      for (std::size_t i = 0; i < side.messages.size(); ++i) {
        if (side.messages[i].signature.empty()) continue;
        if (HasGoodSignature(side.wires[i], *key)) {
          EXPECT_EQ(EncodeSigned(side.messages[i], *key, side.messages[i].authid), side.wires[i]);
          ++good;
        } else {
          ++bad;
        }
      }
    }
  }
  EXPECT_EQ(good, GetParam().signed_well);
  EXPECT_EQ(bad, GetParam().signed_badly);
}

constexpr Algorithm kSha256 = Algorithm::kHmacSha256;

INSTANTIATE_TEST_SUITE_P(
    All, Capture,
    testing::Values(
        CaptureRow{{"ControlClientCloses"}, "control-shutdown-client-closes", kSha256, 5, 3, 0},
        CaptureRow{{"ControlClientWaits"}, "control-shutdown-client-waits", kSha256, 5, 3, 0},
        CaptureRow{{"ControlSlow"}, "control-shutdown-max-response-delay-60", kSha256, 5, 3, 0},
        CaptureRow{{"Errors"}, "errors-hosts-leases-hmac-sha256", kSha256, 91, 65, 2},
        CaptureRow{{"HostMd5"}, "host-add-lookup-delete-hmac-md5", Algorithm::kHmacMd5, 12, 10, 0},
        CaptureRow{{"LeaseNoKey"}, "lease-read-no-key", kSha256, 2, 0, 0},
        CaptureRow{{"Omshell"}, "omshell-failover-state-hmac-sha256", kSha256, 4, 2, 0},
        CaptureRow{{"ReadObjects"}, "read-objects-hmac-sha256", kSha256, 26, 24, 0},
        CaptureRow{{"SetShutdown"}, "set-local-state-shutdown-secondary", kSha256, 6, 4, 0},
        CaptureRow{{"SetPartnerDown"}, "set-partner-down-primary", kSha256, 8, 6, 0}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace dhcpair::omapi
