#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "base/ipv4_address.h"
#include "base/time.h"
#include "client/random.h"
#include "client/settings.h"
#include "client/states.h"
#include "dhcp/message.h"

namespace dhcpair::client {

/// Asks for an address: from nothing, or for one that the client would like to have.
struct Start {
  std::optional<base::Ipv4Address> wanted = {};
};
/// Wants back the address that it had before its last start (RFC 2131 section 3.2).
struct Reboot {
  base::Ipv4Address address = {};
};
/// Asks for configuration alone, for an address that it has from elsewhere (section 3.4).
struct Inform {
  base::Ipv4Address address = {};
};
/// A message has come to the client's port; it must outlive the call.
struct Received {
  const dhcp::Message* message = nullptr;
};
/// The moment that deadline() asked for.
struct Tick {};
/// Renews now, without waiting for T1; rebinds now, without waiting for T2. Nothing without a
/// lease.
struct RenewNow {};
struct RebindNow {};
/// Gives the lease back and stops. Nothing without a lease but the stop.
struct Release {};
/// Somebody else has the address: refuses it, and begins anew ten seconds later.
struct Decline {};

using Event =
    std::variant<Start, Reboot, Inform, Received, Tick, RenewNow, RebindNow, Release, Decline>;

/// Where a message is to go. With a relay, all go from the relay's address and port 67 to the
/// server, and the world knows which that is.
struct Destination {
  enum class Kind : std::uint8_t { kBroadcast, kUnicast, kThroughRelay };
  Kind kind = Kind::kBroadcast;
  base::Ipv4Address server = {};  ///< kUnicast only.
  base::Ipv4Address source = {};  ///< The client's; 0.0.0.0 as long as it has none.

  friend bool operator==(const Destination&, const Destination&) = default;
};

/// What a client holds.
struct Lease {
  base::Ipv4Address address = {};
  base::Ipv4Address server = {};
  base::Instant renew_at = {};   ///< T1.
  base::Instant rebind_at = {};  ///< T2.
  base::Instant expires_at = {};
  bool is_infinite = false;  ///< Then none of the moments above comes.
};

/// What happened, for who started the client.
enum class Notice : std::uint8_t {
  kOffered,     ///< An offer was taken; the message is the OFFER.
  kBound,       ///< There is a lease; the message is the ACK.
  kExtended,    ///< It was renewed or rebound; the message is the ACK.
  kConfigured,  ///< INFORM was answered; the message is the ACK.
  kRefused,     ///< The message is the NAK; the client begins anew, without a lease.
  kNoAnswer,    ///< A REQUEST was not answered in spite of repetition, and it begins anew; or an
                ///< INFORM, and it stops.
  kExpired,     ///< The lease has run out; it begins anew.
};

/// The world that a client lives in.
class Effects {
 public:
  virtual ~Effects() = default;
  /// The bytes live for the call only.
  virtual void Send(const Destination& to, std::string_view bytes) = 0;
  /// `message` is null where none brought it about.
  virtual void Tell(Notice notice, const dhcp::Message* message) = 0;
};

/// A DHCP client without I/O (RFC 2131 section 4.4): a state, a lease, and when to speak next. It
/// takes the first offer that names a server and an address. Small, for there may be many.
class Client {
 public:
  /// The settings must outlive it. The same seed and events give the same messages.
  Client(const Settings& settings, Identity identity, std::uint64_t seed);

  void Handle(const Event& event, base::Instant now, Effects& effects);
  /// When Handle(Tick) must be called, if at all.
  std::optional<base::Instant> deadline() const { return deadline_; }

  State state() const { return state_; }
  const Identity& identity() const { return identity_; }
  /// In BOUND, RENEWING and REBINDING.
  std::optional<Lease> lease() const;
  /// The number of the exchange that is under way or was the last.
  std::uint32_t xid() const { return xid_; }

 private:
  void On(const Start& start, base::Instant now, Effects& effects);
  void On(const Reboot& reboot, base::Instant now, Effects& effects);
  void On(const Inform& inform, base::Instant now, Effects& effects);
  void On(const Received& received, base::Instant now, Effects& effects);
  void On(const Tick& tick, base::Instant now, Effects& effects);
  void On(const RenewNow& renew, base::Instant now, Effects& effects);
  void On(const RebindNow& rebind, base::Instant now, Effects& effects);
  void On(const Release& release, base::Instant now, Effects& effects);
  void On(const Decline& decline, base::Instant now, Effects& effects);

  bool IsAnswer(const dhcp::Message& message) const;
  void TakeOffer(const dhcp::Message& offer, base::Instant now, Effects& effects);
  void TakeAck(const dhcp::Message& ack, Effects& effects);
  void TakeNak(const dhcp::Message& nak, base::Instant now, Effects& effects);
  void SetLease(const dhcp::Message& ack, std::uint32_t seconds);

  bool has_lease() const;
  void BeginExchange(State state, base::Instant now);
  void BeginAnew(base::Instant at, base::Instant now, Effects& effects);
  void Extend(State state, base::Instant now, Effects& effects);
  void WatchLease(base::Instant now, Effects& effects);
  void Transmit(base::Instant now, Effects& effects);
  void GiveUp(base::Instant now, Effects& effects);
  void Send(dhcp::MessageType type, base::Instant now, Effects& effects);
  Destination DestinationOf(dhcp::MessageType type) const;
  std::chrono::nanoseconds Pause(int attempts);

  const Settings* settings_;
  Identity identity_;
  Random random_;
  State state_ = State::kStopped;
  std::uint8_t attempts_ = 0;  // Of the message that waits for an answer.
  std::uint8_t naks_ = 0;      // In a row.
  bool is_infinite_ = false;
  std::uint16_t secs_ = 0;  // Of the last message.
  std::uint32_t xid_ = 0;
  // Leased, offered, or wished for, as the state has it; 0.0.0.0 for none.
  base::Ipv4Address address_ = {};
  base::Ipv4Address server_ = {};
  base::Instant exchange_begun_ = {};
  base::Instant request_sent_ = {};  // What the times of the lease are counted from.
  base::Instant renew_at_ = {};
  base::Instant rebind_at_ = {};
  base::Instant expires_at_ = {};
  std::optional<base::Instant> deadline_ = {};
};

}  // namespace dhcpair::client
