#pragma once

#include <string>
#include <string_view>

#include "pair/pair.h"
#include "remote/transport.h"

namespace dhcpair::remote {

/// A node's host key as messages tell of it, and where it was looked for. Texts that are not known
/// are empty.
struct HostKey {
  std::string type = {};         ///< "ssh-ed25519"
  std::string fingerprint = {};  ///< "SHA256:…"
  std::string known_as = {};     ///< The name in known_hosts: "gw1" or "[gw1]:2222".
  std::string file = {};         ///< The known_hosts file.
};

/// known_hosts has no key of the node. Says how to compare and add it.
Error UnknownHostKey(const pair::Node& node, const HostKey& key);
/// known_hosts has another key. Says that somebody may be in between, and what to do when nobody
/// is.
Error ChangedHostKey(const pair::Node& node, const HostKey& key);
/// known_hosts says that this key must not be trusted any more.
Error RevokedHostKey(const HostKey& key);

/// Whether a text in the format of known_hosts has a line "@revoked" with this key (in base64), for
/// whichever hosts: a key that was given up for one host is in wrong hands for all.
bool IsRevoked(std::string_view known_hosts, std::string_view base64);

}  // namespace dhcpair::remote
