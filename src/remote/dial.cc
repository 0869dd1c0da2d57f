#include "remote/dial.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <future>
#include <memory>
#include <system_error>
#include <thread>

#include "text/utf8.h"

namespace dhcpair::remote {
namespace {

struct FreeAddresses {
  void operator()(addrinfo* addresses) const { freeaddrinfo(addresses); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

struct Resolved {
  int error = 0;  // EAI_…
  Addresses addresses = {};
};

Resolved Resolve(const std::string& host, int port, int flags) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV | flags;
  addrinfo* addresses = nullptr;
  const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &addresses);
  return {error, Addresses(error == 0 ? addresses : nullptr)};
}

// A thread that is left behind when nobody waits for it any longer: no resolver can be told to
// stop.
std::expected<Resolved, Error> ResolveInTime(const std::string& host, int port,
                                             const Deadline& deadline) {
  if (Resolved literal = Resolve(host, port, AI_NUMERICHOST); literal.error == 0) return literal;
  auto promise = std::make_shared<std::promise<Resolved>>();
  std::future<Resolved> future = promise->get_future();
  std::thread([promise, host, port] { promise->set_value(Resolve(host, port, 0)); }).detach();
  while (future.wait_for(std::chrono::milliseconds(deadline.wait_ms())) !=
         std::future_status::ready) {
    if (auto stop = MustStopWaiting(deadline, "no name server answered")) {
      return std::unexpected(std::move(*stop));
    }
  }
  return future.get();
}

Error Unreachable(const std::string& host, int port, int error) {
  const bool is_refused = error == ECONNREFUSED;
  return {is_refused ? Failure::kRefused : Failure::kUnknownHost,
          fmt::format("{} port {} of '{}': {}", is_refused ? "nobody answers on" : "no way to",
                      port, text::Visible(host), std::generic_category().message(error))};
}

// Longer than that nothing that was sent goes unanswered on a connection that is alive.
constexpr std::chrono::milliseconds kUnansweredMax{45'000};

// Answers before the time is over, and probes a silent other end. Left to itself TCP repeats for a
// quarter of an hour what nobody takes any more.
void Tune(const host::UniqueFd& socket) {
  const int on = 1;
  setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(socket.get(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
#ifdef TCP_KEEPIDLE
  const int seconds = 15;
  setsockopt(socket.get(), IPPROTO_TCP, TCP_KEEPIDLE, &seconds, sizeof seconds);
  setsockopt(socket.get(), IPPROTO_TCP, TCP_KEEPINTVL, &seconds, sizeof seconds);
#endif
#ifdef TCP_USER_TIMEOUT
  const unsigned int milliseconds = kUnansweredMax.count();
  setsockopt(socket.get(), IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, sizeof milliseconds);
#endif
}

// 0 or the errno of the attempt, ETIMEDOUT after `patience`; an error when the deadline is over.
std::expected<int, Error> AwaitConnection(const host::UniqueFd& socket, const Deadline& deadline,
                                          std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (true) {
    if (auto stop = MustStopWaiting(deadline, "no answer to our connection")) {
      return std::unexpected(std::move(*stop));
    }
    pollfd wait{socket.get(), POLLOUT, 0};
    if (poll(&wait, 1, deadline.wait_ms()) <= 0) {
      if (!deadline.is_over() && std::chrono::steady_clock::now() >= end) return ETIMEDOUT;
      continue;
    }
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
  }
}

}  // namespace

std::expected<host::UniqueFd, Error> Dial(const std::string& host, int port,
                                          const Deadline& deadline) {
  auto resolved = ResolveInTime(host, port, deadline);
  if (!resolved) return std::unexpected(std::move(resolved.error()));
  if (resolved->error != 0) {
    return std::unexpected(
        Error{Failure::kUnknownHost, fmt::format("there is no host '{}': {}", text::Visible(host),
                                                 gai_strerror(resolved->error))});
  }
  int error = EADDRNOTAVAIL;
  int left = 0;
  for (const addrinfo* to = resolved->addresses.get(); to != nullptr; to = to->ai_next) ++left;
  for (const addrinfo* to = resolved->addresses.get(); to != nullptr; to = to->ai_next, --left) {
    host::UniqueFd socket(::socket(to->ai_family, to->ai_socktype, to->ai_protocol));
    if (!socket.is_open()) continue;
    fcntl(socket.get(), F_SETFD, FD_CLOEXEC);
    fcntl(socket.get(), F_SETFL, O_NONBLOCK);
    Tune(socket);
    if (connect(socket.get(), to->ai_addr, to->ai_addrlen) == 0) return socket;
    error = errno;
    if (error == EINPROGRESS) {
      const auto outcome = AwaitConnection(socket, deadline, deadline.share(left));
      if (!outcome) return std::unexpected(outcome.error());
      if (*outcome == 0) return socket;
      error = *outcome;
    }
  }
  return std::unexpected(Unreachable(host, port, error));
}

}  // namespace dhcpair::remote
