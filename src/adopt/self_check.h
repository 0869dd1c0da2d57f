#pragma once

#include <string>
#include <vector>

#include "adopt/plan.h"
#include "text/diagnostic.h"
#include "text/source_file.h"

namespace dhcpair::adopt {

/// Reads the files that are to be written as if they lay in their folder already, generates both
/// nodes' files from them, and reports all that is wrong. `loader` has what lies there already: the
/// included files that stay where they are.
text::Diagnostics SelfCheck(const Plan& plan, const std::string& folder,
                            text::SourceLoader& loader);

}  // namespace dhcpair::adopt
