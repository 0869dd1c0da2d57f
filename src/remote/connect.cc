#include "remote/connect.h"

#include "remote/libssh.h"
#include "remote/local.h"
#include "remote/openssh.h"

namespace dhcpair::remote {

std::expected<std::unique_ptr<Transport>, Error> Connect(const pair::Node& node) {
  switch (node.ssh.client) {
    case pair::SshClient::kLibssh:
      return ConnectLibssh(node);
    case pair::SshClient::kOpenssh:
      return ConnectOpenssh(node);
    case pair::SshClient::kLocal:
      return std::make_unique<LocalTransport>(node.ssh.become, node.ssh.timeout);
  }
  return {};
}

}  // namespace dhcpair::remote
