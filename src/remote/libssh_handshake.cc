#include <fmt/format.h>
#include <libssh/libssh.h>

#include <utility>

#include "host/file_loader.h"
#include "host/temp_dir.h"
#include "remote/destination.h"
#include "remote/dial.h"
#include "remote/libssh_parts.h"
#include "remote/strict_config.h"
#include "text/utf8.h"

namespace dhcpair::remote {
namespace {

std::unexpected<Error> BadSettings(std::string message) {
  return std::unexpected(Error{Failure::kBadSettings, std::move(message)});
}

// libssh's own list, but AES in the order of its speed before ChaCha20, which machines with
// instructions for AES take three times as long for. ssh_config may say otherwise.
constexpr char kCiphers[] =
    "aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com,aes256-ctr,"
    "aes192-ctr,aes128-ctr";

// libssh expands '%' in a command.
std::string WithoutPercent(std::string text) {
  for (std::size_t at = 0; (at = text.find('%', at)) != std::string::npos; at += 2) {
    text.insert(at, "%");
  }
  return text;
}

// The system's ssh as a way through other hosts answers for each host's key as we do for the
// node's, asks nobody, and reads the same configuration. A ssh that it starts for a further hop is
// given its file and none of its options. One of the user's own with a file of its own keeps that.
std::expected<void, Error> MakeProxyStrict(LibsshSession& session, const pair::Ssh& settings) {
  std::string command = LibsshOption(session, SSH_OPTIONS_PROXYCOMMAND);
  if (!command.starts_with("ssh ")) return {};
  std::string strict = "ssh -o StrictHostKeyChecking=yes -o BatchMode=yes";
  if (command.find(" -F") == std::string::npos) {
    auto folder = host::TempDir::Make();
    if (!folder) {
      return BadSettings(
          fmt::format("cannot make a folder for ssh's settings: {}", folder.error().reason));
    }
    const auto config = WriteStrictConfig(*folder, settings);
    if (!config) return std::unexpected(config.error());
    session.Keep(*std::move(folder));
    strict += " -F " + WithoutPercent(Quote(*config));
  }
  command.replace(0, 3, strict);
  ssh_options_set(session.get(), SSH_OPTIONS_PROXYCOMMAND, command.c_str());
  return {};
}

std::expected<void, Error> ReadConfig(LibsshSession& session, const pair::Ssh& settings) {
  if (!settings.config) {
    if (ssh_options_parse_config(session.get(), nullptr) == 0) return {};
    return BadSettings(fmt::format("libssh cannot read ssh_config: {}", session.LastError()));
  }
  // libssh takes a missing file for an empty one.
  if (!host::ReadFile(*settings.config, kSshConfigBytesMax)) {
    return BadSettings(fmt::format("'{}' of 'ssh: {{config: …}}' cannot be read",
                                   text::Visible(*settings.config)));
  }
  if (ssh_options_parse_config(session.get(), settings.config->c_str()) == 0) return {};
  return BadSettings(fmt::format("libssh cannot read '{}': {}", text::Visible(*settings.config),
                                 session.LastError()));
}

// The pair file's own settings come last, for they override those of ssh_config.
std::expected<void, Error> Configure(LibsshSession& session, const pair::Node& node) {
  const Destination destination = DestinationOf(node);
  const auto set = [&](ssh_options_e option, const void* value) {
    return ssh_options_set(session.get(), option, value) == 0;
  };
  if (!set(SSH_OPTIONS_HOST, destination.host.c_str()) || !set(SSH_OPTIONS_CIPHERS_C_S, kCiphers) ||
      !set(SSH_OPTIONS_CIPHERS_S_C, kCiphers)) {
    return BadSettings(session.LastError());
  }
  if (auto read = ReadConfig(session, node.ssh); !read) return read;
  const int strict = 1;
  const int no = 0;
  const unsigned port = static_cast<unsigned>(destination.port);
  bool done = set(SSH_OPTIONS_STRICTHOSTKEYCHECK, &strict) && set(SSH_OPTIONS_GSSAPI_AUTH, &no) &&
              set(SSH_OPTIONS_LOG_VERBOSITY, &no);
  if (!destination.user.empty()) done &= set(SSH_OPTIONS_USER, destination.user.c_str());
  if (port != 0) done &= set(SSH_OPTIONS_PORT, &port);
  if (node.ssh.identity) done &= set(SSH_OPTIONS_IDENTITY, node.ssh.identity->c_str());
  if (!done) return BadSettings(session.LastError());
  return MakeProxyStrict(session, node.ssh);
}

std::expected<void, Error> OpenSocket(LibsshSession& session, const Deadline& deadline) {
  const std::string proxy = LibsshOption(session, SSH_OPTIONS_PROXYCOMMAND);
  if (!proxy.empty() && proxy != "none") return {};
  unsigned port = 22;
  ssh_options_get_port(session.get(), &port);
  auto socket = Dial(LibsshOption(session, SSH_OPTIONS_HOST), static_cast<int>(port), deadline);
  if (!socket) return std::unexpected(std::move(socket.error()));
  const int fd = socket->Release();  // From here on libssh's.
  ssh_options_set(session.get(), SSH_OPTIONS_FD, &fd);
  return {};
}

}  // namespace

std::expected<void, Error> LibsshHandshake(LibsshSession& session, const pair::Node& node) {
  if (auto configured = Configure(session, node); !configured) return configured;
  const Deadline deadline{std::chrono::seconds(node.ssh.timeout)};
  if (auto opened = OpenSocket(session, deadline); !opened) return opened;
  const auto connected = session.Complete([&] { return ssh_connect(session.get()); }, SSH_AGAIN,
                                          deadline, "the node's sshd did not answer");
  if (!connected) return std::unexpected(connected.error());
  if (*connected == SSH_OK) return {};
  const std::string proxy = LibsshOption(session, SSH_OPTIONS_PROXYCOMMAND);
  return std::unexpected(Error{
      Failure::kLost,
      proxy.empty() ? fmt::format("no agreement with the node's sshd: {}", session.LastError())
                    : fmt::format("no connection through '{}': {}", text::Visible(proxy),
                                  session.LastError())});
}

}  // namespace dhcpair::remote
