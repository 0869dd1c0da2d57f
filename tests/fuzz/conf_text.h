#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "text/source_file.h"

namespace dhcpair::fuzz {

inline void Require(bool holds) {
  if (!holds) std::abort();
}

/// What includes find: the text itself, which then includes itself, or a few statements.
class Includes : public text::SourceLoader {
 public:
  explicit Includes(std::string text) : text_(std::move(text)) {}

  std::expected<text::SourcePtr, text::LoadError> Load(const std::string& path,
                                                       std::size_t /*bytes_max*/) override {
    if (path.empty()) return std::unexpected(text::LoadError::kNotFound);
    if (path == "a") return std::make_shared<const text::SourceFile>(path, text_);
    return std::make_shared<const text::SourceFile>(
        path, "host h { hardware ethernet 1:2:3; } range 10.0.0.1; default-lease-time 5;");
  }

 private:
  std::string text_;
};

inline text::SourcePtr SourceOf(const std::uint8_t* data, std::size_t size) {
  return std::make_shared<const text::SourceFile>(
      "dhcpd.conf", std::string(reinterpret_cast<const char*>(data), size));
}

}  // namespace dhcpair::fuzz
