#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/facts.h"
#include "sync/reply.h"

namespace dhcpair::sync {

// Answers of src/sync/node/look.sh as facts. What is missing or unknown there stays at its default:
// a node that says less is a node of which we know less. Paths, owners and words of the node's are
// as it sent them.

LinkFacts ReadLink(const Reply& reply);
NodeFacts ReadNode(const Reply& reply);
std::vector<GenerationFacts> ReadGenerations(const Reply& reply);
std::map<std::string, std::string> ReadContents(const Reply& reply);
/// One line of a manifest (src/sync/node/files.sh); nothing for a line that is none.
std::optional<FileFacts> ReadManifestLine(std::string_view line);

}  // namespace dhcpair::sync
