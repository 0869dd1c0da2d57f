#pragma once

#include <chrono>

#include "pair/pair.h"
#include "remote/transport.h"

namespace dhcpair::remote {

/// This machine as a node (`ssh: {client: local}`): scripts go to /bin/sh here, tunnels are
/// connections to 127.0.0.1. A primary can so look after its own pair.
class LocalTransport : public Transport {
 public:
  explicit LocalTransport(pair::Become become = pair::Become::kNone,
                          std::chrono::seconds tunnel_timeout = std::chrono::seconds{30})
      : become_(become), tunnel_timeout_(tunnel_timeout) {}

  std::expected<Answer, Error> Run(const Request& request) override;
  std::expected<std::unique_ptr<Tunnel>, Error> OpenTunnel(std::uint16_t port) override;

 private:
  pair::Become become_;
  std::chrono::seconds tunnel_timeout_;
};

}  // namespace dhcpair::remote
