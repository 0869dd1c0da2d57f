#include "sync/failover_reading.h"

#include <gtest/gtest.h>

#include <functional>

#include "omapi/algorithms.h"
#include "pair/keys.h"
#include "remote/scripted.h"
#include "support/named.h"
#include "support/omapi_server.h"
#include "support/pairs.h"
#include "sync/omapi_connection.h"

namespace dhcpair::sync {
namespace {

using failover::State;
using pair::Role;
using Source = FailoverReading::Source;

constexpr char kWithOmapi[] =
    "pair: p\n"
    "primary: {address: 10.0.0.1}\n"
    "secondary: {address: 10.0.0.2}\n"
    "omapi: {key: k1, secret-file: omapi.secret}\n";
constexpr char kSecret[] = "c2VjcmV0LWZvci10ZXN0cy1vbmx5LTAwMDEyMzQ1Njc=";

pair::Pair PairWithOmapi() {
  test::MapLoader loader;
  loader.Put("omapi.secret", std::string(kSecret) + "\n");
  return test::LoadPair(kWithOmapi, loader);
}

test::OmapiServer Server(const char* secret = kSecret, const char* key = "k1") {
  return {*omapi::Key::Make(key, omapi::Algorithm::kHmacSha256, secret), "p"};
}

LinkFacts Running(std::string block) {
  return {.now = 1'764'000'500,
          .service = ServiceState::kRunning,
          .link = LinkState::kUnknown,
          .state_block = std::move(block)};
}

constexpr char kBlock[] =
    "failover peer \"p\" state {\n"
    "  my state communications-interrupted at 1 2025/11/24 10:00:00;\n"
    "  partner state normal at 1 2025/11/24 09:00:00;\n"
    "}\n";

TEST(FailoverReading, IsOfDhcpdItselfWhereThereIsOmapi) {
  remote::ScriptedTransport node;
  node.WillServe(Server());
  const auto reading = ReadFailover(node, PairWithOmapi(), Role::kPrimary, Running(kBlock));
  EXPECT_EQ(reading.source, Source::kOmapi);
  EXPECT_EQ(reading.mine, State::kNormal) << "and not what the leases file says";
  EXPECT_EQ(reading.mine_since, 1'764'000'000);
  EXPECT_EQ(reading.partner_since, 1'764'000'001);
  EXPECT_EQ(reading.why_not, "");
}

TEST(FailoverReading, IsTheSavedOneWithoutOmapiAndSaysNothingOfIt) {
  remote::ScriptedTransport node;
  const auto reading =
      ReadFailover(node, test::LoadPair(test::kMinimalPair), Role::kPrimary, Running(kBlock));
  EXPECT_EQ(reading.source, Source::kLeasesFile);
  EXPECT_EQ(reading.mine, State::kCommunicationsInterrupted);
  EXPECT_EQ(reading.mine_since, 1'763'978'400);
  EXPECT_EQ(reading.partner, State::kNormal);
  EXPECT_EQ(reading.why_not, "");
}

TEST(FailoverReading, DoesNotAskADhcpdThatIsStopped) {
  remote::ScriptedTransport node;
  node.WillServe(Server());
  LinkFacts facts = Running(kBlock);
  facts.service = ServiceState::kStopped;
  const auto reading = ReadFailover(node, PairWithOmapi(), Role::kPrimary, facts);
  EXPECT_EQ(reading.source, Source::kLeasesFile);
  EXPECT_EQ(reading.why_not, "dhcpd does not run there");
}

TEST(FailoverReading, FallsBackToTheLeasesFileAndSaysWhy) {
  remote::ScriptedTransport node;
  node.WillServe(Server("QQ=="));
  const auto reading = ReadFailover(node, PairWithOmapi(), Role::kSecondary, Running(kBlock));
  EXPECT_EQ(reading.source, Source::kLeasesFile);
  EXPECT_EQ(reading.mine, State::kCommunicationsInterrupted);
  EXPECT_TRUE(reading.why_not.contains("the secret is not the one")) << reading.why_not;
}

struct NoneRow : test::Named {
  std::string block;
  std::string part_of_why;
};

class NoReading : public testing::TestWithParam<NoneRow> {};

TEST_P(NoReading, SaysWhy) {
  remote::ScriptedTransport node;
  const auto reading = ReadFailover(node, test::LoadPair(test::kMinimalPair), Role::kPrimary,
                                    Running(GetParam().block));
  EXPECT_EQ(reading.source, Source::kNone);
  EXPECT_EQ(reading.mine, std::nullopt);
  EXPECT_TRUE(reading.why_not.contains(GetParam().part_of_why)) << reading.why_not;
}

INSTANTIATE_TEST_SUITE_P(
    All, NoReading,
    testing::Values(NoneRow{{"Empty"}, "", "no state of the peer 'p'"},
                    NoneRow{{"Torn"}, "failover peer \"p\" state {\n  my state nor", "no whole"},
                    NoneRow{{"OfAnotherPeer"},
                            "failover peer \"q\" state {\n  my state normal at 1 2025/11/24 "
                            "10:00:00;\n  partner state normal at 1 2025/11/24 10:00:00;\n}\n",
                            "no whole state of the peer 'p'"},
                    NoneRow{{"NoStateOfTheTable"},
                            "failover peer \"p\" state {\n  my state fine at 1 2025/11/24 "
                            "10:00:00;\n  partner state normal at 1 2025/11/24 10:00:00;\n}\n",
                            "no whole"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(FailoverReading, TakesAStateWithoutDateForOneOfNow) {
  const auto reading = ReadSavedFailover(
      test::LoadPair(test::kMinimalPair),
      Running("failover peer \"p\" state {\n  my state normal;\n  partner state normal;\n}\n"));
  EXPECT_EQ(reading.mine_since, 1'764'000'500);
}

// What goes wrong before or in a session, and what is said of it.
struct FailureRow : test::Named {
  std::function<std::string(std::string_view)> server;
  OmapiError::Kind kind;
  std::string part_of_message;
};

class FailedConnection : public testing::TestWithParam<FailureRow> {};

TEST_P(FailedConnection, SaysWhy) {
  remote::ScriptedTransport node;
  node.WillServe(GetParam().server);
  const auto connection = OmapiConnection::Open(node, PairWithOmapi(), Role::kPrimary);
  ASSERT_FALSE(connection);
  EXPECT_EQ(connection.error().kind, GetParam().kind) << connection.error().message;
  EXPECT_TRUE(connection.error().message.contains(GetParam().part_of_message))
      << connection.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    All, FailedConnection,
    testing::Values(
        FailureRow{{"IsSilent"},
                   [](std::string_view) { return ""; },
                   OmapiError::Kind::kLost,
                   "does not answer"},
        FailureRow{{"IsNoOmapi"},
                   [](std::string_view) { return "220 smtp ready\r\n"; },
                   OmapiError::Kind::kSession,
                   "no OMAPI server"},
        FailureRow{
            {"HasAnotherSecret"}, Server("QQ=="), OmapiError::Kind::kSession, "'invalid key'"},
        FailureRow{
            {"HasAnotherKey"}, Server(kSecret, "k2"), OmapiError::Kind::kSession, "'not found'"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(OmapiConnection, NeedsATunnelAndSettings) {
  remote::ScriptedTransport unreachable;
  const auto no_tunnel = OmapiConnection::Open(unreachable, PairWithOmapi(), Role::kPrimary);
  ASSERT_FALSE(no_tunnel);
  EXPECT_EQ(no_tunnel.error().kind, OmapiError::Kind::kNoTunnel);
  EXPECT_TRUE(no_tunnel.error().message.starts_with("its OMAPI port 7911 cannot be reached"));
  const auto not_configured =
      OmapiConnection::Open(unreachable, test::LoadPair(test::kMinimalPair), Role::kPrimary);
  ASSERT_FALSE(not_configured);
  EXPECT_EQ(not_configured.error().kind, OmapiError::Kind::kNotConfigured);
}

TEST(OmapiConnection, SetsAStateAndReadsWhatBecameOfIt) {
  remote::ScriptedTransport node;
  node.WillServe(Server());
  auto connection = OmapiConnection::Open(node, PairWithOmapi(), Role::kPrimary);
  ASSERT_TRUE(connection);
  ASSERT_TRUE(connection->Set(omapi::NewState::kShutdown));
  EXPECT_EQ(connection->object().local_state, State::kShutdown);

  test::OmapiServer stubborn = Server();
  stubborn.becomes = 5;
  node.WillServe(stubborn);
  connection = OmapiConnection::Open(node, PairWithOmapi(), Role::kPrimary);
  ASSERT_TRUE(connection);
  ASSERT_TRUE(connection->Set(omapi::NewState::kPartnerDown));
  EXPECT_EQ(connection->object().local_state, State::kPotentialConflict)
      << "the object tells, not the success";
}

TEST(OmapiAlgorithms, AreThoseOfAPairFile) {
  const pair::Key* const key = pair::FindKey("algorithm", pair::Place::kOmapi);
  ASSERT_NE(key, nullptr);
  std::vector<std::string_view> names;
  for (const omapi::AlgorithmRow& row : omapi::Algorithms()) names.push_back(row.conf_name);
  const auto choices = pair::Choices(*key);
  EXPECT_EQ(names, std::vector<std::string_view>(choices.begin(), choices.end()));
}

}  // namespace
}  // namespace dhcpair::sync
