#include "remote/destination.h"

#include <fmt/format.h>

namespace dhcpair::remote {

Destination DestinationOf(const pair::Node& node) {
  Destination destination{
      .host = node.host, .user = node.ssh.user.value_or(""), .port = node.ssh.port.value_or(0)};
  // As ssh does it: the last one, for user names may have one too.
  if (const std::size_t at = node.host.rfind('@'); at != std::string::npos) {
    destination.user = node.host.substr(0, at);
    destination.host = node.host.substr(at + 1);
  }
  return destination;
}

std::string SshByHand(const pair::Node& node) {
  const Destination destination = DestinationOf(node);
  std::string command = "ssh";
  if (node.ssh.config) command += " -F " + *node.ssh.config;
  if (destination.port != 0) command += fmt::format(" -p {}", destination.port);
  if (!destination.user.empty()) command += " -l " + destination.user;
  return command + " " + destination.host;
}

}  // namespace dhcpair::remote
