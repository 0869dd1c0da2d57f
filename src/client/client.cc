#include "client/client.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "base/bytes.h"
#include "client/outgoing.h"
#include "dhcp/codes.h"

namespace dhcpair::client {
namespace {

using base::Instant;
using base::Ipv4Address;
using dhcp::Message;
using dhcp::MessageType;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using namespace std::chrono_literals;
namespace code = dhcp::code;

static_assert(sizeof(Client) <= 200, "a rehearsal has a hundred thousand of them");

// RFC 2131 section 4.1: 4, 8, 16, 32, 64, 64... seconds, each a second more or less.
constexpr seconds kFirstPause = 4s;
constexpr int kPauseDoublingsMax = 4;
constexpr nanoseconds kPauseSpread = 1s;
// Section 3.1, step 5: four times, in a minute, and then from the beginning.
constexpr std::uint8_t kRequestAttemptsMax = 4;
// Section 4.4.5: not more often than each minute while the lease lasts.
constexpr seconds kExtendPauseMin = 60s;
// Section 3.1, step 5, of a client that has declined.
constexpr seconds kPauseAfterDecline = 10s;
constexpr std::uint32_t kInfiniteSeconds = 0xffffffff;

// An option that is one number of 32 bits, and nothing when it is of another size.
std::optional<std::uint32_t> Number(const Message& message, std::uint8_t code) {
  const auto value = message.options.Find(code);
  if (!value || value->size() != 4) return std::nullopt;
  return base::Reader(*value).U32();
}

// What `secs` can hold.
std::uint16_t SecondsSince(Instant begun, Instant now) {
  const auto passed = std::chrono::duration_cast<seconds>(now - begun).count();
  return static_cast<std::uint16_t>(std::clamp<std::int64_t>(passed, 0, 0xffff));
}

std::optional<Ipv4Address> ServerOf(const Message& message) {
  return Number(message, code::kServerIdentifier).transform([](std::uint32_t value) {
    return Ipv4Address(value);
  });
}

}  // namespace

Client::Client(const Settings& settings, Identity identity, std::uint64_t seed)
    : settings_(&settings), identity_(std::move(identity)), random_(seed) {
  assert(std::ranges::all_of(settings.extra_options, MayBeExtra, &ExtraOption::code));
}

void Client::Handle(const Event& event, Instant now, Effects& effects) {
  std::visit([&](const auto& one) { On(one, now, effects); }, event);
}

std::optional<Lease> Client::lease() const {
  if (!has_lease()) return std::nullopt;
  return Lease{.address = address_,
               .server = server_,
               .renew_at = renew_at_,
               .rebind_at = rebind_at_,
               .expires_at = expires_at_,
               .is_infinite = is_infinite_};
}

bool Client::has_lease() const {
  return state_ == State::kBound || state_ == State::kRenewing || state_ == State::kRebinding;
}

// What the user or the program around it wants.

void Client::On(const Start& start, Instant now, Effects& effects) {
  address_ = start.wanted.value_or(Ipv4Address());
  naks_ = 0;
  BeginExchange(State::kSelecting, now);
  Transmit(now, effects);
}

void Client::On(const Reboot& reboot, Instant now, Effects& effects) {
  address_ = reboot.address;
  naks_ = 0;
  BeginExchange(State::kRebooting, now);
  Transmit(now, effects);
}

void Client::On(const Inform& inform, Instant now, Effects& effects) {
  address_ = inform.address;
  BeginExchange(State::kInforming, now);
  Transmit(now, effects);
}

void Client::On(const RenewNow&, Instant now, Effects& effects) {
  if (has_lease()) Extend(State::kRenewing, now, effects);
}

void Client::On(const RebindNow&, Instant now, Effects& effects) {
  if (has_lease()) Extend(State::kRebinding, now, effects);
}

void Client::On(const Release&, Instant now, Effects& effects) {
  const bool had_lease = has_lease();
  BeginExchange(State::kStopped, now);
  deadline_.reset();
  if (had_lease) Send(MessageType::kRelease, now, effects);
}

void Client::On(const Decline&, Instant now, Effects& effects) {
  if (!has_lease()) return;
  BeginExchange(State::kInit, now);
  Send(MessageType::kDecline, now, effects);
  BeginAnew(now + kPauseAfterDecline, now, effects);
}

// What time brings.

void Client::On(const Tick&, Instant now, Effects& effects) {
  if (!deadline_ || now < *deadline_) return;
  switch (state_) {
    case State::kStopped:
    case State::kConfigured:
      return;
    case State::kInit:
      BeginExchange(State::kSelecting, now);
      Transmit(now, effects);
      return;
    case State::kSelecting:
      Transmit(now, effects);
      return;
    case State::kRequesting:
    case State::kRebooting:
    case State::kInforming:
      if (attempts_ < kRequestAttemptsMax) {
        Transmit(now, effects);
      } else {
        GiveUp(now, effects);
      }
      return;
    case State::kBound:
    case State::kRenewing:
    case State::kRebinding:
      WatchLease(now, effects);
      return;
  }
}

void Client::GiveUp(Instant now, Effects& effects) {
  effects.Tell(Notice::kNoAnswer, nullptr);
  if (state_ == State::kInforming) {
    state_ = State::kStopped;
    deadline_.reset();
    return;
  }
  BeginAnew(now, now, effects);
}

// RFC 2131 section 4.4.5, however late the tick comes.
void Client::WatchLease(Instant now, Effects& effects) {
  if (now >= expires_at_) {
    // The address must not be used beyond this, so the program is told before anything is sent.
    state_ = State::kInit;
    effects.Tell(Notice::kExpired, nullptr);
    BeginAnew(now, now, effects);
  } else if (now >= rebind_at_ || state_ == State::kRebinding) {
    Extend(State::kRebinding, now, effects);
  } else {
    Extend(State::kRenewing, now, effects);
  }
}

// What servers say.

void Client::On(const Received& received, Instant now, Effects& effects) {
  const Message& message = *received.message;
  if (!IsAnswer(message)) return;
  if (message.type == MessageType::kOffer) {
    TakeOffer(message, now, effects);
  } else if (message.type == MessageType::kAck) {
    TakeAck(message, effects);
  } else if (message.type == MessageType::kNak) {
    TakeNak(message, now, effects);
  }
}

// Whether it belongs to the exchange that is under way.
bool Client::IsAnswer(const Message& message) const {
  if (message.head.op != dhcp::Op::kReply || message.head.xid != xid_) return false;
  dhcp::Head ours;
  ours.set_hardware(identity_.hardware);
  if (message.head.chaddr != ours.chaddr) return false;
  // RFC 6842 section 3: who echoes a client identifier must echo ours.
  const auto client_id = message.options.Find(code::kClientIdentifier);
  return !client_id || *client_id == identity_.client_id;
}

void Client::TakeOffer(const Message& offer, Instant now, Effects& effects) {
  const auto server = ServerOf(offer);
  if (state_ != State::kSelecting || !server || offer.head.yiaddr == Ipv4Address()) return;
  address_ = offer.head.yiaddr;
  server_ = *server;
  // The exchange goes on: REQUEST has the xid and the secs of its DISCOVER (section 4.4.1).
  state_ = State::kRequesting;
  attempts_ = 0;
  effects.Tell(Notice::kOffered, &offer);
  Transmit(now, effects);
}

void Client::TakeAck(const Message& ack, Effects& effects) {
  switch (state_) {
    case State::kStopped:
    case State::kInit:
    case State::kSelecting:
    case State::kBound:
    case State::kConfigured:
      return;
    case State::kInforming:
      state_ = State::kConfigured;
      deadline_.reset();
      effects.Tell(Notice::kConfigured, &ack);
      return;
    case State::kRequesting:
      if (ServerOf(ack).value_or(server_) != server_) return;
      break;
    case State::kRebooting:
    case State::kRenewing:
    case State::kRebinding:
      break;
  }
  const auto seconds = Number(ack, code::kLeaseTime);
  if (!seconds || *seconds == 0 || ack.head.yiaddr == Ipv4Address()) return;
  const bool had_lease = has_lease();
  SetLease(ack, *seconds);
  effects.Tell(had_lease ? Notice::kExtended : Notice::kBound, &ack);
}

void Client::SetLease(const Message& ack, std::uint32_t lease_seconds) {
  state_ = State::kBound;
  naks_ = 0;
  address_ = ack.head.yiaddr;
  server_ = ServerOf(ack).value_or(server_);
  is_infinite_ = lease_seconds == kInfiniteSeconds;
  // Section 4.4.5: T1 is half of the lease and T2 seven eighths, unless the server has it otherwise
  // and in their order.
  std::uint32_t rebind =
      Number(ack, code::kRebindingTime).value_or(lease_seconds - lease_seconds / 8);
  if (rebind > lease_seconds) rebind = lease_seconds - lease_seconds / 8;
  std::uint32_t renew = Number(ack, code::kRenewalTime).value_or(lease_seconds / 2);
  if (renew > rebind) renew = std::min(lease_seconds / 2, rebind);
  expires_at_ = request_sent_ + seconds(lease_seconds);
  rebind_at_ = request_sent_ + seconds(rebind);
  renew_at_ = request_sent_ + seconds(renew);
  deadline_.reset();
  if (!is_infinite_) deadline_ = renew_at_;
}

void Client::TakeNak(const Message& nak, Instant now, Effects& effects) {
  const auto server = ServerOf(nak);
  const bool asked_all = state_ == State::kRebooting || state_ == State::kRebinding;
  const bool asked_one = state_ == State::kRequesting || state_ == State::kRenewing;
  if (!server || (!asked_all && !(asked_one && *server == server_))) return;
  state_ = State::kInit;
  effects.Tell(Notice::kRefused, &nak);
  // At once the first time (figure 5); a server that refuses what another offers, again and again,
  // is asked ever less often.
  const nanoseconds pause = naks_ == 0 ? nanoseconds(0) : Pause(naks_);
  if (naks_ < 0xff) ++naks_;
  BeginAnew(now + pause, now, effects);
}

// How it speaks.

void Client::BeginExchange(State state, Instant now) {
  state_ = state;
  attempts_ = 0;
  exchange_begun_ = now;
  xid_ = static_cast<std::uint32_t>(random_.Next());
}

void Client::BeginAnew(Instant at, Instant now, Effects& effects) {
  address_ = Ipv4Address();
  server_ = Ipv4Address();
  state_ = State::kInit;
  deadline_ = at;
  if (at <= now) On(Tick{}, now, effects);
}

// Renews or rebinds, for the first time or again: each try is an exchange of its own, so that the
// times of the lease count from the very request that was answered.
void Client::Extend(State state, Instant now, Effects& effects) {
  const Instant begun = state_ == state ? exchange_begun_ : now;
  BeginExchange(state, now);
  exchange_begun_ = begun;
  request_sent_ = now;
  Send(MessageType::kRequest, now, effects);
  if (is_infinite_) {
    deadline_ = now + kExtendPauseMin;
    return;
  }
  const Instant limit = now < rebind_at_ && state == State::kRenewing ? rebind_at_ : expires_at_;
  deadline_ = std::min(limit, now + std::max<nanoseconds>((limit - now) / 2, kExtendPauseMin));
}

void Client::Transmit(Instant now, Effects& effects) {
  if (attempts_ == 0) request_sent_ = now;
  if (attempts_ < 0xff) ++attempts_;
  deadline_ = now + Pause(attempts_);
  MessageType type = MessageType::kRequest;
  if (state_ == State::kSelecting) type = MessageType::kDiscover;
  if (state_ == State::kInforming) type = MessageType::kInform;
  Send(type, now, effects);
}

nanoseconds Client::Pause(int attempts) {
  const seconds middle = kFirstPause * (1 << std::min(attempts - 1, kPauseDoublingsMax));
  const auto spread = static_cast<std::uint64_t>(nanoseconds(2 * kPauseSpread).count());
  return middle - kPauseSpread + nanoseconds(static_cast<std::int64_t>(random_.UpTo(spread)));
}

// Fills in table 5 of RFC 2131.
void Client::Send(MessageType type, Instant now, Effects& effects) {
  Outgoing outgoing{.type = type, .xid = xid_};
  if (state_ != State::kRequesting) secs_ = SecondsSince(exchange_begun_, now);
  outgoing.secs = secs_;
  const bool knows_address =
      has_lease() || type == MessageType::kRelease || type == MessageType::kInform;
  if (knows_address) {
    outgoing.ciaddr = address_;
  } else if (address_ != Ipv4Address()) {
    outgoing.requested = address_;
  }
  if (state_ == State::kRequesting || type == MessageType::kRelease ||
      type == MessageType::kDecline) {
    outgoing.server = server_;
  }
  std::array<char, kOutgoingBytesMax> buffer;
  effects.Send(DestinationOf(type), Compose(outgoing, *settings_, identity_, buffer));
}

Destination Client::DestinationOf(MessageType type) const {
  using Kind = Destination::Kind;
  if (settings_->relay) return {.kind = Kind::kThroughRelay};
  const bool is_release = type == MessageType::kRelease;
  if (state_ == State::kRenewing || is_release) {
    return {.kind = Kind::kUnicast, .server = server_, .source = address_};
  }
  if (state_ == State::kRebinding || state_ == State::kInforming) return {.source = address_};
  return {};
}

}  // namespace dhcpair::client
