#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/ipv4_address.h"
#include "conf/model.h"
#include "sync/per_role.h"

namespace dhcpair::sync {

/// Files of one node, by their paths there.
using FileSet = std::map<std::string, std::string>;

/// What a node's dhcpd makes of a set of files. A missing dhcpd.conf reads as an empty one, and so
/// does every include that is not in the set.
conf::Model ReadNodeModel(const FileSet& files, const std::string& conf_path);

/// The includes reached from dhcpd.conf that are not in the set.
std::vector<std::string> MissingIncludes(const FileSet& files, const std::string& conf_path);

/// Addresses from first to last, both of them with it.
struct AddressSpan {
  base::Ipv4Address first;
  base::Ipv4Address last;

  friend bool operator==(const AddressSpan&, const AddressSpan&) = default;
};

/// The addresses that some range has before and none has after, in order and without gaps that
/// could be closed: neither on this node nor, where it is given too, on its partner. dhcpd forgets
/// their leases at its next start, for good.
std::vector<AddressSpan> LostAddresses(const conf::Model& before,
                                       const std::vector<const conf::Model*>& after);

enum class ChangeClass : std::uint8_t {
  kRolling,  ///< What both share: one node after the other, each proven normal.
  kJoint,    ///< The failover relationship itself: one node alone can never become normal again.
};

/// The kind of a change, and why.
struct ChangeKind {
  ChangeClass change_class = ChangeClass::kRolling;
  std::string why = {};  ///< "the primary's failover port changes from 647 to 520"; of kJoint.
};

/// Compares the failover peers of both nodes: joint when one is added or removed, or its name,
/// role, addresses or ports change on either node (tried: a rolling restart never succeeds then).
ChangeKind KindOfChange(const PerRole<const conf::Model*>& before,
                        const PerRole<const conf::Model*>& after);

/// MCLT as the primary has it, where it changes.
struct McltChange {
  long before;
  long after;
};
std::optional<McltChange> FindMcltChange(const conf::Model& primary_before,
                                         const conf::Model& primary_after);

}  // namespace dhcpair::sync
