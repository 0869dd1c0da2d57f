#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "host/temp_dir.h"

namespace dhcpair::test {

/// A folder of the test's own, which goes away with it.
class Folder {
 public:
  std::string Path(const std::string& name) const { return folder_.path() + "/" + name; }
  const std::string& path() const { return folder_.path(); }

  /// Writes a file and returns its path.
  std::string Put(const std::string& name, const std::string& contents, int mode = 0644) const {
    std::ofstream(Path(name), std::ios::binary) << contents;
    chmod(Path(name).c_str(), static_cast<mode_t>(mode));
    return Path(name);
  }
  std::string Read(const std::string& name) const {
    std::ifstream in(Path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::set<std::string> Names() const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path())) {
      names.insert(entry.path().filename());
    }
    return names;
  }

 private:
  host::TempDir folder_ = host::TempDir::Make().value();
};

/// The permission bits of a file or folder.
inline int ModeOf(const std::string& path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 ? static_cast<int>(status.st_mode & 07777) : -1;
}

}  // namespace dhcpair::test
