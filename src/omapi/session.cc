#include "omapi/session.h"

#include <fmt/core.h>

#include <cassert>
#include <utility>

#include "omapi/results.h"
#include "text/utf8.h"

namespace dhcpair::omapi {
namespace {

using Kind = SessionError::Kind;
using Step = std::expected<void, SessionError>;

std::unexpected<SessionError> Fail(Kind kind, std::string message) {
  return std::unexpected(SessionError{.kind = kind, .result = 0, .message = std::move(message)});
}

std::uint32_t ResultOf(const Message& status) {
  // A STATUS without a result is no success.
  return FindNumber(status.message_values, "result").value_or(~0u);
}

}  // namespace

Session::Session(Key key, std::string peer_name, std::uint32_t first_id)
    : key_(std::move(key)), peer_name_(std::move(peer_name)), next_id_(first_id) {
  AskForKey();
}

// Hello and the first question need no answer in between. Only this one goes unsigned: it says in
// whose name all others will be signed.
void Session::AskForKey() {
  Message open;
  open.op = Op::kOpen;
  open.id = asked_id_ = next_id_++;
  open.message_values = {TextValue("type", "authenticator")};
  open.object_values = {TextValue("name", key_.name()),
                        TextValue("algorithm", key_.algorithm().wire_name)};
  output_ = Hello() + Encode(open);
}

std::string Session::TakeOutput() { return std::exchange(output_, {}); }

Step Session::Ask(Question question, Message message) {
  message.id = asked_id_ = next_id_++;
  auto wire = EncodeSigned(std::move(message), key_, authid_);
  if (!wire) {
    return Fail(Kind::kNoHmac,
                fmt::format("the libcrypto of this machine refuses {}; give the pair another "
                            "'algorithm:' in 'omapi:'",
                            key_.algorithm().conf_name));
  }
  waits_for_ = question;
  output_ += *wire;
  return {};
}

Step Session::Refresh() {
  assert(is_idle());
  Message refresh;
  refresh.op = Op::kRefresh;
  refresh.handle = object_handle_;
  return Ask(Question::kRefresh, std::move(refresh));
}

Step Session::Set(NewState state) {
  assert(is_idle());
  Message update;
  update.op = Op::kUpdate;
  update.handle = object_handle_;
  update.object_values = {NumberValue("local-state", static_cast<std::uint32_t>(state))};
  return Ask(Question::kSet, std::move(update));
}

Step Session::Receive(std::string_view bytes) {
  input_ += bytes;
  if (!header_bytes_) {
    const auto header_bytes = ReadHello(input_);
    if (!header_bytes && header_bytes.error() == HelloError::kIncomplete) return {};
    if (!header_bytes) {
      return Fail(Kind::kNotOmapi,
                  "what answers on the OMAPI port is no OMAPI server; 'omapi-port' of its "
                  "dhcpd.conf and 'port:' in 'omapi:' must be the same");
    }
    header_bytes_ = *header_bytes;
    input_.erase(0, kHelloBytes);
  }
  while (!input_.empty()) {
    const auto decoded = Decode(input_, *header_bytes_);
    if (!decoded && decoded.error() == DecodeError::kIncomplete) return {};
    if (!decoded) return Fail(Kind::kGarbled, "its OMAPI answer is no message of the protocol");
    const std::string wire = input_.substr(0, decoded->bytes);
    input_.erase(0, decoded->bytes);
    const Step taken = TakeMessage(decoded->message, wire);
    if (!taken) return taken;
  }
  return {};
}

Step Session::TakeMessage(const Message& message, std::string_view wire) {
  if (is_idle() || message.rid != asked_id_) {
    return Fail(Kind::kUnexpected, "its OMAPI server answered what was not asked");
  }
  const Step origin = CheckOrigin(message, wire);
  if (!origin) return origin;
  if (message.op == Op::kStatus && ResultOf(message) != 0) {
    return std::unexpected(Refusal(message));
  }
  const bool is_right_kind =
      message.op == (waits_for_ == Question::kSet ? Op::kStatus : Op::kUpdate);
  if (!is_right_kind) {
    return Fail(Kind::kUnexpected,
                fmt::format("its OMAPI server answered with '{}'", Name(message.op)));
  }
  switch (std::exchange(waits_for_, Question::kNone)) {
    case Question::kKey:
      return TakeKeyHandle(message);
    case Question::kObject:
    case Question::kRefresh:
      return TakeObject(message);
    case Question::kSet:
    case Question::kNone:
      break;
  }
  return {};
}

// Before the key is known nothing is signed. After, an unsigned STATUS is a failure that dhcpd
// could not sign, for it believed the question to be another's; whatever else goes unsigned, or
// signed wrongly, is not from a server that knows the secret.
Step Session::CheckOrigin(const Message& message, std::string_view wire) const {
  const bool is_signed = message.authid != 0 || !message.signature.empty();
  if (waits_for_ == Question::kKey && !is_signed) return {};
  if (!is_signed && message.op == Op::kStatus && ResultOf(message) != 0) return {};
  if (message.authid == authid_ && message.signature.size() == key_.algorithm().digest_bytes &&
      HasGoodSignature(wire, key_)) {
    return {};
  }
  return Fail(Kind::kForged,
              "its OMAPI answer is not signed with the pair's key: what answers there is not the "
              "node's dhcpd, or has another secret");
}

Step Session::TakeKeyHandle(const Message& message) {
  if (message.handle == 0) return Fail(Kind::kGarbled, "its OMAPI server gave the key no handle");
  authid_ = message.handle;
  Message open;
  open.op = Op::kOpen;
  open.message_values = {TextValue("type", "failover-state")};
  open.object_values = {TextValue("name", peer_name_)};
  return Ask(Question::kObject, std::move(open));
}

Step Session::TakeObject(const Message& message) {
  const auto object = ReadFailoverObject(message.object_values, peer_name_);
  const bool is_same_object = object_handle_ == 0 || message.handle == object_handle_;
  if (!object || message.handle == 0 || !is_same_object) {
    return Fail(Kind::kGarbled,
                fmt::format("its OMAPI answer is no failover state of the peer '{}' as dhcpd 4.4 "
                            "writes it",
                            text::Visible(peer_name_)));
  }
  object_ = *object;
  object_handle_ = message.handle;
  return {};
}

SessionError Session::Refusal(const Message& status) const {
  const std::uint32_t result = ResultOf(status);
  std::string_view asked;
  switch (waits_for_) {
    case Question::kKey:
      asked = "knows no such key";
      break;
    case Question::kObject:
      asked = "gives no failover state";
      break;
    case Question::kRefresh:
      asked = "gives no failover state any more";
      break;
    case Question::kSet:
    case Question::kNone:
      asked = "does not change its state";
      break;
  }
  return {.kind = Kind::kRefused,
          .result = result,
          .message = fmt::format("its OMAPI server {}: {}", asked, Describe(result))};
}

SessionError Session::Closed() const {
  if (!header_bytes_) {
    return {.kind = Kind::kClosed,
            .result = 0,
            .message =
                "its OMAPI server closed the connection before it said a word; is that "
                "port dhcpd's 'omapi-port'?"};
  }
  return {.kind = Kind::kClosed,
          .result = 0,
          .message = waits_for_ == Question::kSet
                         ? "its OMAPI server closed the connection instead of answering; the state "
                           "may have been set"
                         : "its OMAPI server closed the connection instead of answering"};
}

}  // namespace dhcpair::omapi
