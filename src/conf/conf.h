#pragma once

#include <string>

#include "text/diagnostic.h"
#include "text/source_file.h"

namespace dhcpair::conf {

/// The longest file that is read.
inline constexpr std::size_t kFileBytesMax = 64 << 20;
/// How deep files may include each other.
inline constexpr std::size_t kIncludeDepthMax = 32;

/// Reads a dhcpd.conf and all that it includes, and reports what ISC dhcpd 4.4.3-P1 rejects: all of
/// it, each with the line on which dhcpd would report it where it reports one. False when the file
/// itself cannot be read, which is reported too.
bool Check(text::SourceLoader& loader, const std::string& path, text::Diagnostics& diagnostics);

/// The same of a text that was read already.
void Check(text::SourceLoader& loader, const text::SourcePtr& source,
           text::Diagnostics& diagnostics);

}  // namespace dhcpair::conf
