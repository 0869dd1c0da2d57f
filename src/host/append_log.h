#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "host/atomic_write.h"

namespace dhcpair::host {

/// Appends a line, whole, and waits until it is on disk. Two processes that do so at once wait for
/// each other. Makes the file, of mode 0600, and its folder where they are missing.
[[nodiscard]] std::expected<void, WriteError> AppendLine(const std::string& path,
                                                         std::string_view line);

/// The folder of this user for what programs keep from run to run: $XDG_STATE_HOME, or
/// ~/.local/state; empty where there is neither.
std::string StateHome();

}  // namespace dhcpair::host
