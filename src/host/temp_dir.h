#pragma once

#include <expected>
#include <string>

#include "host/atomic_write.h"

namespace dhcpair::host {

/// A folder of mode 0700 below $TMPDIR (or /tmp) that goes away, with all in it, with this object.
class TempDir {
 public:
  [[nodiscard]] static std::expected<TempDir, WriteError> Make();
  TempDir(TempDir&& other) noexcept;
  TempDir& operator=(TempDir&&) = delete;
  ~TempDir();

  const std::string& path() const { return path_; }

 private:
  explicit TempDir(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

}  // namespace dhcpair::host
