#pragma once

#include <optional>
#include <string>

#include "conf/model.h"
#include "text/diagnostic.h"
#include "text/source_file.h"

namespace dhcpair::conf {

/// The longest file that is read.
inline constexpr std::size_t kFileBytesMax = 64 << 20;
/// How deep files may include each other.
inline constexpr std::size_t kIncludeDepthMax = 32;
/// How many files are included in all, one that is included twice counted twice, and how long they
/// may be together.
inline constexpr std::size_t kIncludesMax = 10'000;
inline constexpr std::size_t kAllBytesMax = 256 << 20;

/// Reads a dhcpd.conf and all that it includes into a Model, and reports what ISC dhcpd 4.4.3-P1
/// rejects: all of it, each with the line on which dhcpd would report it where it reports one. The
/// Model of a file with mistakes holds what could be read.
Model Read(text::SourceLoader& loader, const text::SourcePtr& source,
           text::Diagnostics& diagnostics);

/// The same of a file by its path. Absent when it cannot be read itself, which is reported too.
std::optional<Model> Read(text::SourceLoader& loader, const std::string& path,
                          text::Diagnostics& diagnostics);

}  // namespace dhcpair::conf
