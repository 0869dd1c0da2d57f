#pragma once

#include <string>
#include <string_view>

namespace dhcpair {

/// Who runs this, as records on nodes and here have it: user@host.
std::string Operator();

/// An id for a push: when, by the clock here, and which process.
std::string NewPushId();

/// One line to this machine's own append-only log, with the time before it. Says on standard error
/// when that cannot be done: nothing is stopped for it.
void Audit(std::string_view line);

}  // namespace dhcpair
