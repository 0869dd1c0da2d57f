#pragma once

#include <span>

#include "conf/model.h"
#include "text/diagnostic.h"

namespace dhcpair::lint {

/// What is wrong or doubtful in the failover peers of one configuration, though `dhcpd -t` takes
/// it. Host names are never looked up.
void CheckFailover(const conf::Model& model, text::Diagnostics& diagnostics);

/// The rules of CheckFailover.
std::span<const text::Rule* const> FailoverRules();

}  // namespace dhcpair::lint
