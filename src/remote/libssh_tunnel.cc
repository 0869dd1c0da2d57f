#include <fmt/format.h>
#include <libssh/libssh.h>

#include <array>

#include "host/sigpipe.h"
#include "remote/libssh_parts.h"

namespace dhcpair::remote {
namespace {

constexpr char kLoopback[] = "127.0.0.1";

class LibsshTunnel : public Tunnel {
 public:
  LibsshTunnel(std::shared_ptr<const LibsshSession> session, LibsshChannel channel,
               std::chrono::seconds send_timeout)
      : session_(std::move(session)), channel_(std::move(channel)), send_timeout_(send_timeout) {}

  ~LibsshTunnel() override {
    const host::SigpipeBlocked no_sigpipe;
    channel_.reset();
  }

  std::expected<void, Error> Send(std::string_view bytes) override {
    const host::SigpipeBlocked no_sigpipe;
    const Deadline deadline(send_timeout_);
    while (!bytes.empty()) {
      if (auto stop = MustStopWaiting(deadline, "what we sent was not taken")) {
        return std::unexpected(std::move(*stop));
      }
      const int written =
          ssh_channel_write(channel_.get(), bytes.data(), static_cast<std::uint32_t>(bytes.size()));
      if (written < 0 && written != SSH_AGAIN) return std::unexpected(session_->Lost());
      if (written > 0) {
        bytes.remove_prefix(static_cast<std::size_t>(written));
      } else {
        session_->AwaitNews(deadline);
      }
    }
    return {};
  }

  std::expected<std::string, Error> Receive(std::chrono::seconds timeout) override {
    const host::SigpipeBlocked no_sigpipe;
    const Deadline deadline(timeout);
    while (true) {
      std::array<char, 1 << 14> buffer;
      const int got = ssh_channel_read_nonblocking(channel_.get(), buffer.data(), buffer.size(), 0);
      if (got > 0) return std::string(buffer.data(), static_cast<std::size_t>(got));
      if (!session_->is_alive()) return std::unexpected(session_->Lost());
      if (got == SSH_EOF || ssh_channel_is_eof(channel_.get()) != 0) return "";
      if (got == SSH_ERROR) return std::unexpected(session_->Lost());
      if (auto stop = MustStopWaiting(deadline, "nothing came through the tunnel")) {
        return std::unexpected(std::move(*stop));
      }
      session_->AwaitNews(deadline);
    }
  }

 private:
  std::shared_ptr<const LibsshSession> session_;  // Outlives the channel, which is its.
  LibsshChannel channel_;
  std::chrono::seconds send_timeout_;
};

}  // namespace

std::expected<std::unique_ptr<Tunnel>, Error> LibsshOpenTunnel(
    std::shared_ptr<const LibsshSession> session, std::uint16_t port,
    std::chrono::seconds timeout) {
  LibsshChannel channel(ssh_channel_new(session->get()));
  const Deadline deadline(timeout);
  const auto opened = session->Complete(
      [&] { return ssh_channel_open_forward(channel.get(), kLoopback, port, kLoopback, 0); },
      SSH_AGAIN, deadline, "the node's sshd opened no tunnel");
  if (!opened) return std::unexpected(opened.error());
  if (*opened == SSH_OK) {
    return std::make_unique<LibsshTunnel>(std::move(session), std::move(channel), timeout);
  }
  if (!session->is_alive()) return std::unexpected(session->Lost());
  return std::unexpected(
      Error{Failure::kForwardingRefused,
            fmt::format("the node's sshd opens no connection to port {} of its 127.0.0.1: its "
                        "AllowTcpForwarding forbids it, or nobody listens there ({})",
                        port, session->LastError())});
}

}  // namespace dhcpair::remote
