#include "remote/socket_tunnel.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "host/sigpipe.h"
#include "remote/dial.h"
#include "remote/wait.h"

namespace dhcpair::remote {
namespace {

std::unexpected<Error> Lost(int error) {
  return std::unexpected(
      Error{Failure::kLost,
            fmt::format("the connection ended: {}", std::generic_category().message(error))});
}

bool WouldBlock(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

class SocketTunnel : public Tunnel {
 public:
  SocketTunnel(host::UniqueFd socket, std::chrono::seconds send_timeout)
      : socket_(std::move(socket)), send_timeout_(send_timeout) {}

  std::expected<void, Error> Send(std::string_view bytes) override {
    const host::SigpipeBlocked no_sigpipe;
    const Deadline deadline(send_timeout_);
    while (!bytes.empty()) {
      if (const auto stop = MustStopWaiting(deadline, "what we sent was not taken")) {
        return std::unexpected(*stop);
      }
      if (!Wait(POLLOUT, deadline)) continue;
      const ssize_t sent = send(socket_.get(), bytes.data(), bytes.size(), 0);
      if (sent < 0 && !WouldBlock(errno)) return Lost(errno);
      if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return {};
  }

  std::expected<std::string, Error> Receive(std::chrono::seconds timeout) override {
    const Deadline deadline(timeout);
    while (true) {
      if (const auto stop = MustStopWaiting(deadline, "nothing came through the tunnel")) {
        return std::unexpected(*stop);
      }
      if (!Wait(POLLIN, deadline)) continue;
      std::array<char, 1 << 14> buffer;
      const ssize_t got = recv(socket_.get(), buffer.data(), buffer.size(), 0);
      if (got >= 0) return std::string(buffer.data(), static_cast<std::size_t>(got));
      if (!WouldBlock(errno)) return Lost(errno);
    }
  }

 private:
  bool Wait(short event, const Deadline& deadline) const {
    pollfd wait{socket_.get(), event, 0};
    return poll(&wait, 1, deadline.wait_ms()) > 0;
  }

  host::UniqueFd socket_;
  std::chrono::seconds send_timeout_;
};

}  // namespace

std::expected<std::unique_ptr<Tunnel>, Error> ConnectLoopback(std::uint16_t port,
                                                              std::chrono::seconds timeout) {
  auto socket = Dial("127.0.0.1", port, Deadline(timeout));
  if (socket) return std::make_unique<SocketTunnel>(*std::move(socket), timeout);
  if (socket.error().failure != Failure::kRefused)
    return std::unexpected(std::move(socket.error()));
  return std::unexpected(Error{Failure::kForwardingRefused,
                               fmt::format("nobody listens on port {} of 127.0.0.1", port)});
}

}  // namespace dhcpair::remote
