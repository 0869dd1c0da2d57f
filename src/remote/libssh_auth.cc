#include <fmt/format.h>
#include <libssh/libssh.h>

#include "remote/destination.h"
#include "remote/libssh_parts.h"
#include "text/utf8.h"

namespace dhcpair::remote {
namespace {

// What libssh would try first of the identities: that of pair.yaml, of ssh_config, or id_ed25519.
std::string FirstIdentity(const LibsshSession& session) {
  return LibsshOption(session, SSH_OPTIONS_IDENTITY);
}

// A key that can be read without a passphrase. Null otherwise: the agent may have it.
LibsshKey ReadKey(const std::string& path) {
  ssh_key key = nullptr;
  const auto refuse = [](const char*, char*, std::size_t, int, int, void*) { return -1; };
  ssh_pki_import_privkey_file(path.c_str(), nullptr, refuse, nullptr, &key);
  return LibsshKey(key);
}

Error Denied(const LibsshSession& session, const pair::Node& node) {
  return {
      Failure::kNotAuthenticated,
      fmt::format("the node takes none of our keys for the user '{}'; put a public key into its "
                  "authorized_keys, or name the right one under 'ssh: {{identity: …}}', or load "
                  "it into the agent; try '{}'",
                  text::Visible(LibsshOption(session, SSH_OPTIONS_USER)),
                  text::Visible(SshByHand(node)))};
}

}  // namespace

std::expected<void, Error> LibsshLogIn(const LibsshSession& session, const pair::Node& node) {
  const Deadline deadline{std::chrono::seconds(node.ssh.timeout)};
  constexpr std::string_view kWhat = "the node did not decide whether to let us in";
  const auto complete = [&](auto step) {
    return session.Complete(step, SSH_AUTH_AGAIN, deadline, kWhat);
  };
  // One identity first: signed at once, without asking whether it would be taken, and without
  // an agent's keys before it, of which sshd counts each as an attempt.
  std::expected<int, Error> result = SSH_AUTH_DENIED;
  if (const LibsshKey key = ReadKey(FirstIdentity(session))) {
    result = complete([&] { return ssh_userauth_publickey(session.get(), nullptr, key.get()); });
    if (!result) return std::unexpected(result.error());
  }
  if (*result == SSH_AUTH_DENIED) {
    result = complete([&] { return ssh_userauth_publickey_auto(session.get(), nullptr, nullptr); });
    if (!result) return std::unexpected(result.error());
  }
  if (*result == SSH_AUTH_SUCCESS) return {};
  if (*result == SSH_AUTH_ERROR && !session.is_alive()) return std::unexpected(session.Lost());
  return std::unexpected(Denied(session, node));
}

}  // namespace dhcpair::remote
