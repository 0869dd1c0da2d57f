#pragma once

#include <nlohmann/json_fwd.hpp>

#include "leases_input.h"

namespace dhcpair {

/// {"pair", "nodes": [...], "comparison", "problems"}; what does not apply is left out. Texts that
/// came from clients are as they may be shown on a terminal.
nlohmann::ordered_json ToJson(const LeasesReport& report, const LeasesOptions& options);

}  // namespace dhcpair
