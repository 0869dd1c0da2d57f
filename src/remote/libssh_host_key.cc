#include <fmt/format.h>
#include <libssh/libssh.h>

#include "host/file_loader.h"
#include "remote/host_key.h"
#include "remote/libssh_parts.h"

namespace dhcpair::remote {
namespace {

constexpr std::size_t kKnownHostsBytesMax = 64 << 20;

LibsshKey ServerKey(const LibsshSession& session) {
  ssh_key key = nullptr;
  ssh_get_server_publickey(session.get(), &key);
  return LibsshKey(key);
}

std::string Fingerprint(const LibsshKey& key) {
  unsigned char* hash = nullptr;
  std::size_t size = 0;
  if (ssh_get_publickey_hash(key.get(), SSH_PUBLICKEY_HASH_SHA256, &hash, &size) != 0) return "";
  std::string text = LibsshText(ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, size));
  ssh_clean_pubkey_hash(&hash);
  return text;
}

std::string Base64(const LibsshKey& key) {
  char* text = nullptr;
  return ssh_pki_export_pubkey_base64(key.get(), &text) == SSH_OK ? LibsshText(text) : "";
}

HostKey Describe(const LibsshSession& session, const LibsshKey& key) {
  HostKey described{.type = ssh_key_type_to_char(ssh_key_type(key.get())),
                    .fingerprint = Fingerprint(key),
                    .known_as = LibsshOption(session, SSH_OPTIONS_HOST),
                    .file = LibsshOption(session, SSH_OPTIONS_KNOWNHOSTS)};
  unsigned port = 22;
  ssh_options_get_port(session.get(), &port);
  if (port != 22) described.known_as = fmt::format("[{}]:{}", described.known_as, port);
  return described;
}

// libssh skips the lines with marks in known_hosts.
bool IsRevokedAnywhere(const LibsshSession& session, const LibsshKey& key) {
  const std::string base64 = Base64(key);
  for (const ssh_options_e option : {SSH_OPTIONS_KNOWNHOSTS, SSH_OPTIONS_GLOBAL_KNOWNHOSTS}) {
    const auto text = host::ReadFile(LibsshOption(session, option), kKnownHostsBytesMax);
    if (text && IsRevoked(*text, base64)) return true;
  }
  return false;
}

}  // namespace

std::expected<void, Error> LibsshCheckHostKey(const LibsshSession& session,
                                              const pair::Node& node) {
  const LibsshKey key = ServerKey(session);
  if (!key) return std::unexpected(session.Lost());
  const HostKey described = Describe(session, key);
  if (IsRevokedAnywhere(session, key)) return std::unexpected(RevokedHostKey(described));
  switch (ssh_session_is_known_server(session.get())) {
    case SSH_KNOWN_HOSTS_OK:
      return {};
    case SSH_KNOWN_HOSTS_CHANGED:
    case SSH_KNOWN_HOSTS_OTHER:  // A key of another type: the known one may have been withheld.
      return std::unexpected(ChangedHostKey(node, described));
    case SSH_KNOWN_HOSTS_UNKNOWN:
    case SSH_KNOWN_HOSTS_NOT_FOUND:
      return std::unexpected(UnknownHostKey(node, described));
    case SSH_KNOWN_HOSTS_ERROR:
      break;
  }
  return std::unexpected(Error{Failure::kBadSettings,
                               fmt::format("known_hosts cannot be read: {}", session.LastError())});
}

}  // namespace dhcpair::remote
