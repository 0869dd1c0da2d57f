#pragma once

#include <expected>
#include <memory>

#include "pair/pair.h"
#include "remote/transport.h"

namespace dhcpair::remote {

/// Connects to a node with the system's `ssh`, which reads all of ssh_config; of it we override
/// what would ask somebody, weaken the check of the host key, or forward things. One connection
/// carries all commands and tunnels (a ControlMaster of our own, which ends with us). Hosts on the
/// way (ProxyJump) are checked as strictly. ssh does not tell by which signal a command ended, so
/// that a shell on the node does.
[[nodiscard]] std::expected<std::unique_ptr<Transport>, Error> ConnectOpenssh(
    const pair::Node& node);

}  // namespace dhcpair::remote
