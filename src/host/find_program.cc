#include "host/find_program.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

namespace dhcpair::host {

bool IsExecutable(const std::string& path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         access(path.c_str(), X_OK) == 0;
}

std::optional<std::string> FindProgram(std::string_view name) {
  const char* const path = std::getenv("PATH");
  std::string folders = path != nullptr ? path : "";
  folders += ":/usr/local/sbin:/usr/sbin:/sbin:/opt/local/sbin:/usr/pkg/sbin";
  std::string_view rest = folders;
  while (!rest.empty()) {
    const auto colon = rest.find(':');
    const std::string_view folder = rest.substr(0, colon);
    rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
    // An empty or relative entry means the working directory: never run what happens to lie there.
    if (!folder.starts_with('/')) continue;
    std::string candidate = std::string(folder) + "/" + std::string(name);
    if (IsExecutable(candidate)) return candidate;
  }
  return std::nullopt;
}

}  // namespace dhcpair::host
