#pragma once

#include <string>

#include "pair/pair.h"

namespace dhcpair::remote {

/// What `host:` and `ssh:` of pair.yaml say of the way to a node. What they leave open, the
/// client's own configuration files decide.
struct Destination {
  std::string host;       ///< A name, an address or an alias of ssh_config.
  std::string user = {};  ///< Empty: not said.
  int port = 0;           ///< 0: not said.
};

/// `user@` in `host:` is more precise than `ssh: {user: …}` and wins.
Destination DestinationOf(const pair::Node& node);

/// What a person types to get to the node by hand, with the same settings.
std::string SshByHand(const pair::Node& node);

}  // namespace dhcpair::remote
