#include "remote/libssh.h"

#include "host/sigpipe.h"
#include "remote/libssh_parts.h"
#include "remote/shell.h"

namespace dhcpair::remote {
namespace {

class LibsshTransport : public Transport {
 public:
  LibsshTransport(std::shared_ptr<const LibsshSession> session, const pair::Ssh& settings)
      : session_(std::move(session)), settings_(settings) {}

  ~LibsshTransport() override {
    const host::SigpipeBlocked no_sigpipe;
    session_.reset();
  }

  std::expected<Answer, Error> Run(const Request& request) override {
    const host::SigpipeBlocked no_sigpipe;
    auto answer = LibsshRun(*session_, PrepareCall(request, settings_.become), request);
    if (!answer) return answer;
    if (auto refusal = BecomeRefusal(*answer, settings_.become)) {
      return std::unexpected(std::move(*refusal));
    }
    return answer;
  }

  std::expected<std::unique_ptr<Tunnel>, Error> OpenTunnel(std::uint16_t port) override {
    const host::SigpipeBlocked no_sigpipe;
    return LibsshOpenTunnel(session_, port, std::chrono::seconds(settings_.timeout));
  }

 private:
  std::shared_ptr<const LibsshSession> session_;
  pair::Ssh settings_;
};

}  // namespace

std::expected<std::unique_ptr<Transport>, Error> ConnectLibssh(const pair::Node& node) {
  const host::SigpipeBlocked no_sigpipe;
  auto session = std::make_shared<LibsshSession>();
  auto ready = LibsshHandshake(*session, node);
  if (ready) ready = LibsshCheckHostKey(*session, node);
  if (ready) ready = LibsshLogIn(*session, node);
  if (!ready) return std::unexpected(std::move(ready.error()));
  return std::make_unique<LibsshTransport>(std::move(session), node.ssh);
}

}  // namespace dhcpair::remote
