#pragma once

#include <span>
#include <string_view>

namespace dhcpair::sync {

/// A file of src/sync/node/, as it is built in.
struct NodeScript {
  std::string_view name;  ///< "push.sh"
  std::string_view text;
};

/// All of them, sorted by name.
std::span<const NodeScript> NodeScripts();

}  // namespace dhcpair::sync
