#pragma once

#include <vector>

#include "sync/both_nodes.h"
#include "sync/managed_files.h"
#include "sync/per_role.h"
#include "sync/push.h"
#include "sync/push_talk.h"

namespace dhcpair::sync {

/// A whole push: looks at the nodes, finishes what an earlier push left there, plans, and runs the
/// plan. All nodes that take part must be within reach.
PushResult PushPair(BothNodes& nodes, const PerRole<std::vector<ManagedFile>>& files,
                    const PushOptions& options, PushTalk& talk);

/// What a failed look or plan means for the push.
PushResult FailedBefore(StepError error);

}  // namespace dhcpair::sync
