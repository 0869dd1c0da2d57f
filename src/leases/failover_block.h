#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "failover/states.h"
#include "leases/date.h"

namespace dhcpair::leases {

/// What a node wrote of a failover relationship: `failover peer "NAME" state { … }`. The last one
/// in its file counts. While the node is in startup it writes the state that it came from, and the
/// partner's state is the last one heard: neither says anything of the link.
struct FailoverBlock {
  std::string peer = {};
  failover::State mine = failover::State::kUnknown;
  std::optional<Date> mine_since = {};  ///< Absent where no date is written, which is "now".
  failover::State partner = failover::State::kUnknown;
  std::optional<Date> partner_since = {};
  std::optional<std::uint32_t> mclt = {};  ///< On the secondary, from the primary; 0 is unknown.

  friend bool operator==(const FailoverBlock&, const FailoverBlock&) = default;
};

/// Takes a block from `peer` to its closing brace; the word `failover` was taken. Nothing when it
/// is none: a word that is no state, one of the two states missing, a state or the file torn.
std::optional<FailoverBlock> TakeFailoverBlock(Words& words);

/// A text that is one such block and nothing else.
std::optional<FailoverBlock> ReadFailoverBlock(std::string_view block_text);

/// As dhcpd writes it.
std::string Print(const FailoverBlock& block);

}  // namespace dhcpair::leases
