#include "remote/dial.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "support/named.h"

namespace dhcpair::remote {
namespace {

using std::chrono::seconds;

// A port of 127.0.0.1 that is bound: nobody else gets it, and nobody answers there until it
// listens.
class Port {
 public:
  Port() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    socklen_t size = sizeof address;
    getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    number_ = ntohs(address.sin_port);
  }
  int number() const { return number_; }
  void Listen() const { EXPECT_EQ(listen(socket_.get(), 1), 0); }

 private:
  host::UniqueFd socket_;
  int number_ = 0;
};

void ExpectConnection(const char* host) {
  const Port port;
  port.Listen();
  const auto socket = Dial(host, port.number(), Deadline(seconds(60)));
  ASSERT_TRUE(socket) << socket.error().message;
  EXPECT_TRUE(socket->is_open());
}

TEST(Dial, ConnectsToAnAddress) { ExpectConnection("127.0.0.1"); }

TEST(Dial, ConnectsToAName) {
  addrinfo* found = nullptr;
  if (getaddrinfo("localhost", nullptr, nullptr, &found) != 0) {
    GTEST_SKIP() << "this machine has no name for itself, and no /etc/hosts";
  }
  freeaddrinfo(found);
  ExpectConnection("localhost");
}

TEST(Dial, SaysWhereNobodyListens) {
  const Port port;
  const auto socket = Dial("127.0.0.1", port.number(), Deadline(seconds(60)));
  ASSERT_FALSE(socket);
  EXPECT_EQ(socket.error().failure, Failure::kRefused);
  EXPECT_EQ(socket.error().message, "nobody answers on port " + std::to_string(port.number()) +
                                        " of '127.0.0.1': Connection refused");
}

TEST(Dial, HasNoTimeWhereThereIsNone) {
  const auto socket = Dial("name.invalid", 22, Deadline(seconds(0)));
  ASSERT_FALSE(socket);
  EXPECT_EQ(socket.error().failure, Failure::kTimeout);
}

TEST(Dial, MakesTheNameVisible) {
  const auto socket = Dial("no\x1bname", 22, Deadline(seconds(60)));
  ASSERT_FALSE(socket);
  EXPECT_EQ(socket.error().failure, Failure::kUnknownHost);
  EXPECT_TRUE(socket.error().message.starts_with("there is no host 'no\\x1bname': "))
      << socket.error().message;
}

}  // namespace
}  // namespace dhcpair::remote
