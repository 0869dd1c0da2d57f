#pragma once

#include <optional>
#include <span>
#include <string>

#include "pair/pair.h"
#include "text/diagnostic.h"
#include "text/source_file.h"

namespace dhcpair::pair {

/// The longest pair file that is read.
inline constexpr std::size_t kPairFileBytesMax = 1 << 20;
/// The longest master and the longest shared file.
inline constexpr std::size_t kSharedFileBytesMax = 64 << 20;

/// What the nodes said they are; a node whose platform the pair file names is not asked. Null:
/// nobody asked.
struct AskedPlatforms {
  const Platform* primary = nullptr;
  const Platform* secondary = nullptr;
};

/// Reads a pair file and the files it names (are they there, is the OMAPI secret one). Reports all
/// findings of one run, in the order of the file; a Pair comes back when none is an error.
std::optional<Pair> Load(text::SourceLoader& loader, const std::string& path,
                         text::Diagnostics& diagnostics, const AskedPlatforms& asked = {});

/// True when a finding says that the pair file itself could not be read, so that nothing in it was
/// checked.
bool IsUnreadable(const text::Diagnostic& diagnostic);

/// Reports pairs that want the same dhcpd.conf on the same host: one node cannot serve two failover
/// relationships of ours.
void CheckAcrossPairs(std::span<const Pair> pairs, text::Diagnostics& diagnostics);

}  // namespace dhcpair::pair
