#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>

#include "host/unique_fd.h"
#include "remote/transport.h"

namespace dhcpair::remote {

/// A tunnel over a TCP connection to 127.0.0.1 of this machine.
[[nodiscard]] std::expected<std::unique_ptr<Tunnel>, Error> ConnectLoopback(
    std::uint16_t port, std::chrono::seconds timeout);

}  // namespace dhcpair::remote
