#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "sync/facts.h"
#include "sync/failover_reading.h"
#include "sync/per_role.h"

namespace dhcpair::sync {

/// What was seen of a node at one moment; absent where the look failed.
struct NodeSight {
  LinkFacts link;
  FailoverReading reading;
};

/// Both nodes at about the same moment.
struct Sight {
  std::chrono::milliseconds at{0};  ///< By this machine's steady clock.
  PerRole<std::optional<NodeSight>> nodes = {};
};

/// Decides when a restarted pair is proven to be in normal. A restarted node's own file proves
/// nothing, for dhcpd writes startup down as the state it had saved, with its old time. What
/// counts:
///  - OMAPI says normal on both nodes, or
///  - the partner of a restarted node says `my state normal` since a moment that is not before that
///    restart by the partner's clock, while the failover connection is established, or
///  - likewise the restarted node itself, since a moment that is not before its own restart nor the
///    date it had saved. In a joint change of a live pair the partner keeps its old date;
/// and that without a break. What cannot be shown is unknown, which is never normal. Where normal
/// cannot be had (a sole survivor, or a joint change whose other half is still to come), the same
/// is asked of dhcpd running.
class ProofOfNormal {
 public:
  enum class Demand : std::uint8_t { kNormal, kRunning };

  struct Terms {
    Demand demand = Demand::kNormal;
    /// How long it must hold: 2 × max-response-delay.
    std::chrono::milliseconds unbroken{0};
    /// Of a node whose partner was restarted: that moment by its own clock, for what its file says
    /// must not be older. Absent for the others, whose files are not asked.
    PerRole<std::optional<NodeTime>> not_before = {};
    /// Of a node that was restarted: that moment by its own clock.
    PerRole<std::optional<NodeTime>> restarted_at = {};
    /// Of a node that was restarted: the date of `my state normal` in its file before that, if any.
    PerRole<std::optional<NodeTime>> normal_before = {};
    /// The nodes that must be seen running; of the others nothing is asked.
    PerRole<bool> must_run{true, true};
  };

  explicit ProofOfNormal(const Terms& terms) : terms_(terms) {}

  enum class Verdict : std::uint8_t {
    kProven,   ///< Held for as long as it must.
    kHolding,  ///< Shown at present, not yet for long enough.
    kNotYet,   ///< Shown to be something else than normal.
    kUnknown,  ///< Nothing can be shown.
  };

  /// Takes what was seen; moments must not go back. More than kGapMax between two of them is a
  /// break.
  Verdict Add(const Sight& sight);

  /// For how long it has held by now.
  std::chrono::milliseconds held() const { return held_; }
  /// What stands in the way, in words; empty while it holds.
  const std::string& why_not() const { return why_not_; }

  static constexpr std::chrono::seconds kGapMax{15};

 private:
  struct Evidence {
    Verdict verdict = Verdict::kUnknown;  // kHolding, kNotYet or kUnknown.
    std::string why_not = {};
    // What it rests on: another value means that there was a break between two looks.
    PerRole<std::optional<NodeTime>> since = {};
  };

  Evidence Weigh(const Sight& sight) const;
  Evidence WeighFile(const Sight& sight) const;
  // Since its restart, so that it is no saved state.
  bool HasBecomeNormal(const Sight& sight, pair::Role role) const;

  Terms terms_;
  std::optional<std::chrono::milliseconds> since_;
  std::chrono::milliseconds last_{0};
  Evidence before_;
  std::chrono::milliseconds held_{0};
  std::string why_not_;
};

/// When a node in recover-wait will leave it, by its own clock: the moment that it lost its
/// partner, as it wrote it down, and MCLT. Absent in every other state, and where the moment is not
/// known.
std::optional<NodeTime> EndOfRecoverWait(const FailoverReading& reading, std::chrono::seconds mclt);

}  // namespace dhcpair::sync
