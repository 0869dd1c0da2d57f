#pragma once

#include <expected>
#include <memory>

#include "pair/pair.h"
#include "remote/transport.h"

namespace dhcpair::remote {

/// Connects to a node with libssh. Of ssh_config it reads Host and Match (host, user, localuser,
/// exec), Include, HostName, Port, User, IdentityFile, IdentityAgent, ProxyCommand, ProxyJump (both
/// by the system's ssh, told to be strict and silent), UserKnownHostsFile and GlobalKnownHostsFile
/// (of each the first file), Ciphers, MACs, KexAlgorithms, HostKeyAlgorithms and
/// PubkeyAcceptedAlgorithms. Not read, most of them because libssh 0.10 does not: Match
/// originalhost, IdentitiesOnly, CertificateFile and @cert-authority, HostKeyAlias, AddressFamily,
/// BindAddress, ControlMaster, CanonicalizeHostname; `ssh: {client: openssh}` has them.
/// StrictHostKeyChecking is always on, ConnectTimeout is pair.yaml's `timeout`.
[[nodiscard]] std::expected<std::unique_ptr<Transport>, Error> ConnectLibssh(
    const pair::Node& node);

}  // namespace dhcpair::remote
