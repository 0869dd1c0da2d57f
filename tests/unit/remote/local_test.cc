#include "remote/local.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <csignal>
#include <future>

#include "host/interrupt.h"
#include "host/unique_fd.h"
#include "support/folder.h"
#include "support/named.h"

namespace dhcpair::remote {
namespace {

using std::chrono::seconds;

constexpr char kEndlessLoop[] = "while :; do :; done";

TEST(LocalTransport, AnswersWithStatusOutputAndComplaints) {
  LocalTransport node;
  const auto answer = node.Run({.script = "echo out; echo err >&2; exit 7"});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 7);
  EXPECT_EQ(answer->out, "out\n");
  EXPECT_EQ(answer->err, "err\n");
}

TEST(LocalTransport, SaysWhichSignalEndedTheScript) {
  LocalTransport node;
  const auto answer = node.Run({.script = "kill -KILL $$"});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 137);
}

TEST(LocalTransport, MovesTwentyMegabytesThereAndBack) {
  LocalTransport node;
  std::string input(20 << 20, '\0');
  for (std::size_t i = 0; i < input.size(); ++i) input[i] = static_cast<char>(i * 7 + i / 251);
  const auto answer = node.Run({.script = "cat", .input = input});
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->out == input);
}

struct EndRow : test::Named {
  Request request;
  Failure failure;
  const char* message;
};

class LocalCommand : public testing::TestWithParam<EndRow> {};

TEST_P(LocalCommand, IsEndedWhenItGoesTooFar) {
  LocalTransport node;
  const auto answer = node.Run(GetParam().request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().failure, GetParam().failure);
  EXPECT_EQ(answer.error().message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(Rows, LocalCommand,
                         testing::Values(EndRow{"Hangs",
                                                {.script = kEndlessLoop, .timeout = seconds(1)},
                                                Failure::kTimeout,
                                                "the command did not end within 1 s"},
                                         EndRow{
                                             "PrintsWithoutEnd",
                                             {.script = "cat /dev/zero", .output_bytes_max = 1000},
                                             Failure::kTooMuchOutput,
                                             "the command said more than 1000 bytes"}),
                         [](const auto& row) { return row.param.name; });

TEST(LocalTransportDeathTest, StopsWhenThisProcessIsAskedToEnd) {
  const auto run = [] {
    host::CatchInterrupts();
    std::raise(SIGTERM);
    LocalTransport node;
    const auto answer = node.Run({.script = kEndlessLoop});
    if (!answer && answer.error().failure == Failure::kInterrupted) host::DieOfInterrupt();
    _exit(1);
  };
  EXPECT_EXIT(run(), testing::KilledBySignal(SIGTERM), "");
}

// A listening socket on a free port of 127.0.0.1.
class Listener {
 public:
  Listener() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(listen(socket_.get(), 1), 0);
    socklen_t size = sizeof address;
    getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  std::uint16_t port() const { return port_; }
  host::UniqueFd Accept() const { return host::UniqueFd(accept(socket_.get(), nullptr, nullptr)); }

 private:
  host::UniqueFd socket_;
  std::uint16_t port_ = 0;
};

TEST(LocalTunnel, CarriesBytesBothWaysToTheEnd) {
  const Listener listener;
  LocalTransport node;
  auto tunnel = node.OpenTunnel(listener.port());
  ASSERT_TRUE(tunnel);
  auto peer = listener.Accept();
  ASSERT_TRUE((*tunnel)->Send(std::string_view("a\0b", 3)));
  char got[8];
  ASSERT_EQ(recv(peer.get(), got, sizeof got, 0), 3);
  EXPECT_EQ(std::string_view(got, 3), std::string_view("a\0b", 3));
  ASSERT_EQ(send(peer.get(), "yes", 3, 0), 3);
  EXPECT_EQ((*tunnel)->Receive(seconds(60)).value(), "yes");
  peer.Reset();
  EXPECT_EQ((*tunnel)->Receive(seconds(60)).value(), "") << "the other side's end";
}

TEST(LocalTunnel, SendsMoreThanTheOtherSideReadsAtOnce) {
  const Listener listener;
  LocalTransport node;
  auto tunnel = node.OpenTunnel(listener.port());
  ASSERT_TRUE(tunnel);
  auto peer = listener.Accept();
  auto all = std::async(std::launch::async, [&] {
    std::size_t bytes = 0;
    char buffer[4096];
    while (true) {
      const ssize_t got = recv(peer.get(), buffer, sizeof buffer, 0);
      if (got <= 0) return bytes;
      bytes += static_cast<std::size_t>(got);
    }
  });
  EXPECT_TRUE((*tunnel)->Send(std::string(8 << 20, 'x')));
  tunnel->reset();
  EXPECT_EQ(all.get(), std::size_t{8 << 20});
}

TEST(LocalTunnel, TimesOutWhereNothingComes) {
  const Listener listener;
  LocalTransport node;
  auto tunnel = node.OpenTunnel(listener.port());
  ASSERT_TRUE(tunnel);
  const auto received = (*tunnel)->Receive(seconds(0));
  ASSERT_FALSE(received);
  EXPECT_EQ(received.error().failure, Failure::kTimeout);
}

TEST(LocalTunnel, SurvivesSendingToOneWhoIsGone) {
  const Listener listener;
  LocalTransport node;
  auto tunnel = node.OpenTunnel(listener.port());
  ASSERT_TRUE(tunnel);
  listener.Accept();
  std::expected<void, Error> sent;
  // The first goes out before the other side's refusal is here.
  for (int i = 0; i < 1000 && sent; ++i) sent = (*tunnel)->Send("x");
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().failure, Failure::kLost);
}

TEST(LocalTunnel, IsRefusedWhereNobodyListens) {
  std::uint16_t port = 0;
  {
    const Listener gone;
    port = gone.port();
  }
  LocalTransport node;
  const auto tunnel = node.OpenTunnel(port);
  ASSERT_FALSE(tunnel);
  EXPECT_EQ(tunnel.error().failure, Failure::kForwardingRefused);
}

}  // namespace
}  // namespace dhcpair::remote
