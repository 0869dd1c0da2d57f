#pragma once

#include <string>
#include <vector>

#include "sync/change.h"
#include "sync/node_agent.h"

namespace dhcpair::sync {

/// The files of `known`, these of the node, and what dhcpd reads with them from its dhcpd.conf on,
/// as far as the node has them. What is known is not fetched; includes are followed a few levels
/// deep.
NodeAgent::Result<FileSet> FetchSources(NodeAgent& agent, FileSet known,
                                        std::vector<std::string> paths,
                                        const std::string& conf_path);

}  // namespace dhcpair::sync
