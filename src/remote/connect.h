#pragma once

#include <expected>
#include <memory>

#include "pair/pair.h"
#include "remote/transport.h"

namespace dhcpair::remote {

/// Connects to a node by the client that its `ssh: {client: …}` names, within its `timeout` for
/// each step. Two nodes may be connected to from two threads.
[[nodiscard]] std::expected<std::unique_ptr<Transport>, Error> Connect(const pair::Node& node);

}  // namespace dhcpair::remote
