#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace dhcpair::remote {

/// Why a node did not do what it was asked for. What the node itself answered is no failure: that
/// is an Answer with its exit status.
enum class Failure : std::uint8_t {
  kUnknownHost,        ///< The name does not resolve, or nothing routes there.
  kRefused,            ///< Nobody listens there.
  kHostKeyUnknown,     ///< No known_hosts file has this host.
  kHostKeyChanged,     ///< known_hosts has another key. Never retried, never downgraded.
  kNotAuthenticated,   ///< The node takes none of our keys.
  kNotPermitted,       ///< sudo or doas does not let us become root without a password.
  kBadSettings,        ///< ssh_config, identity file or client program of this machine.
  kForwardingRefused,  ///< The node's sshd opens no TCP connections for us, or nobody listens
                       ///< there.
  kTimeout,            ///< A step took longer than it may.
  kTooMuchOutput,      ///< The node said more than it may.
  kLost,               ///< The connection ended in the middle: what was asked may have been done.
  kInterrupted,        ///< This process was asked to end.
};

/// A failure in words.
struct Error {
  Failure failure;
  /// What is wrong and what would be right, as a sentence without a full stop; not which node.
  std::string message;
};

/// Something for a node to do.
struct Request {
  /// POSIX shell. It reaches /bin/sh by its standard input, so root's login shell does not matter,
  /// and is run only when all of it has arrived.
  std::string script;
  /// What the script finds on its own standard input. Any bytes.
  std::string input = {};
  std::chrono::seconds timeout{60};
  std::size_t output_bytes_max = 64 << 20;
};

/// How a script ended and what it wrote. `out` may begin with what a login banner or a noisy
/// profile printed.
struct Answer {
  int status = 0;  ///< The exit status, or 128 + the number of the signal that ended it.
  std::string out = {};
  std::string err = {};
};

/// A TCP connection to a port of the node's own loopback.
class Tunnel {
 public:
  virtual ~Tunnel() = default;
  [[nodiscard]] virtual std::expected<void, Error> Send(std::string_view bytes) = 0;
  /// At least one byte; none at the other side's end of sending.
  [[nodiscard]] virtual std::expected<std::string, Error> Receive(std::chrono::seconds timeout) = 0;
};

/// A node within reach: one connection for as long as this object lives. Used from one thread at a
/// time.
class Transport {
 public:
  virtual ~Transport() = default;
  [[nodiscard]] virtual std::expected<Answer, Error> Run(const Request& request) = 0;
  [[nodiscard]] virtual std::expected<std::unique_ptr<Tunnel>, Error> OpenTunnel(
      std::uint16_t port) = 0;
};

}  // namespace dhcpair::remote
