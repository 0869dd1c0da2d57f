#include "remote/host_key.h"

#include <fmt/format.h>

#include "remote/destination.h"
#include "text/utf8.h"

namespace dhcpair::remote {
namespace {

constexpr std::string_view kBlanks = " \t\r";

std::string Named(const HostKey& key) {
  if (key.fingerprint.empty()) return "";
  return fmt::format(" ({} {})", key.type, key.fingerprint);
}

std::string FileOption(const HostKey& key) {
  return key.file.empty() ? "" : " -f " + text::Visible(key.file);
}

// Takes the next word off a line.
std::string_view TakeWord(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(kBlanks));
  line.remove_prefix(word.size());
  return word;
}

}  // namespace

Error UnknownHostKey(const pair::Node& node, const HostKey& key) {
  return {Failure::kHostKeyUnknown,
          fmt::format("no known_hosts file has the host key of this node{}; compare it with what "
                      "'ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub' says on the node itself, then "
                      "add it with '{}' and 'yes'",
                      Named(key), text::Visible(SshByHand(node)))};
}

Error ChangedHostKey(const pair::Node& node, const HostKey& key) {
  return {Failure::kHostKeyChanged,
          fmt::format("the host key of this node{} is not the one in known_hosts: somebody may be "
                      "in between; ask the node's administrator whether its key was changed, and "
                      "only then remove the old one with 'ssh-keygen -R {}{}' and add the new one "
                      "with '{}' and 'yes'",
                      Named(key), text::Visible(key.known_as), FileOption(key),
                      text::Visible(SshByHand(node)))};
}

Error RevokedHostKey(const HostKey& key) {
  return {Failure::kHostKeyChanged,
          fmt::format("the host key of this node{} is marked @revoked in known_hosts: whoever has "
                      "it is not to be trusted; ask the node's administrator for a new key",
                      Named(key))};
}

bool IsRevoked(std::string_view known_hosts, std::string_view base64) {
  while (!known_hosts.empty()) {
    const std::size_t line_end = std::min(known_hosts.find('\n'), known_hosts.size());
    std::string_view line = known_hosts.substr(0, line_end);
    known_hosts.remove_prefix(std::min(line_end + 1, known_hosts.size()));
    if (TakeWord(line) != "@revoked") continue;
    TakeWord(line);  // Hosts.
    TakeWord(line);  // The key's type, which its base64 has too.
    if (TakeWord(line) == base64) return true;
  }
  return false;
}

}  // namespace dhcpair::remote
