#pragma once

#include <span>

#include "conf/model.h"
#include "text/diagnostic.h"

namespace dhcpair::lint {

/// Lease times that contradict each other, and those that dhcpd reads as another number than a
/// person does.
void CheckLeaseTimes(const conf::Model& model, text::Diagnostics& diagnostics);

/// Whether a statement sets a time that a client's lease is made from.
bool IsLeaseTime(const conf::Statement& statement);

/// The rules that CheckLeaseTimes reports.
std::span<const text::Rule* const> LeaseTimeRules();

}  // namespace dhcpair::lint
