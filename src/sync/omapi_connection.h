#pragma once

#include <expected>
#include <memory>
#include <string>

#include "omapi/session.h"
#include "pair/pair.h"
#include "remote/transport.h"

namespace dhcpair::sync {

/// Why a node's dhcpd was not asked, or did not do what it was asked, over OMAPI.
struct OmapiError {
  enum class Kind : std::uint8_t {
    kNotConfigured,  ///< The pair has no `omapi:` for the node.
    kNoTunnel,       ///< The node's sshd opens no connection for us, or dhcpd does not listen.
    kLost,           ///< The connection ended or fell silent: what was asked may have been done.
    kSession,        ///< What came was no good answer, or a refusal.
  };
  Kind kind;
  std::string message;  ///< What is wrong and what would be right, without a full stop.
};

/// A connection to the OMAPI port of a node's dhcpd, always through a tunnel to its own loopback.
class OmapiConnection {
 public:
  /// Connects, and reads the node's failover object. The transport must outlive this.
  [[nodiscard]] static std::expected<OmapiConnection, OmapiError> Open(remote::Transport& transport,
                                                                       const pair::Pair& pair,
                                                                       pair::Role role);

  /// As it was last read.
  const omapi::FailoverObject& object() const { return session_.object(); }

  /// Reads it again.
  [[nodiscard]] std::expected<void, OmapiError> Refresh();
  /// Puts the node into the state, at once and unchecked, and reads the object again. It is for the
  /// caller to look whether the node is in that state then.
  [[nodiscard]] std::expected<void, OmapiError> Set(omapi::NewState state);

 private:
  OmapiConnection(std::unique_ptr<remote::Tunnel> tunnel, omapi::Session session,
                  pair::Seconds timeout)
      : tunnel_(std::move(tunnel)), session_(std::move(session)), timeout_(timeout) {}

  std::expected<void, OmapiError> Converse();

  std::unique_ptr<remote::Tunnel> tunnel_;
  omapi::Session session_;
  pair::Seconds timeout_;
};

}  // namespace dhcpair::sync
