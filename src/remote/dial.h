#pragma once

#include <expected>
#include <string>

#include "host/unique_fd.h"
#include "remote/transport.h"
#include "remote/wait.h"

namespace dhcpair::remote {

/// A TCP connection to a host by name or address, each address of the name in turn, that does not
/// block and notices when its other end vanishes. Resolving ends with the deadline too, which
/// getaddrinfo(3) alone does not know.
[[nodiscard]] std::expected<host::UniqueFd, Error> Dial(const std::string& host, int port,
                                                        const Deadline& deadline);

}  // namespace dhcpair::remote
