#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dhcpair::host {

/// The path of an executable called `name` in $PATH or, because an ordinary user's $PATH often
/// lacks them, in the usual sbin folders.
std::optional<std::string> FindProgram(std::string_view name);

/// True when this process may execute the file.
bool IsExecutable(const std::string& path);

}  // namespace dhcpair::host
