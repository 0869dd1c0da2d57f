#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "omapi/failover_object.h"
#include "omapi/message.h"
#include "omapi/signing.h"

namespace dhcpair::test {

/// As much of dhcpd's OMAPI half as a Session asks for, for the other end of a tunnel. Answers what
/// it is sent; unlike a real one it is in the state that it was set to and in no other.
class OmapiServer {
 public:
  OmapiServer(omapi::Key key, std::string peer) : key_(std::move(key)), peer_(std::move(peer)) {}

  std::uint32_t local_state = 2;
  std::uint32_t partner_state = 2;
  std::uint32_t local_stos = 1'764'000'000;
  std::uint32_t partner_stos = 1'764'000'001;
  std::uint32_t mclt = 60;
  /// What a set state turns into, for a server that does not do as it was told.
  std::optional<std::uint32_t> becomes = {};

  std::string operator()(std::string_view sent) {
    std::string answers;
    if (sent.starts_with(omapi::Hello())) {
      answers = omapi::Hello();
      sent.remove_prefix(omapi::kHelloBytes);
    }
    while (!sent.empty()) {
      const auto asked = omapi::Decode(sent);
      if (!asked) break;
      answers += AnswerTo(asked->message, sent.substr(0, asked->bytes));
      sent.remove_prefix(asked->bytes);
    }
    return answers;
  }

 private:
  static constexpr std::uint32_t kAuthid = 9;
  static constexpr std::uint32_t kObject = 4;

  std::string AnswerTo(const omapi::Message& asked, std::string_view wire) {
    omapi::Message answer;
    answer.rid = asked.id;
    if (asked.authid == 0) {
      if (omapi::Find(asked.object_values, "name") != key_.name()) return Status(asked, 0x17);
      answer.op = omapi::Op::kUpdate;
      answer.handle = kAuthid;
      return omapi::Encode(answer);
    }
    if (!omapi::HasGoodSignature(wire, key_)) return Status(asked, 0x6000b);
    if (asked.op == omapi::Op::kUpdate) {
      const auto set = omapi::FindNumber(asked.object_values, "local-state");
      local_state = becomes.value_or(set.value_or(0));
      answer.message_values = {omapi::NumberValue("result", 0)};
    } else {
      answer.op = omapi::Op::kUpdate;
      answer.handle = kObject;
      answer.object_values = {omapi::TextValue("name", peer_),
                              omapi::NumberValue("mclt", mclt),
                              omapi::NumberValue("local-state", local_state),
                              omapi::NumberValue("partner-state", partner_state),
                              omapi::NumberValue("local-stos", local_stos),
                              omapi::NumberValue("partner-stos", partner_stos)};
    }
    return *omapi::EncodeSigned(answer, key_, kAuthid);
  }

  // What dhcpd cannot answer for is unsigned.
  static std::string Status(const omapi::Message& asked, std::uint32_t result) {
    omapi::Message status;
    status.rid = asked.id;
    status.message_values = {omapi::NumberValue("result", result)};
    return omapi::Encode(status);
  }

  omapi::Key key_;
  std::string peer_;
};

}  // namespace dhcpair::test
