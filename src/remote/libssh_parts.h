#pragma once

#include <libssh/libssh.h>

#include <cstdint>
#include <expected>
#include <memory>
#include <string>

#include "pair/pair.h"
#include "remote/libssh_session.h"
#include "remote/shell.h"
#include "remote/transport.h"

namespace dhcpair::remote {

struct FreeLibsshKey {
  void operator()(ssh_key_struct* key) const;
};
using LibsshKey = std::unique_ptr<ssh_key_struct, FreeLibsshKey>;

/// A text that libssh gave out and leaves to us to free; empty where it gave none.
std::string LibsshText(char* text);

/// A text of the session's options; empty where it has none.
std::string LibsshOption(const LibsshSession& session, ssh_options_e option);

/// Reads the settings, connects and agrees on keys, up to where the node is known to be the one
/// that was meant.
[[nodiscard]] std::expected<void, Error> LibsshHandshake(LibsshSession& session,
                                                         const pair::Node& node);

/// Fails unless known_hosts has the key that the node has shown.
[[nodiscard]] std::expected<void, Error> LibsshCheckHostKey(const LibsshSession& session,
                                                            const pair::Node& node);

/// Proves to the node who we are: by the first identity, then the agent's, then the others. Never
/// asks for a password or passphrase.
[[nodiscard]] std::expected<void, Error> LibsshLogIn(const LibsshSession& session,
                                                     const pair::Node& node);

/// One command with its input from beginning to end.
[[nodiscard]] std::expected<Answer, Error> LibsshRun(const LibsshSession& session,
                                                     const ShellCall& call, const Request& limits);

[[nodiscard]] std::expected<std::unique_ptr<Tunnel>, Error> LibsshOpenTunnel(
    std::shared_ptr<const LibsshSession> session, std::uint16_t port, std::chrono::seconds timeout);

}  // namespace dhcpair::remote
