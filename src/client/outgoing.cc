#include "client/outgoing.h"

#include <algorithm>
#include <array>
#include <vector>

#include "dhcp/codes.h"
#include "dhcp/encode.h"

namespace dhcpair::client {
namespace {

using dhcp::MessageType;
namespace code = dhcp::code;

// A value of up to four octets that an option points to.
struct Octets {
  std::array<char, 4> bytes = {};

  std::string_view Of32(std::uint32_t value) {
    for (std::size_t n = 0; n < bytes.size(); ++n) {
      bytes[n] = static_cast<char>(value >> (24 - 8 * n) & 0xff);
    }
    return {bytes.data(), bytes.size()};
  }
  std::string_view Of16(std::uint16_t value) { return Of32(value).substr(2); }
  std::string_view Of8(std::uint8_t value) { return Of32(value).substr(3); }
};

// The options of one message. Extra ones, where they are allowed, replace those of the protocol.
class OptionList {
 public:
  explicit OptionList(std::span<const ExtraOption> extra) : extra_(extra) {
    options_.reserve(8 + extra.size());
  }

  void Add(std::uint8_t code, std::string_view bytes) {
    if (std::ranges::find(extra_, code, &ExtraOption::code) != extra_.end()) return;
    options_.push_back({code, bytes});
  }
  std::span<const dhcp::Option> Finish() {
    for (const ExtraOption& option : extra_) options_.push_back({option.code, option.bytes});
    return options_;
  }

 private:
  std::span<const ExtraOption> extra_;
  std::vector<dhcp::Option> options_;
};

// DECLINE and RELEASE say what they are about and nothing else.
bool MayCarryWishes(MessageType type) {
  return type != MessageType::kDecline && type != MessageType::kRelease;
}

dhcp::Head HeadOf(const Outgoing& outgoing, const Settings& settings, const Identity& identity) {
  dhcp::Head head;
  head.set_hardware(identity.hardware);
  head.xid = outgoing.xid;
  head.secs = outgoing.secs;
  head.ciaddr = outgoing.ciaddr;
  if (settings.wants_broadcast && MayCarryWishes(outgoing.type)) head.flags = dhcp::kBroadcastFlag;
  if (settings.relay) {
    head.giaddr = settings.relay->address;
    head.hops = 1;
  }
  return head;
}

}  // namespace

bool MayBeExtra(std::uint8_t code) {
  return code != code::kPad && code != code::kEnd && code != code::kOverload &&
         code != code::kMessageType && code != code::kClientIdentifier &&
         code != code::kRelayAgentInformation;
}

std::string_view Compose(const Outgoing& outgoing, const Settings& settings,
                         const Identity& identity, std::span<char> buffer) {
  const bool has_wishes = MayCarryWishes(outgoing.type);
  OptionList list(has_wishes ? std::span<const ExtraOption>(settings.extra_options)
                             : std::span<const ExtraOption>());
  Octets type, requested, server, lease_time, size;
  list.Add(code::kMessageType, type.Of8(static_cast<std::uint8_t>(outgoing.type)));
  if (!identity.client_id.empty()) list.Add(code::kClientIdentifier, identity.client_id);
  if (outgoing.requested) {
    list.Add(code::kRequestedAddress, requested.Of32(outgoing.requested->value()));
  }
  if (outgoing.server) list.Add(code::kServerIdentifier, server.Of32(outgoing.server->value()));
  if (has_wishes) {
    // INFORM asks for no lease, so it must not ask for its length.
    if (settings.lease_time && outgoing.type != MessageType::kInform) {
      list.Add(code::kLeaseTime, lease_time.Of32(*settings.lease_time));
    }
    if (settings.max_message_size) {
      list.Add(code::kMaxMessageSize, size.Of16(*settings.max_message_size));
    }
    if (!settings.parameter_request_list.empty()) {
      list.Add(code::kParameterRequestList, settings.parameter_request_list);
    }
  }
  if (settings.relay && !settings.relay->agent_information.empty()) {
    list.Add(code::kRelayAgentInformation, settings.relay->agent_information);
  }
  // The head has no names, and the buffer is large enough.
  return dhcp::Encode(HeadOf(outgoing, settings, identity), list.Finish(),
                      {.bytes_max = kOutgoingBytesMax, .may_overload = false}, buffer)
      .value()
      .bytes;
}

}  // namespace dhcpair::client
