#include "sync/omapi_connection.h"

#include <fmt/core.h>

#include <utility>

#include "omapi/algorithms.h"

namespace dhcpair::sync {
namespace {

using Kind = OmapiError::Kind;

// Any number does: the answers to one connection's questions must only be told apart.
constexpr std::uint32_t kFirstId = 1;

// An answer comes in one piece or two. One who sends byte after byte is not waited for all day.
constexpr int kPiecesMax = 1000;

std::unexpected<OmapiError> Fail(Kind kind, std::string message) {
  return std::unexpected(OmapiError{kind, std::move(message)});
}

}  // namespace

std::expected<OmapiConnection, OmapiError> OmapiConnection::Open(remote::Transport& transport,
                                                                 const pair::Pair& pair,
                                                                 pair::Role role) {
  const pair::Node& node = pair.node(role);
  if (!node.omapi) {
    return Fail(Kind::kNotConfigured, "the pair file has no 'omapi:' for this node");
  }
  const auto* const algorithm = omapi::AlgorithmNamed(node.omapi->algorithm);
  const auto key = algorithm == nullptr ? std::nullopt
                                        : omapi::Key::Make(node.omapi->key, algorithm->algorithm,
                                                           node.omapi->secret.reveal());
  if (!key) return Fail(Kind::kNotConfigured, "'omapi:' of the pair file has no usable key");
  auto tunnel = transport.OpenTunnel(static_cast<std::uint16_t>(node.omapi->port));
  if (!tunnel) {
    return Fail(Kind::kNoTunnel, fmt::format("its OMAPI port {} cannot be reached through ssh: {}",
                                             node.omapi->port, tunnel.error().message));
  }
  OmapiConnection connection(*std::move(tunnel), omapi::Session(*key, pair.name.text(), kFirstId),
                             node.ssh.timeout);
  const auto opened = connection.Converse();
  if (!opened) return std::unexpected(opened.error());
  return connection;
}

std::expected<void, OmapiError> OmapiConnection::Refresh() {
  const auto asked = session_.Refresh();
  if (!asked) return Fail(Kind::kSession, asked.error().message);
  return Converse();
}

std::expected<void, OmapiError> OmapiConnection::Set(omapi::NewState state) {
  const auto asked = session_.Set(state);
  if (!asked) return Fail(Kind::kSession, asked.error().message);
  const auto set = Converse();
  if (!set) return set;
  return Refresh();
}

// Sends what the session wants to say and hands it what comes, until it has its answers.
std::expected<void, OmapiError> OmapiConnection::Converse() {
  for (int pieces = 0; pieces < kPiecesMax; ++pieces) {
    const std::string output = session_.TakeOutput();
    if (!output.empty()) {
      const auto sent = tunnel_->Send(output);
      if (!sent) return Fail(Kind::kLost, sent.error().message);
    }
    if (session_.is_idle()) return {};
    const auto bytes = tunnel_->Receive(timeout_);
    if (!bytes) {
      return Fail(Kind::kLost, "its OMAPI server does not answer: " + bytes.error().message);
    }
    if (bytes->empty()) return Fail(Kind::kLost, session_.Closed().message);
    const auto received = session_.Receive(*bytes);
    if (!received) return Fail(Kind::kSession, received.error().message);
  }
  return Fail(Kind::kLost, "its OMAPI answer comes in tiny pieces and does not end");
}

}  // namespace dhcpair::sync
