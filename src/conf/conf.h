#pragma once

#include <optional>
#include <string>

#include "conf/limits.h"
#include "conf/model.h"
#include "text/diagnostic.h"
#include "text/source_file.h"

namespace dhcpair::conf {

/// Reads a dhcpd.conf and all that it includes into a Model, and reports what ISC dhcpd 4.4.3-P1
/// rejects: all of it, each with the line on which dhcpd would report it where it reports one. The
/// Model of a file with mistakes holds what could be read.
Model Read(text::SourceLoader& loader, const text::SourcePtr& source,
           text::Diagnostics& diagnostics);

/// The same of a file by its path. Absent when it cannot be read itself, which is reported too.
std::optional<Model> Read(text::SourceLoader& loader, const std::string& path,
                          text::Diagnostics& diagnostics);

}  // namespace dhcpair::conf
