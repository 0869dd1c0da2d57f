#pragma once

#include <functional>

#include "conf/parse.h"

namespace dhcpair::conf {

/// Where a statement stands, and what it can refer to there.
struct Place {
  ScopeKind kind = ScopeKind::kGlobal;
  Index scope = 0;
  std::optional<Index> network = {};  ///< The shared network or the subnet's own, if in one.
  std::optional<Index> subnet = {};   ///< The subnet, if in one.
  Host* host = nullptr;               ///< The host, right in its block only.
  std::size_t depth = 0;              ///< Of blocks.
};

/// Reads a file that an include names, in the place of the include. False when there is something
/// wrong in it.
using Includer = std::function<bool(Parse& parse, const Token& path, const Place& place)>;

/// All statements of a file.
void ParseFile(Parse& parse, const Place& place, const Includer& include);

}  // namespace dhcpair::conf
