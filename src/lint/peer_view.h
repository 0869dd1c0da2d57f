#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "conf/model.h"

namespace dhcpair::lint {

/// A number of a failover peer as it is written: decimal digits, perhaps behind a minus sign.
struct PeerNumber {
  bool is_negative = false;
  std::uint64_t digits = 0;  ///< Without the sign; numbers without end stop growing.
  text::Span span;

  /// Whether dhcpd takes it for what it says. What it has is a variable of 32 bits, into which
  /// everything else is squeezed.
  bool is_kept() const { return !is_negative && digits <= 0xffffffff; }
};

/// A failover peer as ISC dhcpd 4.4.3-P1 understands it: with its defaults, and with the last of
/// several statements of a kind.
class PeerView {
 public:
  PeerView(const conf::Model& model, const conf::Peer& peer);

  const conf::Model& model() const { return model_; }
  const conf::Peer& peer() const { return peer_; }

  /// The statement that counts. The word "peer" in front makes no difference but to address, port,
  /// max-response-delay and max-unacked-updates.
  const conf::PeerStatement* Find(conf::Keyword word, bool is_partners = false) const;
  /// A statement from its first word to its ';'. This and what follows take one of peer()'s own.
  text::Span SpanOf(const conf::PeerStatement& statement) const {
    return parts_[PlaceOf(statement)].span;
  }
  text::Location LocationOf(const conf::PeerStatement& statement) const;
  text::Location LocationOfName() const { return model_.LocationOf(peer_.origin); }
  /// The number at the end of a statement.
  const PeerNumber& NumberOf(const conf::PeerStatement& statement) const {
    return parts_[PlaceOf(statement)].number;
  }
  /// Its word, behind "peer" where that stands in front.
  text::Span WordOf(const conf::PeerStatement& statement) const {
    return parts_[PlaceOf(statement)].word;
  }
  /// What dhcpd works with: the number of the statement that counts, or its default where there is
  /// none or where it is 0. Absent when the number does not fit, and for what has no default.
  std::optional<std::uint32_t> Value(conf::Keyword word) const;

  /// The port as dhcpd uses it: cut to 16 bits, and 647 where there is none or 0.
  std::uint16_t Port(bool is_partners) const;
  /// The address of a side as it is written, in lower case; empty when there is none.
  std::string Address(bool is_partners) const;
  bool is_secondary() const { return peer_.is_secondary; }

 private:
  // Where a statement and what is in it stand.
  struct Parts {
    text::Span span;
    text::Span word;
    PeerNumber number;
  };

  void ReadParts(std::span<const conf::Token> words, std::size_t index);
  std::size_t PlaceOf(const conf::PeerStatement& statement) const {
    return static_cast<std::size_t>(&statement - peer_.statements.data());
  }

  const conf::Model& model_;
  const conf::Peer& peer_;
  std::vector<Parts> parts_;  // In the order of the peer's statements.
};

/// Whether the word "peer" in front of this one sets a value of the partner's.
bool HasTwoSides(conf::Keyword word);

/// dhcpd's own value where a peer does not set this; 0 where there is none.
std::uint32_t DefaultOf(conf::Keyword word);

/// The statement as it begins: "max-response-delay", "load balance max seconds".
std::string_view WordsOf(conf::Keyword word);

}  // namespace dhcpair::lint
