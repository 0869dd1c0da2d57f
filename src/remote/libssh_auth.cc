#include <fmt/format.h>
#include <libssh/libssh.h>

#include <memory>

#include "remote/destination.h"
#include "remote/libssh_parts.h"
#include "text/utf8.h"

namespace dhcpair::remote {
namespace {

struct FreeKey {
  void operator()(ssh_key_struct* key) const { ssh_key_free(key); }
};
using Key = std::unique_ptr<ssh_key_struct, FreeKey>;

// What libssh would try first of the identities: that of pair.yaml, of ssh_config, or id_ed25519.
std::string FirstIdentity(const LibsshSession& session) {
  char* text = nullptr;
  if (ssh_options_get(session.get(), SSH_OPTIONS_IDENTITY, &text) != SSH_OK) return "";
  std::string identity = text;
  ssh_string_free_char(text);
  return identity;
}

// A key that can be read without a passphrase. Null otherwise: the agent may have it.
Key ReadKey(const std::string& path) {
  ssh_key key = nullptr;
  const auto refuse = [](const char*, char*, std::size_t, int, int, void*) { return -1; };
  ssh_pki_import_privkey_file(path.c_str(), nullptr, refuse, nullptr, &key);
  return Key(key);
}

std::string User(const LibsshSession& session) {
  char* text = nullptr;
  if (ssh_options_get(session.get(), SSH_OPTIONS_USER, &text) != SSH_OK) return "";
  std::string user = text;
  ssh_string_free_char(text);
  return user;
}

Error Denied(const LibsshSession& session, const pair::Node& node) {
  return {
      Failure::kNotAuthenticated,
      fmt::format("the node takes none of our keys for the user '{}'; put a public key into its "
                  "authorized_keys, or name the right one under 'ssh: {{identity: …}}', or load "
                  "it into the agent; try '{}'",
                  text::Visible(User(session)), text::Visible(SshByHand(node)))};
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
  if (const Key key = ReadKey(FirstIdentity(session))) {
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
