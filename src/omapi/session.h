#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "omapi/failover_object.h"
#include "omapi/message.h"
#include "omapi/signing.h"

namespace dhcpair::omapi {

/// Why a session ended.
struct SessionError {
  enum class Kind : std::uint8_t {
    kNotOmapi,    ///< What answers speaks another protocol or another version.
    kClosed,      ///< The server closed: it says no word to what it does not know.
    kGarbled,     ///< Bytes that are no message, or values that are not those of the object.
    kForged,      ///< An answer whose signature is not the key's, or a success without one.
    kUnexpected,  ///< An answer to another question.
    kRefused,     ///< A STATUS; `result` has its number.
    kNoHmac,      ///< libcrypto here refuses the key's algorithm.
  };
  Kind kind;
  std::uint32_t result = 0;
  std::string message = {};  ///< What is wrong and what would be right, without a full stop.
};

/// One connection to a dhcpd that asks for its failover object and sets its state: bytes in, bytes
/// out, and no I/O. It can do nothing else: leases are not touched and the server is not stopped.
///
/// After its making it wants to be answered twice, for the key and for the object; then Refresh or
/// Set ask once more, each when the one before was answered. The first error ends it.
class Session {
 public:
  /// Opens the failover object of the peer `peer_name`. `first_id` numbers the requests; any will
  /// do.
  Session(Key key, std::string peer_name, std::uint32_t first_id);

  /// The bytes to send next, each once.
  std::string TakeOutput();
  /// Takes bytes that came, in pieces of any size.
  [[nodiscard]] std::expected<void, SessionError> Receive(std::string_view bytes);
  /// The end of the connection, which never comes in time.
  SessionError Closed() const;

  /// Whether every question was answered.
  bool is_idle() const { return waits_for_ == Question::kNone; }
  /// As last answered. Only after the first time that is_idle().
  const FailoverObject& object() const { return object_; }

  /// Asks for the object again. Only while is_idle().
  [[nodiscard]] std::expected<void, SessionError> Refresh();
  /// Puts the server into the state, at once and whatever it is in: what makes this safe is for the
  /// caller to check before. The object is as before until it is refreshed. Only while is_idle().
  [[nodiscard]] std::expected<void, SessionError> Set(NewState state);

 private:
  enum class Question : std::uint8_t { kNone, kKey, kObject, kRefresh, kSet };

  void AskForKey();
  std::expected<void, SessionError> Ask(Question question, Message message);
  std::expected<void, SessionError> TakeMessage(const Message& message, std::string_view wire);
  std::expected<void, SessionError> CheckOrigin(const Message& message,
                                                std::string_view wire) const;
  std::expected<void, SessionError> TakeKeyHandle(const Message& message);
  std::expected<void, SessionError> TakeObject(const Message& message);
  SessionError Refusal(const Message& status) const;

  Key key_;
  std::string peer_name_;
  std::uint32_t next_id_;
  std::uint32_t asked_id_ = 0;
  Question waits_for_ = Question::kKey;
  std::uint32_t authid_ = 0;
  std::uint32_t object_handle_ = 0;
  FailoverObject object_ = {};
  std::optional<std::size_t> header_bytes_ = {};  ///< Known once the server has said hello.
  std::string input_ = {};
  std::string output_ = {};
};

}  // namespace dhcpair::omapi
